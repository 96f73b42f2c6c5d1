package clinic_test

import (
	"context"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des/clinic"
)

// BenchmarkFiveYears is a replication of one weekly clinic for five years.
func BenchmarkFiveYears(b *testing.B) {
	c, err := clinic.Compile(weekly(260, 30, 60, 29))
	if err != nil {
		b.Fatal(err)
	}
	sim := clinic.NewSim(c)
	b.ReportAllocs()
	for r := 0; b.Loop(); r++ {
		if _, err := sim.Run(context.Background(), 1, r, func(float64) {}); err != nil {
			b.Fatal(err)
		}
	}
}
