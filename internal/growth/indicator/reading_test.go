package indicator

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// TestReadingAddsUp: what is read packed and added up for a definition gives the same figures as the plain columns of every row
// of the roll-ups, gone through one by one: under each version, clock and reader, on ledgers of random cases of three organisations.
func TestReadingAddsUp(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s, ctx := New(Deps{DB: db}), context.Background()
	pack, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	five := 5
	definitions := append(only(pack.Indicators, Definition.Charted), // and what no definition in force is
		Definition{ID: "own_by_priority", Kind: KindWithin, Measure: activity.WaitFirstSeen, Side: activity.SideOwn},
		Definition{ID: "own_in_five", Kind: KindWithin, Measure: activity.WaitFirstSeen, Side: activity.SideOwn, Days: &five},
		Definition{ID: "begun_in_five", Kind: KindWithin, By: Received, Measure: activity.WaitFirstSeen, Days: &five})
	targets := []Target{{"first_seen.P1", civil.MustParse("2020-01-01"), 3}, {"first_seen.P2", civil.MustParse("2020-01-01"), 10}, {"report", civil.MustParse("2026-03-01"), 2}, {"triage.none", civil.MustParse("2020-01-01"), 1}}
	months := Months(growthtest.Now, 24)
	rng := rand.New(rand.NewPCG(3, 4))
	seen := 0
	for _, cases := range []int{0, 30, 300, 2000} { // the ledger only grows; the first time it is empty
		err := db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
			var rows []activity.Row
			for range cases {
				rows = append(rows, anyCase(rng, w)...)
			}
			if err := (activity.Ledger{Keys: keys}).CopyIn(ctx, tx, rows); err != nil {
				return err
			}
			_, err := activity.Rebuild(ctx, tx, w.Service, growthtest.Now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []access.Actor{w.OHLead.As(access.Lead, access.Growth), w.HR.As(access.HR, access.Growth)} {
			err := db.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
				for _, ds := range append([][]Definition{definitions}, slices.Collect(slices.Chunk(definitions, 1))...) {
					fast, _, err := s.read(ctx, tx, a, months, ds, bothClocks)
					if err != nil {
						return err
					}
					plain, err := plainly(ctx, tx, months, fast, ds)
					if err != nil {
						return err
					}
					plain.Months = plain.since(months)
					if d := cmp.Diff(plain.Months, fast.Months); d != "" {
						t.Errorf("%s and %d others begin elsewhere: %s", ds[0].ID, len(ds)-1, d)
					}
					fast.Targets, plain.Targets = targets, targets
					for _, d := range ds {
						for _, clock := range bothClocks {
							for _, outside := range []bool{false, true} {
								want, got := compute(d, clock, plain, outside), compute(d, clock, fast, outside)
								if diff := cmp.Diff(want, got, cmp.AllowUnexported(Point{})); diff != "" {
									t.Fatalf("%s, %s, outside %v: %s", d.ID, clock, outside, diff)
								}
								if want, got := plain.open(d, clock, outside), fast.open(d, clock, outside); want != got {
									t.Fatalf("%s: open %+v, want %+v", d.ID, got, want)
								}
								seen += len(only(got, func(p Point) bool { return p.Value.Known && p.Value.Value > 0 }))
							}
						}
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d values to compare", seen)
	}
}

// plainly reads the waits of some definitions row by row from the plain columns, under every clock, side and priority; what is no
// wait is taken from what was read.
func plainly(ctx context.Context, tx *postgres.Tx, months []civil.Date, read Data, ds []Definition) (Data, error) {
	out := Data{Counts: read.Counts, Scores: read.Scores, settings: read.settings}
	var waits, begun []string
	for _, d := range ds {
		if d.Cohort() {
			begun = append(begun, string(d.Measure))
		} else {
			waits = append(waits, string(d.Measure))
		}
	}
	from, to := months[0].UTC(), months[len(months)-1].AddMonths(1).UTC()
	rows, err := tx.Query(ctx, `select month, measure, clock, side, priority, working_days, n from rollup_wait where month >= $1 and month < $2 and measure = any ($3)`, from, to, waits)
	if err != nil {
		return out, err
	}
	for rows.Next() {
		var w activity.Waits
		var month time.Time
		var days, n []int
		if err := rows.Scan(&month, &w.Measure, &w.Clock, &w.Side, &w.Priority, &days, &n); err != nil {
			return out, err
		}
		w.Month = civil.Of(month)
		for i, d := range days {
			w.Lengths.Add(d, n[i])
		}
		out.Waits = append(out.Waits, w)
	}
	rows, err = tx.Query(ctx, `select month, measure, clock, side, priority, working_days, ended, given_up, open from rollup_cohort where month >= $1 and month < $2 and measure = any ($3)`, from, to, begun)
	if err != nil {
		return out, err
	}
	for rows.Next() {
		var c activity.Cohort
		var month time.Time
		var days, ended, givenUp, open []int
		if err := rows.Scan(&month, &c.Measure, &c.Clock, &c.Side, &c.Priority, &days, &ended, &givenUp, &open); err != nil {
			return out, err
		}
		c.Month = civil.Of(month)
		for i, d := range days {
			c.Ended.Add(d, ended[i])
			c.GivenUp.Add(d, givenUp[i])
			c.Open.Add(d, open[i])
		}
		out.Cohorts = append(out.Cohorts, c)
	}
	return out, rows.Err()
}

// anyCase is a case of any organisation, side and priority in which each step comes or does not, some days after the one before.
func anyCase(rng *rand.Rand, w *world.World) (rows []activity.Row) {
	organisation := []uuid.UUID{w.Trust, w.Trust, w.Community, w.Practice}[rng.IntN(4)]
	source := []string{"management", "hr", "self"}[rng.IntN(3)]
	priority := []string{"P1", "P2", "P3", ""}[rng.IntN(4)]
	c, at := uuid.New(), growthtest.Now.AddDate(0, -2-rng.IntN(18), -rng.IntN(28))
	for _, step := range []struct {
		kind    activity.Kind
		outcome string
		of10    int // how often it comes
	}{
		{activity.ReferralSubmitted, "", 10}, {activity.ReferralTriaged, "ACCEPT-OHN", 8}, {activity.ReferralAccepted, "", 8}, {activity.AppointmentBooked, "", 9},
		{activity.AppointmentDNA, "DNA", 2}, {activity.AppointmentMoved, "LATE-CANC-EMP", 2}, {activity.ClockPaused, "GP report", 3}, {activity.ClockResumed, "GP report", 3},
		{activity.AppointmentHeld, "", 8}, {activity.ReportSigned, "", 8}, {activity.ReportReleased, "", 7}, {activity.AdjustmentAnswered, "done", 4}, {activity.CaseClosed, "done", 5},
	} {
		needs, _ := activity.Needs(step.kind)
		if rng.IntN(10) < step.of10 && (priority != "" || !slices.Contains(needs, "priority")) {
			at = at.AddDate(0, 0, rng.IntN(9))
			rows = append(rows, activity.Row{Kind: step.kind, At: at, Organisation: organisation, Service: w.Service, Person: uuid.New(), Case: c, Actor: w.OHNurse.Account,
				Codes: activity.Codes{Source: source, Reason: "LTS", Priority: priority, Outcome: step.outcome}})
		}
	}
	return rows
}
