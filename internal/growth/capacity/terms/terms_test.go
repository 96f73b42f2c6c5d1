package terms_test

import (
	"math"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/terms"
)

// TestGrowth compounds.
func TestGrowth(t *testing.T) {
	start := civil.MustParse("2027-01-04")
	for date, want := range map[string]float64{"2027-01-04": 1, "2028-01-04": 1.1, "2029-01-03": 1.21} {
		if got := (terms.Terms{Population: 10}).Growth(start, civil.MustParse(date)); math.Abs(got-want) > 0.001 {
			t.Errorf("%s: %.4f, want %.4f", date, got, want)
		}
	}
}
