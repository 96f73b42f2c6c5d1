package caretest

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// NoOtherJobs removes what other tests of the process left for a runner: it would be worked first, and a test that
// waits for its own job would wait for thousands.
func NoOtherJobs(t testing.TB, service uuid.UUID) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, `delete from river.river_job where args->>'service' is distinct from $1::text`, service.String()); err != nil {
		t.Fatal(err)
	}
}
