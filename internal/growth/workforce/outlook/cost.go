package outlook

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

const monthsOfQuarter = 3

// Medical is the band of doctors: none of Agenda for Change.
const Medical = "medical"

// Cost is what a line costs in a quarter, in pounds.
type Cost struct {
	Start    civil.Date // of the quarter
	Post     uuid.UUID  // or the change that adds it
	Title    string
	Heads    float64 // expected in post, on average over its days
	WTE      float64
	End      float64 // WTE on its last day
	Salary   float64
	HighCost float64 // supplement of a high-cost area
	NI       float64
	Pension  float64
	Levy     float64
	Training float64
	Backfill float64
	// Of Backfill: pay, and National Insurance.
	BackfillPaid, BackfillNI float64
}

// Total is the whole.
func (c Cost) Total() float64 {
	return c.Salary + c.HighCost + c.NI + c.Pension + c.Levy + c.Training + c.Backfill
}

// Table is the pay table a plan is costed by: the newest at its start. Later years have awards on top of it.
func Table(start civil.Date) pay.Table { return pay.At(start) }

// stretch is a whole quarter of somebody's employment, as calc/pay takes it; who is there for a part of its days costs that part.
type stretch struct {
	band   string
	zone   pay.Zone
	salary float64
	wte    float64
	years  float64
	annex  float64
	t      int
}

// fullTime is the hours a week of one WTE.
const fullTime = 5 * hoursDay

// Costs gives what every line costs in every quarter under an option, by the middle of the ranges. uplift is the award of
// each financial year after that of the pay table, the last of them holding on; nil takes the plan's. full adds the pension
// that is met centrally.
func Costs(in Input, o option.Option, full bool, uplift []float64, w Without) ([]Cost, error) {
	table := Table(in.Plan.Start)
	p := pricer{table: table, first: 12*(in.Plan.Start.Year-table.EffectiveFrom.Year) + int(in.Plan.Start.Month) - int(table.EffectiveFrom.Month), pension: pay.Employer, uplift: in.Plan.Awards.After(table), seen: map[stretch]int{}}
	if p.first < 0 {
		return nil, fmt.Errorf("the plan begins on %s, before the oldest pay table", in.Plan.Start)
	}
	if full {
		p.pension = pay.Full
	}
	switch {
	case w.Uplift:
		p.uplift = nil
	case len(uplift) > 0:
		p.uplift = uplift
	}
	type part struct {
		line     int // of out
		stretch  int
		heads    float64
		backfill bool
	}
	type at struct {
		line *line
		t    int
	}
	var out []Cost
	var parts []part
	index := map[at]int{}
	walk(in, o, 0.5, w, watch{visit: func(h holding) {
		if h.heads == 0 {
			return
		}
		i, ok := index[at{h.line, h.t}]
		if !ok {
			i = len(out)
			index[at{h.line, h.t}] = i
			out = append(out, Cost{Start: in.Plan.quarter(h.t), Post: h.line.id, Title: h.line.title})
		}
		heads := h.heads * h.part
		out[i].Heads += heads
		out[i].WTE += heads * h.wte
		if h.ends {
			out[i].End += h.heads * h.wte
		}
		s := stretch{band: h.band, zone: h.line.zone, wte: h.wte, years: h.years, t: h.t}
		if w.Increments {
			s.years = reached(table.Bands[h.band], h.years)
		}
		switch {
		case h.band == Medical:
			s = stretch{salary: h.salary, wte: h.wte, t: h.t}
		case h.annex > 0:
			points := table.Bands[h.line.dev.Band].Points
			lawful := 100 * table.Least() / points[len(points)-1]
			s = stretch{band: h.line.dev.Band, zone: h.line.zone, wte: h.wte, annex: min(max(h.annex, lawful), 100), t: h.t}
		}
		parts = append(parts, part{i, p.want(s), heads, false})
		if h.course {
			out[i].Training += heads * h.line.dev.Fee / 4
			if b := h.line.dev.Backfill; b > 0 {
				parts = append(parts, part{i, p.want(stretch{band: h.line.dev.Band, zone: h.line.zone, wte: b / fullTime, t: h.t}), heads, true})
			}
		}
	}})
	prices, err := p.price()
	if err != nil {
		return nil, err
	}
	for _, x := range parts {
		c, add := &out[x.line], prices[x.stretch]
		if x.backfill {
			c.Backfill += x.heads * add.Total
			c.BackfillPaid += x.heads * add.Paid()
			c.BackfillNI += x.heads * add.NI
			continue
		}
		c.Salary += x.heads * add.Salary
		c.HighCost += x.heads * add.Supplement
		c.NI += x.heads * add.NI
		c.Pension += x.heads * add.Pension
		c.Levy += x.heads * add.Levy
	}
	return out, nil
}

// reached are the years at which somebody came to the point of a band that they are on, so that a quarter of it has no increment.
func reached(b pay.Band, years float64) (sum float64) {
	for _, step := range b.Steps {
		if sum+step > years+1e-9 { // months are rounded
			break
		}
		sum += step
	}
	return sum
}

// pricer asks calc/pay for every stretch once.
type pricer struct {
	table   pay.Table
	first   int // months from the beginning of the table to that of the plan
	pension pay.Pension
	uplift  []float64 // the last one goes on
	seen    map[stretch]int
	list    []stretch
}

func (p *pricer) want(s stretch) int {
	i, ok := p.seen[s]
	if !ok {
		i = len(p.list)
		p.seen[s] = i
		p.list = append(p.list, s)
	}
	return i
}

func (p *pricer) price() ([]pay.Cost, error) {
	out := make([]pay.Cost, 0, len(p.list))
	for _, s := range p.list {
		begin := p.first + monthsOfQuarter*s.t
		stay := pay.Stay{Person: pay.Person{Band: pay.BandName(s.band), WTE: &s.wte, YearsInBand: max(s.years, 0), Zone: s.zone}, From: begin, Until: begin + monthsOfQuarter}
		if s.annex > 0 {
			stay.Annex21 = &s.annex
		}
		if s.salary > 0 {
			stay.Band, stay.Salary = "", &s.salary
		}
		costs, err := pay.Quarters(p.table.Year, stay, begin, 1, p.uplift, p.pension)
		if err != nil {
			return nil, fmt.Errorf("cost the team: %w", err)
		}
		out = append(out, costs...)
	}
	return out, nil
}

// Annexed is what annex 21 pays a year, full time, when a course begins and in its last year, beside the band from which people
// come: its entry and its top; and beside the table by which it is reckoned, of the plan's start, without awards.
type Annexed struct {
	First, Last, Entry, Top float64
	Table                   pay.Table
}

// Annex compares them. By a local agreement nobody may earn less than in the band they come from (growth.md 7.5), which no
// table knows: somebody has to check it.
func Annex(start civil.Date, d Development, from string) Annexed {
	table := Table(start)
	was, target := table.Bands[from].Points, table.Bands[d.Band].Points
	top := target[len(target)-1]
	return Annexed{First: top * table.Annex21.Percent(d.Months) / 100, Last: top * table.Annex21.Percent(0) / 100, Entry: was[0], Top: was[len(was)-1], Table: table}
}

// Lower says that somebody from that band may earn less.
func (a Annexed) Lower() bool { return a.First < a.Top }

// Unlawful says that it begins below the national living wage, which nobody may be paid. Costs takes that wage in its place.
func (a Annexed) Unlawful() bool { return a.First < a.Table.Least() }

// Bottom says that it begins below the lowest point of all bands.
func (a Annexed) Bottom() bool { return a.First < a.Table.Lowest() }

// OfOne is what one full-time person of a band costs a year: the mean of the plan's five years from the entry point, without
// awards.
func OfOne(start civil.Date, band string, zone pay.Zone) (float64, error) {
	return ofOne(start, pay.Person{Band: pay.BandName(band), Zone: zone})
}

// OfSalary is the same of somebody whose pay has no band: a doctor, of whom the establishment holds the salary.
func OfSalary(start civil.Date, salary float64) (float64, error) {
	return ofOne(start, pay.Person{Salary: &salary})
}

func ofOne(start civil.Date, who pay.Person) (float64, error) {
	costs, err := pay.Quarters(Table(start).Year, pay.Stay{Person: who}, 0, Quarters, nil, pay.Employer)
	sum := 0.0
	for _, c := range costs {
		sum += c.Total
	}
	return sum * 4 / Quarters, err
}

// Before gives what every line costs in the quarters from that of a day up to, not with, the start of the plan, with the team
// as it stands: the rest of the running year. It is none where the plan has begun.
func Before(in Input, o option.Option, today civil.Date, full bool) (out []Cost, err error) {
	start := in.Plan.Start
	if in.Plan.Start = QuarterOf(today); !in.Plan.Start.Before(start) {
		return nil, nil
	}
	all, err := Costs(in, o, full, nil, Without{})
	for _, c := range all {
		if c.Start.Before(start) {
			out = append(out, c)
		}
	}
	return out, err
}

// Year names the financial year of a quarter: "2026/27".
func Year(quarter civil.Date) string {
	first := quarter.Year
	if quarter.Month < 4 {
		first--
	}
	return fmt.Sprintf("%d/%02d", first, (first+1)%100)
}

// Step is a year of the plan, costed five times: as if everybody stayed on today's point without an award, then with
// increments, with awards too, with newcomers in the place of those who leave, and as the plan has it, with posts that are empty
// until somebody is found. What one step adds to the one before is what that does; together they are the whole difference.
type Step struct {
	Start                                     civil.Date
	Flat, Increments, Uplift, Newcomers, Plan float64
}

// Steps gives the five years of the plan, each twelve months from its start.
func Steps(in Input, o option.Option, full bool) ([]Step, error) {
	out := make([]Step, Quarters/4)
	for y := range out {
		out[y].Start = in.Plan.quarter(4 * y)
	}
	for _, way := range []struct {
		without Without
		of      func(*Step) *float64
	}{
		{Without{Turnover: true, Increments: true, Uplift: true}, func(s *Step) *float64 { return &s.Flat }},
		{Without{Turnover: true, Uplift: true}, func(s *Step) *float64 { return &s.Increments }},
		{Without{Turnover: true}, func(s *Step) *float64 { return &s.Uplift }},
		{Without{Gaps: true}, func(s *Step) *float64 { return &s.Newcomers }},
		{Without{}, func(s *Step) *float64 { return &s.Plan }},
	} {
		costs, err := Costs(in, o, full, nil, way.without)
		if err != nil {
			return nil, err
		}
		for _, c := range costs {
			*way.of(&out[in.Plan.index(c.Start)/4]) += c.Total()
		}
	}
	return out, nil
}
