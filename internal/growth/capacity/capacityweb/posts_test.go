package capacityweb

import "testing"

// TestWithin: what falls short of what is asked for does not look as if it were reached.
func TestWithin(t *testing.T) {
	for _, x := range []struct {
		percent float64
		asked   int
		want    string
	}{{89.6, 90, "89.6%"}, {89.97, 90, "89.9%"}, {90, 90, "90%"}, {90.4, 90, "90%"}, {89.4, 90, "89%"}, {89.6, 85, "90%"}} {
		if got := within(t.Context(), x.percent, x.asked); got != x.want {
			t.Errorf("%v of %d is %s, want %s", x.percent, x.asked, got, x.want)
		}
	}
}
