package number

import (
	"maps"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
)

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
		add("trend", r.Type, 100*math.Expm1(r.Trend), r.N, func(p *Parameter) {
			p.Short, p.None, p.SE = !r.Trended, r.Trended && r.Trend == 0, []float64{100 * r.TrendSE}
		})
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
	between := func(r demand.Range, times float64) func(*Parameter) {
		return func(p *Parameter) { p.Ranges = []demand.Range{{Low: times * r.Low, High: times * r.High}} }
	}
	add("wander", "", 100*f.Level.SD, f.Level.Weeks, between(f.Level.SDRange, 100))
	add("wander_memory", "", 100*f.Level.Memory, f.Level.Weeks, between(f.Level.MemoryRange, 100))
	given(f, add)
	share := func(kind string, x demand.Share) { add(kind, "", 100*x.Value, x.N, known(100*x.SE)) }
	mean := func(kind string, x demand.Mean) { add(kind, "", x.Value, x.N, known(x.SE)) }
	share("dna", f.DNA)
	share("rebook", f.Rebook)
	share("unseen", f.Unseen)
	mean("unseen_for", f.UnseenFor)
	mean("follow_ups", f.FollowUps)
	mean("gap", f.Gap)
	mean("lead", f.Lead)
	if known := named(f.Priority); len(known) > 0 {
		add(priority, "", 0, 0, func(p *Parameter) { p.priorities(known, priorities(f.Priority, pack)) })
	}
	for _, r := range f.Roles {
		add("route", r.Name, 100*r.Share, r.N, known(100*r.SE))
	}
	for _, r := range f.Roles {
		if r.Wait > 0 {
			add("wait", r.Name, r.Wait, r.First, func(p *Parameter) { p.Fixed, p.SE = true, []float64{r.WaitSE} })
		}
	}
	for _, p := range pack.Pools {
		l := p.Length(f)
		add("minutes", p.Role, l.Mean, l.N, func(x *Parameter) { x.Assumed, x.SE = l.N == 0, []float64{l.SE} })
	}
	return out
}

// given lists what the team gives, how it answers its list, and the list.
func given(f demand.Fits, add func(kind, of string, fitted float64, n int, more func(*Parameter))) {
	g := f.Given
	add("given", "", g.Mean, g.Weeks, func(p *Parameter) { p.SE = []float64{g.SE} })
	add("react", "", ofPeople*g.React, g.Weeks, func(p *Parameter) { p.SE, p.Explains = []float64{ofPeople * g.ReactSE}, 100*g.Explains })
	add("given_sd", "", g.SD, g.Weeks, func(p *Parameter) {
		const line = 2 // numbers that the weeks were fitted by
		if p.Fixed = true; g.Weeks > line {
			p.SE = []float64{g.SD / math.Sqrt(2*float64(g.Weeks-line))}
		}
	})
	add(weeks, "", 0, g.Weeks, func(p *Parameter) {
		p.Fitted, p.Parts, p.Ranges = []float64{g.Least, g.Most}, []string{"least", "most"}, []demand.Range{g.LeastRange, g.MostRange}
	})
	add("list", "", float64(f.List), 0, func(p *Parameter) { p.Counted = true })
}

// Outside leaves out what is too small for those who answer for a service on a board and are no part of its team: of fewer than so many
// referrals or contacts over the years nobody else sees that there were any.
func Outside(f demand.Fits) demand.Fits {
	f.Rates = slices.DeleteFunc(slices.Clone(f.Rates), func(r demand.Rate) bool { return r.N < leastShown })
	f.Roles = slices.DeleteFunc(slices.Clone(f.Roles), func(r demand.Part) bool { return r.N < leastShown })
	if slices.ContainsFunc(f.Priority, func(p demand.Part) bool { return p.N < leastShown }) {
		f.Priority = nil // of the others it would follow
	}
	return f
}

// Shown are the numbers that whoever is outside sees: how long a few were on the list is told of nobody.
func Shown(all []Parameter) []Parameter {
	return slices.DeleteFunc(all, func(p Parameter) bool { return p.Kind == "unseen_for" && p.N < leastShown })
}

// leastShown is how many there have to be.
const leastShown = 30

// named are the priorities that anybody said.
func named(all []demand.Part) []demand.Part {
	return slices.DeleteFunc(slices.Clone(all), func(p demand.Part) bool { return p.Name == "none" })
}

// priorities are the names of all that there may be, in their order: the most urgent first.
func priorities(fitted []demand.Part, pack assumed.Pack) []string {
	out := slices.Collect(maps.Keys(pack.Due))
	for _, p := range named(fitted) {
		out = append(out, p.Name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// priorities fills in the shares of those whose priority is known, in the order of names.
func (p *Parameter) priorities(known []demand.Part, names []string) {
	total := 0.0
	for _, x := range known {
		total += x.Share
		p.N += x.N
	}
	p.Fitted, p.SE, p.Parts = make([]float64, len(names)), make([]float64, len(names)), names
	for _, x := range known {
		if i := slices.Index(names, x.Name); total > 0 {
			p.Fitted[i], p.SE[i] = 100*x.Share/total, 100*x.SE/total
		}
	}
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
