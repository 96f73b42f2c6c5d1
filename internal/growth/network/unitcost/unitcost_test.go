package unitcost

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// A team of £450,000 with 20% overheads and 6,000 hours costs £90 an hour with patients.
func TestOf(t *testing.T) {
	c := Cost{Team: 45_000_000, Overhead: 2000, Hours: 6000, Work: Work{Minutes: 40, Missed: 1000, PerCase: 1.5, Given: 8000}}
	if c.Total() != 54_000_000 || c.Hour() != 9000 || c.Spread() != 7500 {
		t.Errorf("together %s, an hour %s, spread %s", c.Total(), c.Hour(), c.Spread())
	}
	for item, want := range map[string]price.Pence{contract.Missed: 6000, contract.Attended: 6667, contract.Referral: 10000} {
		if got, ok := c.Of(item); !ok || got != want {
			t.Errorf("%s costs %s, want %s", item, got, want)
		}
	}
	for _, item := range []string{contract.Report, contract.Other} {
		if _, ok := c.Of(item); ok {
			t.Errorf("%s has a cost of its own", item)
		}
	}
}

// More of the team, more overheads, fewer hours, more minutes: nothing gets cheaper by it.
func TestDearer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Cost{Team: price.Pence(rapid.Int64Range(1, 1_000_000_000).Draw(t, "team")), Overhead: rapid.IntRange(0, 9000).Draw(t, "overhead"), Hours: float64(rapid.IntRange(2, 50_000).Draw(t, "hours")),
			Work: Work{Minutes: float64(rapid.IntRange(5, 90).Draw(t, "minutes")), Missed: rapid.IntRange(0, 5000).Draw(t, "missed"), PerCase: 1 + rapid.Float64Range(0, 5).Draw(t, "more"), Given: float64(rapid.IntRange(1, 50_000).Draw(t, "given"))}}
		for what, change := range map[string]func(*Cost){"team": func(c *Cost) { c.Team += 1000 }, "overhead": func(c *Cost) { c.Overhead += 100 }, "hours": func(c *Cost) { c.Hours-- }, "minutes": func(c *Cost) { c.Minutes++ }, "missed": func(c *Cost) { c.Missed += 10 }, "follow-ups": func(c *Cost) { c.PerCase++ }} {
			d := c
			change(&d)
			for _, item := range Items {
				before, _ := c.Of(item)
				if after, _ := d.Of(item); after < before {
					t.Fatalf("%s: %s falls from %s to %s", what, item, before, after)
				}
			}
		}
	})
}

func TestWorked(t *testing.T) {
	f := demand.Fits{Given: demand.Given{Mean: 50}, DNA: demand.Share{Value: 0.125}, FollowUps: demand.Mean{Value: 0.5}, Lengths: []demand.Length{{Role: "nurse", Mean: 30, N: 300}, {Role: "physician", Mean: 60, N: 100}}}
	w, ok := worked(f, 2026)
	if !ok || w.Minutes != 37.5 || w.Missed != 1250 || w.PerCase != 1.5 || w.Given != 2530 {
		t.Errorf("%+v, %v", w, ok)
	}
	f.Lengths = nil
	if _, ok := worked(f, 2026); ok {
		t.Error("nobody said how long an appointment takes, and it takes something")
	}
	if got := WeekHours([]float64{100, 100, 100, 100}, 2026); got != 5060 {
		t.Errorf("100 hours a week are %v a year", got)
	}
}

func TestOld(t *testing.T) {
	made := civil.Date{Year: 2025, Month: 11, Day: 10}
	if Old(made, made.AddMonths(12)) || !Old(made, made.AddMonths(12).AddDays(1)) {
		t.Error("a year is not a year")
	}
	if YearOf(civil.Date{Year: 2027, Month: 3, Day: 31}) != 2026 || Label(2026) != "2026/27" || Label(2099) != "2099/00" {
		t.Error("the financial year")
	}
}

// TestDueOn: nobody is told before the last month of the year, or of what was never worked out; a leap day has its year.
func TestDueOn(t *testing.T) {
	made := civil.MustParse("2025-03-07")
	for _, x := range []struct {
		today    string
		ok, over bool
	}{{"2025-03-07", false, false}, {"2026-02-06", false, false}, {"2026-02-07", true, false}, {"2026-03-07", true, false}, {"2026-03-08", true, true}, {"2027-01-01", true, true}} {
		if d, ok := DueOn(made, civil.MustParse(x.today)); ok != x.ok || d.Over != x.over || d.Again != civil.MustParse("2026-03-07") {
			t.Errorf("%s: %+v, %v", x.today, d, ok)
		}
	}
	if got := Again(civil.MustParse("2024-02-29")); got != civil.MustParse("2025-02-28") {
		t.Errorf("a leap day comes again on %s", got)
	}
}

// What was worked out stays; the newest of a year holds; nobody else sees it.
func TestAdd(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	db := world.Open(t)
	w := world.New(t, db)
	lead := w.OHLead.As(access.Lead, access.Growth)
	team := Team{Pounds: 450_000.4, Hours: 6000.2}
	s := New(Deps{DB: db, Team: func(context.Context, *postgres.Tx, time.Time) (Team, bool, error) { return team, true, nil },
		Prices: func(context.Context, access.Actor, time.Time) ([]contract.Priced, error) { return nil, nil }})
	c := Cost{ID: uuid.New(), Year: 2026, Team: team.Pence(), Hours: team.Whole(), Overhead: 1850, Source: "Finance, 2025/26"}
	if err := s.Add(ctx, lead, now, c); fault.KindOf(err) != fault.Conflict {
		t.Errorf("without records: %v", err)
	}
	fits := demand.Fits{Given: demand.Given{Mean: 50}, Lengths: []demand.Length{{Role: "nurse", Mean: 30, N: 300}}}
	if err := db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into rollup_fit (service_id, vintage, as_at, made_at, fits) values ($1, 'now', $2, $3, $4)`, w.Service, now, now, fits)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	again := c
	again.ID, again.Team = uuid.New(), c.Team+100
	before := c
	before.ID, before.Year = uuid.New(), 2025
	for _, x := range []Cost{c, c, before, again} {
		now = now.Add(time.Minute)
		if err := s.Add(ctx, lead, now, x); err != nil {
			t.Fatal(err)
		}
	}
	b, err := s.Find(ctx, lead, now)
	if err != nil || len(b.Costs) != 2 || b.Costs[0].ID != again.ID || !b.Costs[0].Typed || b.Costs[1].ID != before.ID || b.Costs[1].Typed || b.Costs[1].Minutes != 30 {
		t.Errorf("kept: %+v, %v", b.Costs, err)
	}
	for at, want := range map[time.Time]bool{now: false, now.AddDate(0, 11, 1): true, now.AddDate(1, 0, 1): true} {
		for _, x := range []struct {
			organisation, service uuid.UUID
			has                   bool
		}{{w.Trust, w.Service, true}, {w.Foreign.Organisation, w.Foreign.Service, false}} {
			if err := db.InTenant(ctx, access.SystemActor(access.Growth, x.organisation, x.service), func(tx *postgres.Tx) error {
				d, ok, err := Near(ctx, tx, at)
				if ok != (want && x.has) || ok && d.Over != at.After(now.AddDate(1, 0, 0)) {
					t.Errorf("%s: %+v, %v", at, d, ok)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, change := range map[string]func(*Cost){"year": func(c *Cost) { c.Year = 2024 }, "team": func(c *Cost) { c.Team = 0 }, "hours": func(c *Cost) { c.Hours = 0 }, "overhead": func(c *Cost) { c.Overhead = 10_001 }, "source": func(c *Cost) { c.Source = "" }} {
		x := c
		change(&x)
		if f := Check(x, civil.Of(now)); len(f) != 1 || f[0].Name != name {
			t.Errorf("%s: %v", name, f)
		}
	}
	other, err := s.Find(ctx, w.ForeignOHAdmin.As(access.Lead, access.Growth), now)
	if err != nil || len(other.Costs) > 0 {
		t.Errorf("another service sees %+v, %v", other.Costs, err)
	}
}
