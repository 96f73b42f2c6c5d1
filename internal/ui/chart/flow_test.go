package chart

import (
	"math"
	"strings"
	"testing"
)

var (
	money  = Flow{ID: "m", Title: "Cash", Unit: "pounds", Labels: []string{"a", "b", "c"}, In: []float64{0, 1500, 3000}, Out: []float64{2000, 1000, 1000}, InName: "Benefits", OutName: "Costs", Left: "Left so far", Says: "It pays."}
	swings = Tornado{ID: "t", Title: "What moves it", Middle: 50, Bars: []Swing{{"Small", "1", "2", 45, 55}, {"Large", "3", "4", 90, -10}}, Says: "Large matters."}
)

func TestFlow(t *testing.T) {
	if got := money.left(); got[0] != -2000 || got[1] != -1500 || got[2] != 500 {
		t.Errorf("left %v", got)
	}
	d := money.draw()
	if len(d.Columns) != 5 { // nothing came in at first
		t.Fatalf("%d columns", len(d.Columns))
	}
	for _, c := range d.Columns {
		if c.H <= 0 || c.In && c.Y+c.H > d.Zero+0.1 || !c.In && c.Y < d.Zero-0.1 {
			t.Errorf("%+v around %v", c, d.Zero)
		}
	}
	beside := money
	beside.Beside = true
	d = beside.draw()
	if len(d.Columns) != 5 || d.Line != "" || len(beside.table(t.Context()).Head) != 3 {
		t.Errorf("%+v", d)
	}
	for i, c := range d.Columns { // neither is less than nothing, and none covers another
		if c.H <= 0 || c.Y+c.H > d.Zero+0.1 || i > 0 && c.X < d.Columns[i-1].X+d.Columns[i-1].W-0.1 {
			t.Errorf("%+v stands on %v", c, d.Zero)
		}
	}
	for x, want := range map[float64]string{0: "0", 950: "950", -2500: "-2.5k", 250000: "250k", 2e6: "2m"} {
		if got := thousands(x); got != want {
			t.Errorf("%v is written %s, want %s", x, got, want)
		}
	}
}

func TestTornado(t *testing.T) {
	rows, middle := swings.rows()
	if rows[0].Label != "Large" || rows[0].X != 0 || rows[0].W != width || middle <= rows[1].X || middle >= rows[1].X+rows[1].W {
		t.Errorf("%+v, middle %v", rows, middle)
	}
	if raw, _ := page(t, swings.Chart()); !strings.Contains(raw, "Large matters.") || !strings.Contains(raw, "Result at most") {
		t.Error(raw)
	}
}

// TestForest: the line of no difference lies in the middle, twice as many as far from it as half as many, and nothing leaves the drawing.
func TestForest(t *testing.T) {
	f := Forest{ID: "f", Rows: []Ratio{{Label: "Half", Value: 0.5, Low: 0.4, High: 0.7}, {Label: "Twice", Value: 2, Low: 0.01, High: 90, Named: true}}}
	rows, one := f.rows()
	if math.Abs(one-width/2) > 1e-9 || math.Abs((one-rows[0].At)-(rows[1].At-one)) > 1e-9 || rows[0].At >= one {
		t.Errorf("half at %g and twice at %g of %g", rows[0].At, rows[1].At, one)
	}
	if rows[1].From < 0 || rows[1].To > width {
		t.Errorf("from %g to %g", rows[1].From, rows[1].To)
	}
}

// TestFit: a name that is too long for a drawing ends at a word, and one that fits is left alone.
func TestFit(t *testing.T) {
	long := "Days worked in place of days lost to musculoskeletal pain; nurses"
	if got := fit(long); got != "Days worked in place of days lost to…" || len([]rune(fit(strings.Repeat("x", 99)))) != mostLetters || fit("Booking software") != "Booking software" {
		t.Errorf("%q", got)
	}
}
