package sharing_test

import (
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/linked"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
)

// charted counts what the chart of a case study tells beside what was released: of months as an organisation sees them itself, of the same
// where the small ones are left out and the means are told, and as it is published.
type charted struct{ months, raw, means int }

// attackCharts sets case studies about every share beside the table: of each organisation the months of a metric, judged before and after half
// of them, as they stand at home, on the public site and in the nation.
func (h *house) attackCharts(a access.Actor, m release.Metric, by map[cell]map[string]line, truth map[cell]counts, start civil.Date, months int) (out charted) {
	h.t.Helper()
	whole := story.Effect{Start: start.AddMonths(months / 2), ChanceText: "by chance", ForetoldText: "as foretold", Sentence: "It rose."}
	var held []civil.Date
	seen := map[civil.Date]counts{}
	for i := range months {
		month := start.AddMonths(i)
		c, ok := truth[cell{a.Organisation, m.ID, month}]
		if !ok {
			continue
		}
		percent, ok := disclosure.Share(disclosure.Count(c.part, disclosure.General), disclosure.Count(c.whole, disclosure.General)).Value()
		if !ok {
			continue
		}
		seen[month] = c
		whole.Months, whole.Readings = append(whole.Months, month), append(whole.Readings, float64(percent))
		part, of := disclosure.Split(c.part, c.whole, m.Topic())
		if !disclosure.Tells(float64(percent), part, of) {
			held = append(held, month)
		}
	}
	published := whole.Without(held, "Judged by all months", "Not on the chart")
	if len(held) > 0 && (published.ChanceText != "" || published.ForetoldText != "" || published.Means() || published.Sentence == whole.Sentence || !slices.Equal(published.Withheld, held)) {
		h.t.Fatalf("%d months are withheld, and %+v is published", len(held), published)
	}
	out.months = len(published.Months)
	// What the means tell: where one month is missing on a side, it is the mean times their number less the others.
	points := map[civil.Date]float64{}
	for i, month := range published.Months {
		points[month] = published.Readings[i]
	}
	with := map[civil.Date]float64{}
	for _, after := range []bool{false, true} {
		sum, n, rest, missing := 0.0, 0.0, 0.0, []civil.Date(nil)
		for i, month := range whole.Months {
			if month.Before(whole.Start) == after {
				continue
			}
			sum, n = sum+whole.Readings[i], n+1
			if x, ok := points[month]; ok {
				rest += x
			} else {
				missing = append(missing, month)
			}
		}
		if len(missing) == 1 {
			with[missing[0]] = math.Round(sum/n*n - rest)
		}
	}
	bare := map[civil.Date]float64{}
	for i, month := range whole.Months {
		bare[month] = whole.Readings[i]
	}
	for month, c := range seen {
		l := by[cell{a.Organisation, m.ID, month}][""]
		for what, readings := range []map[civil.Date]float64{points, with, bare} {
			percent, told := readings[month]
			if !told {
				continue
			}
			known := fits(number(l.part), number(l.whole), int(percent))
			threshold := m.Topic().Rule().Threshold
			for _, y := range []struct {
				n    int
				span linked.Span
			}{{c.part, known.Part}, {c.whole - c.part, known.Rest}, {c.whole, known.Whole}} {
				if y.n < y.span.Low || y.n > y.span.High {
					h.t.Fatalf("%s in %v: %d is outside %+v", m.ID, month, y.n, y.span)
				}
				if y.n <= 0 || y.n >= threshold || !y.span.Pinned(threshold) {
					continue
				}
				switch what {
				case 0:
					h.t.Errorf("%s of %s in %v: %d is pinned down to %+v by %v%% on a chart", m.ID, a.Name, month, y.n, y.span, percent)
				case 1:
					out.means++
				case 2:
					out.raw++
				}
			}
		}
	}
	return out
}

// mostPeople is more than a month of the attack has.
const mostPeople = 130

// fits tries every two counts that make a percentage, within what was released of them.
func fits(part, whole *int, percent int) linked.Known {
	near := func(n *int, x int) bool {
		return n == nil || x >= *n-disclosure.Rounding && x <= *n+disclosure.Rounding
	}
	none := linked.Span{Low: linked.Open}
	out := linked.Known{Part: none, Rest: none, Whole: none}
	for w := range mostPeople {
		if !near(whole, w) {
			continue
		}
		for p := range w + 1 {
			if got, ok := disclosure.Share(disclosure.Count(p, disclosure.General), disclosure.Count(w, disclosure.General)).Value(); !ok || got != percent || !near(part, p) {
				continue
			}
			for _, x := range []struct {
				span *linked.Span
				n    int
			}{{&out.Part, p}, {&out.Rest, w - p}, {&out.Whole, w}} {
				x.span.Low, x.span.High = min(x.span.Low, x.n), max(x.span.High, x.n)
			}
		}
	}
	return out
}
