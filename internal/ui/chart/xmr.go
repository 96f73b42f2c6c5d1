package chart

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// XmR is a control chart of a monthly measure.
type XmR struct {
	ID       string // unique on the page
	Title    string // "Wait from referral to first appointment"
	Unit     string // "working days", "%"; may be empty
	UnitOne  string // of exactly one: "working day"; Unit when empty
	Decimals int    // of values in sentence and table
	In       spc.Input
	Out      spc.Output
	Marks    []Mark       // recalculations and interventions
	Bands    []Band       // where values were said to lie
	Floor    *float64     // the drawing stops here (0 for counts and waits); the rules do not
	Ceiling  *float64     // the drawing stops here (100 for percentages)
	Targets  []spc.Number // of each point, where the target changed over time; In.Target is the one in force
	Columns  []Column     // more of each month, for the table beside the value
	Instead  string       // what is said in place of the sentence, where that would say less than the page knows

	plain bool // a Line: never limits
}

// Mark is a note at a date: why limits were recalculated and by whom, or when an
// initiative started.
type Mark struct {
	Date civil.Date
	Text string // "New booking rule. Limits recalculated by A. Lead"
}

// Column is more that the table says of each point.
type Column struct {
	Head     string
	Decimals int
	Values   []spc.Number
}

// Band is where the values of some months were said to lie.
type Band struct {
	From, To  civil.Date // first and last month
	Low, High float64
	Forecast  bool   // what somebody foretold; otherwise what chance alone would bring
	Text      string // for the key
}

func (b Band) class() string {
	if b.Forecast {
		return "rowan-chart__band--forecast"
	}
	return "rowan-chart__band--chance"
}

// runChartUnder is where a chart has too few points for limits, rules and icons.
const runChartUnder = 13

// IsRunChart reports whether there are too few points for limits.
func (c XmR) IsRunChart() bool { return c.plain || c.points() < runChartUnder }

func (c XmR) points() int {
	n := 0
	for i, v := range c.In.Values {
		if v.Known && !c.ghost(i) {
			n++
		}
	}
	return n
}

func (c XmR) ghost(i int) bool { return c.In.Ghost != nil && c.In.Ghost[i] }

// The canvas. At 320 pixels a page leaves about 290 for a chart, so that the
// text of 16 units below is drawn at about 10 pixels.
const (
	width, height = 480.0, 300.0
	left, right   = 52.0, 470.0
	top, bottom   = 28.0, 262.0
	dotRadius     = 4.5
)

// dot is a point on the canvas.
type dot struct {
	X, Y  float64
	Class string // of _chart.scss, without its prefix
}

// label is a text on the canvas.
type label struct {
	X, Y   float64
	Text   string
	Anchor string // start, middle, end
}

// xmrDrawing is the layout of an XmR chart.
type xmrDrawing struct {
	Line, Mean, Lower, Upper string // path instructions
	Target                   string // path instructions: a step where it changed
	Dots                     []dot
	YTicks, XTicks           []label
	Marks                    []label // numbered flags above the plot
	Bands                    []box
}

// box is a band on the canvas.
type box struct {
	X, Y, Width, Height float64
	Class               string
}

// thinnest is how high a band of one value is drawn, so that it is seen.
const thinnest = 3.0

func (c XmR) draw() xmrDrawing {
	limits := !c.IsRunChart()
	y, d := c.scaleY(limits)
	n := len(c.In.Values)
	x := func(i int) float64 { return span{-0.5, float64(n) - 0.5}.at(float64(i), left, right) }
	fit := func(v float64) float64 { return y.at(min(max(v, y.low), y.high), bottom, top) }

	var line, mean, lower, upper path
	segment := spc.NoSegment
	for i, v := range c.In.Values {
		if !v.Known {
			line.lift()
			continue
		}
		line.to(x(i), fit(v.Value))
		d.Dots = append(d.Dots, dot{x(i), fit(v.Value), c.dotClass(i)})
		if !limits {
			continue
		}
		if c.Out.Segment[i] != segment { // limits step at a recalculation
			mean.lift()
			lower.lift()
			upper.lift()
			segment = c.Out.Segment[i]
		}
		for _, l := range []struct {
			p *path
			v spc.Number
		}{{&mean, c.Out.Mean[i]}, {&lower, c.Out.Lower[i]}, {&upper, c.Out.Upper[i]}} {
			if l.v.Known {
				// Half a step to either side, so that a line covers its points.
				l.p.to(x(i)-(x(1)-x(0))/2, fit(l.v.Value))
				l.p.to(x(i)+(x(1)-x(0))/2, fit(l.v.Value))
			}
		}
	}
	d.Line, d.Mean, d.Lower, d.Upper = line.b.String(), mean.b.String(), lower.b.String(), upper.b.String()
	d.Target = c.stepped(x, fit)
	for _, b := range c.Bands {
		if i, k := c.place(b.From), c.place(b.To.AddMonths(1)); i < k {
			step, high := (x(1)-x(0))/2, max(fit(b.Low)-fit(b.High), thinnest)
			d.Bands = append(d.Bands, box{x(i) - step, fit((b.Low+b.High)/2) - high/2, x(k-1) - x(i) + 2*step, high, b.class()})
		}
	}
	d.XTicks = c.dateTicks(x)
	for k, m := range c.Marks {
		if i := c.place(m.Date); i < n {
			d.Marks = append(d.Marks, label{X: x(i) - (x(1)-x(0))/2, Text: number(float64(k+1), 0)})
		}
	}
	return d
}

// targets are those of each point.
func (c XmR) targets() []spc.Number {
	if c.Targets != nil || c.In.Target == nil {
		return c.Targets
	}
	return slices.Repeat([]spc.Number{spc.Some(*c.In.Target)}, len(c.In.Values))
}

// stepped draws the target: level over the months in which it held.
func (c XmR) stepped(x func(int) float64, fit func(float64) float64) string {
	var p path
	for i, t := range c.targets() {
		if !t.Known {
			p.lift()
			continue
		}
		half := (x(1) - x(0)) / 2
		p.to(x(i)-half, fit(t.Value))
		p.to(x(i)+half, fit(t.Value))
	}
	return p.b.String()
}

// scaleY covers values, limits and target, but not what lies beyond Floor and
// Ceiling; a plain line takes its Floor into the axis.
func (c XmR) scaleY(limits bool) (span, xmrDrawing) {
	y := emptySpan()
	for i, v := range c.In.Values {
		if v.Known {
			y.include(v.Value)
		}
		if limits && c.Out.Lower[i].Known {
			y.include(c.Out.Lower[i].Value)
			y.include(c.Out.Upper[i].Value)
		}
	}
	for _, t := range c.targets() {
		if t.Known {
			y.include(t.Value)
		}
	}
	for _, b := range c.Bands {
		y.include(b.Low)
		y.include(b.High)
	}
	if c.Floor != nil && c.plain && y.low <= y.high {
		y.include(*c.Floor)
	}
	if c.Floor != nil {
		y.low = max(y.low, *c.Floor)
	}
	if c.Ceiling != nil {
		y.high = min(y.high, *c.Ceiling)
	}
	y, ticks := y.ticks(5)
	var d xmrDrawing
	for _, t := range ticks {
		d.YTicks = append(d.YTicks, label{left - 8, y.at(t, bottom, top), tickLabel(t, ticks[1]-ticks[0]), "end"})
	}
	return y, d
}

// dateTicks labels the first and last point and, with room, one between.
func (c XmR) dateTicks(x func(int) float64) []label {
	n := len(c.In.Values)
	if n == 0 || c.In.Dates == nil {
		return nil
	}
	month := func(i int) string { return shortMonth(c.In.Dates[i]) }
	ticks := []label{{left, bottom + 24, month(0), "start"}}
	if n > 8 {
		ticks = append(ticks, label{x(n / 2), bottom + 24, month(n / 2), "middle"})
	}
	if n > 1 {
		ticks = append(ticks, label{right, bottom + 24, month(n - 1), "end"})
	}
	return ticks
}

// place is the first point on or after d, as a recalculation takes it.
func (c XmR) place(d civil.Date) int {
	for i, at := range c.In.Dates {
		if !at.Before(d) {
			return i
		}
	}
	return len(c.In.Values)
}

// dotClass is the class of a point as drawn; a run chart shows none.
func (c XmR) dotClass(i int) string {
	switch {
	case c.ghost(i):
		return "ghost"
	case c.IsRunChart():
		return "common"
	}
	switch c.Out.Point[i] {
	case spc.Improvement:
		return "improvement"
	case spc.Concern:
		return "concern"
	case spc.SpecialNeutralHigh, spc.SpecialNeutralLow:
		return "neutral"
	}
	return "common"
}

// dotClasses are those of every point, in the order of the key.
var dotClasses = []string{"common", "improvement", "concern", "neutral", "ghost"}

// classes lists the classes that occur, in the order of the key.
func (d xmrDrawing) classes() []string {
	var out []string
	for _, class := range dotClasses {
		for _, dot := range d.Dots {
			if dot.Class == class {
				out = append(out, class)
				break
			}
		}
	}
	return out
}

// shape is the outline of a point: a circle for usual variation, and for others
// a form that does not need colour to be told apart.
func (d dot) shape() string {
	r := dotRadius + 1
	corners := map[string][][2]float64{
		"improvement": {{0, -r}, {r, 0}, {0, r}, {-r, 0}},   // diamond
		"concern":     {{-r, r - 1}, {0, -r}, {r, r - 1}},   // triangle
		"neutral":     {{-r, -r}, {r, -r}, {r, r}, {-r, r}}, // square
	}[d.Class]
	if corners == nil {
		return ""
	}
	var b strings.Builder
	for i, c := range corners {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(px(d.X+c[0]) + "," + px(d.Y+c[1]))
	}
	return b.String()
}
