package beside_test

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/beside"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// TestWhy: a plan that adds far more people than the list needs is told beside the one who does as well, with what both cost; nothing is
// said before anything was simulated, and nothing that is out of date.
func TestWhy(t *testing.T) {
	words, err := locale.Load(content.FS, "en")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	db := world.Open(t)
	w := world.New(t, db)
	ctx, now := locale.Into(context.Background(), words), capacitytest.Now
	clock := func() time.Time { return now }
	lead := w.OHLead.As(access.Lead, access.Growth)
	staff := workforce.New(workforce.Deps{DB: db, Now: clock})
	future := capacity.New(capacity.Deps{DB: db, Staffing: joints.Staffing(staff), Futures: joints.Futures(staff), Posts: joints.One(staff), Added: joints.Added(staff)})
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	future.Register(runner, clock)
	must(runner.Start(ctx))
	t.Cleanup(func() { _ = runner.Stop(ctx) })
	why := func() string {
		t.Helper()
		all, err := beside.Why(db, future, staff, clock)(ctx, lead)
		must(err)
		return strings.Join(all, "\n")
	}
	if said := why(); said != "" {
		t.Errorf("without a team it says %q", said)
	}

	then, known := capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, db, w, then, known)
	must(staff.AddPost(ctx, lead, now, workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 2, InPost: 2, Years: 3, Funding: "recurrent"}))
	must(staff.AddPost(ctx, lead, now, workforce.PostIn{ID: uuid.New(), Title: "Physician", Role: "physician", Band: outlook.Medical, Salary: 120000, WTE: 1, Heads: 1, InPost: 1, Years: 3, Funding: "recurrent"}))
	must(staff.SetPlan(ctx, lead, now, workforce.PlanIn{Start: civil.MustParse("2027-01-01"), Uplift: 2, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	add := func(role, band string, heads int) {
		t.Helper()
		must(staff.PlanChange(ctx, lead, now, workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "More " + role, Role: role, Band: band, From: civil.MustParse("2027-01-01"), WTE: 1, Heads: heads, In: map[option.Option]bool{option.Preferred: true, option.Maximum: true}}))
	}
	add("nurse", "6", 5)
	if said := why(); said != "" {
		t.Errorf("before anything was simulated it says %q", said)
	}
	must(future.AskPosts(ctx, lead, now, "nurse", uuid.Must(uuid.NewV7())))
	must(runner.Idle(ctx))
	said := why()
	t.Log(said)
	found := regexp.MustCompile(`^For less money, (\d) more nurses?, full time \((\d+) in 100, about £(\d+),000 a year\) would bring as many people in time as Preferred \((\d+) in 100 seen within 10 working days, posts about £(\d+),000 a year\): the simulation cannot tell them apart\.\n`).FindStringSubmatch(said)
	if found == nil || found[1] >= "5" || len(found[5]) < 3 {
		t.Fatalf("it says %q", said)
	}
	add("nurse", "5", 1)
	if said := why(); said != "" {
		t.Errorf("of a simulation that is out of date it says %q", said)
	}
}
