// Package number holds the numbers of the model: what was fitted or assumed, by how much it is known, and what somebody put in its
// place. Most are one number. The days of the week are seven and the months of the year twelve: they say how referrals are spread, so
// they have to add up and are replaced together.
package number

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
)

const (
	// LongestReason is how much may be said of why.
	LongestReason = 500
	mostReferrals = 10_000.0
	daysOfWeek    = 7
	months        = 12
	// The kinds of several numbers.
	weekday, month = "weekday", "month"
)

// kinds are what a number is, between what it may lie, and of several what they add up to.
var kinds = map[string]struct {
	unit             string
	least, most, sum float64
}{
	"weekly": {"week", 0, mostReferrals, 0}, "trend": {"percent_year", -50, 50, 0}, weekday: {"percent", 0, 100, 100}, month: {"percent", 0, 400, 100 * months},
	"wander": {"percent", 0, 100, 0}, "wander_memory": {"percent", 0, 90, 0}, "given": {"week", 1, 50_000, 0},
	"dna": {"percent", 0, 50, 0}, "rebook": {"percent", 0, 100, 0}, "unseen": {"percent", 0, 90, 0}, "follow_ups": {"each", 0, 20, 0},
	"gap": {"days", 1, 365, 0}, "lead": {"working_days", 0, 60, 0}, "route": {"percent", 0, 100, 0}, "minutes": {"minutes", 5, 240, 0},
}

// Override is what somebody put in the place of a number.
type Override struct {
	Name   string
	Values []float64 // nil: back to the fit
	Reason string
	At     time.Time
	By     string
}

// Parameter is a number of the model, or the several that are replaced together: days from Monday, months from January.
type Parameter struct {
	Name, Kind, Of, Unit string
	Fitted               []float64
	SE                   []float64 // of each; nil where nobody knows
	N                    int       // it was fitted to so many; 0 for an assumption
	Assumed              bool      // from the pack
	Alike                bool      // too short to tell the several apart
	Quality              demand.Quality
	Dispersion           float64
	Least, Most          float64
	Sum                  float64    // that the several add up to; 0 for one
	History              []Override // newest first
}

// Several says that there is more than one number to it.
func (p Parameter) Several() bool { return len(p.Fitted) > 1 }

// Replaced are the values that hold instead; nil where those that were fitted do.
func (p Parameter) Replaced() []float64 {
	if len(p.History) == 0 {
		return nil
	}
	return p.History[0].Values
}

// InForce are the values that hold; all is newest first.
func InForce(all []Override) map[string][]float64 {
	out, seen := map[string][]float64{}, map[string]bool{}
	for _, o := range all {
		if !seen[o.Name] && o.Values != nil {
			out[o.Name] = o.Values
		}
		seen[o.Name] = true
	}
	return out
}

// Of lists the numbers of some fits.
func Of(f demand.Fits, pack assumed.Pack, history []Override) (out []Parameter) {
	add := func(kind, of string, fitted float64, n int, more func(*Parameter)) {
		k := kinds[kind]
		p := Parameter{Name: kind, Kind: kind, Of: of, Unit: k.unit, Fitted: []float64{fitted}, N: n, Least: k.least, Most: k.most, Sum: k.sum}
		if of != "" {
			p.Name += "." + of
		}
		if more != nil {
			more(&p)
		}
		for _, o := range history {
			if o.Name == p.Name {
				p.History = append(p.History, o)
			}
		}
		out = append(out, p)
	}
	known := func(se float64) func(*Parameter) { return func(p *Parameter) { p.SE = []float64{se} } }
	for _, r := range f.Rates {
		add("weekly", r.Type, r.Weekly, r.N, func(p *Parameter) {
			p.Quality, p.Dispersion, p.SE = r.Weeks.Quality(), r.Weeks.Value, []float64{r.Weekly * r.LevelSE}
		})
		if r.Trended {
			add("trend", r.Type, 100*math.Expm1(r.Trend), r.N, known(100*r.TrendSE))
		}
		if r.Weekly <= 0 {
			continue
		}
		add(weekday, r.Type, 0, r.N, func(p *Parameter) { p.spread(r, shares(r), 1) })
		add(month, r.Type, 0, r.N, func(p *Parameter) {
			p.spread(r, r.Month[:], months)
			if p.Alike = !r.Monthly; p.Alike {
				p.SE, p.Quality = nil, ""
			}
		})
	}
	add("wander", "", 100*f.Level.SD, f.Level.Weeks, nil)
	add("wander_memory", "", 100*f.Level.Memory, f.Level.Weeks, nil)
	share := func(kind string, x demand.Share) { add(kind, "", 100*x.Value, x.N, known(100*x.SE)) }
	add("given", "", f.Given.Mean, f.Given.Weeks, known(f.Given.SE))
	share("dna", f.DNA)
	share("rebook", f.Rebook)
	share("unseen", f.Unseen)
	add("follow_ups", "", f.FollowUps.Value, f.FollowUps.N, nil)
	add("gap", "", f.Gap.Value, f.Gap.N, nil)
	add("lead", "", f.Lead.Value, f.Lead.N, nil)
	for _, r := range f.Roles {
		add("route", r.Name, 100*r.Share, r.N, nil)
	}
	for _, p := range pack.Pools {
		l := p.Length(f)
		add("minutes", p.Role, l.Mean, l.N, func(x *Parameter) { x.Assumed, x.SE = l.N == 0, []float64{l.SE} })
	}
	return out
}

// shares are the parts of a week that each of its days has, from Monday, in one without a bank holiday.
func shares(r demand.Rate) []float64 {
	out := make([]float64, daysOfWeek)
	for i := range out {
		out[i] = r.Day[(i+1)%daysOfWeek] / r.Weekly
	}
	return out
}

// spread fills in how referrals are spread over days or months, in percent; x over total are their shares. That so many of N fell on
// one is binomial, wider as the weeks vary by more than chance.
func (p *Parameter) spread(r demand.Rate, x []float64, total float64) {
	p.Quality, p.Dispersion, p.Fitted = r.Weeks.Quality(), r.Weeks.Value, nil
	for _, v := range x {
		part := v / total
		p.Fitted = append(p.Fitted, 100*v)
		p.SE = append(p.SE, 100*total*math.Sqrt(max(part*(1-part), 0)/float64(max(r.N, 1))*max(p.Dispersion, 1)))
	}
}

// Rounded are the fitted values with one decimal, so that they still add up.
func (p Parameter) Rounded() []float64 {
	const tenths = 10
	out := make([]float64, len(p.Fitted))
	left := math.Round(p.Sum * tenths)
	order := make([]int, len(out))
	for i, v := range p.Fitted {
		out[i], order[i] = math.Floor(v*tenths), i
		left -= out[i]
	}
	if p.Sum == 0 {
		left = 0
		for i, v := range p.Fitted {
			out[i] = math.Round(v * tenths)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.Fitted[b]*tenths-out[b], p.Fitted[a]*tenths-out[a]) })
	for i := 0; left > 0 && i < len(order); i++ {
		out[order[i]]++
		left--
	}
	for i := range out {
		out[i] /= tenths
	}
	return out
}

// Field is the name of the field of a value: "value", and of several "value_0" and so on.
func (p Parameter) Field(i int) string {
	if !p.Several() {
		return "value"
	}
	return "value_" + strconv.Itoa(i)
}

// Check says what is wrong with a replacement: each value, what the several add up to, and that there is a reason.
func (p Parameter) Check(values []float64, reason string) (f fault.Fields) {
	sum := 0.0
	for i, v := range values {
		if !(v >= p.Least && v <= p.Most) {
			f.Add(p.Field(i), "capacity.replace.range", "least", p.Least, "most", p.Most)
		}
		sum += v
	}
	if values != nil && len(f) == 0 && p.Sum > 0 && math.Abs(sum-p.Sum) > p.Sum/1000+1e-9 {
		n := 1.0
		if p.Kind == month {
			n = months
		}
		f.Add(p.Field(0), "capacity.replace.sum."+p.Kind, "sum", strconv.FormatFloat(sum/n, 'f', 1, 64))
	}
	if values != nil && len(values) != len(p.Fitted) {
		f.Add(p.Field(0), "capacity.replace.all")
	}
	f.Text("reason", "capacity.replace.reason.empty", reason, LongestReason)
	return f
}
