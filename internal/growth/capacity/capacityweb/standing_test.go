package capacityweb

import (
	"context"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestHoursOfWhom: the sentence about hours says where the team lies in 8 of 10 runs, and nothing of it where all runs have the same.
func TestHoursOfWhom(t *testing.T) {
	x := standing{Option: option.Nothing, Result: &capacity.Result{Hours: &capacity.Hours{Before: 90, After: 80, Of: []string{"nurse"}, Low: 61.4, High: 96}}}
	x.Year = measured.Year{Came: 30, Given: 33}
	x.Year.Seen.N, x.Year.Seen.Median = measured.Least, 12
	for q := range capacity.Quarters {
		x.Result.Quarters = append(x.Result.Quarters, capacity.Quarter{Start: civil.MustParse("2027-01-01").AddMonths(3 * q), Came: 30, Given: 30, Measures: map[capacity.Measure]capacity.Band{capacity.Median: {P50: 14}}})
	}
	const want = "In 8 of 10 simulated runs they are 61 to 96 then"
	if got := why(context.Background(), x); !strings.Contains(got, want) || !strings.Contains(got, "from 90 a week in the last year to 80") {
		t.Errorf("%q is not in %q", want, got)
	}
	x.Result.Hours.Low, x.Result.Hours.High = 0, 0
	if got := why(context.Background(), x); strings.Contains(got, "they are") {
		t.Errorf("of one team for all: %q", got)
	}
}
