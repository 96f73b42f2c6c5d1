package chart

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

func ptr[T any](v T) *T { return &v }

// waits are two years around 14 and a half year around 10, in working days.
func waits(n int) XmR {
	in := spc.Input{Direction: spc.Decrease, Target: ptr(9.5), Values: make([]spc.Number, n), Dates: make([]civil.Date, n)}
	for i := range n {
		v := 13.5 + float64(i%2)
		if i >= 24 {
			v -= 4
		}
		in.Values[i], in.Dates[i] = spc.Some(v), civil.MustParse("2024-01-01").AddMonths(i)
	}
	return compute(XmR{ID: "w", Title: "Wait to first appointment", Unit: "working days", Decimals: 1, In: in, Floor: ptr(0.0)})
}

func compute(c XmR) XmR {
	var err error
	if c.Out, err = spc.Compute(c.In); err != nil {
		panic(err)
	}
	return c
}

// page renders a component and parses it.
func page(t *testing.T, c templ.Component) (string, *html.Node) {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	node, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), node
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func count(n *html.Node, tag string) (k int) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == tag {
			k++
		}
	}
	return k
}

func components() map[string]templ.Component {
	gappy := waits(30)
	gappy.In.Values[7] = spc.Number{}
	gappy.In.Ghost = make([]bool, 30)
	gappy.In.Ghost[3] = true
	gappy.In.Rebase = []civil.Date{gappy.In.Dates[24]}
	gappy.Marks = []Mark{{gappy.In.Dates[24], "Recalculated by A. Lead: new <rule>"}}
	flat := XmR{ID: "f", Title: "Always", Unit: "%", In: spc.Input{Values: spc.Series(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100), Direction: spc.Increase, Target: ptr(100.0)}, Ceiling: ptr(100.0)}
	line := Line{ID: "l", Title: "Referrals", Values: gappy.In.Values, Dates: gappy.In.Dates, Floor: ptr(0.0)}
	out := map[string]templ.Component{
		"xmr": waits(30).Chart(), "gaps": compute(gappy).Chart(), "flat": compute(flat).Chart(),
		"run": waits(5).Chart(), "one": waits(1).Chart(), "none": waits(0).Chart(),
		"line": line.Chart(), "spark": line.Spark(), "no line": Line{ID: "n", Title: "None"}.Chart(), "no spark": Line{ID: "n", Title: "None"}.Spark(),
		"pareto": causes.Chart(), "no pareto": Pareto{ID: "p", Title: "None"}.Chart(),
		"noughts": Pareto{ID: "p", Title: "Noughts", Bars: []Bar{{Label: "a"}, {Label: "b"}}}.Chart(),
		"stack":   states.Chart(), "no stack": Stack{ID: "s", Title: "None"}.Chart(),
	}
	for v := range variationForms {
		out["icon "+string(v)] = VariationIcon(v)
	}
	for a := range assuranceForms {
		out["icon "+string(a)] = AssuranceIcon(a)
	}
	return out
}

// What holds for every drawing: a name for screen readers that exists, a viewBox,
// nothing that the content security policy refuses, no number that is none.
func TestEveryDrawing(t *testing.T) {
	for name, c := range components() {
		t.Run(name, func(t *testing.T) {
			raw, node := page(t, c)
			for _, bad := range []string{" style=", "<style", "<script", "NaN", "Inf", "onclick"} {
				if strings.Contains(raw, bad) {
					t.Errorf("contains %q", bad)
				}
			}
			ids := map[string]bool{}
			for d := range node.Descendants() {
				if id := attr(d, "id"); id != "" {
					if ids[id] {
						t.Errorf("id %s twice", id)
					}
					ids[id] = true
				}
			}
			for d := range node.Descendants() {
				if d.Data != "svg" {
					continue
				}
				if attr(d, "viewBox") == "" {
					t.Error("svg without viewBox")
				}
				if attr(d, "aria-hidden") == "true" {
					continue
				}
				if attr(d, "role") != "img" || attr(d, "aria-label") == "" && attr(d, "aria-labelledby") == "" {
					t.Error("svg has no name")
				}
				for id := range strings.FieldsSeq(attr(d, "aria-labelledby")) {
					if !ids[id] {
						t.Errorf("svg is named by %s, which is not there", id)
					}
				}
			}
		})
	}
}

func TestChartAndTableAgree(t *testing.T) {
	c := waits(30)
	raw, node := page(t, c.Chart())
	if got := count(node, "tr"); got != 31 {
		t.Errorf("%d rows, want a head and 30", got)
	}
	if k := strings.Count(raw, `<polygon class="rowan-chart__point rowan-chart__point--`); k != strings.Count(raw, "improvement:")+strings.Count(raw, "concern:")+2 {
		t.Errorf("%d coloured points, and two in the key, against the words of the table", k)
	}
	if run, runNode := page(t, waits(5).Chart()); strings.Contains(run, "rowan-icon") || strings.Contains(run, "chart__limit") || count(runNode, "polygon") > 0 {
		t.Error("a run chart has limits, rules or icons")
	}
}

func TestSentences(t *testing.T) {
	long := waits(30)
	up := long
	up.In.Direction = spc.Increase
	neutral := long
	neutral.In.Direction = spc.Neutral
	ones := XmR{Unit: "working days", UnitOne: "working day", In: spc.Input{Values: spc.Series(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), Direction: spc.Decrease, Target: ptr(1.0)}}
	rebased := long
	rebased.In.Rebase = []civil.Date{long.In.Dates[24]}
	for _, c := range []struct{ got, want string }{
		{waits(0).Sentence(t.Context()), "There is no data yet."},
		{waits(1).Sentence(t.Context()), "There is 1 month of data. From 13 months on, the chart shows whether changes are more than chance."},
		{waits(24).Sentence(t.Context()), "The last 24 months show only usual variation. The mean is 14.0 working days. As things are, the target of 9.5 working days will not be met: it needs a change in how the service works."},
		{long.Sentence(t.Context()), "The last 6 months show improvement, more than chance explains. The mean is 13.2 working days. As things are, the target of 9.5 working days will not be met: it needs a change in how the service works."},
		{compute(up).Sentence(t.Context()), "The last 6 months show a change for the worse, more than chance explains. The mean is 13.2 working days. As things are, the target of 9.5 working days will be met every month."},
		{compute(neutral).Sentence(t.Context()), "The last 6 months are unusually low, more than chance explains. The mean is 13.2 working days."},
		{compute(rebased).Sentence(t.Context()), "The last 6 months show only usual variation. The mean is 10.0 working days. As things are, the target of 9.5 working days will be met in some months and missed in others."},
		{Line{Unit: "%", Values: spc.Series(5, 7), Dates: long.In.Dates[:2]}.Sentence(t.Context()), "5% in January 2024, 7% in February 2024."},
		{causes.Sentence(t.Context()), "Stress, Back and Cold make up 93% of the total."},
		{Pareto{Bars: []Bar{{Label: "Stress", Value: 9}, {Label: "Back", Value: 1}}}.Sentence(t.Context()), "Stress makes up 90% of the total."},
		{states.Sentence(t.Context()), "Most time goes into “Booking”: 6.0 of 10.0 working days (60%)."},
		{Stack{}.Sentence(t.Context()), "There is no data yet."},
		{Stack{Mix: true, Unit: "contacts", Parts: []Part{{Label: "Treatment", Value: 30}, {Label: "Diagnostic", Value: 70}}}.Sentence(t.Context()), "The largest part is “Diagnostic”: 70 of 100 contacts (70%)."},
		{compute(ones).Sentence(t.Context()), "The last 13 months show only usual variation. The mean is 1 working day. As things are, the target of 1 working day will be met every month."},
	} {
		if c.got != c.want {
			t.Errorf("got  %s\nwant %s", c.got, c.want)
		}
	}
}

var causes = Pareto{ID: "p", Title: "Days lost", Bars: []Bar{
	{Label: "Cold", Value: 20}, {Label: "Stress", Value: 50}, {Label: "Other", Value: 7}, {Label: "Back", Value: 23}, {Label: "Asthma", Hidden: "fewer than 8"},
}}

var states = Stack{ID: "s", Title: "Where work waits", Unit: "working days", Decimals: 1, Parts: []Part{{Label: "Triage", Value: 3}, {Label: "Booking", Value: 6}, {Label: "Report", Value: 1}, {Label: "None"}}}

func TestParetoRows(t *testing.T) {
	rows := causes.rows()
	var order []string
	few := 0
	for _, r := range rows {
		order = append(order, r.Label)
		if r.Few {
			few++
		}
	}
	if got := strings.Join(order, " "); got != "Stress Back Cold Other Asthma" || few != 3 || rows[0].W != longestBar {
		t.Errorf("%s, %d few, longest %v", got, few, rows[0].W)
	}
	if raw, _ := page(t, causes.Chart()); !strings.Contains(raw, "fewer than 8") {
		t.Error("a hidden number has no words")
	}
}

func TestDrawing(t *testing.T) {
	c := waits(30)
	c.In.Values[7] = spc.Number{}
	c.In.Rebase = []civil.Date{c.In.Dates[24]}
	c.Marks = []Mark{{c.In.Dates[24], "x"}}
	d := compute(c).draw()
	if got := strings.Count(d.Line, "M"); got != 2 {
		t.Errorf("the line has %d parts, want 2 around the gap", got)
	}
	if got := strings.Count(d.Mean, "M"); got != 2 {
		t.Errorf("the mean has %d parts, want one for each segment", got)
	}
	if len(d.Marks) != 1 || len(d.Dots) != 29 {
		t.Errorf("%d marks, %d dots", len(d.Marks), len(d.Dots))
	}
	for _, p := range d.Dots {
		if p.X < left || p.X > right || p.Y < top || p.Y > bottom {
			t.Errorf("dot outside the plot: %+v", p)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0, 100, "0 20 40 60 80 100"}, {7.1, 22.3, "5 10 15 20 25"}, {0.12, 0.31, "0.1 0.15 0.2 0.25 0.3 0.35"},
		{-3, 4, "-4 -2 0 2 4"}, {5, 5, "4 4.5 5 5.5 6"}, {0, 6.1e6, "0 2,000,000 4,000,000 6,000,000 8,000,000"},
	} {
		s, ticks := span{c.low, c.high}.ticks(5)
		var labels []string
		for _, x := range ticks {
			label := tickLabel(x, ticks[1]-ticks[0])
			if strings.Contains(label, ".") {
				label = strings.TrimSuffix(strings.TrimRight(label, "0"), ".")
			}
			labels = append(labels, label)
		}
		if got := strings.Join(labels, " "); got != c.want || s.low > c.low || s.high < c.high {
			t.Errorf("%v to %v: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for want, got := range map[string]string{
		"1,234,567": number(1234567, 0), "-1,234.5": number(-1234.5, 1), "0.0": number(-0.01, 1), "999": number(999, 0), "100": number(99.6, 0),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestSteppedTarget: a target that changed is drawn as a step, and its key is what holds now.
func TestSteppedTarget(t *testing.T) {
	c := XmR{ID: "s", Title: "Waits", Unit: "days", In: spc.Input{Values: spc.Series(9, 9, 10, 9), Direction: spc.Decrease, Target: ptr(8.0)},
		Targets: []spc.Number{{}, spc.Some(12), spc.Some(12), spc.Some(8)}}
	out, err := spc.Compute(c.In)
	if err != nil {
		t.Fatal(err)
	}
	c.Out = out
	d := c.draw()
	if n := strings.Count(d.Target, "M"); n != 1 {
		t.Errorf("the target is drawn as %q", d.Target)
	}
	levels := map[string]bool{}
	for _, at := range strings.FieldsFunc(d.Target, func(r rune) bool { return r == 'M' || r == 'L' }) {
		_, y, _ := strings.Cut(strings.TrimSpace(at), " ")
		levels[y] = true
	}
	if len(levels) != 2 {
		t.Errorf("levels %v of %q", levels, d.Target)
	}
	c.Targets, c.In.Target = nil, nil
	if d := c.draw(); d.Target != "" {
		t.Errorf("a target out of nothing: %q", d.Target)
	}
}
