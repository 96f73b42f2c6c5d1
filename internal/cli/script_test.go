package cli_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rowan-ohwb/rowan/internal/cli"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"rowan": func() { os.Exit(cli.Main(os.Args[1:])) },
	})
}

// TestScript runs the command line as a user does: what it prints, and with which exit code. Every refusal is one
// sentence on standard error.
func TestScript(t *testing.T) {
	found, err := pgchild.Find("")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("ROWAN_PG_BIN", found.Dir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "takeport": takePort, "freeport": freePort, "until": until},
	})
}
