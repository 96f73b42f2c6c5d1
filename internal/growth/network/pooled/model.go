package pooled

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// Metric is what an organisation agrees to share so that it can be pooled.
const Metric = "capacity"

// Definition is the version of Model.
const Definition = "capacity, version 1"

// Model is a service in numbers. Shares are from 0 to 1.
type Model struct {
	Demand      float64            `json:"demand"`       // referrals a week
	DemandError float64            `json:"demand_error"` // standard error of its logarithm
	Wander      float64            `json:"wander"`       // of its logarithm, by the week
	Memory      float64            `json:"memory"`       // of the wandering, from week to week
	Given       float64            `json:"given"`        // appointments a week of five working days
	SD          float64            `json:"sd"`           // of them
	Least       float64            `json:"least"`        // of them in a week
	Most        float64            `json:"most"`
	React       float64            `json:"react"` // more of them for each person on the list above the usual
	Usual       float64            `json:"usual"` // list
	List        float64            `json:"list"`  // people on it
	DNA         float64            `json:"dna"`   // of appointments
	Rebook      float64            `json:"rebook"`
	Unseen      float64            `json:"unseen"`     // of referrals
	UnseenFor   float64            `json:"unseen_for"` // days
	FollowUps   float64            `json:"follow_ups"` // for each person seen first
	Gap         float64            `json:"gap"`        // days
	Lead        float64            `json:"lead"`       // working days
	Priority    map[string]float64 `json:"priority"`   // share of each
	Share       map[string]float64 `json:"share"`      // of appointments, by profession
	Wait        map[string]float64 `json:"wait"`       // working days, by profession; none where it is not known
	few         map[string]bool    // items whose share is of so few people, or leaves so few out, that it is not told
}

// rates are the numbers of a model by the name of their item in the pack.
func (m *Model) rates() map[string]*float64 {
	return map[string]*float64{"demand": &m.Demand, "demand_error": &m.DemandError, "wander": &m.Wander, "wander_memory": &m.Memory, "given": &m.Given, "given_sd": &m.SD,
		"given_least": &m.Least, "given_most": &m.Most, "react": &m.React, "usual_list": &m.Usual, "list": &m.List, "dna": &m.DNA, "rebook": &m.Rebook, "unseen": &m.Unseen,
		"unseen_for": &m.UnseenFor, "follow_ups": &m.FollowUps, "gap": &m.Gap, "lead": &m.Lead}
}

// each are the numbers that there is one of for every priority or profession.
func (m *Model) each() map[string]map[string]float64 {
	return map[string]map[string]float64{"priority": m.Priority, "share": m.Share, "wait": m.Wait}
}

const (
	leastPeople = 30   // of a profession, before its share is told
	leastShare  = 0.03 // of appointments: fewer make no list of their own
	leastWeekly = 2.0  // referrals: of fewer a service has no rates
	leastWeeks  = 52   // of appointments: of fewer, a rate and the months of another metric would tell of the month that is hidden
)

// Of is the model of fits, and whether there is enough to make one of. named says which profession a role of the ledger is; "" for none.
func Of(f demand.Fits, named func(role string) string) (m Model, ok bool) {
	errors := 0.0
	for _, r := range f.Rates {
		m.Demand += r.Weekly
		errors += r.Weekly * r.LevelSE
	}
	if m.Demand < leastWeekly || f.Given.Mean <= 0 || f.Given.Weeks < leastWeeks {
		return Model{}, false
	}
	g := f.Given
	m.DemandError, m.Wander, m.Memory = errors/m.Demand, f.Level.SD, f.Level.Memory
	m.Given, m.SD, m.Least, m.Most, m.React, m.Usual = g.Mean, g.SD, g.Least, g.Most, max(g.React, 0), g.List
	m.List = float64(f.List)
	m.DNA, m.Rebook, m.Unseen, m.UnseenFor = min(f.DNA.Value, mostMissed), f.Rebook.Value, min(f.Unseen.Value, mostMissed), f.UnseenFor.Value
	m.FollowUps, m.Gap, m.Lead = f.FollowUps.Value, f.Gap.Value, f.Lead.Value
	m.Priority, m.Share, m.Wait = map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, p := range f.Priority {
		if p.Name != "none" && p.N >= leastPeople {
			m.Priority[p.Name] = p.Share
		}
	}
	for _, r := range f.Roles {
		name := named(r.Name)
		if name == "" || r.N < leastPeople || r.Share < leastShare {
			continue
		}
		m.Share[name] += r.Share
		if r.Wait > 0 {
			m.Wait[name] = max(m.Wait[name], r.Wait)
		}
	}
	// Shares are of what is told: of all, they would tell how few the others are.
	whole(m.Priority)
	whole(m.Share)
	m.few = map[string]bool{"dna": few(f.DNA), "rebook": few(f.Rebook), "unseen": few(f.Unseen)}
	return m, len(m.Share) > 0
}

// few says whether a share tells of people under the threshold: of those in it, or of those who are not.
func few(s demand.Share) bool {
	rule, n := disclosure.General.Rule(), int(math.Round(s.Value*float64(s.N)))
	return rule.Hides(n) || rule.Hides(s.N-n)
}

const mostMissed = 0.5

// Figures are what leaves of a model: rounded, and what counts people under disclosure control.
func (m Model) Figures(metric release.Metric, month civil.Date) (out []release.Figure) {
	rates, each := m.rates(), m.each()
	for _, x := range metric.Items {
		if !x.Each {
			out = append(out, release.OfRate(metric, x.ID, Definition, month, *rates[x.ID]))
			continue
		}
		for _, of := range slices.Sorted(maps.Keys(each[x.ID])) {
			out = append(out, release.OfRate(metric, x.ID+"."+of, Definition, month, each[x.ID][of]))
		}
	}
	for i := range out {
		_, counted := untold[out[i].Item]
		if !counted {
			continue
		}
		if n := *rates[out[i].Item]; m.few[out[i].Item] || people[out[i].Item] && n > 0 && !disclosure.Statistic(int(n), disclosure.General) {
			out[i].State, out[i].Score = release.Hidden, nil
		}
	}
	return out
}

// people are the items that count some: who waits, and who was seen in a lean and in a full week.
var people = map[string]bool{"list": true, "usual_list": true, "given_least": true, "given_most": true}

// untold is what stands for an item that is not told as it is of too few: the middle of 1 to 7 people, and nobody of a share. Pooling
// gains less by all of them.
var untold = map[string]float64{"list": 4, "usual_list": 4, "given_least": 4, "given_most": 7, "dna": 0, "rebook": 0, "unseen": 0}

// Received makes the model again of what was released; ok is false where something is missing or there is nothing to simulate.
func Received(metric release.Metric, figures []release.Figure) (m Model, ok bool) {
	m.Priority, m.Share, m.Wait = map[string]float64{}, map[string]float64{}, map[string]float64{}
	rates, each := m.rates(), m.each()
	for _, f := range figures {
		x, of, known := metric.Item(f.Item)
		if !known || f.Definition != Definition {
			return Model{}, false
		}
		value, told := f.Rate(metric)
		if !told {
			value = untold[f.Item]
		}
		if x.Each {
			each[x.ID][of] = value
		} else {
			*rates[x.ID] = value
			delete(rates, x.ID)
		}
	}
	if len(rates) > 0 || m.Demand <= 0 || m.Given <= 0 || !whole(m.Share) {
		return Model{}, false
	}
	if !whole(m.Priority) {
		m.Priority = map[string]float64{"P3": 1}
	}
	m.Most = max(m.Most, m.Least)
	m.DNA, m.Unseen, m.Rebook = min(m.DNA, mostMissed), min(m.Unseen, mostMissed), min(m.Rebook, 1)
	return m, true
}

// whole makes shares add up to 1; false where there is nothing to add.
func whole(shares map[string]float64) bool {
	sum := 0.0
	for _, k := range slices.Sorted(maps.Keys(shares)) {
		sum += shares[k]
	}
	for k := range shares {
		shares[k] /= cmp.Or(sum, 1)
	}
	return sum > 0
}
