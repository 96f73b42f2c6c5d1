// Command bench measures Rowan side by side with the least that could do the same, in one run on one machine,
// and prints figures and ratios. It fails nothing but a simulated plan that takes longer than its aim: `make bench`. `go run ./test/bench decade` runs only the
// parts whose name has the word: "calc" the calculators, "simul" the simulation.
//
// The database is a child PostgreSQL in a folder of its own, with fsync on, as in use. What is measured is
// checked before it is timed: a benchmark of a wrong answer is worth nothing.
//
// "Raw pgx" is a loop over the very statements that Rowan was seen to send for the page or command: the same begin
// and commit around them, with the same arguments (new ids where a command makes new ids), over one connection under
// the same login with the same settings and a cache of prepared statements. It sends them one after another as plain
// pgx does, reads the rows off the wire without looking at them, decides nothing and draws nothing. Rowan sends begin,
// the tenant and the first statement in one go; the others it, too, sends one after another. A page is asked for over
// one kept connection without cookies: who acts is given, so neither side reads or writes a session.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/test/bench/ics"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bed is what the benchmarks stand on.
type bed struct {
	ctx     context.Context
	dir     string
	child   *pgchild.Child
	db      *postgres.DB
	keys    *seal.Keys
	w       *world.World
	recents *recorder
}

func run(ctx context.Context) error {
	if len(os.Args) > 1 && os.Args[1] == loneRun {
		return runAlone(ctx)
	}
	dir, err := os.MkdirTemp("", "rowan-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	// Else PostgreSQL, which root runs as nobody, has its data elsewhere: it would not be weighed, nor removed.
	if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // to pass through, not to read
		return err
	}
	b := &bed{ctx: ctx, dir: dir, recents: &recorder{}}
	if err := b.open(); err != nil {
		return err
	}
	defer b.child.Stop(ctx)
	defer b.db.Close()
	for _, part := range []struct {
		name string
		do   func(*bed) error
	}{
		{"Charts", charts}, {"Calculators", calculators}, {"Simulation", simulation}, {"Capacity", capacity}, {"Staff feed", feed}, {"The manager's list over HTTP", list}, {"Submit a referral", submit}, {"The dashboard over HTTP", dashboard}, {"The dashboard of a decade", decade}, {"Memory", memory}, {"Roll-ups rebuilt", rebuild}, {"The public site", public}, {"The pages of an ICS (p95, aim 300 ms)", func(b *bed) error { return ics.Pages(b.ctx, b.dir, line) }},
	} {
		if len(os.Args) > 1 && !strings.Contains(strings.ToLower(part.name), strings.ToLower(os.Args[1])) {
			continue
		}
		fmt.Printf("\n%s\n", part.name)
		if err := part.do(b); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

func (b *bed) open() (err error) {
	if b.child, err = pgchild.Start(b.ctx, pgchild.Config{Dir: b.dir, Log: slog.New(slog.DiscardHandler)}); err != nil {
		return err
	}
	if err = postgres.Migrate(b.ctx, postgres.MigrateOptions{Admin: b.child.DSN(pgchild.Super, "postgres")}); err != nil {
		return err
	}
	source := func(login string) string { return b.child.DSN(login, "postgres") }
	if b.db, err = postgres.Open(b.ctx, source, postgres.LoginPrefix, postgres.WithTracer(b.recents)); err != nil {
		return err
	}
	if b.keys, err = seal.Open(b.dir + "/keys"); err != nil {
		return err
	}
	b.w, err = world.Build(b.ctx, b.db)
	return err
}

// line prints one figure.
func line(what, figure string) { fmt.Printf("  %-58s %s\n", what, figure) }

// turn is how often one of two runs before it is the other's turn: what else the machine does then slows both.
const turn = 20

// beside runs two things n times each, by turns, and gives how often a second each ran.
func beside(n int, ours, plain func(i int) error) (a, b float64, err error) {
	var took [2]time.Duration
	for from := 0; from < n; from += turn {
		for which, do := range []func(int) error{ours, plain} {
			start := time.Now()
			for i := from; i < min(n, from+turn); i++ {
				if err := do(i); err != nil {
					return 0, 0, err
				}
			}
			took[which] += time.Since(start)
		}
	}
	return float64(n) / took[0].Seconds(), float64(n) / took[1].Seconds(), nil
}

// processor is the processor time that this process has used: what is left of a measurement when a busy machine takes
// the clock's share away.
func processor() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
