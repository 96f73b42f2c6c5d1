package capacityweb_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestOneRun: whoever plans an answer, or asks a question, has the scenarios run that are out of date by then, each once; while they are
// under way no page shows what was before as if it were of now; and then the answer and the scenario of the same option say the same.
func TestOneRun(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	team := []capacity.OnePost{{Role: "nurse", Band: "6", Hours: 20, Cost: 53_000}, {Role: "physician", Band: "medical", Hours: 18, Cost: 160_000, Salary: 120_000}}
	planned := map[uuid.UUID]float64{} // heads, by post
	more := map[string]float64{}       // hours a week that the preferred option adds
	s := capacity.New(capacity.Deps{DB: db, Posts: func(context.Context, *postgres.Tx) ([]capacity.OnePost, error) { return team, nil },
		Staffing: func(_ context.Context, _ *postgres.Tx, o option.Option) (out []capacity.Staff, err error) {
			for q := range 20 {
				hours := map[string]float64{"nurse": 120, "physician": 24}
				if o == option.Preferred {
					for role, h := range more {
						hours[role] += h
					}
				}
				out = append(out, capacity.Staff{Start: civil.MustParse("2027-04-01").AddMonths(3 * q), Hours: hours})
			}
			return out, nil
		},
		Plan: func(_ context.Context, _ *postgres.Tx, _ time.Time, _ option.Option, all []capacity.More) (n int, err error) {
			for _, m := range all {
				if _, there := planned[m.ID]; !there {
					n++
					planned[m.ID] = float64(m.Heads)
					more[m.Role] += 20 * float64(m.Heads)
				}
			}
			return n, nil
		}})
	lead := webtest.New(t, capacitytest.Now, routes(s), capacity.Rules).As(w.OHLead.As(access.Lead, access.Growth))
	work := func() { // does what is queued
		t.Helper()
		runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
		s.Register(runner, func() time.Time { return capacitytest.Now })
		for _, do := range []func(context.Context) error{runner.Start, runner.Idle, runner.Stop} {
			if err := do(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	runs := func() (n int) {
		t.Helper()
		if err := db.InTenant(ctx, w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, "select count(*) from capacity_run").Scan(&n)
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	then, now := capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, db, w, then, now)

	var ids []string
	for _, x := range []url.Values{{"title": {"Nothing changes"}, "option": {"nothing"}}, {"title": {"The plan"}, "option": {"preferred"}}, {"title": {"The plan, and growth"}, "option": {"preferred"}, "population": {"3"}}, {"title": {"Never run"}, "option": {"preferred"}, "population": {"4"}}} {
		x["id"] = lead.Get("/capacity/add").Form()["id"]
		lead.Post("/capacity/add", x).Want(303)
		ids = append(ids, "/capacity/scenarios/"+x.Get("id"))
	}
	for _, at := range ids[:3] {
		lead.Post(at+"/run", url.Values{"run": lead.Get(at).Form()["run"]}).Want(303)
	}
	ask := func() {
		t.Helper()
		lead.Post("/capacity/posts", url.Values{"run": lead.Get("/capacity/posts").Form()["run"], "role": {"several"}}).Want(303)
	}
	ask()
	if got := runs(); got != 4 {
		t.Fatalf("%d runs, want three scenarios and an answer: what is under way is not asked for again", got)
	}
	work()
	in := regexp.MustCompile(`and (\d+)% would be seen within 10 working days`)
	agree := func(when string) (share string) {
		t.Helper()
		found := in.FindStringSubmatch(lead.Get(ids[1]).Want(200).Says("Done").Hides("before something changed", "Out of date").Text())
		if found == nil {
			t.Fatalf("%s: the scenario does not say how many: %s", when, lead.Get(ids[1]).Text())
		}
		lead.Get("/capacity/posts?role=several&percent=99").Want(200).Says("With what the option Preferred has, and nobody more, "+found[1]+" in 100 people would be seen within 10 working days",
			"The scenario “The plan” has the same team, the same random numbers and the same "+found[1]+"%.").Hides("before something changed", "Out of date")
		lead.Get("/capacity/posts?role=several&percent=99&days=20").Want(200).Says("The scenario “The plan” has the same team, and says how many are seen within 10 working days: " + found[1] + "%.")
		return found[1]
	}
	before := agree("at first")

	// The cheapest that does is planned: what it brings is simulated, in the answer and in both scenarios of the option.
	var form url.Values
	for percent := 60; percent < 100 && form == nil; percent++ {
		if p := lead.Get(fmt.Sprintf("/capacity/posts?role=several&percent=%d", percent)); strings.Contains(p.Text(), "All of it in one go") {
			p.Says("of the appointments of the year from April 2031 to March 2032 would be used (", "in 100 would stand empty")
			form = p.Form()
		}
	}
	if form == nil {
		t.Fatal("nothing can be planned")
	}
	lead.Post("/capacity/posts/plan", form).Want(303)
	if got := runs(); got != 7 || len(planned) == 0 {
		t.Fatalf("%d runs after %d posts were planned, want one more of the answer and of two scenarios", got, len(planned))
	}
	lead.Post("/capacity/posts/plan", form).Want(303) // the same press again
	if got := runs(); got != 7 {
		t.Fatalf("%d runs after the same press again", got)
	}
	lead.Get("/capacity/posts?role=several").Want(200).Says("Waiting to run", "before something changed. Wait for the simulation before you plan by it", "The scenario “The plan” is the same question. It is being simulated anew too.").Hides("the same " + before + "%")
	lead.Get(ids[1]).Want(200).Says("Waiting to run", "before something changed. A new simulation is under way")
	lead.Get(ids[0]).Want(200).Says("Done").Hides("before something changed") // nothing has changed for it
	lead.Get(ids[3]).Want(200).Says("Not run")
	list := lead.Get("/capacity").Want(200)
	if got := strings.Count(list.Text(), before+"%"); got == 0 || strings.Count(list.Text(), ", before something changed") != 4 {
		t.Errorf("the list shows what was before as if it were of now: %s", list.Text())
	}
	ask() // while all is under way: the question alone
	if got := runs(); got != 8 {
		t.Fatalf("%d runs after one question more", got)
	}
	work()
	if after := agree("after posts were planned"); after == before {
		t.Errorf("the posts make no difference: %s%%", after)
	}

	// A number is replaced: the question has all three run again.
	number := lead.Get("/capacity/demand/dna").Form()
	number.Set("value", "4")
	number.Set("reason", "Reminders by text")
	lead.Post("/capacity/demand/dna", number).Want(303)
	lead.Get(ids[1]).Want(200).Says("Out of date", "before something changed. Run the simulation before you use these numbers")
	lead.Get("/capacity/posts?role=several").Want(200).Says("The scenario “The plan” is the same question, and its simulation is out of date")
	ask()
	if got := runs(); got != 12 {
		t.Fatalf("%d runs, want those of three scenarios and of the answer more", got)
	}
	work()
	agree("after a number was replaced")
	// The question of one profession, answered once, is run again with the rest, when posts are planned and when they are taken back.
	lead.Post("/capacity/posts", url.Values{"run": lead.Get("/capacity/posts").Form()["run"], "role": {"nurse"}}).Want(303)
	work()
	was := runs()
	change := func(hours float64) {
		t.Helper()
		more["nurse"] += hours
		for range 2 { // the second time all of it is under way
			if err := db.InTenant(ctx, w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error { return s.Follow(ctx, tx, capacitytest.Now) }); err != nil {
				t.Fatal(err)
			}
		}
		if got := runs() - was; got != 4 {
			t.Errorf("%d runs after %v hours more, want two scenarios and two answers", got, hours)
		}
		lead.Get("/capacity/posts?role=nurse").Want(200).Says("before something changed. Wait for the simulation before you plan by it")
		work()
		lead.Get("/capacity/posts?role=nurse").Want(200).Hides("before something changed")
		was = runs()
	}
	change(-20)
	change(20)
	if links := lead.Get("/capacity/posts?role=several").Links(); !slices.Contains(links, ids[1]) {
		t.Errorf("no way to the scenario in %q", links)
	}
}
