package indicator

import (
	"math"
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
	Months   []civil.Date // complete months in order without a gap, the first of each
	Waits    []activity.Waits
	Cohorts  []activity.Cohort
	Counts   []activity.Count
	Scores   []activity.Score
	Targets  []Target
	settings settings
	sorted   *sorted // the same rows by what an indicator is made of; nil where nobody sorted them
}

// sorted is the rows by what an indicator is made of: it keeps a dashboard of thirty indicators from looking through every row
// thirty times. The waits are here alone, added up as the definitions want them.
type sorted struct {
	waits        map[activity.Wanted][]activity.Waits
	cohorts      map[activity.Wanted][]activity.Cohort
	counts       map[activity.Kind][]activity.Count
	scores       map[string][]activity.Score
	ended, begun civil.Date // the first months in which any wait of the measures did, wanted or not
}

// sort lays the other rows out.
func (d *Data) sort() {
	if d.sorted == nil {
		d.sorted = &sorted{}
	}
	d.sorted.counts, d.sorted.scores = map[activity.Kind][]activity.Count{}, map[string][]activity.Score{}
	for _, c := range d.Counts {
		d.sorted.counts[c.Kind] = append(d.sorted.counts[c.Kind], c)
	}
	for _, s := range d.Scores {
		d.sorted.scores[s.Question] = append(d.sorted.scores[s.Question], s)
	}
}

// wanted says what an indicator needs of the waits: only a limit that depends on the priority keeps the priorities apart.
func (d Definition) wanted(clock activity.Clock) activity.Wanted {
	return activity.Wanted{Measure: d.Measure, Clock: clock, Side: d.Side, Priorities: d.Kind == KindWithin && d.Days == nil}
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

	N     spc.Number // how many it is made of, as the reader may see it
	P90   spc.Number // of a quantile: nine in ten waited no longer
	Rate  spc.Number // of answers: out of 100 who were asked
	Undue int        // of waits by the month in which they began: how many may still keep their limit. There is no value until none may

	shared      bool // it is a share, of these counts as they are: for Tallies, which hides them
	part, whole int
}

// compute makes the series of an indicator. Outside means that it leaves the OH service.
func compute(d Definition, clock activity.Clock, data Data, outside bool) []Point {
	data = data.about(d, clock)
	collected := false // whether the end of such a wait has ever been recorded
	out, all := make([]Point, len(data.Months)), data.byMonth()
	// Where no event of the numerator ever came, nobody counts them: that is no rate of nought.
	never := !slices.ContainsFunc(data.Counts, func(c activity.Count) bool { return slices.Contains(d.Events, c.Kind) })
	for i, m := range data.Months {
		out[i] = Point{Month: m}
		data := all[i]
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
			out[i].statistic(q, h.N(), leastFor(d.P, outside), outside)
			if p90, _ := h.Quantile(upper); h.N() >= leastFor(upper, outside) {
				out[i].P90 = spc.Some(p90)
			}
		case KindWithin:
			if !d.Cohort() {
				part, whole := data.within(m, d)
				out[i].share(part, whole, outside)
				break
			}
			kept, due, undue, ended := data.due(m, d)
			if collected = collected || ended; collected {
				out[i].share(kept, due, outside)
			}
			if out[i].Undue = undue; undue > 0 {
				out[i].Value, out[i].N = spc.Number{}, spc.Number{}
			}
		case KindScore, KindGood:
			sum, good, n, asked := 0, 0, 0, 0
			for _, s := range data.Scores {
				switch {
				case s.Month != m:
				case s.Question == activity.Invited:
					asked += s.N
				default:
					sum, n = sum+s.Score*s.N, n+s.N
					if s.Score >= d.Least {
						good += s.N
					}
				}
			}
			if d.Kind == KindGood {
				out[i].share(good, n, outside)
			} else {
				out[i].statistic(float64(sum)/float64(max(n, 1)), n, 1, outside)
			}
			var rate Point
			rate.share(min(n, asked), asked, outside)
			out[i].Rate = rate.Value
		case KindPart:
			out[i].share(data.count(m, d.Events, d.Only, d.Without), data.count(m, d.Of, nil, nil), outside)
		}
	}
	return out
}

// about leaves only the rows that an indicator is made of, so that its months look through a tenth of them.
func (d Data) about(of Definition, clock activity.Clock) Data {
	if s := d.sorted; s != nil {
		d.Waits, d.Cohorts, d.Scores, d.Counts = s.waits[of.wanted(clock)], nil, s.scores[of.Question], nil
		if of.Cohort() {
			d.Waits, d.Cohorts = nil, s.cohorts[of.wanted(clock)]
		}
		if of.Question != "" {
			d.Scores = slices.Concat(d.Scores, s.scores[activity.Invited])
		}
		for _, k := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(of.Events, of.Of)))) {
			d.Counts = append(d.Counts, s.counts[k]...)
		}
		d.sorted = nil
		return d
	}
	d.Waits = only(d.Waits, func(w activity.Waits) bool {
		return w.Measure == of.Measure && w.Clock == clock && (of.Side == "" || w.Side == of.Side)
	})
	d.Counts = only(d.Counts, func(c activity.Count) bool {
		return slices.Contains(of.Events, c.Kind) || slices.Contains(of.Of, c.Kind)
	})
	d.Cohorts = only(d.Cohorts, func(c activity.Cohort) bool {
		return of.Cohort() && c.Measure == of.Measure && c.Clock == clock && (of.Side == "" || c.Side == of.Side)
	})
	d.Scores = only(d.Scores, func(s activity.Score) bool {
		return s.Question == of.Question || of.Question != "" && s.Question == activity.Invited
	})
	return d
}

// byMonth sorts the rows into their months, so that a chart of ten years does not look through all of them for each.
func (d Data) byMonth() []Data {
	out := make([]Data, len(d.Months))
	of := func(m civil.Date) *Data {
		first := d.Months[0]
		if i := 12*(m.Year-first.Year) + int(m.Month-first.Month); i >= 0 && i < len(out) {
			return &out[i]
		}
		return &Data{} // of a month that nobody asked about
	}
	if len(out) == 0 {
		return out
	}
	for i := range out {
		out[i].Targets = d.Targets
	}
	runs(d.Waits, func(w activity.Waits) civil.Date { return w.Month }, func(m civil.Date, run []activity.Waits) { of(m).Waits = joined(of(m).Waits, run) })
	runs(d.Cohorts, func(c activity.Cohort) civil.Date { return c.Month }, func(m civil.Date, run []activity.Cohort) {
		of(m).Cohorts = joined(of(m).Cohorts, run)
	})
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
		p.Value, p.Events, p.N = spc.Some(float64(n)), n, spc.Some(float64(n))
		return
	}
	f := disclosure.Count(n, disclosure.General)
	v, ok := f.Value()
	p.Value, p.Small = spc.Number{Value: float64(v), Known: ok}, f.Hidden()
	p.N = p.Value
}

// of says how many it is made of.
func (p *Point) of(n int, outside bool) {
	if !outside {
		p.Events, p.N = n, spc.Some(float64(n))
		return
	}
	v, ok := disclosure.Count(n, disclosure.General).Value()
	p.N = spc.Number{Value: float64(v), Known: ok}
}

func (p *Point) share(part, whole int, outside bool) {
	p.shared, p.part, p.whole = true, part, whole
	p.of(whole, outside)
	if !outside {
		p.Small = whole > 0 && whole < percentageFrom
		if whole >= percentageFrom {
			p.Value = spc.Some(100 * float64(part) / float64(whole))
		}
		return
	}
	v, ok := disclosure.Share(disclosure.Count(part, disclosure.General), disclosure.Count(whole, disclosure.General)).Value()
	p.Value, p.Small = spc.Number{Value: float64(v), Known: ok}, !ok && whole > 0
}

func (p *Point) statistic(v float64, n, least int, outside bool) {
	p.of(n, outside)
	show := n >= least
	if outside {
		show = show && disclosure.Statistic(n, disclosure.General)
	}
	p.Small = n > 0 && !show
	if show {
		p.Value = spc.Some(v)
	}
}

// upper is the quantile that stands beside a median.
const upper = 0.9

// leastFor is how many waits a quantile needs. Outside the service at least two of them lie beyond it, so that it is nobody's
// own wait: twenty for a 90th centile. Inside, a 90th centile of fewer than ten would be the longest wait by another name.
func leastFor(p float64, outside bool) int {
	beyond := 1
	if outside {
		beyond = 2
	}
	if p <= 0.5 {
		return 1 // a median outside has the rule of disclosure.Statistic besides
	}
	return int(math.Ceil(float64(beyond)/(1-p) - 1e-9))
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
	if len(d.Waits) == 1 && d.Waits[0].Month == m { // added up already
		return d.Waits[0].Lengths
	}
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
		if days, ok := d.limit(m, of, w.Priority); ok {
			part, whole = part+w.Lengths.Within(days), whole+w.Lengths.N()
		}
	}
	return part, whole
}

// due counts the waits that began in a month and kept their limit, of those that had to; those that may still keep it; and says
// whether any has ended.
func (d Data) due(m civil.Date, of Definition) (kept, due, undue int, ended bool) {
	for _, c := range d.Cohorts {
		if c.Month != m {
			continue
		}
		ended = ended || c.Ended.N() > 0
		if days, ok := d.limit(m, of, c.Priority); ok {
			k, n, waiting := c.Due(days)
			kept, due, undue = kept+k, due+n, undue+waiting
		}
	}
	return kept, due, undue, ended
}

// Open is how many waits last, as far as the ledger goes, and how many of them are beyond their limit.
type Open struct{ All, Overdue spc.Number }

// open counts what is open of the waits that began in the months of the chart.
func (d Data) open(of Definition, clock activity.Clock, outside bool) Open {
	all, overdue := 0, 0
	for _, c := range d.about(of, clock).Cohorts {
		if days, ok := d.limit(c.Month, of, c.Priority); ok {
			all, overdue = all+c.Open.N(), overdue+c.Open.N()-c.Open.Within(days)
		}
	}
	var a, o Point
	a.count(all, outside)
	o.count(overdue, outside)
	return Open{a.N, o.N}
}

// limit is how many days a wait may last: the definition's, or the service's own for the priority.
func (d Data) limit(m civil.Date, of Definition, priority string) (days int, ok bool) {
	if of.Days != nil {
		return *of.Days, true
	}
	return d.target(m, of.Measure, priority)
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
