package chart

import (
	"context"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

func fan() Fan {
	f := Fan{ID: "f", Title: "Wait", Unit: "working days", Says: "It rises.", Floor: ptr(0.0), Target: ptr(10.0)}
	for i := range 20 {
		x := float64(i)
		f.Labels = append(f.Labels, "Q"+strings.Repeat("i", i%4+1))
		f.Points = append(f.Points, FanPoint{8 + x/4, 9 + x/3, 10 + x/2, 11 + x/2, 12 + x, false})
		f.Actual = append(f.Actual, spc.Number{})
	}
	f.Actual[0] = spc.Some(11)
	return f
}

// TestFan: the areas hold the middle, every band and line has a word in the key, and the table holds every point.
func TestFan(t *testing.T) {
	f := fan()
	d := f.draw()
	for name, part := range map[string]string{"outer": d.Outer, "inner": d.Inner, "middle": d.Middle, "target": d.Target} {
		if part == "" || strings.Contains(part, "NaN") {
			t.Errorf("%s is %q", name, part)
		}
	}
	if len(d.Dots) != 1 || len(d.XTicks) != 3 {
		t.Errorf("%d dots, %d labels", len(d.Dots), len(d.XTicks))
	}
	text, _ := page(t, f.Chart())
	for _, want := range []string{"8 of 10 simulated runs", "half of them", "middle", "what happened", "target: 10", "It rises.", "Qiiii"} {
		if !strings.Contains(text, want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
	if rows := f.table(context.Background()).Rows; len(rows) != 20 || rows[0][4] != "11" || rows[1][4] != "" {
		t.Errorf("table is %v", rows[:2])
	}
	f.Points = f.Points[:1]
	f.Labels, f.Actual = f.Labels[:1], nil
	if text, _ := page(t, f.Chart()); strings.Contains(text, "<path") {
		t.Error("one point is no fan")
	}
}
