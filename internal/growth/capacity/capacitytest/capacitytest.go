// Package capacitytest makes the fits of an invented service for the tests of the slice, as the worker would from a ledger.
package capacitytest

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Last is the last day of the invented ledger: a Sunday.
var Last = civil.MustParse("2026-11-15")

// Now is when the tests take place.
var Now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// History is that of a service which 6 people a working day are referred to and which sees as many, a list of some 60 before
// it. drift is how much more come in the last year, as a factor.
func History(seed uint64, drift float64) *demand.History {
	const days, daily, backlog = 3 * 364, 6.0, 60
	h, calendar := demand.NewHistory(), workday.England()
	s := des.NewStream(seed, 0, "history")
	type waits struct{ from civil.Date }
	var list []waits
	for i := days - 1; i >= 0; i-- {
		d := Last.AddDays(-i)
		if !calendar.IsWorking(d) {
			continue
		}
		mean := daily
		if i < 364 {
			mean *= drift
		}
		for range s.Poisson(mean) {
			kind := "management"
			if s.Float() < 0.25 {
				kind = "self"
			}
			demand.Count(h.Referrals, kind, d)
			list = append(list, waits{d})
		}
		// The team gives more when the list is long.
		slots := int(math.Round(daily + 0.05*float64(len(list)-backlog) + s.Normal()))
		for ; slots > 0 && len(list) > 0 && d.DaysSince(list[0].from) >= 5; slots-- {
			if s.Float() < 0.08 {
				h.Missed.Add(d, 1)
				continue
			}
			n, _ := calendar.Between(list[0].from, d)
			h.Attended.Add(d, 1)
			h.Seen.Add(d, 1)
			h.Waited(d, n)
			demand.Count(h.Priority, "P2", d)
			role := "oh_nurse"
			if s.Float() < 0.3 {
				role = "oh_physician"
			}
			demand.Count(h.Roles, role, d)
			h.SeenBy(d, role, n)
			list = list[1:]
		}
	}
	return h
}

// Fits of the history, now and as known a year ago.
func Fits(tb testing.TB, seed uint64, drift float64) (then, now demand.Fits) {
	tb.Helper()
	h := History(seed, drift)
	var err error
	if then, err = h.Fit(Last.AddDays(-364), workday.England()); err == nil {
		now, err = h.Fit(Last, workday.England())
	}
	if err != nil {
		tb.Fatal(err)
	}
	return then, now
}

// Weekly is how many are referred to the steady service in a week without holidays.
const Weekly = 5 * 6.1

// Steady takes everything out of the fits that the formula beside the simulation does not know, and gives as many appointments as make
// a load.
func Steady(f demand.Fits, load float64) demand.Fits {
	f.Rates = slices.Clone(f.Rates)
	f.DNA.Value, f.FollowUps.Value, f.Level = 0, 0, demand.Level{}
	f.Given.React, f.Given.SE, f.Given.SD = 0, 0, 0
	f.Given.Mean = Weekly * (1 - f.Unseen.Value) / load
	for i, share := range []float64{4.6 / 6.1, 1.5 / 6.1} { // management referrals, and people who come themselves
		r := &f.Rates[i]
		r.Trend, r.TrendSE, r.LevelSE, r.Monthly = 0, 0, 0, false
		for m := range r.Month {
			r.Month[m] = 1
		}
		for k := range r.Day {
			r.Day[k] = 0
			if k >= 1 && k <= 5 {
				r.Day[k] = Weekly / 5 * share
			}
		}
	}
	return f
}

// Store gives the service of a world these fits.
func Store(tb testing.TB, db *postgres.DB, w *world.World, then, now demand.Fits) {
	tb.Helper()
	err := db.InTenant(context.Background(), access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		if _, err := tx.Exec(context.Background(), `delete from rollup_fit where service_id = $1`, w.Service); err != nil {
			return err
		}
		for v, f := range map[activity.Vintage]demand.Fits{activity.YearAgo: then, activity.Now: now} {
			if _, err := tx.Exec(context.Background(), `insert into rollup_fit (service_id, vintage, as_at, made_at, fits) values ($1,$2,$3,$4,$5)`, w.Service, v, f.AsAt.UTC(), Now, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// Waited gives the service of a world what the roll-ups of the year before Last say: every month 10 people of management waited 5 working
// days from their referral, 20 waited 12 and 10 waited 20; from acceptance it was 3 days less.
func Waited(tb testing.TB, db *postgres.DB, w *world.World) {
	tb.Helper()
	err := db.InTenant(context.Background(), access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		for month := range 12 {
			for measure, days := range map[activity.Measure][]int32{activity.WaitFirstSeen: {5, 12, 20}, activity.WaitAccepted: {2, 9, 17}} {
				if _, err := tx.Exec(context.Background(), `insert into rollup_wait (service_id, organisation_id, month, measure, clock, side, priority, working_days, n) values ($1,$2,$3,$4,$5,$6,'P2',$7,$8)`,
					w.Service, w.Trust, civil.Date{Year: Last.Year, Month: Last.Month, Day: 1}.AddMonths(month-12).UTC(), measure, activity.Raw, activity.SideEmployer, days, []int32{10, 20, 10}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// Planned gives the service of a world the clinics that it plans by the week, as the roll-up would have them, in the place of those before.
func Planned(tb testing.TB, db *postgres.DB, w *world.World, all ...template.Clinics) {
	tb.Helper()
	err := db.InTenant(context.Background(), access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		if _, err := tx.Exec(context.Background(), `delete from rollup_clinic where service_id = $1`, w.Service); err != nil {
			return err
		}
		for n, c := range all {
			if _, err := tx.Exec(context.Background(), `insert into rollup_clinic (service_id, n, name, role, sessions, slots, minutes, starts_on, ends_on, made_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
				w.Service, n, c.Name, c.Role, c.Sessions, c.Slots, c.Minutes, c.From.UTC(), c.To.Null(), Now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}
