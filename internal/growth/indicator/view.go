package indicator

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// Mark is something written on a chart: a recalculation, a note, or the start of an initiative.
type Mark struct {
	ID        uuid.UUID
	Indicator string // or Every
	Month     civil.Date
	Kind      MarkKind
	Text      string
	Author    string        // AddMark takes the actor's name
	Direction spc.Direction // of an initiative: which way it should move a measure that has no better side
}

// MarkKind says what a mark is.
type MarkKind string

// The kinds of mark.
const (
	Recalculate MarkKind = "recalculate"
	Annotation  MarkKind = "annotation"
	Initiative  MarkKind = "initiative"
)

// Every stands for all indicators: an initiative starts on every chart.
const Every = "all"

// View is an indicator ready to be drawn.
type View struct {
	Definition
	Clock      activity.Clock
	Points     []Point
	In         spc.Input
	Out        spc.Output
	Marks      []Mark // those of this chart, in order of month
	Effects    []Effect
	Suggestion *Suggestion
	Dependent  bool    // neighbouring months depend on each other: limits are too narrow
	Lag1       float64 // how much, from -1 to 1
	SmallSkips int     // months with too few events to show
	Undue      int     // months in which a wait began that may still keep its limit
	Open       Open    // where waits are counted by the month in which they began
	judged     bool    // there were enough months to judge it, drawn or not
	Outside    bool
	Whole      bool         // of the service, not of one organisation's part
	Targets    []spc.Number // of each month
	Set        Set          // what the organisation has set
	MadeAt     time.Time    // when its roll-up was made
}

// Suggestion is a shift that has lasted, which may be a reason to recalculate the limits. It is never applied.
type Suggestion struct {
	From   civil.Date // the month in which the shift began
	Months int        // with a value, from there on
	High   bool       // above the mean, not below
}

// Effect is the judgement about one initiative.
type Effect struct {
	Mark    Mark
	Verdict effect.Verdict
	Untold  bool // too few months may be shown to say how much
}

// Last is the newest month that has a value.
func (v View) Last() (Point, bool) {
	for i := len(v.Points) - 1; i >= 0; i-- {
		if v.Points[i].Value.Known {
			return v.Points[i], true
		}
	}
	return Point{}, false
}

// Newest is the month that a page puts in front: the newest that has a value. Outside the service there is none where the newest
// month that is due has too few events to show. An older month would stand for it, and as nought is shown where 1 to 7 are not,
// that would be an old 0% of a measure that is rarely 0%.
func (v View) Newest() (Point, bool) {
	for _, p := range slices.Backward(v.Points) {
		switch {
		case p.Value.Known:
			return p, true
		case v.Outside && p.Small && p.Undue == 0:
			return Point{}, false
		}
	}
	return Point{}, false
}

// Enough says whether there are enough months for limits and icons (13, as in the MDC tool).
func (v View) Enough() bool { return v.judged }

// view computes an indicator's chart. A measure has one verdict, whoever looks: icons, signals, suggestion and what is said of
// an initiative follow from the exact months, also for those who may see them rounded or not at all. Only what is drawn and
// every number that is said are of the months that the reader may see. Where none may be seen, nothing is said.
func view(d Definition, clock activity.Clock, data Data, marks []Mark, outside bool) (View, error) {
	v, err := compiled(d, clock, data, marks, outside)
	if _, any := v.Last(); err != nil || !outside || !any {
		return v, err
	}
	exact, err := compiled(d, clock, data, marks, false)
	if err != nil {
		return v, err
	}
	v.Out.Variation, v.Out.Assurance = exact.Out.Variation, exact.Out.Assurance
	for i, x := range exact.In.Values {
		if x.Known {
			v.Out.Point[i], v.Out.Rules[i] = exact.Out.Point[i], exact.Out.Rules[i]
		}
	}
	v.judged, v.Suggestion, v.Lag1, v.Dependent = exact.judged, exact.Suggestion, exact.Lag1, exact.Dependent
	for i, e := range exact.Effects { // of the same marks
		shown := v.Effects[i].Verdict
		e.Untold = shown.TooFew && !e.Verdict.TooFew
		e.Verdict.Before, e.Verdict.After, e.Verdict.Low, e.Verdict.High = shown.Before, shown.After, shown.Low, shown.High
		v.Effects[i] = e
	}
	return v, nil
}

// compiled computes a chart from the months as they are shown.
func compiled(d Definition, clock activity.Clock, data Data, marks []Mark, outside bool) (View, error) {
	v := View{Definition: d, Clock: clock, Points: compute(d, clock, data, outside), Outside: outside}
	months := make([]civil.Date, len(v.Points))
	for i, p := range v.Points {
		months[i] = p.Month
	}
	// What is aimed at now stands for the measure everywhere; the chart draws what was aimed at then.
	v.Targets, v.Set = data.settings.steps(d.Ref(), d.Target, months), data.settings.of(d.Ref(), d.Owner)
	if n := len(months); n > 0 {
		v.Target = data.settings.at(d.Ref(), d.Target, months[n-1])
	}
	v.In = spc.Input{Profile: spc.MDC, Direction: d.Direction, Target: v.Target, Values: []spc.Number{}}
	for _, p := range v.Points {
		v.In.Values = append(v.In.Values, p.Value)
		v.In.Dates = append(v.In.Dates, p.Month)
		switch {
		case p.Undue > 0:
			v.Undue++
		case p.Small:
			v.SmallSkips++
		}
	}
	if d.Cohort() {
		v.Open = data.open(d, clock, outside)
	}
	for _, m := range marks {
		if m.Indicator != d.ID && m.Indicator != Every {
			continue
		}
		v.Marks = append(v.Marks, m)
		if m.Kind == Recalculate {
			v.In.Rebase = append(v.In.Rebase, m.Month)
		}
	}
	if v.In.Dates == nil { // no month yet: a recalculation has nothing to start at
		v.In.Rebase = nil
	}
	v.judged = enough(v.In.Values)
	var err error
	if v.Out, err = spc.Compute(v.In); err != nil {
		return View{}, err
	}
	if s, found := spc.Suggest(v.In, v.Out); found && v.Enough() {
		v.Suggestion = &Suggestion{v.Points[s.Row].Month, s.Points, s.High}
	}
	v.Lag1, v.Dependent = spc.Autocorrelation(aroundMean(v.In.Values, v.Out.Mean))
	return v, v.judge()
}

// aroundMean takes each month relative to the mean of its segment, so that a step which a recalculation has already
// acknowledged does not look like months that depend on each other.
func aroundMean(values, mean []spc.Number) []spc.Number {
	out := make([]spc.Number, len(values))
	for i, x := range values {
		if x.Known && mean[i].Known {
			out[i] = spc.Some(x.Value - mean[i].Value)
		}
	}
	return out
}

// judge compares before and after each initiative that began within the chart.
func (v *View) judge() error {
	for _, m := range v.Marks {
		direction := v.Direction
		if direction == spc.Neutral {
			direction = m.Direction
		}
		if m.Kind != Initiative || direction != spc.Increase && direction != spc.Decrease {
			continue
		}
		start := len(v.Points)
		for i, p := range v.Points {
			if !p.Month.Before(m.Month) {
				start = i
				break
			}
		}
		verdict, err := effect.Judge(effect.Series{Values: v.In.Values, Start: start, Direction: direction})
		if err != nil {
			return err
		}
		v.Effects = append(v.Effects, Effect{Mark: m, Verdict: verdict})
	}
	return nil
}
