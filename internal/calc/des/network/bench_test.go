package network_test

import (
	"context"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des/network"
)

// BenchmarkThreeStations is the network of the issue; it aims at 2 million people a second.
func BenchmarkThreeStations(b *testing.B) {
	n, err := network.Compile(three(int64(b.N) + 10_001))
	if err != nil {
		b.Fatal(err)
	}
	sim := network.NewSim(n)
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := sim.Run(context.Background(), 1, 0, func(float64) {}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mpeople/s")
}
