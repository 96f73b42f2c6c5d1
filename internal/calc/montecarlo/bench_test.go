package montecarlo

import "testing"

// example is the business case of the issue: five ranges, four operations.
const example = `{"inputs":{"staff":{"min":6000,"mode":7000,"max":7500},"days":{"min":8,"mode":11,"max":16},` +
	`"cost":{"min":90,"mode":110,"max":150},"effect":{"min":0,"mode":0.03,"max":0.08},"programme":{"min":150000,"mode":180000,"max":260000}},` +
	`"expression":"staff*days*cost*effect-programme","draws":100000,"seed":1}`

// BenchmarkDraws gives draws a second; run it with -cpu 1 for one core.
func BenchmarkDraws(b *testing.B) {
	in := decode(b, example)
	draws := 10_000_000.0
	in.Draws = &draws
	for b.Loop() {
		if _, err := Compute(in); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(draws*float64(b.N)/b.Elapsed().Seconds(), "draws/s")
}

func BenchmarkPERT(b *testing.B) {
	d, r := newPERT(0, 0.03, 0.08), newRandom(1, 2, 3)
	column := make([]float64, block)
	for b.Loop() {
		d.fill(column, &r)
	}
	b.ReportMetric(block*float64(b.N)/b.Elapsed().Seconds(), "samples/s")
}
