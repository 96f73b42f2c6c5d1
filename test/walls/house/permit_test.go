package house_test

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// addedByRiver is the kind that the runner's own clock adds, and no login of ours.
const addedByRiver = "job.sweep"

// TestEveryJobIsPermitted: a kind of job that no login may add is never done, and says so in a log alone.
func TestEveryJobIsPermitted(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), `select distinct kind from job.permit order by kind`)
	if err != nil {
		t.Fatal(err)
	}
	permitted, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	done := slices.DeleteFunc(slices.Sorted(slices.Values(open(t).app.Jobs.Kinds())), func(kind string) bool { return kind == addedByRiver })
	if !slices.Equal(done, permitted) || len(done) < 20 {
		t.Errorf("done are %v, and permitted %v", done, permitted)
	}
}
