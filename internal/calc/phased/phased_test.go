package phased_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/phased"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

// The vector of domain/clinical.md 1.10: 37.5 hours at 50, 60, 75 and 100 percent, in quarters.
func TestShares(t *testing.T) {
	if got := phased.Shares(2250, []int{50, 60, 75, 100}); !slices.Equal(got, []int{1125, 1350, 1680, 2250}) {
		t.Errorf("%v", got)
	}
}

func TestEven(t *testing.T) {
	for _, c := range []struct {
		first, contract, weeks int
		want                   []int
	}{
		{600, 2250, 4, []int{600, 1140, 1695, 2250}},
		{900, 2250, 1, []int{2250}},
		{2250, 2250, 3, []int{2250, 2250, 2250}},
	} {
		if got := phased.Even(c.first, c.contract, c.weeks); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestCheck(t *testing.T) {
	good := phased.Plan{Start: civil.MustParse("2026-12-07"), Contract: 2250, Weeks: []int{900, 1500, 2250}, Days: weekdays}
	for _, c := range []struct {
		name string
		with func(*phased.Plan)
		want phased.Problem
		week int
	}{
		{"good", func(*phased.Plan) {}, "", 0},
		{"no start", func(p *phased.Plan) { p.Start = civil.Date{} }, phased.NoStart, 0},
		{"no contract", func(p *phased.Plan) { p.Contract = 0 }, phased.NoContract, 0},
		{"no days", func(p *phased.Plan) { p.Days = nil }, phased.NoDays, 0},
		{"no weeks", func(p *phased.Plan) { p.Weeks = nil }, phased.NoWeeks, 0},
		{"too long", func(p *phased.Plan) { p.Weeks = slices.Repeat([]int{2250}, 27) }, phased.TooLong, 0},
		{"nothing", func(p *phased.Plan) { p.Weeks = []int{0, 2250} }, phased.NoHours, 1},
		{"too much", func(p *phased.Plan) { p.Weeks = []int{900, 2265, 2250} }, phased.TooMuch, 2},
		{"odd minutes", func(p *phased.Plan) { p.Weeks = []int{901, 2250} }, phased.NotQuarter, 1},
		{"falls", func(p *phased.Plan) { p.Weeks = []int{900, 600, 2250} }, phased.Falls, 2},
		{"may fall", func(p *phased.Plan) { p.Weeks, p.Dips = []int{900, 600, 2250}, true }, "", 0},
		{"never whole", func(p *phased.Plan) { p.Weeks = []int{900, 1500} }, phased.NotWhole, 2},
		{"one long day", func(p *phased.Plan) { p.Days = weekdays[:1] }, phased.LongDays, 1},
	} {
		p := good
		c.with(&p)
		if got, week := p.Check(); got != c.want || week != c.week {
			t.Errorf("%s: %q in week %d", c.name, got, week)
		}
	}
}

// Christmas: a plan from 14 December 2026. Friday 25 and Monday 28 December (for Boxing Day) and New Year are bank holidays.
func TestBankHolidays(t *testing.T) {
	p := phased.Plan{Start: civil.MustParse("2026-12-14"), Contract: 2250, Weeks: []int{1125, 1680, 2250}, Days: weekdays}
	days, known := p.Calendar(workday.England())
	if !known || len(days) != 15 {
		t.Fatalf("%d days, known %v", len(days), known)
	}
	var off []string
	for _, d := range days {
		if d.Holiday != "" {
			off = append(off, d.Date.String())
		}
	}
	if !slices.Equal(off, []string{"2026-12-25", "2026-12-28", "2027-01-01"}) {
		t.Errorf("bank holidays %v", off)
	}
	if days[0].Minutes != 225 || days[5].Minutes != 345 || days[9].Minutes != 330 || days[14].Minutes != 450 {
		t.Errorf("days %+v", days)
	}
	if full := p.Full(); full != civil.MustParse("2026-12-28") {
		t.Errorf("the contract from %s", full)
	}
	far := phased.Plan{Start: civil.MustParse("2199-12-02"), Contract: 2250, Weeks: []int{2250}, Days: weekdays}
	if _, known := far.Calendar(workday.England()); known {
		t.Error("the bank holidays of 2199 are known")
	}
}

// What holds of every plan that is made: never above the contract, never falling, whole at the end; each week's days sum to it and are
// days on which they work.
func TestPlansHold(t *testing.T) {
	all := []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}
	rapid.Check(t, func(t *rapid.T) {
		contract := rapid.IntRange(60, 2400).Draw(t, "contract")
		first := rapid.IntRange(1, contract/phased.Quarter).Draw(t, "first") * phased.Quarter
		p := phased.Plan{Start: civil.MustParse("2024-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "start")), Contract: contract,
			Days: rapid.SliceOfNDistinct(rapid.SampledFrom(all), 4, 7, rapid.ID).Draw(t, "days"), Weeks: phased.Even(first, contract, rapid.IntRange(1, phased.MostWeeks).Draw(t, "weeks"))}
		if problem, week := p.Check(); problem != "" {
			t.Fatalf("%+v: %s in week %d", p, problem, week)
		}
		if !slices.IsSorted(p.Weeks) || slices.Max(p.Weeks) != contract {
			t.Fatalf("weeks %v", p.Weeks)
		}
		days, _ := p.Calendar(workday.England())
		sums := make([]int, len(p.Weeks))
		for i, d := range days {
			if !slices.Contains(p.Days, d.Date.Weekday()) || d.Minutes < 0 || i > 0 && !days[i-1].Date.Before(d.Date) || p.Week(d.Date) != d.Week {
				t.Fatalf("day %+v of %+v", d, p)
			}
			sums[d.Week-1] += d.Minutes
		}
		if !slices.Equal(sums, p.Weeks) {
			t.Fatalf("weeks %v, their days %v", p.Weeks, sums)
		}
		if full := p.Full(); full.Before(p.Start) || full.After(p.End()) || p.Week(p.End()) != 0 {
			t.Fatalf("full from %s of %+v", full, p)
		}
	})
}
