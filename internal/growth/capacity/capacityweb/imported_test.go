package capacityweb_test

import (
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// otherSystem says how the file of another occupational health system is read.
const otherSystem = `
columns: {kind: Event, time: Date, person: Staff ref, case: Case no, reason: Reason, minutes: Minutes}
values:
  kind:
    Referral in: referral.submitted
    DNA: appointment.missed outcome=DNA
    Seen by nurse: contact.recorded class=diagnostic outcome=nurse
    Seen by physio: contact.recorded class=diagnostic outcome=physio
fixed: {source: management}
`

// truth is what the file itself says.
type truth struct {
	weekly, median, within float64 // referrals a week; of those seen in the last 52 weeks, in working days; percent seen within the target
	list                   int     // people on the list on the last day
}

// otherFile is 70 weeks of a service that some 4 people a working day are referred to, each seen by a nurse or, one in three, by a
// physiotherapist in 40 minutes. It gives a few more appointments when the list is long.
func otherFile(target int) (string, truth) {
	const weeks, daily, usual = 70, 4.0, 40
	type waiting struct {
		n    int
		from int // days before the last
	}
	var (
		out      strings.Builder
		list     []waiting
		waits    []int
		f        truth
		calendar = workday.England()
		s        = des.NewStream(7, 0, "file")
		n        = 0
	)
	out.WriteString("Event,Date,Staff ref,Case no,Reason,Minutes\n")
	for i := 7*weeks - 1; i >= 0; i-- {
		d := capacitytest.Last.AddDays(-i)
		if !calendar.IsWorking(d) {
			continue
		}
		row := func(event string, case_ int, minutes string) {
			fmt.Fprintf(&out, "%s,%s,S%d,C%d,LTS,%s\n", event, d, case_, case_, minutes)
		}
		for range s.Poisson(daily) {
			n++
			row("Referral in", n, "")
			list = append(list, waiting{n, i})
			f.weekly++
		}
		slots := int(math.Round(daily*1.08 + 0.05*float64(len(list)-usual) + 0.7*s.Normal()))
		for ; slots > 0 && len(list) > 0 && list[0].from-i >= 5; slots-- {
			x := list[0]
			if s.Float() < 0.07 {
				row("DNA", x.n, "")
				continue
			}
			event := "Seen by nurse"
			if x.n%3 == 0 {
				event = "Seen by physio"
			}
			row(event, x.n, "40")
			if days, _ := calendar.Between(capacitytest.Last.AddDays(-x.from), d); i < 364 {
				waits = append(waits, days)
				if days <= target {
					f.within++
				}
			}
			list = list[1:]
		}
	}
	slices.Sort(waits)
	f.weekly, f.median, f.within, f.list = f.weekly/weeks, float64(waits[len(waits)/2]), 100*f.within/float64(len(waits)), len(list)
	return out.String(), f
}

// TestImported: an organisation whose activity comes by file alone goes from the file to a list, a wait and a share in time that are those of
// the file, sees what a change would do with its interval, replaces a number and takes it away again, and has the model tested.
func TestImported(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := feed.ParseMapping([]byte(otherSystem))
	must(err)
	s := capacity.New(capacity.Deps{DB: db})
	file, is := otherFile(s.Pack().TargetDays)
	worker := access.SystemActor(access.Worker, w.Trust, w.Service)
	report, err := feed.New(feed.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}}).Import(ctx, worker, capacitytest.Now, m, "other.csv", strings.NewReader(file), false)
	must(err)
	if report.Rejects.N > 0 || report.Added < 2000 {
		t.Fatalf("%d rows taken, %v refused", report.Added, report.Rejects.List)
	}
	must(db.InTenant(ctx, worker, func(tx *postgres.Tx) error { // and nothing else
		var n int
		if err := tx.QueryRow(ctx, `select count(*) from activity where service_id = $1`, w.Service).Scan(&n); err != nil || n != report.Added {
			t.Errorf("%d events in the ledger, %d of the file: %v", n, report.Added, err)
		}
		return nil
	}))

	lead := w.OHLead.As(access.Lead, access.Growth)
	site := webtest.New(t, capacitytest.Now, routes(s), capacity.Rules)
	page := site.As(lead)
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	s.Register(runner, func() time.Time { return capacitytest.Now })
	must(runner.Start(ctx))
	t.Cleanup(func() { _ = runner.Stop(ctx) })
	nothing, fewer := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	run := func(scenario uuid.UUID) capacity.Run {
		t.Helper()
		must(s.Ask(ctx, lead, capacitytest.Now, scenario, uuid.Must(uuid.NewV7())))
		must(runner.Idle(ctx))
		x, _, _, err := s.Find(ctx, lead, scenario)
		must(err)
		if x.Best == nil || x.Last.State != capacity.Done || x.Best.ID != x.Last.ID || x.Best.Stale {
			t.Fatalf("the run is %+v", x.Last)
		}
		return *x.Best
	}
	must(s.Add(ctx, lead, capacitytest.Now, capacity.Scenario{ID: nothing, Title: "Nothing changes", Option: option.Nothing, Replications: 200}))
	must(s.Add(ctx, lead, capacitytest.Now, capacity.Scenario{ID: fewer, Title: "Fewer staff", Option: option.Nothing, Terms: capacity.Terms{Population: -5}, Replications: 200}))

	// What was simulated is what the file says: of its first year, with the doubt that the run itself has.
	base := run(nothing)
	first := base.Result.Quarters[0]
	near := func(what string, got, want, within float64) {
		t.Helper()
		if math.Abs(got-want) > within {
			t.Errorf("%s is %.1f, the file has %.1f", what, got, want)
		}
	}
	begins := base.Result.Begins.Measures
	near("the list of the first weeks", begins[capacity.List].P50, float64(is.list), 12)
	near("referrals a week", first.Came, is.weekly, 0.08*is.weekly)
	near("the middle wait", first.Measures[capacity.Median].P50, is.median, 3)
	near("the share in time", first.Measures[capacity.Within].P50, is.within, 25)
	if l := first.Measures[capacity.List]; !(l.P10 < l.P50 && l.P50 < l.P90) || len(base.Result.Quarters) != capacity.Quarters {
		t.Errorf("the list is %+v, of %d quarters", l, len(base.Result.Quarters))
	}
	t.Logf("file: %+v; simulated: list %.0f, median %.0f, within %.0f%%, %.1f a week", is, begins[capacity.List].P50, first.Measures[capacity.Median].P50, first.Measures[capacity.Within].P50, first.Came)
	less := run(fewer)
	d, err := s.Differences(ctx, lead, less, base)
	must(err)
	if x := d[capacity.Quarters-1].Measures; x[capacity.List].P90 >= 0 || x[capacity.Median].Mean > -4*x[capacity.Median].SE || x[capacity.Within].Mean <= 0 {
		t.Errorf("with fewer staff the list changes by %+v, the wait by %+v", x[capacity.List], x[capacity.Median])
	}

	// Both professions are known by the names of the file, and the length of their contacts too.
	demand := page.Get("/capacity/demand").Want(200).Says("Length of an appointment: nurse", "Length of an appointment: physiotherapist", "Contacts by role: physiotherapist", "40.0 minutes", "Days of the week: management referrals", "less than two years of activity")
	if strings.Count(demand.Text(), "40.0 minutes") < 2 {
		t.Error("the length of the contacts of the file is not taken")
	}
	page.Get("/capacity/scenarios/"+nothing.String()).Want(200).Says("Done", "If we do nothing, half of the people seen in October to December 2031", "8 of 10 simulated runs", "Simulated are the five years from 1 January 2027 to 31 December 2031").Hides("Out of date")
	page.Get("/capacity/scenarios/"+fewer.String()+"?against="+nothing.String()).Want(200).Says("Compared with Nothing changes,", "in 100 people more are seen within", "The middle wait is", "shorter")
	// An option that changes nobody, as there is no plan for people, differs from doing nothing by nothing at all, and the page says so.
	idle := uuid.Must(uuid.NewV7())
	must(s.Add(ctx, lead, capacitytest.Now, capacity.Scenario{ID: idle, Title: "A plan without people", Option: option.Preferred, Replications: 200}))
	same, err := s.Differences(ctx, lead, run(idle), base)
	must(err)
	for _, d := range same {
		for m, band := range d.Measures {
			if band != (capacity.Band{}) {
				t.Errorf("%s of %s differs by %+v", m, d.Start, band)
			}
		}
	}
	alike := page.Get("/capacity/scenarios/"+idle.String()+"?against="+nothing.String()).Want(200).Says("Compared with Nothing changes, nothing changes.").Hides("shorter", "longer", "One of the two simulations is out of date")
	if n, all := strings.Count(alike.Text(), " 0.0 "), len(capacity.Measures)*capacity.Quarters; n != all {
		t.Errorf("%d of %d differences are told as nothing at all", n, all)
	}

	// A number that is replaced makes the run another, and with the fit back in place it is what it was.
	must(s.Replace(ctx, lead, capacitytest.Now, "wander", []float64{35}, "A winter with Covid"))
	must(s.Replace(ctx, lead, capacitytest.Now.Add(time.Minute), "month.management", []float64{150, 150, 150, 100, 100, 100, 50, 50, 50, 100, 100, 100}, "As at our other site"))
	page.Get("/capacity/scenarios/" + nothing.String()).Want(200).Says("Out of date")
	page.Get("/capacity/scenarios/" + fewer.String() + "?against=" + nothing.String()).Want(200).Says("One of the two simulations is out of date")
	other := run(nothing) // and with it the other, which is of the same activity again
	page.Get("/capacity/scenarios/"+fewer.String()+"?against="+nothing.String()).Want(200).Hides("One of the two simulations is out of date", "Out of date")
	if q := other.Result.Quarters; q[0].Came < 1.8*q[2].Came || base.Result.Quarters[0].Came > 1.2*base.Result.Quarters[2].Came {
		t.Errorf("%.1f come a week in the first quarter and %.1f in the third", q[0].Came, q[2].Came)
	}
	for _, name := range []string{"wander", "month.management"} {
		must(s.Replace(ctx, lead, capacitytest.Now.Add(time.Hour), name, nil, "Back to what was fitted"))
	}
	if back := run(nothing); back.Fingerprint != base.Fingerprint || back.Result.Quarters[0].Came != base.Result.Quarters[0].Came {
		t.Errorf("with the fit back in place the run has the fingerprint %s, it had %s", back.Fingerprint, base.Fingerprint)
	}

	must(s.AskBack(ctx, lead, capacitytest.Now, uuid.Must(uuid.NewV7())))
	must(runner.Idle(ctx))
	page.Get("/capacity/back-test").Want(200).Says("52 weeks", "what happened")
	_, tested, _, err := s.BackTested(ctx, lead)
	must(err)
	if tested == nil || tested.Result.Back.Covered < 0.4 || tested.Result.Back.Verdict == capacity.Drifted {
		t.Errorf("the test of the model says %+v", tested)
	}
}
