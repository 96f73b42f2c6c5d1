package trainingweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/care/training/trainingweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Now().Truncate(time.Second) // row policies know the day of the database

// with is a form with other answers.
func with(f url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range f {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := training.New(training.Deps{DB: db, Keys: caretest.Keys{}, Now: func() time.Time { return now }})
	site := webtest.New(t, now, trainingweb.Routes(s), training.Rules)
	nurse, ward, lead, team := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Ward.As(access.Person, access.Portal)), site.As(w.OHLead.As(access.Lead, access.Clinical)), site.As(w.OHNurse.As(access.Nurse, access.Clinical))
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "training.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}
	wrong := func(b *webtest.Browser, path string, f url.Values, want ...string) {
		t.Helper()
		if got := plain(b.Post(path, f).Want(422)).Errors(); !slices.Equal(got, want) {
			t.Errorf("%s: errors %q, want %q", path, got, want)
		}
	}
	link := func(p *webtest.Page, prefix string) string {
		t.Helper()
		for _, l := range p.Links() {
			if rest, found := strings.CutPrefix(l, prefix); found {
				if _, err := uuid.Parse(rest); err == nil {
					return l
				}
			}
		}
		t.Fatalf("no link to %s in %q", prefix, p.Links())
		return ""
	}

	// Courses.
	plain(lead.Get("/training").Want(200)).Says("No session is planned", "Add a course")
	plain(nurse.Get("/my/training").Want(200)).Says("There are no courses now")
	f := plain(lead.Get("/training/add").Want(200)).Form()
	wrong(lead, "/training/add", f, "Select a course")
	lead.Post("/training/add", with(f, "code", "attendance")).Want(303)
	wrong(lead, "/training/add", with(lead.Get("/training/add").Form(), "code", "x"), "Select a course")
	f = plain(lead.Get("/training/own").Want(200)).Form()
	wrong(lead, "/training/own", with(f, "minutes", "x", "renew", "0"), "Enter a title", "Enter what it is about", "Select who it is for", "Enter a whole number of minutes from 15 to 2,400", "Enter a whole number of months from 1 to 120, or leave it empty")
	lead.Post("/training/own", with(f, "title", "Our own", "about", "Of us.", "audience", "team", "minutes", "60", "renew", "")).Want(303)
	course, _ := s.Board(context.Background(), w.OHLead.As(access.Lead, access.Clinical), now)
	ids := map[string]string{}
	for _, c := range course.Courses {
		ids[c.Title] = "/training/" + c.ID.String()
	}
	at := ids["Managing attendance"]
	plain(lead.Get(at).Want(200)).Says("For managers. 3 hours", "Again after 36 months", "Did it change referrals?", "Too few to show")
	lead.Get("/training/" + uuid.NewString()).Want(404)
	nurse.Get(at).Want(404)

	// A session.
	f = plain(lead.Get(at + "/sessions/add").Want(200)).Form()
	wrong(lead, at+"/sessions/add", with(f, "at", "9 o'clock", "places", "0"), "Enter the day", "Enter a time such as 09:30", "Select where it is held", "Enter the room, or the address of the meeting", "Enter a whole number of places from 1 to 200", "Enter who trains")
	day := locale.Day(now).AddDays(10).UTC()
	good := with(f, "on-day", day.Format("2"), "on-month", day.Format("1"), "on-year", day.Format("2006"), "at", "09:30", "online", "yes", "place", "https://meet.example/1", "places", "1", "trainer", "Anne Shaw")
	lead.Post(at+"/sessions/add", good).Want(303)
	lead.Post(at+"/sessions/add", good).Want(303) // the same form again
	session := link(plain(lead.Get(at).Want(200)).Says("0 of 1 taken, 0 waiting"), at+"/sessions/")
	own := link(plain(ward.Get("/my/training").Want(200)).Says("Courses for managers come first", "1 place free"), "/my/training/sessions/")
	plain(nurse.Get("/my/training").Want(200)).Hides("Courses for managers come first")
	team.Get("/team-training").Want(200).Says("Our own").Hides("Managing attendance")
	team.Get(strings.Replace(own, "/my/training", "/team-training", 1)).Want(404)

	// Places. The address of the meeting is for who has one.
	f = plain(ward.Get(own).Want(200)).Says("1 place free", "Take a place").Hides("meet.example").Form()
	ward.Post(own+"/take", url.Values{}).Want(404)
	ward.Post(own+"/take", f).Want(303)
	plain(ward.Get(own).Want(200)).Says("You have a place", "https://meet.example/1", "Give up your place")
	f = plain(nurse.Get(own).Want(200)).Says("Full, 0 people wait", "Join the waiting list").Form()
	nurse.Post(own+"/take", f).Want(303)
	plain(nurse.Get(own).Want(200)).Says("On the waiting list", "Leave the waiting list").Hides("meet.example")
	plain(lead.Get(session).Want(200)).Says("1 of 1 taken, 1 waiting", "Tom Reid", "Amara Okafor", "Call this session off")
	lead.Get(strings.Replace(session, at, ids["Our own"], 1)).Want(404)
	ward.Post(own+"/leave", nil).Want(303)
	plain(nurse.Get("/my/training").Want(200)).Says("Your places", "You have a place")

	// A past session, as it was then: who came, their certificate, what they thought.
	then := now.AddDate(0, 0, -12)
	id := uuid.New()
	a := w.OHLead.As(access.Lead, access.Clinical)
	if err := s.Open(context.Background(), a, then, uuid.MustParse(strings.TrimPrefix(at, "/training/")), training.SessionIn{ID: id, On: locale.Day(then).AddDays(5), At: "09:30", Online: "no", Place: "Room 1", Places: 5, Trainer: "Anne Shaw"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Take(context.Background(), w.Ward.As(access.Person, access.Portal), then, id, uuid.New()); err != nil {
		t.Fatal(err)
	}
	past := at + "/sessions/" + id.String()
	plain(lead.Get("/training").Want(200)).Says("Say who came")
	plain(lead.Get(past+"/attendance").Want(200)).Says("Tom Reid", "I have gone through the whole list")
	r, err := s.Register(context.Background(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	wrong(lead, past+"/attendance", url.Values{"came": {r.Places[0].ID.String()}}, "Confirm that you have gone through the whole list")
	lead.Post(past+"/attendance", url.Values{"came": {r.Places[0].ID.String()}, "all": {"yes"}}).Want(303)
	plain(lead.Get(past).Want(200)).Says("Came").Hides("Call this session off")
	place := "/my/training/places/" + r.Places[0].ID.String()
	plain(ward.Get("/my/training").Want(200)).Says("Certificate for Managing attendance", "Say what you thought of Managing attendance")
	wrong(ward, place+"/evaluation", url.Values{"useful": {"6"}}, slices.Repeat([]string{"Select a number from 1 to 5"}, 4)...)
	plain(ward.Get(place + "/evaluation").Want(200)).Says("We keep that you answered, and not what")
	nurse.Get(place + "/evaluation").Want(404)
	nurse.Get(place + "/certificate").Want(404)
	ward.Post(place+"/evaluation", url.Values{"useful": {"5"}, "clear": {"4"}, "confident": {"4"}, "recommend": {"5"}}).Want(303)
	plain(ward.Get("/my/training").Want(200)).Hides("Say what you thought")
	certificate := plain(ward.Get(place+"/certificate").Want(200)).Says("Tom Reid took part in Managing attendance", "Wyre Valley Staff Health")
	number := ""
	for _, l := range certificate.Links() {
		if n, found := strings.CutPrefix(l, "/training/verify?number="); found {
			number = n
		}
	}
	plain(site.Anonymous().Get("/training/verify").Want(200)).Says("Number of the certificate").Hides("We gave no certificate")
	plain(site.Anonymous().Get("/training/verify?number="+strings.ToLower(number)).Want(200)).Says("We gave this certificate", "Tom Reid took part")
	plain(site.Anonymous().Get("/training/verify?number=x").Want(200)).Says("We gave no certificate with this number").Hides("Tom Reid")

	// Effect, calling off, ending.
	plain(lead.Get(at+"/effect").Want(200)).Says("How complete referrals are", "Too few to show", "Nobody was chosen by lot")
	plain(lead.Get(ids["Our own"] + "/effect").Want(200)).Says("not judged by them")
	team.Get(at + "/effect").Want(404)
	plain(lead.Get(session + "/cancel").Want(200)).Says("1 person who has a place or waits is told")
	lead.Post(at+"/end", nil).Want(409)
	lead.Post(session+"/cancel", nil).Want(303)
	lead.Post(session+"/cancel", nil).Want(409)
	plain(nurse.Get(own).Want(200)).Says("called off").Hides("Take a place")
	plain(lead.Get(at + "/end").Want(200)).Says("Nobody can take a place any more")
	lead.Post(at+"/end", nil).Want(303)
	plain(lead.Get(at).Want(200)).Says("This course ended on")
	lead.Get("/training").Want(200).Hides("Managing attendance")
}

// TestEffectPage: a verdict stands there in one sentence, with its figures, its interval and its chart.
func TestEffectPage(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := training.New(training.Deps{DB: db, Keys: caretest.Keys{}, Now: func() time.Time { return now }})
	lead := webtest.New(t, now, trainingweb.Routes(s), training.Rules).As(w.OHLead.As(access.Lead, access.Clinical))
	id := uuid.New()
	if err := s.SwitchOn(context.Background(), w.OHLead.As(access.Lead, access.Clinical), now, id, "quality", "Better referrals", "x"); err != nil {
		t.Fatal(err)
	}
	store := func(measure string, n int, before, after, difference, low, high float64) {
		t.Helper()
		if err := db.InTenant(context.Background(), access.SystemActor(access.Worker, w.Trust, w.Service), func(tx *postgres.Tx) error {
			_, err := tx.Exec(context.Background(), `insert into training_effect (service_id, course_id, measure, n, counted_at, trained, others, trained_before, trained_after, others_before, others_after, difference, low, high)
 values ($1, $2, $3, $4, $5, 20, 105, $6, $7, 50, 50, $8, $9, $10)`, w.Service, id, measure, n, now, before, after, difference, low, high)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	page := func() *webtest.Page {
		t.Helper()
		return lead.Get("/training/" + id.String() + "/effect").Want(200)
	}
	store("completeness", 1, 50, 62, 12, 3.5, 20.5)
	store("earliness", 1, 20, 19, -1, -4, 2)
	page().Says("This is consistent with an effect", "+12.0 percentage points (95% interval +3.5 to +20.5)", "No effect shown", "in days, is -1.0 (95% interval -4.0 to +2.0)", "Came (about 20)", "Year before").Hides("training.")
	store("completeness", 2, 62, 50, -12, -20, -4)
	store("earliness", 2, 20, 16, -4, -6, -2)
	page().Says("This is not what was hoped for", "This is consistent with an effect").Hides("No effect shown")
}
