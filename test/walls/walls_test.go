package walls_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/walls"
)

func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func read(t *testing.T, q walls.Querier) (*walls.Catalogue, *walls.Declared) {
	t.Helper()
	c, err := walls.Read(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("../../database/dataclass.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := walls.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	return c, d
}

// TestCatalogue holds the migrated database to the rules, without exceptions.
func TestCatalogue(t *testing.T) {
	c, d := read(t, connect(t))
	if len(c.Tables) < 50 || len(c.Policies) < 100 {
		t.Fatalf("%d tables and %d policies: the test looks at the wrong database", len(c.Tables), len(c.Policies))
	}
	for _, fault := range walls.Lint(c, d) {
		t.Error(fault)
	}
}

const golden = "../../docs/walls.md"

// TestMatrix compares the grants with the table in the docs.
func TestMatrix(t *testing.T) {
	c, d := read(t, connect(t))
	page, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(page), "<!-- matrix -->\n")
	have, after, ok2 := strings.Cut(rest, "<!-- /matrix -->")
	if !ok1 || !ok2 {
		t.Fatalf("%s has no place for the table", golden)
	}
	want := walls.Matrix(c, d)
	if have == want {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Fatalf("the grants are not those of %s: look at the difference after UPDATE_GOLDEN=1 go test ./test/walls", golden)
	}
	if err := os.WriteFile(golden, []byte(before+"<!-- matrix -->\n"+want+"<!-- /matrix -->"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
