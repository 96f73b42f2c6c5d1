package pulseweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/care/pulse/pulseweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// A past day: the pages are shown on days to come after it, and the database refuses an answer on a day that has not been.
var now = time.Date(2025, 11, 22, 10, 0, 0, 0, time.UTC)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	conn, err := pgx.Connect(context.Background(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), `insert into installation (demo) values (true)`); err != nil {
		t.Fatal(err) // invented data alone has past questions to answer
	}
	s := pulse.New(db)
	site := func(at time.Time) *webtest.Site { return webtest.New(t, at, pulseweb.Routes(s), pulse.Rules) }
	lead, nurse := w.OHLead.As(access.Lead, access.Clinical), w.OHNurse.As(access.Nurse, access.Clinical)
	with := func(f url.Values, pairs ...string) url.Values {
		out := url.Values{}
		for k, v := range f {
			out[k] = v
		}
		for i := 0; i < len(pairs); i += 2 {
			out.Set(pairs[i], pairs[i+1])
		}
		return out
	}
	wrong := func(path string, f url.Values, want ...string) {
		t.Helper()
		p := site(now).As(lead).Post(path, f).Want(422)
		if got := p.Errors(); !slices.Equal(got, want) {
			t.Errorf("errors %q, want %q", got, want)
		}
	}
	site(now).As(nurse).Get("/pulse").Want(200).Says("No question is open", "There is no result yet").Hides("Ask the team", "pulse.")
	f := site(now).As(lead).Get("/pulse/ask").Want(200).Hides("pulse.").Form()
	wrong("/pulse/ask", f, "Enter a question", "Enter the first day", "Enter the last day")
	good := with(f, "question", "How are you at work these days?", "opens-day", "22", "opens-month", "11", "opens-year", "2025", "closes-day", "12", "closes-month", "12", "closes-year", "2025")
	wrong("/pulse/ask", with(good, "question", "", "opens-day", "40"), "Enter a question", "Enter the day as a number from 1 to 31")
	wrong("/pulse/ask", with(good, "closes-day", "1"), "Enter a last day that makes the period 14 to 42 days long")
	wrong("/pulse/ask", with(good, "opens-month", "10"), "Enter today or a day after it", "Enter a last day that makes the period 14 to 42 days long")
	site(now).As(lead).Post("/pulse/ask", good).To("/pulse")
	site(now).As(lead).Post("/pulse/ask", good).To("/pulse")
	wrong("/pulse/ask", with(good, "id", uuid.NewString(), "closes-day", "20"), "Another question is open from 22 November 2025 to 12 December 2025. Choose days before or after that")
	site(now).As(lead).Post("/pulse/ask", with(good, "id", uuid.NewString(), "question", "And now?", "opens-month", "12", "closes-day", "10", "closes-month", "1", "closes-year", "2026")).To("/pulse")
	site(now).As(lead).Get("/pulse").Want(200).Says("How are you at work these days?", "until then nobody sees anything", "“And now?” opens on 22 December 2025").Hides("Send my answer")

	page := site(now).As(nurse).Get("/pulse").Want(200).Says("How are you at work these days?", "5, very good", "Open until 12 December 2025").Hides("And now?", "pulse.")
	b, err := s.Find(context.Background(), nurse, now)
	if err != nil {
		t.Fatal(err)
	}
	answer := "/pulse/" + b.Now.ID.String()
	if got := site(now).As(nurse).Post(answer, page.Form()).Want(422).Says("Send my answer").Errors(); !slices.Equal(got, []string{"Select an answer"}) {
		t.Errorf("errors %q", got)
	}
	site(now).As(nurse).Post(answer, url.Values{"score": {"9"}}).Want(422)
	site(now).As(nurse).Post(answer, url.Values{"score": {"4"}}).To("/pulse")
	site(now).As(nurse).Post(answer, url.Values{"score": {"1"}}).To("/pulse")
	site(now).As(nurse).Get("/pulse").Want(200).Says("You have answered. The result comes after 12 December 2025").Hides("Send my answer")
	site(now).As(w.OHNurse2.As(access.Nurse, access.Clinical)).Get("/pulse").Want(200).Says("Send my answer")
	site(now.AddDate(0, 2, 0)).As(nurse).Post(answer, url.Values{"score": {"1"}}).Want(409).Says("not open any more")
	for _, score := range []string{"1", "9"} {
		site(now).As(nurse).Post("/pulse/"+uuid.NewString(), url.Values{"score": {score}}).Want(404)
	}
	site(now).As(lead).Post(answer, url.Values{"score": {"1"}}).Want(404)
	site(now).As(nurse).Get("/pulse/ask").Want(404)
	for _, a := range []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.OHNurse.As(access.Person, access.Portal), w.Guardian.As(access.Guardian, access.Growth)} {
		site(now).As(a).Get("/pulse").Want(404)
	}

	// Of one answer nobody ever reads anything; of eight the team does.
	count := func(at time.Time) {
		t.Helper()
		if err := db.InTenant(context.Background(), access.SystemActor(access.Worker, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error { return pulse.Count(context.Background(), tx, at) }); err != nil {
			t.Fatal(err)
		}
	}
	after := now.AddDate(0, 0, 21)
	count(after)
	for _, a := range []access.Actor{lead, nurse} {
		p := site(after).As(a).Get("/pulse").Want(200).Says("Too few to show", "Fewer than 8", "No question is open").Hides("of 5", "About", "pulse.")
		if strings.Contains(p.Text(), "4.0") {
			t.Error("the one answer is told")
		}
	}
	second := now.AddDate(0, 1, 5)
	b, err = s.Find(context.Background(), nurse, second)
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		who := w.OHNurse
		who.Account = uuid.New()
		site(second).As(who.As(access.Nurse, access.Clinical)).Post("/pulse/"+b.Now.ID.String(), url.Values{"score": {"3"}}).To("/pulse")
	}
	site(second).As(lead).Get("/pulse").Want(200).Hides("3.0", "About 10")
	count(second.AddDate(0, 1, 0))
	site(second.AddDate(0, 1, 0)).As(nurse).Get("/pulse").Want(200).Says("3.0 of 5", "About 10", "22 December 2025 to 10 January 2026")
	site(second.AddDate(0, 1, 0)).As(w.ForeignOHNurse.As(access.Nurse, access.Clinical)).Get("/pulse").Want(200).Says("There is no result yet").Hides("About 10")
}
