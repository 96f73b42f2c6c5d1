package investment

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// View says whose money counts.
type View string

// The views of cost: see the package's comment.
const (
	Budget View = "budget" // what the trust pays
	Full   View = "full"   // with the part of the pension that is met centrally
	Social View = "social" // full, without transfers between public bodies
)

// Cash is pounds by quarter.
type Cash [Quarters]float64

// Sum adds up all quarters.
func (c Cash) Sum() (sum float64) {
	for _, x := range c {
		sum += x
	}
	return sum
}

// Year adds up the quarters of the plan's year t.
func (c Cash) Year(t int) (sum float64) {
	for _, x := range c[t*perYear : (t+1)*perYear] {
		sum += x
	}
	return sum
}

// Real takes inflation out of each year.
func (c Cash) Real(inflation float64) (out [Years]float64) {
	for t := range out {
		out[t] = c.Year(t) / grown(inflation, t)
	}
	return out
}

func (c *Cash) add(d Cash, times float64) {
	for q := range c {
		c[q] += d[q] * times
	}
}

// Flow is a line or a benefit over the plan, in the pounds of each quarter.
type Flow struct {
	ID     uuid.UUID // of the line or benefit; of the post
	Title  string
	Kind   string // of line, or class of benefit
	Band   string // where pay priced it
	Bias   Type   // its type of project
	Chosen float64
	Action uuid.UUID // of the strategy, that a cost is for
	Post   string    // of the plan for people, that a line belongs to
	Cash   Cash
	// Capital tells capital from running cost.
	Capital bool
	// Unit says what Mode units a year are worth each; of benefits.
	Unit Cash
}

// Posts is what the posts of the workforce plan cost from Start up to, not with, End: the two plans need not begin alike, nor
// have the same pay award.
type Posts struct {
	Start, End civil.Date
	Awards     pay.Awards // by which that plan costs its posts on its own pages
	Zone       pay.Zone   // high-cost area, which holds for people that are typed here too
	Changed    time.Time  // when that plan was last written
	Of         map[option.Option][]PostCost
}

// PostCost is a quarter of a post of the workforce plan in one option.
type PostCost struct {
	Quarter  civil.Date // its first day
	Line     string
	Post     uuid.UUID
	NI, Levy float64
	Total    float64
	On       float64   // whole-time equivalents that are expected in post on its last day, as actual is counted
	Action   uuid.UUID // of the strategy, that it is for; nil where nobody said so
	Training float64   // of Total: courses
	Parts    Parts
	Added    bool // a new or a development post; else one that is there anyway, of which something changes
}

// Parts are what a quarter of a post is reckoned from, beside National Insurance and levy: heads in post on average, pay in pounds, and of
// hours that are bought while somebody is on a course the pay and its National Insurance.
type Parts struct{ Heads, Salary, HighCost, BackfillPaid, BackfillNI float64 }

// PostCosts are the quarters of the posts of the workforce plan in an option, beyond doing nothing.
func (r Record) PostCosts(o option.Option, v View) []PostCost { return r.posts[o][v] }

// Record is everything that is written down.
type Record struct {
	Plan     Plan
	Lines    []Line
	Benefits []Benefit
	Actual   []Actual
	Names    map[uuid.UUID]string // of actions
	Waits    map[option.Option][]Wait
	pack     Pack
	posts    map[option.Option]map[View][]PostCost // against doing nothing
	people   Posts                                 // of which Of is nil
	frozen   *Promise                              // nil: no case binds
	asked    *Promise                              // newer, and not decided on
	own      map[ownKey]Own
}

// NewRecord is a plan without posts of the workforce plan and without actual.
func NewRecord(pack Pack, p Plan, lines []Line, benefits []Benefit) Record {
	return Record{Plan: p, Lines: lines, Benefits: benefits, pack: pack}
}

// Pack is what the record reckons with.
func (r Record) Pack() Pack { return r.pack }

// Costs lists what an option costs by quarter, without optimism bias.
func (r Record) Costs(o option.Option, v View) ([]Flow, error) {
	var out []Flow
	for _, l := range r.Lines {
		if !l.In.Has(o) || v == Social && l.Treatment == transfer { // a row of noughts says nothing
			continue
		}
		f := Flow{ID: l.ID, Title: l.Title, Kind: l.Kind, Band: l.Band, Chosen: l.Bias, Action: l.Action, Post: l.Post, Capital: l.Treatment == capital}
		f.Bias, _ = r.pack.Type(l.Type)
		var err error
		if f.Cash, err = r.Price(l, v); err != nil {
			return nil, fmt.Errorf("price %s: %w", l.ID, err)
		}
		out = append(out, f)
	}
	return append(out, r.postFlows(o, v)...), nil
}

// Titled is the title of a cost with the post that it belongs to and the action that it is for.
func (r Record) Titled(f Flow) string {
	of := slices.DeleteFunc([]string{f.Post, r.Names[f.Action]}, func(name string) bool { return name == "" })
	if len(of) == 0 {
		return f.Title
	}
	return f.Title + " (" + strings.Join(of, "; ") + ")"
}

// Price is what a line costs by quarter, whichever option it is in.
func (r Record) Price(l Line, v View) (Cash, error) {
	if v == Social && l.Treatment == transfer {
		return Cash{}, nil
	}
	return r.Plan.line(l, v, r.people.Zone)
}

func (p Plan) line(l Line, v View, zone pay.Zone) (c Cash, err error) {
	if l.Priced() {
		return p.paid(l, v, zone)
	}
	first, last := p.QuarterOf(l.Start), Quarters
	if !l.End.IsZero() {
		last = min(last, p.QuarterOf(l.End.AddDays(-1))+1)
	}
	amount, up := float64(l.Pence)/100, p.Inflation
	if l.Uplift != nil {
		up = *l.Uplift
	}
	if !l.Recurrent {
		c[first] = amount * grown(up, first/perYear)
		return c, nil
	}
	for q := first; q < last; q++ {
		c[q] = amount / perYear * grown(up, q/perYear)
	}
	return c, nil
}

// Table is the pay table that prices the plan: the newest that is in force when it starts.
func (p Plan) Table() pay.Table { return pay.At(p.Start) }

// paid prices people by the pay table.
func (p Plan) paid(l Line, v View, zone pay.Zone) (c Cash, err error) {
	table := p.Table()
	since := func(d civil.Date) int {
		return (d.Year-table.EffectiveFrom.Year)*monthsOfYear + int(d.Month-table.EffectiveFrom.Month)
	}
	stay := pay.Stay{Person: pay.Person{Band: pay.BandName(l.Band), WTE: &l.WTE, Count: &l.Heads, Zone: zone}, From: since(l.Start)}
	if !l.End.IsZero() {
		stay.Until = since(l.End)
	}
	pension, rises := pay.Employer, p.Pay()
	if v != Budget {
		pension = pay.Full
	}
	if l.Uplift != nil {
		rises = pay.Awards{Every: *l.Uplift}
	}
	costs, err := pay.Quarters(table.Year, stay, since(p.Start), Quarters, rises.After(table), pension)
	if err != nil {
		return c, err
	}
	for q, x := range costs {
		c[q] = x.Total
		if v == Social {
			c[q] = x.Paid() + x.Pension
		}
	}
	return c, nil
}

// Twice says that posts of the workforce plan are priced beside people that were typed here: the same post may be in both.
func (r Record) Twice() bool {
	_, planned := r.People()
	typed := false
	for _, l := range r.Lines {
		typed = typed || l.Kind == people
	}
	return planned && typed
}

// Paid is a line that pays for what the plan for people already prices of the post that it belongs to.
type Paid struct {
	Line   Line
	Option option.Option // the largest in which both are
}

// PaidTwice lists them: pay of a post that has a price there, and training of one whose course does.
func (r Record) PaidTwice() (out []Paid) {
	for _, l := range r.Lines {
		for _, o := range slices.Backward(option.All) {
			if l.In.Has(o) && slices.ContainsFunc(r.posts[o][Budget], func(x PostCost) bool {
				return l.Tied != uuid.Nil && x.Post == l.Tied && (l.Kind == people && x.Total > 0 || l.Kind == training && x.Training > 0)
			}) {
				out = append(out, Paid{l, o})
				break
			}
		}
	}
	return out
}

// postFlows are the posts of the workforce plan, each quarter in its own. What lies outside of the plan is left out.
func (r Record) postFlows(o option.Option, v View) (out []Flow) {
	type key struct {
		post uuid.UUID
		line string
	}
	at := map[key]int{}
	staffing, _ := r.pack.Type("staffing")
	for _, x := range r.posts[o][v] {
		q := r.Plan.QuarterOf(x.Quarter)
		if q < 0 || q >= Quarters {
			continue
		}
		k := key{x.Post, x.Line}
		i, there := at[k]
		if !there {
			i = len(out)
			at[k], out = i, append(out, Flow{ID: x.Post, Title: x.Line, Kind: people, Bias: staffing, Chosen: staffing.Upper, Action: x.Action})
		}
		amount := x.Total
		if v == Social {
			amount -= x.NI + x.Levy
		}
		out[i].Cash[q] += amount
	}
	return out
}

// Uncovered gives the days between which the workforce plan says what its posts cost, where some quarters of this plan lie
// outside: those cost nothing of posts here. Without planned posts nothing is left out.
func (r Record) Uncovered() (from, until civil.Date, ok bool) {
	_, planned := r.People()
	ok = planned && (r.people.Start.After(r.Plan.Start) || r.people.End.Before(r.Plan.Quarter(Quarters)))
	return r.people.Start, r.people.End, ok
}

// People is the workforce plan as far as it is compared with this one; false where it plans nothing beyond what there is.
func (r Record) People() (people Posts, planned bool) {
	for _, o := range r.posts {
		planned = planned || len(o[Budget]) > 0
	}
	return r.people, planned
}

// Brings lists what an option brings by quarter at the most likely values, later by some quarters. Budget takes what
// releases cash, every other view all.
func (r Record) Brings(o option.Option, v View, delay int) (out []Flow) {
	for _, b := range r.Benefits {
		if !b.In.Has(o) || v == Budget && b.Class != cash {
			continue
		}
		f := Flow{ID: b.ID, Title: b.Title, Kind: b.Class, Unit: r.Plan.unit(b, delay)}
		f.Cash.add(f.Unit, b.Mode)
		out = append(out, f)
	}
	return out
}

// unit is what one unit a year is worth by quarter.
func (p Plan) unit(b Benefit, delay int) (c Cash) {
	first := p.QuarterOf(b.Start) + delay
	for q := first; q < Quarters; q++ {
		ramp := b.Ramp[min(q-first, len(b.Ramp)-1)]
		c[q] = float64(b.UnitPence) / 100 / perYear * b.Attribution / 100 * b.Share / 100 * float64(ramp) / 100 * grown(p.Inflation, q/perYear)
	}
	return c
}

// Total adds flows up; with bias, costs are raised by it.
func Total(all []Flow, bias bool) (sum Cash) {
	for _, f := range all {
		times := 1.0
		if bias {
			times += f.Chosen / 100
		}
		sum.add(f.Cash, times)
	}
	return sum
}

// grown is what one pound becomes after some years.
func grown(percent float64, years int) float64 { return math.Pow(1+percent/100, float64(years)) }
