package number

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
)

// Apply puts what replaces numbers in; minutes of appointments go into a map of their own. What somebody says is taken as it is said: without an
// error. Names go in order, so that the same numbers make the same fits to the last bit.
func Apply(f demand.Fits, pack assumed.Pack, replaced map[string][]float64, minutes map[string]float64) demand.Fits {
	f.Rates, f.Roles = slices.Clone(f.Rates), slices.Clone(f.Roles)
	for i := range f.Roles {
		f.Roles[i].Name = pack.Named(f.Roles[i].Name)
	}
	for _, name := range slices.Sorted(maps.Keys(replaced)) {
		values := replaced[name]
		if len(values) == 0 {
			continue
		}
		kind, of, _ := strings.Cut(name, ".")
		v := values[0]
		switch kind {
		case "weekly", "trend", weekday, month:
			for i := range f.Rates {
				if f.Rates[i].Type == of {
					rate(&f.Rates[i], kind, values)
				}
			}
		case "wander":
			f.Level.SD = v / 100
		case "wander_memory":
			f.Level.Memory = v / 100
		case "given":
			g := &f.Given
			part := v / max(g.Mean, 1)
			g.Mean, g.Least, g.Most, g.SE = v, g.Least*part, g.Most*part, 0
		case weeks: // after "given", as names go in order: the two that are named hold, whatever the mean
			if len(values) == 2 {
				f.Given.Least, f.Given.Most = values[0], values[1]
			}
		case "react":
			f.Given.React = v / ofPeople
		case "list":
			f.List = int(math.Round(v))
		case "unseen_for":
			f.UnseenFor.Value = v
		case priority:
			f.Priority = prioritised(f.Priority, pack, values)
		case "dna":
			f.DNA.Value = v / 100
		case "rebook":
			f.Rebook.Value = v / 100
		case "unseen":
			f.Unseen.Value = v / 100
		case "follow_ups":
			f.FollowUps.Value = v
		case "gap":
			f.Gap.Value = v
		case "lead":
			f.Lead.Value = v
		case "route":
			part := v / 100
			for i := range f.Roles {
				if f.Roles[i].Name == pack.Named(of) {
					f.Roles[i].Share, part = part, 0 // one that the ledger knows by two names has it once
				}
			}
		case "minutes":
			minutes[of] = v
		}
	}
	return f
}

// prioritised are the shares of the priorities as somebody has them, in the order of their names. Values that are not as many as there are
// priorities are of another time, and change nothing.
func prioritised(fitted []demand.Part, pack assumed.Pack, values []float64) (out []demand.Part) {
	names := priorities(fitted, pack)
	if len(values) != len(names) {
		return fitted
	}
	for i, name := range names {
		if values[i] > 0 {
			out = append(out, demand.Part{Name: name, Share: values[i] / 100})
		}
	}
	return out
}

// rate replaces a number of a type of referral. How they are spread changes nothing of how many come in a usual week of the year.
func rate(r *demand.Rate, kind string, values []float64) {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	switch {
	case kind == "trend":
		r.Trend, r.TrendSE = math.Log1p(values[0]/100), 0
	case kind == "weekly" && r.Weekly > 0:
		for k := range r.Day {
			r.Day[k] *= values[0] / r.Weekly
		}
		r.Weekly, r.LevelSE = values[0], 0
	case kind == weekday && len(values) == daysOfWeek && sum > 0:
		for i, v := range values {
			r.Day[(i+1)%daysOfWeek] = r.Weekly * v / sum
		}
	case kind == month && len(values) == months && sum > 0:
		for i, v := range values {
			r.Month[i] = v * months / sum
		}
	}
}
