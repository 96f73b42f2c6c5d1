package said_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/said"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// told is a scenario whose list is as long in the worst tenth of the runs of each quarter.
func told(title string, lists ...float64) capacity.Told {
	var quarters []capacity.Quarter
	for _, x := range lists {
		quarters = append(quarters, capacity.Quarter{Measures: map[capacity.Measure]capacity.Band{capacity.List: {P90: x}}})
	}
	return capacity.Told{Scenario: capacity.Scenario{Title: title}, Best: &capacity.Run{Result: &capacity.Result{Quarters: quarters}}}
}

func TestCompared(t *testing.T) {
	words, err := locale.Load(content.FS, "en")
	if err != nil {
		t.Fatal(err)
	}
	ctx := locale.Into(context.Background(), words)
	steady, growing := []float64{50, 52, 48, 51, 53}, []float64{50, 60, 70, 80, 90}
	for name, x := range map[string]struct {
		against      []float64
		within, days capacity.Band
		says         string
		hides        []string
	}{
		"nothing":   {steady, capacity.Band{}, capacity.Band{}, "Compared with As it is, nothing changes.", nil},
		"better":    {steady, capacity.Band{Mean: 20, P10: 12, P50: 20, P90: 31}, capacity.Band{Mean: -4, P10: -6.2, P50: -4, P90: -2.1}, "Compared with As it is, 20 in 100 people more are seen within 10 working days in October to December 2030 (between 12 and 31 in 8 of 10 simulated runs). The middle wait is 4.0 working days shorter (between 2.1 and 6.2 in 8 of 10 runs).", nil},
		"worse":     {steady, capacity.Band{Mean: -20, P10: -31, P50: -20, P90: -12}, capacity.Band{Mean: 4, P10: 2.1, P50: 4, P90: 6.2}, "20 in 100 people fewer are seen within 10 working days in October to December 2030 (between 12 and 31 in 8 of 10 simulated runs). The middle wait is 4.0 working days longer (between 2.1 and 6.2 in 8 of 10 runs).", nil},
		"no least":  {growing, capacity.Band{Mean: 4, P10: 0.2, P50: 4, P90: 46}, capacity.Band{Mean: -9, P10: -106.2, P50: -1, P90: -0.01}, "4 in 100 people more are seen within 10 working days in October to December 2030, but it is not certain that more are (between 0 and 46 more in 8 of 10 simulated runs). The middle wait is 1.0 working days shorter, but it is not certain that it is. In at least 1 run in 10 with As it is the list is still growing when the plan ends, so the largest difference depends on when you stop counting.", []string{"at least 0.0", "106"}},
		"unsure":    {steady, capacity.Band{Mean: 3, P10: -4, P50: 3, P90: 9}, capacity.Band{Mean: -1, P10: -3, P50: -1, P90: 1}, "it is not certain that more are (between -4 and 9 more in 8 of 10 simulated runs). The middle wait is 1.0 working days shorter, but it is not certain that it is (between -1.0 and 3.0 shorter in 8 of 10 runs).", []string{"still growing"}},
		"runs away": {growing, capacity.Band{Mean: 40, P10: 12, P50: 40, P90: 80}, capacity.Band{Mean: -30, P10: -106.2, P50: -8, P90: -1}, "The middle wait is 8.0 working days shorter, and at least 1.0 in 9 of 10 runs. In at least 1 run in 10 with As it is the list is still growing when the plan ends, so the largest difference depends on when you stop counting.", []string{"106"}},
		"level":     {steady, capacity.Band{Mean: 0.1, P10: -3, P50: 0.1, P90: 3}, capacity.Band{Mean: 0.01, P10: -1, P50: 0.01, P90: 1}, "about as many people are seen within 10 working days in October to December 2030 (between -3 and 3 in 100 more in 8 of 10 simulated runs). The middle wait is about as long (between -1.0 and 1.0 working days longer in 8 of 10 runs).", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := said.Compared(ctx, said.Pair{Of: told("More nurses", steady...), Against: told("As it is", x.against...), Target: 10,
				Less: []capacity.Difference{{Start: civil.MustParse("2030-10-01"), Measures: map[capacity.Measure]capacity.Band{capacity.Within: x.within, capacity.Median: x.days}}}})
			if !strings.Contains(got, x.says) || slices.ContainsFunc(x.hides, func(s string) bool { return strings.Contains(got, s) }) {
				t.Errorf("it says %q, not %q", got, x.says)
			}
		})
	}
}
