package forecast

import (
	"context"
	"fmt"
	"testing"
)

// What was locked is never rounded for the sake of its unit.
func TestDifference(t *testing.T) {
	percent := func(_ context.Context, x float64) string { return fmt.Sprintf("%.1f%%", x) }
	days := func(_ context.Context, x float64) string { return fmt.Sprintf("%.0f working days", x) }
	for _, c := range []struct {
		amount Amount
		x      float64
		want   string
	}{
		{nil, 4, "4"},
		{days, 4, "4 working days"},
		{days, 4.5, "4.5"},
		{percent, 1, "1 percentage point"},
		{percent, 2.5, "2.5 percentage points"},
		{percent, 0.25, "0.25"},
	} {
		if got := difference(t.Context(), c.amount, c.x); got != c.want {
			t.Errorf("%v is written %q, want %q", c.x, got, c.want)
		}
	}
}
