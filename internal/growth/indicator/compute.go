package indicator

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// percentageFrom is the least denominator of a percentage, inside the service too: of ten people one more or
// less is ten per cent, which is noise.
const percentageFrom = 11

// Data is what the roll-ups say, for the months asked about.
type Data struct {
	Months  []civil.Date // complete months in order, the first of each
	Waits   []activity.Waits
	Counts  []activity.Count
	Scores  []activity.Score
	Targets []Target
	sorted  *sorted // the same rows by what an indicator is made of; nil where nobody sorted them
}

// sorted keeps a dashboard of thirty indicators from looking through every row thirty times.
type sorted struct {
	waits  map[waited][]activity.Waits
	counts map[activity.Kind][]activity.Count
	scores map[string][]activity.Score
}

type waited struct {
	measure activity.Measure
	clock   activity.Clock
}

// sort lays the rows out by what an indicator is made of.
func (d *Data) sort() {
	d.sorted = &sorted{map[waited][]activity.Waits{}, map[activity.Kind][]activity.Count{}, map[string][]activity.Score{}}
	for _, w := range d.Waits {
		k := waited{w.Measure, w.Clock}
		d.sorted.waits[k] = append(d.sorted.waits[k], w)
	}
	for _, c := range d.Counts {
		d.sorted.counts[c.Kind] = append(d.sorted.counts[c.Kind], c)
	}
	for _, s := range d.Scores {
		d.sorted.scores[s.Question] = append(d.sorted.scores[s.Question], s)
	}
}

// Target is a dated target of the service, in working days: measure "first_seen.P2", or "report" for every priority.
type Target struct {
	Measure   string
	ValidFrom civil.Date
	Days      int
}

// Point is a month of an indicator.
type Point struct {
	Month  civil.Date
	Value  spc.Number
	Small  bool // there are events, but too few to show
	Events int  // how many it is made of; 0 for those outside the service
}

// compute makes the series of an indicator. Outside means that it leaves the OH service.
func compute(d Definition, clock activity.Clock, data Data, outside bool) []Point {
	data = data.about(d, clock)
	out, all := make([]Point, len(data.Months)), data.byMonth()
	// Where no event of the numerator ever came, nobody counts them: that is no rate of nought.
	never := !slices.ContainsFunc(data.Counts, func(c activity.Count) bool { return slices.Contains(d.Events, c.Kind) })
	for i, m := range data.Months {
		out[i] = Point{Month: m}
		data := Data{Targets: data.Targets}
		if rows := all[m]; rows != nil {
			data.Waits, data.Counts, data.Scores = rows.Waits, rows.Counts, rows.Scores
		}
		switch d.Kind {
		case KindCount:
			out[i].count(data.count(m, d.Events, d.Only, d.Without), outside)
		case KindRate:
			if never {
				break
			}
			part := data.count(m, d.Events, d.Only, d.Without)
			// What is left out of the numerator is left out of the denominator too; but where only some outcomes
			// count (late among all cancellations), only these join it.
			out[i].share(part, part+data.count(m, d.Of, nil, d.Without), outside)
		case KindQuantile:
			h := data.lengths(m)
			q, _ := h.Quantile(d.P)
			out[i].statistic(q, h.N(), outside)
		case KindWithin:
			part, whole := data.within(m, d)
			out[i].share(part, whole, outside)
		case KindScore:
			sum, n := 0, 0
			for _, s := range data.Scores {
				if s.Month == m {
					sum, n = sum+s.Score*s.N, n+s.N
				}
			}
			out[i].statistic(float64(sum)/float64(max(n, 1)), n, outside)
		case KindGood:
			good, n := 0, 0
			for _, s := range data.Scores {
				if s.Month == m {
					n += s.N
					if s.Score >= d.Least {
						good += s.N
					}
				}
			}
			out[i].share(good, n, outside)
		case KindPart:
			out[i].share(data.count(m, d.Events, d.Only, d.Without), data.count(m, d.Of, nil, nil), outside)
		}
	}
	return out
}

// about leaves only the rows that an indicator is made of, so that its months look through a tenth of them.
func (d Data) about(of Definition, clock activity.Clock) Data {
	if s := d.sorted; s != nil {
		d.Waits, d.Scores, d.Counts = s.waits[waited{of.Measure, clock}], s.scores[of.Question], nil
		for _, k := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(of.Events, of.Of)))) {
			d.Counts = append(d.Counts, s.counts[k]...)
		}
		d.sorted = nil
		if of.Side == "" {
			return d
		}
	}
	d.Waits = only(d.Waits, func(w activity.Waits) bool {
		return w.Measure == of.Measure && w.Clock == clock && (of.Side == "" || w.Side == of.Side)
	})
	d.Counts = only(d.Counts, func(c activity.Count) bool {
		return slices.Contains(of.Events, c.Kind) || slices.Contains(of.Of, c.Kind)
	})
	d.Scores = only(d.Scores, func(s activity.Score) bool { return s.Question == of.Question })
	return d
}

// byMonth sorts the rows into their months, so that a chart of ten years does not look through all of them for each.
func (d Data) byMonth() map[civil.Date]*Data {
	out := make(map[civil.Date]*Data, len(d.Months))
	of := func(m civil.Date) *Data {
		if out[m] == nil {
			out[m] = &Data{}
		}
		return out[m]
	}
	runs(d.Waits, func(w activity.Waits) civil.Date { return w.Month }, func(m civil.Date, run []activity.Waits) { of(m).Waits = joined(of(m).Waits, run) })
	runs(d.Counts, func(c activity.Count) civil.Date { return c.Month }, func(m civil.Date, run []activity.Count) { of(m).Counts = joined(of(m).Counts, run) })
	runs(d.Scores, func(s activity.Score) civil.Date { return s.Month }, func(m civil.Date, run []activity.Score) { of(m).Scores = joined(of(m).Scores, run) })
	return out
}

// runs gives neighbouring rows of one month together. Rows come in order of the month, so a month is most often one run.
func runs[T any](rows []T, month func(T) civil.Date, do func(civil.Date, []T)) {
	for from := 0; from < len(rows); {
		to, m := from+1, month(rows[from])
		for to < len(rows) && month(rows[to]) == m {
			to++
		}
		do(m, rows[from:to:to])
		from = to
	}
}

// joined adds a run to what a month has; the first is taken as it is, without a copy.
func joined[T any](have, run []T) []T {
	if have == nil {
		return run
	}
	return append(have, run...)
}

func only[T any](all []T, keep func(T) bool) (out []T) {
	for _, x := range all {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

func (p *Point) count(n int, outside bool) {
	if !outside {
		p.Value, p.Events = spc.Some(float64(n)), n
		return
	}
	f := disclosure.Count(n, disclosure.General)
	v, ok := f.Value()
	p.Value, p.Small = spc.Number{Value: float64(v), Known: ok}, f.Hidden()
}

func (p *Point) share(part, whole int, outside bool) {
	if !outside {
		p.Events, p.Small = whole, whole > 0 && whole < percentageFrom
		if whole >= percentageFrom {
			p.Value = spc.Some(100 * float64(part) / float64(whole))
		}
		return
	}
	v, ok := disclosure.Share(disclosure.Count(part, disclosure.General), disclosure.Count(whole, disclosure.General)).Value()
	p.Value, p.Small = spc.Number{Value: float64(v), Known: ok}, !ok && whole > 0
}

func (p *Point) statistic(v float64, n int, outside bool) {
	show := n > 0
	if outside {
		show = disclosure.Statistic(n, disclosure.General)
		p.Small = n > 0 && !show
	} else {
		p.Events = n
	}
	if show {
		p.Value = spc.Some(v)
	}
}

// count adds up events of some kinds. Kinds with a list of outcomes are counted by outcome, the others as a whole.
func (d Data) count(m civil.Date, kinds []activity.Kind, only, without []string) (n int) {
	for _, c := range d.Counts {
		if c.Month != m || !slices.Contains(kinds, c.Kind) {
			continue
		}
		switch {
		case c.Dimension == "all" && len(only) == 0:
			n += c.N
		case c.Dimension != "outcome":
		case len(only) > 0 && has(only, c.Code):
			n += c.N
		case len(only) == 0 && has(without, c.Code):
			n -= c.N
		}
	}
	return n
}

// has compares codes without regard to case or to the mark between words.
func has(codes []string, code string) bool {
	fold := func(s string) string { return strings.ReplaceAll(strings.ToUpper(s), "_", "-") }
	return slices.ContainsFunc(codes, func(c string) bool { return fold(c) == fold(code) })
}

func (d Data) lengths(m civil.Date) activity.Histogram {
	h := activity.Histogram{}
	for _, w := range d.Waits {
		if w.Month == m {
			h.Merge(w.Lengths)
		}
	}
	return h
}

// within counts the waits that kept their target, of those that had one.
func (d Data) within(m civil.Date, of Definition) (part, whole int) {
	for _, w := range d.Waits {
		if w.Month != m {
			continue
		}
		days, ok := d.target(m, of.Measure, w.Priority)
		if of.Days != nil {
			days, ok = *of.Days, true
		}
		if ok {
			part, whole = part+w.Lengths.Within(days), whole+w.Lengths.N()
		}
	}
	return part, whole
}

// target is the target that was in force when the month began: of the priority, else of the measure.
func (d Data) target(m civil.Date, measure activity.Measure, priority string) (days int, ok bool) {
	for _, name := range []string{string(measure) + "." + priority, string(measure)} {
		var from civil.Date
		for _, t := range d.Targets {
			if t.Measure == name && !t.ValidFrom.After(m) && !t.ValidFrom.Before(from) {
				days, from, ok = t.Days, t.ValidFrom, true
			}
		}
		if ok {
			return days, true
		}
	}
	return 0, false
}
