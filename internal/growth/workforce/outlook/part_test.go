package outlook

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestPlace: days count by the calendar; before the plan places are negative.
func TestPlace(t *testing.T) {
	for day, want := range map[string]float64{
		"2027-04-01": 0, "2027-05-01": 30.0 / 91, "2027-06-30": 90.0 / 91, "2027-07-01": 1, "2028-02-29": 3 + 59.0/91, "2027-03-31": -1 + 89.0/90, "2032-04-01": Quarters,
	} {
		near(t, day, plan().place(d(day)), want, 1e-12)
	}
}

// parts are what a plan comes to in a quarter.
type parts struct{ heads, wte, funded, hours, cost float64 }

// partsOf looks at one quarter of the preferred option.
func partsOf(t *testing.T, in Input, quarter string) (out parts) {
	t.Helper()
	in.Plan = plan()
	in.Plan.RampMonths = 0 // who comes does all of the work
	if in.Roles == nil {
		in.Roles = still()
	}
	for _, q := range Project(in, option.Preferred, 0.5) {
		if s := q.Total(); q.Start == d(quarter) {
			out = parts{s.Heads, s.WTE, s.Funded, s.ClinicalHours, 0}
		}
	}
	costs, err := Costs(in, option.Preferred, false, []float64{0}, Without{Increments: true})
	if err != nil {
		t.Fatal(err)
	}
	heads := 0.0
	for _, c := range costs {
		if c.Start == d(quarter) {
			out.cost, heads = out.cost+c.Total(), heads+c.Heads
		}
	}
	near(t, "heads of the cost", heads, out.heads, 1e-9)
	return out
}

// share says that everything of some parts is so much of others; what is funded has a share of its own.
func (p parts) share(t *testing.T, what string, of parts, share, funded float64) {
	t.Helper()
	near(t, what+": heads", p.heads, share*of.heads, 1e-9)
	near(t, what+": WTE", p.wte, share*of.wte, 1e-9)
	near(t, what+": funded", p.funded, funded*of.funded, 1e-9)
	near(t, what+": hours", p.hours, share*of.hours, 1e-9)
	near(t, what+": cost", p.cost, share*of.cost, 1e-6)
}

// TestPart: who starts or leaves within a quarter costs and works so many of its days, whichever way the day is known.
func TestPart(t *testing.T) {
	in := map[option.Option]bool{option.Preferred: true}
	seat := Post{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 0.8, Heads: 1, InPost: 1}
	post := func(with func(*Post)) Input {
		p := seat
		with(&p)
		return Input{Posts: []Post{p}}
	}
	planned := func(c Change) Input {
		c.ID, c.In = uuid.New(), in
		if c.Kind == New {
			c.Role, c.Band, c.WTE, c.Heads = "nurse", "6", 0.8, 1
			return Input{Changes: []Change{c}}
		}
		c.Post = seat.ID
		return Input{Posts: []Post{seat}, Changes: []Change{c}}
	}
	const quarter = "2027-07-01" // 92 days, of which 51 are left on 11 August
	whole := partsOf(t, Input{Posts: []Post{seat}}, quarter)
	on := d("2027-08-11")
	for name, x := range map[string]struct {
		in            Input
		share, funded float64
	}{
		"an agreed start":          {post(func(p *Post) { p.InPost, p.Starting = 0, []civil.Date{on} }), 51, 92},
		"a start that happened":    {post(func(p *Post) { p.Came = []Came{{On: on}} }), 51, 92},
		"one after a short gap":    {post(func(p *Post) { p.Came = []Came{{On: on, Empty: d("2027-08-01")}} }), 51 + 31, 92},
		"a seat that was left":     {post(func(p *Post) { p.InPost, p.Left = 0, []civil.Date{on} }), 41, 92},
		"a contract that ends":     {post(func(p *Post) { p.Ends = on.AddDays(-1) }), 41, 41},
		"a post that ends":         {planned(Change{Kind: End, From: on}), 41, 41},
		"a planned post, agreed":   {planned(Change{Kind: New, From: d(quarter), Starting: []civil.Date{on}}), 51, 92},
		"a planned post by a day":  {planned(Change{Kind: New, From: on}), 0, 51},
		"one that begins that day": {planned(Change{Kind: New, From: on, Starting: []civil.Date{on}}), 51, 51},
		"a start in a planned post": {post(func(p *Post) {
			p.Of, p.Since = &Change{ID: uuid.New(), Kind: New, From: d(quarter), In: in}, on
		}), 51, 92},
	} {
		partsOf(t, x.in, quarter).share(t, name, whole, x.share/92, x.funded/92)
	}
	fewer := partsOf(t, planned(Change{Kind: Alter, From: on, WTE: 0.4}), quarter)
	near(t, "half the time from that day on: heads", fewer.heads, 1, 1e-9)
	near(t, "half the time from that day on: WTE", fewer.wte, 0.8*(41+51*0.5)/92, 1e-9)
	near(t, "half the time from that day on: hours", fewer.hours, whole.hours*(41+51*0.5)/92, 1e-9)
	half := partsOf(t, post(func(p *Post) { p.WTE = 0.4 }), quarter)
	near(t, "half the time from that day on: cost", fewer.cost, (41*whole.cost+51*half.cost)/92, 1e-6)
	// A post that begins on a day is filled after whole quarters from that day.
	for at, want := range map[string]float64{"2027-10-01": 0.1 * 51.0 / 92, "2028-01-01": 0.1 + 0.6*51.0/92, "2028-04-01": 0.7 + 0.3*51.0/92, "2028-07-01": 1} {
		near(t, "filled, "+at, partsOf(t, planned(Change{Kind: New, From: on}), at).heads, want, 0.01) // quarters differ by a day or two
	}
	// Who left is followed by somebody.
	near(t, "who follows", partsOf(t, post(func(p *Post) { p.InPost, p.Left = 0, []civil.Date{on} }), "2028-07-01").heads, 1, 1e-9)
}

// TestPartOfACourse: a course that begins within a quarter costs as much as one that begins with it, because it ends as much later.
func TestPartOfACourse(t *testing.T) {
	fees := func(start string) (sum float64, end float64) {
		in := Input{Plan: plan(), Roles: still(), Changes: []Change{{ID: uuid.New(), Kind: Develop, Role: "development-nurse", Band: "5", WTE: 1, Heads: 1, From: d(start), Starting: []civil.Date{d(start)}, Development: training(), In: map[option.Option]bool{option.Preferred: true}}}}
		costs, err := Costs(in, option.Preferred, false, nil, Without{Turnover: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range costs {
			sum += c.Training
		}
		for _, q := range Project(in, option.Preferred, 0.5) {
			for _, s := range q.Staff {
				if s.Role == "nurse" && q.Start == d("2028-04-01") {
					end += s.Heads
				}
			}
		}
		return sum, end
	}
	sum, qualified := fees("2027-04-01")
	near(t, "a whole course", sum, 4000, 1e-9)
	later, then := fees("2027-05-01")
	near(t, "one from May on", later, 4000, 1e-9)
	near(t, "qualified in May, in the year after", then, qualified*61/91, 0.05) // some have left, of those who qualified sooner
}
