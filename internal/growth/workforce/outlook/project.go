package outlook

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Project gives the expected team of each quarter under an option; at says where in the ranges of completion and retention,
// 0 the low and 1 the high end.
func Project(in Input, o option.Option, at float64) []Quarter {
	return in.project(expected(in, o), place{at, at})
}

// project adds up what some lines come to.
func (in Input) project(all []*line, at place) []Quarter {
	type key struct{ role, band string }
	rows := make([]map[key]*Staff, Quarters)
	extra := make([]map[key]float64, Quarters) // supervision and backfill
	spans := make([]span, Quarters)
	for t := range rows {
		spans[t] = in.Plan.span(in.Plan.quarter(t))
		rows[t], extra[t] = map[key]*Staff{}, map[key]float64{}
	}
	row := func(t int, k key) *Staff {
		s := rows[t][k]
		if s == nil {
			s = &Staff{Role: k.role, Band: k.band}
			rows[t][k] = s
		}
		return s
	}
	clinical, order := map[string]float64{}, map[string]int{}
	for i, r := range in.Roles {
		clinical[r.Key], order[r.Key] = r.Clinical, i
	}
	moves := make([]Quarter, Quarters)
	in.through(all, at, Without{}, watch{visit: func(h holding) {
		if h.heads == 0 {
			return
		}
		if h.comes {
			moves[h.t].Joining += h.heads
		}
		study, heads := in.Plan.Study, h.heads*h.part
		if h.course {
			study = h.line.dev.Study
			extra[h.t][key{h.line.dev.Role, h.line.dev.Band}] += heads * (h.line.dev.Backfill - h.line.dev.Supervision)
		}
		s := row(h.t, key{h.role, h.band})
		s.Heads += heads
		s.WTE += heads * h.wte
		s.Funded += heads * h.wte
		each := h.wte*in.Plan.hours(spans[h.t], study)*clinical[h.role]*in.Plan.ramp(h.came) - h.hours
		s.ClinicalHours += heads * max(each, 0)
	}, empty: func(t int, now terms, heads float64) {
		if heads > 0 {
			row(t, key{now.role, now.band}).Funded += heads * now.wte
		}
	}, gone: func(t int, leaving, retiring float64) {
		moves[t].Leaving += leaving
		moves[t].Retiring += retiring
	}})
	out := moves
	for t := range out {
		keys := slices.SortedFunc(maps.Keys(extra[t]), func(a, b key) int { // the same sums each time
			return cmp.Or(cmp.Compare(a.role, b.role), cmp.Compare(a.band, b.band))
		})
		for _, k := range keys {
			if hours := extra[t][k]; hours > 0 {
				row(t, k).ClinicalHours += hours
			}
		}
		out[t].Start = in.Plan.quarter(t)
		for _, s := range rows[t] {
			out[t].Staff = append(out[t].Staff, *s)
		}
		slices.SortFunc(out[t].Staff, func(a, b Staff) int {
			return cmp.Or(cmp.Compare(order[a.Role], order[b.Role]), cmp.Compare(a.Role, b.Role), cmp.Compare(a.Band, b.Band))
		})
		for _, k := range keys {
			if hours := extra[t][k]; hours < 0 {
				take(out[t].Staff, k.role, -hours)
			}
		}
	}
	return out
}

// take takes hours from everybody of a role alike, and no more than they have.
func take(staff []Staff, role string, hours float64) {
	all := 0.0
	for _, s := range staff {
		if s.Role == role {
			all += s.ClinicalHours
		}
	}
	if all == 0 {
		return
	}
	left := max(1-hours/all, 0)
	for i := range staff {
		if staff[i].Role == role {
			staff[i].ClinicalHours *= left
		}
	}
}
