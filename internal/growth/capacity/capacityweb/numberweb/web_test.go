package numberweb_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacityweb/numberweb"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestEveryNumberCanBeReplaced: growth that a history is too short for, how the team answers its list, the list and who is urgent are on the
// page with how well they are known; each changes what is simulated, goes into its fingerprint, and can be taken back.
func TestEveryNumberCanBeReplaced(t *testing.T) {
	ctx := context.Background()
	db := world.Open(t)
	w := world.New(t, db)
	s := capacity.New(capacity.Deps{DB: db})
	site := webtest.New(t, capacitytest.Now, numberweb.Routes(s, func([]measured.Recorded, assumed.Pack) templ.Component { return templ.NopComponent }), capacity.Rules)
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead, executive := site.As(actor), site.As(w.Executive.As(access.Executive, access.Growth))
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	s.Register(runner, func() time.Time { return capacitytest.Now })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(runner.Start(ctx))
	t.Cleanup(func() { _ = runner.Stop(ctx) })
	then, now := capacitytest.Fits(t, 1, 1)
	for i := range now.Rates { // as of a service that has worked for half a year
		now.Rates[i].Trended, now.Rates[i].Trend, now.Rates[i].TrendSE = false, 0, 0
	}
	capacitytest.Store(t, db, w, then, now)

	page := lead.Get("/capacity/demand").Want(200).Says("Growth: management referrals", "too short to find growth", "Least and most that the team gives in a week", "least likely", "most likely", "the list explains ",
		"Appointments more a week for each 10 people more on the list", "People by priority", "How long these are on the list", "Wait for a first appointment", "Cannot be replaced: it only shares out", "People on the list at the start", "counted, not estimated")
	if strings.Contains(page.Text(), "capacity.") {
		t.Errorf("a key without words: %s", page.Text())
	}
	executive.Get("/capacity/demand").Want(200).Says("Growth: management referrals")
	for _, fixed := range []string{"given_sd", "wait.oh_nurse"} {
		lead.Get("/capacity/demand/" + fixed).Want(404)
		lead.Post("/capacity/demand/"+fixed, lead.Get("/capacity/demand/dna").Form()).Want(404)
	}

	id := uuid.Must(uuid.NewV7())
	must(s.Add(ctx, actor, capacitytest.Now, capacity.Scenario{ID: id, Title: "Nothing changes", Option: option.Nothing, Replications: 20}))
	run := func() *capacity.Run {
		t.Helper()
		must(s.Ask(ctx, actor, capacitytest.Now, id, uuid.Must(uuid.NewV7())))
		must(runner.Idle(ctx))
		told, _, _, err := s.Find(ctx, actor, id)
		must(err)
		return told.Best
	}
	base := run()
	last := func(r *capacity.Run) capacity.Quarter { return r.Result.Quarters[capacity.Quarters-1] }
	for name, c := range map[string]struct {
		values map[string]string
		differ func(r *capacity.Run) bool
	}{
		"trend.management": {map[string]string{"value": "20"}, func(r *capacity.Run) bool { return last(r).Came > 1.7*last(base).Came }},
		"list":             {map[string]string{"value": "400"}, func(r *capacity.Run) bool { return first(r) > first(base)+100 }},
		"given_range":      {map[string]string{"value_0": "5", "value_1": "10"}, func(r *capacity.Run) bool { return last(r).Given < 0.5*last(base).Given }},
		"react": {map[string]string{"value": "0"}, func(r *capacity.Run) bool {
			return last(r).Measures[capacity.List] != last(base).Measures[capacity.List]
		}},
		"priority": {map[string]string{"value_0": "0", "value_1": "50", "value_2": "0", "value_3": "50"}, func(r *capacity.Run) bool {
			return last(r).Measures[capacity.Median].Mean < last(base).Measures[capacity.Median].Mean
		}},
	} {
		form := lead.Get("/capacity/demand/" + name).Want(200).Form()
		for field, value := range c.values {
			form.Set(field, value)
		}
		lead.Post("/capacity/demand/"+name, form).Want(422).Says("Enter why")
		form.Set("reason", "We know better")
		lead.Post("/capacity/demand/"+name, form).Want(303)
		lead.Get("/capacity/demand").Want(200).Says("We know better")
		if r := run(); r.Fingerprint == base.Fingerprint || !c.differ(r) {
			t.Errorf("%s: replaced, the last quarter is %+v; it was %+v", name, last(r), last(base))
		}
		must(s.Replace(ctx, actor, capacitytest.Now.Add(time.Hour), name, nil, "Back to the fit"))
		if back := run(); back.Fingerprint != base.Fingerprint {
			t.Errorf("%s: with the fit back in place the fingerprint is another", name)
		}
	}
	form := lead.Get("/capacity/demand/given_range").Form()
	form.Set("value_0", "40")
	form.Set("value_1", "20")
	form.Set("reason", "r")
	lead.Post("/capacity/demand/given_range", form).Want(422).Says("The most must not be less than the least")
}

// first is the list at the end of what a run begins with.
func first(r *capacity.Run) float64 { return r.Result.Begins.Measures[capacity.List].P50 }
