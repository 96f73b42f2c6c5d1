package fivecase_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestTyped: a number that the tables have is bound, one that a figure had is out of date, also after its text was read again, and one
// that nothing says is named once.
func TestTyped(t *testing.T) {
	ctx := context.Background()
	d := written(t, 200, 0)
	social, err := d.Record.Appraise(option.Preferred, investment.Social)
	if err != nil {
		t.Fatal(err)
	}
	worth := investment.Pounds(social.Central.NPSV)
	cite := func(value, now string, s figure.Standing) figure.Checked {
		f := figure.Figure{Ref: figure.Ref{Kind: "wait", Name: "median"}, Title: "Median wait", State: figure.Known, Value: value}
		c := figure.Checked{Standing: s, Citation: figure.Citation{ID: uuid.New(), Figure: f}, Now: f, Latest: f}
		c.Now.Value, c.Latest.Value = now, now
		return c
	}
	economic := func(body string, cited ...[]figure.Checked) fivecase.Typed {
		d.Texts["economic"] = nil
		for i, f := range cited {
			d.Texts["economic"] = append(d.Texts["economic"], fivecase.Text{Part: "economic", N: len(cited) - i, Body: body, Figures: f})
		}
		all, err := d.Typed(ctx, now)
		if err != nil {
			t.Fatal(err)
		}
		if other := all["strategic"]; other.Any() {
			t.Errorf("a text without numbers has %+v", other)
		}
		return all["economic"]
	}
	body := "Half wait 12 days. It is worth " + worth + ", for 87 in 100 staff, and 87 in 100 again: £123,457."
	type checked = []figure.Checked
	for name, c := range map[string]struct {
		cited []checked // newest version first
		free  string
		says  string
	}{
		"nothing is cited":    {[]checked{nil}, "12 days, 87 in 100, £123,457", ""},
		"it still is":         {[]checked{{cite("12 working days", "12 working days", figure.Current)}}, "87 in 100, £123,457", ""},
		"it has moved":        {[]checked{{cite("12 working days", "15 working days", figure.Stale)}}, "87 in 100, £123,457", "the text says 12 days. It was taken from “Median wait”, which is 15 working days now."},
		"and was read again":  {[]checked{{cite("15 working days", "15 working days", figure.Current)}, {cite("12 working days", "", "")}}, "87 in 100, £123,457", "which is 15 working days now."},
		"it is gone":          {[]checked{{cite("12 working days", "", figure.Gone)}}, "87 in 100, £123,457", "which is not there any more."},
		"nobody cites it now": {[]checked{nil, {cite("12 working days", "", "")}}, "12 days, 87 in 100, £123,457", ""},
		"a figure that is hidden": {[]checked{{func() figure.Checked {
			c := cite("12 working days", "15 working days", figure.Stale)
			c.State, c.Value = figure.Hidden, ""
			return c
		}()}}, "12 days, 87 in 100, £123,457", ""},
	} {
		got := economic(body, c.cited...)
		if got.List() != c.free {
			t.Errorf("%s: %q is typed, want %q", name, got.List(), c.free)
		}
		said := ""
		for _, m := range got.Stale {
			said += got.Said(ctx, m)
		}
		if (said == "") != (c.says == "") || !strings.HasSuffix(said, c.says) {
			t.Errorf("%s: says %q, want %q", name, said, c.says)
		}
		text, err := fivecase.Render(ctx, d, now, nil)
		if err != nil {
			t.Fatal(err)
		}
		if note := "Numbers typed by the authors, not taken from Rowan (Economic case): " + c.free; !strings.Contains(text, note) || strings.Contains(text, "Out of date:</strong>") != (c.says != "") {
			t.Errorf("%s: the paper does not end with %q", name, note)
		}
	}
}
