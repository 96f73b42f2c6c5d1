package chart

import (
	"context"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/funnel"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func exampleFunnel(t *testing.T) Funnel {
	t.Helper()
	in := funnel.Input{Type: funnel.Proportion, Unit: []string{"a", "b", "c", "d"}, Numerator: []float64{10, 25, 40, 200}, Denominator: []float64{100, 200, 400, 800}, At: []float64{50, 200, 400, 600, 800}}
	out, err := funnel.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	f := Funnel{ID: "f", Title: "Missed", Says: "Says.", Size: "appointments", Target: out.Target, Limits: out.Limits}
	for i, u := range out.Units {
		f.Points = append(f.Points, FunnelPoint{Name: u.Unit, Part: int(in.Numerator[i]), Size: int(in.Denominator[i]), Percent: 100 * in.Numerator[i] / in.Denominator[i], Label: u.Label, Own: u.Unit == "b"})
	}
	f.Points[3].Label = funnel.High95
	return f
}

// TestFunnel: every point and line lies on the canvas, the greater to the right; what is outside has a form of its own, and whoever
// looks is marked by a word.
func TestFunnel(t *testing.T) {
	ctx := locale.Into(context.Background(), locale.English())
	f := exampleFunnel(t)
	d := f.draw(ctx)
	for i, p := range d.Dots {
		if p.X < left || p.X > right || p.Y < top || p.Y > bottom || i > 0 && p.X <= d.Dots[i-1].X {
			t.Errorf("point %d at %v %v", i, p.X, p.Y)
		}
	}
	if d.Dots[0].Class != "common" || d.Dots[3].Class != "neutral" || d.Dots[0].Y <= d.Dots[3].Y {
		t.Errorf("%+v", d.Dots)
	}
	if len(d.Own) != 1 || d.Own[0].Text != "Yours" || len(d.Lines) != 3 || strings.Count(d.Lines[1].Path, "M") != 2 {
		t.Errorf("%+v %+v", d.Own, d.Lines)
	}
	rows := f.table(ctx).Rows
	if strings.Join(rows[1], "|") != "b (yours)|12.5%|25|200|within the limits" || strings.Join(rows[3], "|") != "d|25.0%|200|800|above the inner limits" {
		t.Errorf("%q", rows)
	}
	var b strings.Builder
	if err := f.Chart().Render(ctx, &b); err != nil || !strings.Contains(b.String(), "Says.") || strings.Contains(b.String(), "NaN") {
		t.Error(err)
	}
}
