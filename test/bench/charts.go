package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// charts computes what a nation's dashboard needs: 6,450 charts of 120 points (numbers.md 5).
func charts(*bed) error {
	const n, points = 6450, 120
	rng := rand.New(rand.NewPCG(1, 2))
	inputs := make([]spc.Input, n)
	for i := range inputs {
		values := make([]float64, points)
		for j := range values {
			values[j] = 10 + rng.NormFloat64()
		}
		inputs[i] = spc.Input{Values: spc.Series(values...), Direction: spc.Decrease}
	}
	start := time.Now()
	for _, in := range inputs {
		if _, err := spc.Compute(in); err != nil {
			return err
		}
	}
	line("6,450 XmR charts of 120 points, one core (aim 100 ms)", fmt.Sprint(time.Since(start).Round(time.Millisecond)))
	return nil
}

// memory prints what this process holds at rest, PostgreSQL apart.
func memory(*bed) error {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		line("resident memory", "not known on this system")
		return nil
	}
	for _, l := range strings.Split(string(b), "\n") {
		if rest, ok := strings.CutPrefix(l, "VmRSS:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				return err
			}
			line("resident memory of this process after the run (aim 150 MB)", fmt.Sprintf("%d MB", kb/1024))
		}
	}
	return nil
}
