package gauge_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/growth/investment/gauge"
)

func TestGauge(t *testing.T) {
	at := func(x float64) *float64 { return &x }
	for name, x := range map[string]struct {
		g     gauge.Gauge
		cited bool
		field string
		set   bool
	}{
		"none":          {gauge.Gauge{}, false, "", false},
		"down":          {gauge.Gauge{From: at(20), To: at(10)}, true, "", true},
		"up":            {gauge.Gauge{From: at(0), To: at(90)}, true, "", true},
		"of no figure":  {gauge.Gauge{From: at(20), To: at(10)}, false, "figure", true},
		"one end":       {gauge.Gauge{From: at(20)}, true, "to", false},
		"the other end": {gauge.Gauge{To: at(20)}, true, "from", false},
		"alike":         {gauge.Gauge{From: at(20), To: at(20)}, true, "to", false},
	} {
		f := x.g.Check(x.cited)
		if x.g.Set() != x.set || (x.field == "") != (len(f) == 0) || x.field != "" && f.Of(x.field) == nil {
			t.Errorf("%s: set %v, %v", name, x.g.Set(), f)
		}
	}
	for _, x := range []struct{ from, to, level, want float64 }{{20, 10, 20, 0}, {20, 10, 10, 1}, {20, 10, 15, 0.5}, {20, 10, 25, -0.5}, {20, 10, 5, 1.5}, {0, 80, 60, 0.75}, {50, 80, 41, -0.3}} {
		if got := (gauge.Gauge{From: &x.from, To: &x.to}).Reached(x.level); got-x.want > 1e-12 || x.want-got > 1e-12 {
			t.Errorf("%v of %v to %v: %v, want %v", x.level, x.from, x.to, got, x.want)
		}
	}
}
