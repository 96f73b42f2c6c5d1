package pay

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// Pension says which contribution counts.
type Pension string

// Employer is what the trust pays; Full adds what is met centrally.
const (
	Employer Pension = "employer"
	Full     Pension = "full"
)

// Input is a team over some years. A field left out has the default.
type Input struct {
	Year    string    `json:"year"` // of the table and the first year of the plan
	People  []Person  `json:"people"`
	Uplift  []float64 `json:"uplift"`  // for each year after the first: 0.033 is 3.3%
	Years   *int      `json:"years"`   // default 1
	Pension Pension   `json:"pension"` // default employer
}

// Person is somebody, or several alike.
type Person struct {
	Band        BandName `json:"band"`
	WTE         *float64 `json:"wte"`           // default 1
	Count       *int     `json:"count"`         // default 1
	YearsInBand float64  `json:"years_in_band"` // at the start
	StartMonth  *int     `json:"start_month"`   // 1, the default, is April of the first year; 13 that of the second
	Months      *int     `json:"months"`        // of employment; left out, to the end
	Annex21     *float64 `json:"annex21"`       // percentage of the top of the band
	Salary      *float64 `json:"salary"`        // full-time pounds a year in place of a band: doctors
	Zone        Zone     `json:"zone"`          // high-cost area; left out, none
}

// Cost is one year in pounds.
type Cost struct {
	Year       string  `json:"year"`
	Salary     float64 `json:"salary"`
	Supplement float64 `json:"supplement"` // of a high-cost area
	NI         float64 `json:"ni"`
	Pension    float64 `json:"pension"`
	Levy       float64 `json:"levy"`
	Total      float64 `json:"total"`
}

// Paid is what the person gets: what on-costs are reckoned from.
func (c Cost) Paid() float64 { return c.Salary + c.Supplement }

// Answer has the cost of the team by year, and of each entry of people by year: with
// a count of 3, of the three together. The entries add up to the team.
type Answer struct {
	Years    []Cost   `json:"years"`
	People   [][]Cost `json:"people"`
	Warnings []string `json:"warnings"`
}

const (
	mostPeople = 1_000  // entries
	mostCount  = 10_000 // of one entry
	mostYears  = 40     // a working life
	mostSalary = 500_000
	// mostUplift tells a percentage in the place of a fraction: 3.3 for 0.033.
	mostUplift = 0.5
	months     = 12
)

// Compute costs the team.
func Compute(in Input) (Answer, error) {
	table, err := Find(in.Year)
	if err != nil {
		return Answer{}, err
	}
	if err := in.check(table); err != nil {
		return Answer{}, err
	}
	rate := table.rate(in.Pension)
	years := or(in.Years, 1)
	out := Answer{Years: make([]Cost, years), People: make([][]Cost, len(in.People)), Warnings: []string{}}
	if table.Mark == computed {
		out.Warnings = append(out.Warnings, "the pay points of "+table.Year+" are computed from the year before and the award: they are not yet checked against the official table")
	}
	if years > 1 && len(in.Uplift) == 0 {
		out.Warnings = append(out.Warnings, "no uplift is given: pay points stay as in "+table.Year)
	}
	for i, p := range in.People {
		out.People[i] = make([]Cost, years)
		if p.Annex21 != nil && table.Bands[string(p.Band)].top()**p.Annex21/100 < table.Least() {
			out.Warnings = append(out.Warnings, fmt.Sprintf("people[%d]: %v%% of the top of band %s is less than the national living wage of %s, %.2f pounds an hour: nobody may be paid so little", i, *p.Annex21, p.Band, table.Year, table.MinimumWage.Hourly))
		}
	}
	for y := range years {
		name := table.label(y)
		out.Years[y].Year = name
		for i, p := range in.People {
			from, until := p.employment()
			c := p.cost(table, span{y * months, months, grown(in.Uplift, y), rate}, from, until)
			c.Year = name
			out.People[i][y] = c
			out.Years[y].add(c)
		}
	}
	if years > 1 {
		for i, p := range in.People {
			if p.Annex21 != nil {
				out.Warnings = append(out.Warnings, fmt.Sprintf("people[%d]: the percentage of Annex 21 stays at %v in every year, though it rises as training goes on", i, *p.Annex21))
			}
		}
	}
	return out, nil
}

// span is some months of a plan, all in one financial year.
type span struct {
	first, n int // months since April of the table's year
	up       float64
	pension  float64 // rate
}

// cost is what an entry costs in a span, employed from one month on until before another; 0 is never. Years and quarters are
// costed by it alone.
func (p Person) cost(t Table, s span, from, until int) Cost {
	var c Cost
	band, wte := t.Bands[string(p.Band)], or(p.WTE, 1)
	if p.Salary != nil {
		band = Band{Points: []float64{*p.Salary}}
	}
	on, employed := make([]int, len(band.Points)), 0 // months on each point
	for m := s.first; m < s.first+s.n; m++ {
		if m >= from && (until == 0 || m < until) {
			on[band.at(p.YearsInBand+float64(m-from)/months)]++
			employed++
		}
	}
	for i, point := range band.Points { // a year's rate times the share of the year: whole years stay whole pounds
		share := float64(on[i]) / months
		if p.Annex21 != nil {
			point = band.top() * *p.Annex21 / 100
		}
		c.Salary += point * s.up * wte * share
		if zone, there := t.HighCost.Zones[p.Zone]; there { // its bounds rise with the award, as pay does
			c.Supplement += zone.Of(point) * s.up * wte * share
		}
	}
	c.NI = t.NI.Rate * max(c.Paid()-t.NI.Threshold*float64(employed)/months, 0) // of the span, not of its months
	n := float64(or(p.Count, 1))
	c.Salary, c.Supplement, c.NI = n*c.Salary, n*c.Supplement, n*c.NI
	c.Pension, c.Levy = s.pension*c.Paid(), t.Levy.Rate*c.Paid()
	c.Total = c.Paid() + c.NI + c.Pension + c.Levy
	return c
}

// employment is from which month on, and until before which; 0 is never.
func (p Person) employment() (from, until int) {
	if from = or(p.StartMonth, 1) - 1; p.Months != nil {
		until = from + *p.Months
	}
	return from, until
}

func (c *Cost) add(d Cost) {
	c.Salary += d.Salary
	c.Supplement += d.Supplement
	c.NI += d.NI
	c.Pension += d.Pension
	c.Levy += d.Levy
	c.Total += d.Total
}

// rate is the share of the salary that a pension costs.
func (t Table) rate(p Pension) float64 {
	if p == Full {
		return t.Pension.Full
	}
	return t.Pension.Employer
}

// grown is how far the uplifts have raised a point by the year y after the table's; the last one goes on.
func grown(uplift []float64, y int) float64 {
	up := 1.0
	for i := range y {
		if len(uplift) > 0 {
			up *= 1 + uplift[min(i, len(uplift)-1)]
		}
	}
	return up
}

// label is the name of the year y years after the table's.
func (t Table) label(y int) string {
	first := t.EffectiveFrom.Year + y
	return fmt.Sprintf("%d/%02d", first, (first+1)%100)
}

func or[T any](x *T, otherwise T) T {
	if x == nil {
		return otherwise
	}
	return *x
}

func (in Input) check(t Table) error {
	years := or(in.Years, 1)
	switch {
	case len(in.People) == 0:
		return errors.New("people is missing or empty")
	case len(in.People) > mostPeople:
		return fmt.Errorf("people has %d entries: at most %d; use count for those alike", len(in.People), mostPeople)
	case years < 1 || years > mostYears:
		return fmt.Errorf("years is %d: it must be from 1 to %d", years, mostYears)
	case len(in.Uplift) > 0 && len(in.Uplift) != years-1:
		return fmt.Errorf("uplift has %d entries but there are %d years after the first", len(in.Uplift), years-1)
	case in.Pension != "" && in.Pension != Employer && in.Pension != Full:
		return fmt.Errorf("pension %q is not employer or full", in.Pension)
	}
	for i, u := range in.Uplift {
		if !(u >= -mostUplift && u <= mostUplift) {
			return fmt.Errorf("uplift[%d] is %v: give a fraction such as 0.033 for 3.3%%, from %v to %v", i, u, -mostUplift, mostUplift)
		}
	}
	for i, p := range in.People {
		if err := p.check(t, years*months); err != nil {
			return fmt.Errorf("people[%d]: %w", i, err)
		}
	}
	return nil
}

// check looks at a person of a plan of so many months.
func (p Person) check(t Table, last int) error {
	_, known := t.Bands[string(p.Band)]
	wte, count, start := or(p.WTE, 1), or(p.Count, 1), or(p.StartMonth, 1)
	switch {
	case p.Salary != nil && (p.Band != "" || p.Annex21 != nil):
		return errors.New("salary stands in place of band and annex21: give one or the other")
	case p.Salary != nil && !(*p.Salary > 0 && *p.Salary <= mostSalary):
		return fmt.Errorf("salary is %v: it must be above 0 and at most %d pounds a year", *p.Salary, mostSalary)
	case p.Salary != nil && p.Zone != "":
		return errors.New("zone is of Agenda for Change: leave it out beside a salary, and put what a doctor gets on top into it")
	case p.Zone != "" && !slices.Contains(Zones, p.Zone):
		return fmt.Errorf("zone %q is not inner, outer or fringe", p.Zone)
	case p.Band == "" && p.Salary == nil:
		return errors.New("band is missing")
	case !known && p.Salary == nil:
		return fmt.Errorf("band %q is not one of %s", p.Band, t.names())
	case !(wte > 0 && wte <= 1):
		return fmt.Errorf("wte is %v: it must be above 0 and at most 1 for one person; use count for several", wte)
	case count < 1 || count > mostCount:
		return fmt.Errorf("count is %d: it must be from 1 to %d", count, mostCount)
	case !(p.YearsInBand >= 0 && p.YearsInBand <= 100):
		return fmt.Errorf("years_in_band is %v: it must be from 0 to 100", p.YearsInBand)
	case start < 1 || start > last:
		return fmt.Errorf("start_month is %d: it must be from 1, April of the first year, to %d, March of the last", start, last)
	case p.Months != nil && *p.Months < 1:
		return fmt.Errorf("months is %d: it must be at least 1; leave it out for employment to the end", *p.Months)
	case p.Annex21 != nil && !(*p.Annex21 >= 1 && *p.Annex21 <= 100):
		return fmt.Errorf("annex21 is %v: it must be a percentage of the top of the band from 1 to 100, such as 75", *p.Annex21)
	}
	return nil
}

// Run reads a team and writes its cost: the body of "rowan calc pay".
func Run(data []byte) ([]byte, error) {
	var in Input
	if err := strict.Object(data, &in); err != nil {
		return nil, err
	}
	if in.Year == "" {
		return nil, errors.New("year is missing: give one such as " + Tables()[0].Year)
	}
	out, err := Compute(in)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}
