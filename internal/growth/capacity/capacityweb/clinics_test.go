package capacityweb_test

import (
	"log/slog"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestClinics: the clinics that a service plans are on the form of a scenario; several can be changed and one can be new. What the nurses give
// then follows, and a plan of clinics that changes makes the run out of date.
func TestClinics(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := capacity.New(capacity.Deps{DB: db})
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead := webtest.New(t, capacitytest.Now, routes(s), capacity.Rules).As(actor)
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
	capacitytest.Store(t, db, w, then, now)
	lead.Get("/capacity/add").Want(200).Says("No clinics are planned in Rowan", "Clinics in place of people")

	from := civil.MustParse("2026-04-01")
	planned := []template.Clinics{{Name: "Nurse clinic", Role: "oh_nurse", Sessions: 8, Slots: 5, Minutes: 60, From: from}, {Role: "oh_physician", Sessions: 2, Slots: 4, Minutes: 60, From: from}, {Name: "Old", Role: "oh_nurse", Sessions: 9, Slots: 5, Minutes: 60, From: from, To: civil.MustParse("2026-09-01")}}
	capacitytest.Planned(t, db, w, planned...)
	form := func() url.Values {
		t.Helper()
		page := lead.Get("/capacity/add").Want(200).Says("Clinics you have", "Nurse clinic (nurse): 8 sessions a week, each with room for 5 of 60 minutes", "Clinic (physician)", "Add a new clinic").Hides("Old", "No clinics are planned")
		if strings.Contains(page.Text(), "capacity.") {
			t.Errorf("a key without words: %s", page.Text())
		}
		v := page.Form()
		v.Set("option", "nothing")
		return v
	}
	add := func(title string, fields map[string]string) string {
		t.Helper()
		v := form()
		v.Set("title", title)
		for name, value := range fields {
			v.Set(name, value)
		}
		lead.Post("/capacity/add", v).Want(303)
		return v.Get("id")
	}
	refused := func(fields map[string]string, want ...string) {
		t.Helper()
		v := form()
		v.Set("title", "x")
		for name, value := range fields {
			v.Set(name, value)
		}
		page := lead.Post("/capacity/add", v).Want(422)
		if got := page.Errors(); !slices.Equal(got, want) {
			t.Errorf("%v is refused with %q, want %q", fields, got, want)
		}
		for name, value := range fields {
			if name != "clinics_seen" && value != "driver" && page.Form().Get(name) != value {
				t.Errorf("%s is %q after a refusal, it was %q", name, page.Form().Get(name), value)
			}
		}
	}
	refused(map[string]string{"clinic_0_sessions": "many", "clinic_1_slots": "0", "clinic_1_minutes": "4"}, "Enter a number, like 4 or 2.5", "Appointments in a session must be a whole number from 1 to 50", "Minutes of an appointment must be a whole number from 5 to 240")
	refused(map[string]string{"clinic_0_sessions": "501", "clinic_2_slots": "6"}, "Sessions a week must be from 0 to 500", "Select whose clinic the new one is", "Enter how many sessions a week the new clinic has", "Minutes of an appointment must be a whole number from 5 to 240")
	refused(map[string]string{"clinic_0_sessions": "9", "clinic_role": "nurse", "clinic_sessions": "4", "clinic_slots": "4"}, "You have changed clinics of this profession above. Choose one or the other")
	refused(map[string]string{"clinic_0_sessions": "9", "clinics_seen": "of another time"}, "Your clinics have changed since you opened this page. Check what you typed")
	refused(map[string]string{"clinic_2_role": "driver", "clinic_2_sessions": "1", "clinic_2_slots": "1", "clinic_2_minutes": "60"}, "Select whose clinic the new one is")

	same := add("As it is", map[string]string{"clinic_0_sessions": "8", "clinic_0_minutes": "60"}) // no change
	more := add("More clinics", map[string]string{"clinic_0_sessions": "12", "clinic_0_minutes": "50", "clinic_2_role": "physician", "clinic_2_sessions": "1", "clinic_2_slots": "4", "clinic_2_minutes": "60"})
	fewer := add("No physician clinics", map[string]string{"clinic_1_sessions": "0"})
	all, err := s.Scenarios(ctx, actor)
	must(err)
	if n := len(all); n != 3 || !all[0].Terms.Plain() || len(all[1].Terms.Clinics) != 2 || all[1].Terms.Clinics[0].To.Slots != 6 || len(all[2].Terms.Clinics) != 1 {
		t.Fatalf("%+v", all)
	}
	run := func(id string) *capacity.Run {
		t.Helper()
		must(s.Ask(ctx, actor, capacitytest.Now, uuid.MustParse(id), uuid.Must(uuid.NewV7())))
		must(runner.Idle(ctx))
		told, _, _, err := s.Find(ctx, actor, uuid.MustParse(id))
		must(err)
		return told.Best
	}
	gives := func(r *capacity.Run) float64 {
		_, given := r.Result.Flow(4)
		return given
	}
	base := run(same)
	gives0, _ := capacityGives(t, s, actor)
	room := map[string]float64{"nurse": 40, "physician": 8}
	want := func(role string, more float64) float64 { return gives0[role] + more*min(gives0[role]/room[role], 1) }
	// Slots of a week are of five working days; those of the mean calendar week are in the same proportion for all.
	part := gives(base) / (gives0["nurse"] + gives0["physician"])
	if got, expect := gives(run(more)), part*(want("nurse", 12*6-8*5)+want("physician", 4)); math.Abs(got/expect-1) > 0.1 {
		t.Errorf("with more clinics %.1f are given a week, want about %.1f; without it is %.1f", got, expect, gives(base))
	}
	if got := gives(run(fewer)); got >= gives(base)-0.5*part*gives0["physician"] {
		t.Errorf("without physician clinics %.1f are given a week, with them %.1f", got, gives(base))
	}
	page := lead.Get("/capacity/scenarios/"+more).Want(200).Says("Clinics you have", "In this scenario", "12 sessions a week, each with room for 6 of 50 minutes", "1 session a week, each with room for 4 of 60 minutes", "Your nurse clinics have room for 40 appointments a week").Hides("have changed since")
	if strings.Contains(page.Text(), "capacity.") {
		t.Errorf("a key without words: %s", page.Text())
	}
	lead.Get("/capacity/scenarios/" + fewer).Want(200).Says("No such clinics")
	lead.Get("/capacity/scenarios/" + same).Want(200).Says("Clinics you have").Hides("In this scenario")

	planned[0].Sessions = 10
	capacitytest.Planned(t, db, w, planned...)
	lead.Get("/capacity/scenarios/"+more).Want(200).Says("Out of date", "Not as it was when the scenario was added: 8 sessions a week", "It still adds or takes away as much as it did then")
	if told, _, _, err := s.Find(ctx, actor, uuid.MustParse(same)); err != nil || told.Best.Stale {
		t.Errorf("a scenario that changes no clinics is out of date, %v", err)
	}
	lead.Get("/capacity/scenarios/" + more).Want(200)
	run(more)
	lead.Get("/capacity/scenarios/" + more).Want(200).Says("the clinics that are planned").Hides("Out of date")
}

// capacityGives is what each profession gives now.
func capacityGives(t *testing.T, s *capacity.Service, a access.Actor) (out map[string]float64, sum float64) {
	t.Helper()
	all, _, err := s.Professions(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	out = map[string]float64{}
	for _, x := range all {
		out[x.Role] = x.Now
		sum += x.Now
	}
	return out, sum
}
