package call_test

import (
	"context"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call/callweb"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

// TestLife goes from a draft over the answers of two organisations, one of them not named, to what came of it.
func TestLife(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := call.New(db)
	site := webtest.New(t, now, callweb.Routes(s), call.Rules)
	nation := w.NationalLead().As(access.NationalLead, access.Growth)
	national, lead, ics := site.As(nation), site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.SystemLead().As(access.SystemLead, access.Growth))
	national.Get("/nation/calls").Want(200).Says("There are no calls yet")
	lead.Get("/calls").Want(200).Says("What Sample Nation asks of organisations", "Nothing is asked at the moment")
	f := national.Get("/nation/calls/add").Want(200).Form()
	national.Post("/nation/calls/add", f).Refuses("Select what you ask for", "Select whom you ask", "Enter a title", "Enter what it is about and what happens with the answers", "Enter the last day to answer")
	webtest.Fill(f, "kind", "survey", "asks", "leads", "title", "Small employers", "about", "We want to know", "closes-day", "10", "closes-month", "12", "closes-year", "2026")
	national.Post("/nation/calls/add", f).Refuses("Enter at least one question")
	national.Post("/nation/calls/add", webtest.Fill(f, "questions", "Do you serve practices? | Yes")).Refuses("Line 1: enter the question, and after a bar at least two answers to choose from, or none")
	one := national.Post("/nation/calls/add", webtest.Fill(f, "questions", "Do you serve practices? | Yes; No\nWhat stands in the way?")).To("/nation/calls/")
	asked := "/calls/" + one[len("/nation/calls/"):]
	lead.Get(asked).Want(404)
	f = national.Get(one + "/edit").Want(200).Form()
	national.Post(one+"/edit", webtest.Fill(f, "title", "")).Refuses("Enter a title")
	national.Post(one+"/edit", webtest.Fill(f, "title", "Practices and small employers")).To(one)
	national.Post(one+"/edit", f).Want(409)
	national.Post(one+"/publish", url.Values{"version": {"1"}}).Want(409)
	national.Post(one+"/publish", national.Get(one).Form()).To(one)
	national.Get(one + "/edit").Want(409)
	national.Get(one + "/tell").Want(409)

	lead.Get("/calls").Says("Practices and small employers", "Open until 10 December 2026")
	near := func(at time.Time) (titles []string) {
		err := db.InTenant(t.Context(), access.SystemActor(access.Growth, w.Trust, w.Service), func(tx *postgres.Tx) error {
			due, err := call.Near(t.Context(), tx, at)
			for _, d := range due {
				titles = append(titles, d.Title+" by "+d.By)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return titles
	}
	lastWeek := time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time][]string{lastWeek.AddDate(0, 0, -1): nil, lastWeek: {"Practices and small employers by Sample Nation"}, lastWeek.AddDate(0, 0, 7): {"Practices and small employers by Sample Nation"}, lastWeek.AddDate(0, 0, 8): nil} {
		if got := near(at); !slices.Equal(got, want) {
			t.Errorf("on %v near are %v", at, got)
		}
	}
	f = lead.Get(asked).Want(200).Says("Do you serve practices?", "What stands in the way?").Form()
	lead.Post(asked, f).Refuses("Select an answer: Do you serve practices?", "Enter an answer: What stands in the way?", "Select whether your organisation is named", "Agree that this is handed over")
	webtest.Fill(f, survey.Field(0), "Yes", survey.Field(1), "Dr Smith says money", "named", "no", "agree", "yes")
	bad := lead.Post(asked, f).Want(422).Says("it looks like a person")
	if got := bad.Form().Get(survey.Field(1)); got != "Dr Smith says money" {
		t.Errorf("kept %q", got)
	}
	webtest.Fill(f, survey.Field(1), "Money")
	lead.Post(asked, f).To(asked)
	lead.Post(asked, f).Want(409)
	if got := near(lastWeek); len(got) > 0 {
		t.Errorf("answered, and near are %v", got)
	}
	lead.Get(asked).Says("What you handed over on 10 November 2026", "Money").Hides("Hand it over")
	f = ics.Get(asked).Want(200).Hides("Money").Form()
	ics.Post(asked, webtest.Fill(f, survey.Field(0), "No", survey.Field(1), "Time", "named", "yes", "agree", "yes")).To(asked)
	national.Get(one).Says("2 answers", "Yes: one organisation", "No: one organisation", "Money", "An organisation that is not named", "Time", "Wyre Valley ICS").Hides("Wyre Valley Hospitals")

	// It is over: what came of it is told to everybody.
	over := now.AddDate(0, 1, 1)
	for _, told := range []struct {
		said, did string
		ok        bool
	}{{"", "x", false}, {"Money stands in the way", "A fund for practices", true}, {"again", "again", false}} {
		id := uuid.MustParse(one[len("/nation/calls/"):])
		if err := s.Tell(t.Context(), nation, over, id, told.said, told.did); (err == nil) != told.ok {
			t.Errorf("%+v: %v", told, err)
		}
	}
	lead.Get("/calls").Says("Answered", "What came of it")
	lead.Get(asked).Says("What you said", "Money stands in the way", "What we did", "A fund for practices", "What you handed over")
	lead.Get("/nation/calls").Want(404)
	national.Get("/calls").Want(404)
	site.As(w.Executive.As(access.Executive, access.Growth)).Get("/calls").Want(404)
}

// TestOfMembers: an ICS asks members alone, and reads nothing of what they answer before the last day, nor where few did.
func TestOfMembers(t *testing.T) {
	db := world.Open(t)
	s, ics := call.New(db), world.New(t, db).SystemLead().As(access.SystemLead, access.Growth)
	host := webtest.New(t, now, callweb.Routes(s), call.Rules).As(ics)
	f := host.Get("/nation/calls/add").Want(200).Hides("Whom do you ask?", "Case studies").Form()
	host.Post("/nation/calls/add", f).Refuses("Enter a title", "Enter what it is about and what happens with the answers", "Enter at least one question", "Enter the last day to answer")
	one := host.Post("/nation/calls/add", webtest.Fill(f, "title", "Working alone", "about", "We want to know", "questions", "Alone? | Yes; No", "closes-day", "10", "closes-month", "12", "closes-year", "2026")).To("/nation/calls/")
	host.Post(one+"/publish", host.Get(one).Says("every member of a community of practice").Form()).To(one)
	host.Get(one).Says("You can read it after 10 December 2026")
	webtest.New(t, now.AddDate(0, 2, 0), callweb.Routes(s), call.Rules).As(ics).Get(one).Says("Fewer than 8 members answered", "Say what came of it")
}

// TestWalls: an organisation hands over and reads nothing in the nation, neither its own answer nor another's; to a call that is not
// open nobody hands anything over; nobody changes what was handed over.
func TestWalls(t *testing.T) {
	ctx := context.Background()
	db := world.Open(t)
	w := world.New(t, db)
	s := call.New(db)
	nation, lead := w.NationalLead().As(access.NationalLead, access.Growth), w.OHLead.As(access.Lead, access.Growth)
	id, today := uuid.New(), civil.Of(now)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Add(ctx, nation, now, call.In{ID: id, Kind: call.Survey, Asks: call.Leads, Title: "A", About: "B", Questions: "C", Closes: today.AddDays(30)}))
	hand := func(a access.Actor, at time.Time) error { return s.Hand(ctx, a, at, id, []string{"x"}, true) }
	if err := hand(lead, now); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a draft is answered: %v", err)
	}
	write := func(a access.Actor) error {
		return db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `insert into nation_reply (organisation_id, id, call_id, who, answers, handed_on) values ($1, $2, $3, '', '{x}', now())`, w.Nation, uuid.New(), id)
			return err
		})
	}
	if write(lead) == nil {
		t.Error("an answer is written to a draft")
	}
	must(s.Publish(ctx, nation, now, id, 1))
	if err := hand(lead, now.AddDate(0, 0, 31)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("after the last day: %v", err)
	}
	must(hand(lead, now))
	for _, a := range []access.Actor{lead, w.SystemLead().As(access.SystemLead, access.Growth)} {
		must(db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			n := 0
			if err := tx.QueryRow(ctx, `select count(*) from nation_reply`).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s reads %d answers: %v", a.Role, n, err)
			}
			tag, err := tx.Exec(ctx, `update nation_call set said = 'x'`)
			if tag.RowsAffected() != 0 {
				t.Errorf("%s changes a call", a.Role)
			}
			return err
		}))
	}
	must(db.InTenant(ctx, nation, func(tx *postgres.Tx) error {
		n := 0
		if err := tx.QueryRow(ctx, `select count(*) from call_reply`).Scan(&n); err != nil || n != 0 {
			t.Errorf("the nation reads %d answers that organisations keep: %v", n, err)
		}
		return nil
	}))
	for _, sql := range []string{`update nation_reply set who = 'x'`, `delete from nation_reply`, `update call_reply set answers = '{}'`, `delete from call_reply`, `delete from nation_call`} {
		for _, a := range []access.Actor{nation, lead} {
			err := db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err })
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s as %s: %v", sql, a.Role, err)
			}
		}
	}
	must(s.Withdraw(ctx, nation, now, id))
	if write(lead) == nil {
		t.Error("an answer is written to a call that was withdrawn")
	}
}

func TestResults(t *testing.T) {
	asked := []survey.Question{{Words: "A", Options: []string{"Yes", "No"}}, {Words: "B"}}
	got := call.Results(asked, []call.Reply{{Answers: []string{"Yes", "x"}}, {Who: "W", Answers: []string{"Yes", "y"}}, {Answers: []string{"Perhaps"}}})
	if !slices.Equal(got[0].Chosen, []int{2, 0}) || len(got[1].Wrote) != 2 || got[1].Wrote[1].Who != "W" || got[1].Wrote[0].Answers[0] != "x" {
		t.Errorf("%+v", got)
	}
}
