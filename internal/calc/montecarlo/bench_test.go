package montecarlo

import (
	"syscall"
	"testing"
	"time"

	"github.com/expr-lang/expr"
)

// example is the business case of the issue: five ranges, four operations.
const example = `{"inputs":{"staff":{"min":6000,"mode":7000,"max":7500},"days":{"min":8,"mode":11,"max":16},` +
	`"cost":{"min":90,"mode":110,"max":150},"effect":{"min":0,"mode":0.03,"max":0.08},"programme":{"min":150000,"mode":180000,"max":260000}},` +
	`"expression":"staff*days*cost*effect-programme","draws":100000,"seed":1}`

// BenchmarkDraws gives draws a second, and draws in a second of one core's time,
// which other work on the machine does not hide.
func BenchmarkDraws(b *testing.B) {
	in := decode(b, example)
	draws := 10_000_000.0
	in.Draws = &draws
	before := coreTime(b)
	for b.Loop() {
		if _, err := Compute(in); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(draws*float64(b.N)/b.Elapsed().Seconds(), "draws/s")
	b.ReportMetric(draws*float64(b.N)/(coreTime(b)-before).Seconds(), "draws/core-s")
}

// coreTime is what the process has used of all cores.
func coreTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkPERT(b *testing.B) {
	d, r := newPERT(0, 0.03, 0.08), newRandom(1, 2, 3)
	column := make([]float64, block)
	for b.Loop() {
		d.fill(column, &r)
	}
	b.ReportMetric(block*float64(b.N)/b.Elapsed().Seconds(), "samples/s")
}

// BenchmarkLibrary evaluates the expression alone in the library's own machine,
// and BenchmarkProgram in ours.
func BenchmarkLibrary(b *testing.B) {
	env := map[string]any{"staff": 7000.0, "days": 11.0, "cost": 110.0, "effect": 0.03, "programme": 180000.0}
	program, err := expr.Compile(decode(b, example).Expression, expr.Env(env))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := expr.Run(program, env); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "draws/s")
}

func BenchmarkProgram(b *testing.B) {
	in := decode(b, example)
	t, err := in.task()
	if err != nil {
		b.Fatal(err)
	}
	m := t.program.machine(block)
	for b.Loop() {
		m.run()
	}
	b.ReportMetric(block*float64(b.N)/b.Elapsed().Seconds(), "draws/s")
}
