package loadweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load/loadweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func TestPages(t *testing.T) {
	db, ctx := world.Open(t), context.Background()
	w := world.New(t, db)
	staff := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	site := webtest.New(t, now, loadweb.Routes(load.New(db, staff)), workforce.Rules)
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead := site.As(actor)
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "load.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}
	worker := func(sql string, args ...any) {
		t.Helper()
		if err := db.InTenant(ctx, access.SystemActor(access.Worker, w.Trust, w.Service), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}

	// Nothing is collected, and nothing is 0.
	plain(lead.Get("/workforce/load").Want(200)).Says("Not collected: there are fewer than eight weeks of referrals", "Write the posts of the team down first", "October 2026", "Not collected: the posts of the team", "Not collected: nobody has written supervision down yet", "Not collected: no question to the team is over yet", "What needs a look: nothing is red, 2 things are amber", "Amber Overtime is not collected", "Supervision is not collected", "what is due", "the team's competencies").Hides("for each WTE", "Too few")

	// Posts, the ledger, overtime and the pulse: each in its state.
	for _, p := range []workforce.PostIn{{Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 4, InPost: 4, Funding: "recurrent"}, {Title: "OH physiotherapist", Role: "physiotherapist", Band: "7", WTE: 1, Heads: 1, InPost: 1, Funding: "recurrent"}} {
		p.ID = uuid.New()
		if err := staff.AddPost(ctx, actor, now, p); err != nil {
			t.Fatal(err)
		}
	}
	plain(lead.Get("/workforce/load").Want(200)).Says("OH nurse", "Not collected", "People who left in the last twelve months: 0")
	vacant := workforce.PostIn{ID: uuid.New(), Title: "Night nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 6, VacantSince: civil.MustParse("2025-06-01"), Funding: "recurrent"}
	if err := staff.AddPost(ctx, actor, now, vacant); err != nil {
		t.Fatal(err)
	}
	// Somebody left, twice, of which one advert was stopped and put out again; a head was newly funded; and one left long ago.
	yes, no := true, false
	for _, x := range []struct {
		left    *bool
		on      string
		stopped bool
	}{{&yes, "2026-03-02", false}, {&yes, "2026-04-01", true}, {&no, "2026-06-01", false}, {&no, "2026-07-01", false}, {&yes, "2025-07-01", false}} {
		v := workforce.VacancyIn{ID: uuid.New(), Post: vacant.ID, Left: x.left, Source: "national", Advertised: civil.MustParse(x.on)}
		if err := staff.OpenVacancy(ctx, actor, now, v); err != nil {
			t.Fatal(err)
		}
		if x.stopped {
			if err := staff.MoveVacancy(ctx, actor, now.Add(time.Minute), now, v.ID, workforce.Move{To: workforce.Stopped, On: civil.MustParse("2026-05-01"), Reason: "Nobody applied"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	plain(lead.Get("/workforce/load").Want(200)).Says("People who left in the last twelve months: 2", "2 by the vacancies that say so, 0 by posts", "Whoever opens a vacancy says whether somebody left").Hides("Appointments given on a working day")
	// Somebody left a post that is not advertised.
	if err := staff.AddPost(ctx, actor, now, workforce.PostIn{ID: uuid.New(), Title: "Administrator", Role: "administrator", Band: "3", WTE: 1, Heads: 2, InPost: 1, VacantSince: civil.MustParse("2026-11-02"), Funding: "recurrent"}); err != nil {
		t.Fatal(err)
	}
	plain(lead.Get("/workforce/load").Want(200)).Says("People who left in the last twelve months: 3", "2 by the vacancies that say so, 1 by posts that became empty and are not advertised", "People who left in twelve months: 3.")
	weeks := make([]demand.Week, 52)
	for i := range weeks {
		if weeks[i] = (demand.Week{List: 40, Given: 50, Days: 5}); i >= 48 {
			weeks[i].List = 60
		}
	}
	worker(`insert into rollup_fit (service_id, vintage, as_at, made_at, fits) values ($1,'now','2026-11-15',now(),$2)`, w.Service,
		demand.Fits{AsAt: civil.MustParse("2026-11-15"), List: 60, Weeks: weeks, Roles: []demand.Part{{Name: "oh_nurse", N: 2600}, {Name: "oh_physio", N: 1111}}})
	page := plain(lead.Get("/workforce/load").Want(200)).Says("60 people wait for a first appointment: 12 for each WTE", "5 WTE", "People on the list in the newest weeks (mean of 4): 60. In the weeks before (mean of 48): 40.", "Appointments given on a working day in the newest weeks (mean of 13): 10. In the weeks before (mean of 39): 10.", "Amber Caseload: people on the list in the newest weeks (mean of 4): 60. That is more than 20% above the weeks before (mean of 48): 40.", "The limit is our own choice", "15 November 2026", "12.5", "Too few to show")
	if strings.Contains(page.Text(), "21.4") {
		t.Error("the contacts of one physiotherapist are told")
	}
	for i, x := range []struct{ answers, mean any }{{nil, nil}, {15, 3.5}} {
		worker(`insert into pulse_result (service_id, organisation_id, pulse_id, question, opens_on, closes_on, answers, mean, counted_at) values ($1,$2,$3,'How are you?',$4::date,$4::date + 20,$5,$6,now())`,
			w.Service, w.Trust, uuid.New(), civil.MustParse("2026-05-01").AddMonths(i).UTC(), x.answers, x.mean)
	}
	plain(lead.Get("/workforce/load").Want(200)).Says("Fewer than 8", "1 May 2026 to 21 May 2026", "3.5 of 5", "About 15")
	clinical := func(sql string, args ...any) {
		t.Helper()
		if err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	const count = `insert into rollup_supervision (service_id, organisation_id, month, took, clinicians, counted_at) values ($1,$2,$3,$4,$5,now())`
	clinical(count, w.Service, w.Trust, civil.MustParse("2026-10-01").UTC(), 0, 9)
	clinical(count, w.Service, w.Trust, civil.MustParse("2026-09-01").UTC(), 1, 2)
	if page = plain(lead.Get("/workforce/load").Want(200)).Says("People who took supervision", "0 of 9"); strings.Contains(page.Text(), "1 of 2") {
		t.Error("the supervision of one of two is told")
	}

	const enter = "/workforce/load/overtime"
	f := plain(lead.Get(enter).Want(200)).Form()
	for _, x := range []struct {
		form url.Values
		want []string
	}{
		{f, []string{"Select a month", "Enter the hours as a number from 0 to 20,000"}},
		{url.Values{"month": {"2026-11-01"}, "hours": {"x"}}, []string{"Select a month", "Enter the hours as a number from 0 to 20,000"}},
		{url.Values{"month": {"2026-10-01"}, "hours": {"-1"}}, []string{"Enter the hours as a number from 0 to 20,000"}},
	} {
		p := plain(lead.Post(enter, x.form).Want(422))
		if got := p.Errors(); !slices.Equal(got, x.want) {
			t.Errorf("errors %q, want %q", got, x.want)
		}
		if p.Form().Get("hours") != x.form.Get("hours") {
			t.Errorf("kept %q", p.Form().Get("hours"))
		}
	}
	lead.Post(enter, url.Values{"month": {"2026-10-01"}, "hours": {"1,020"}}).To("/workforce/load")
	lead.Post(enter, url.Values{"month": {"2026-10-01"}, "hours": {"41.5"}}).To("/workforce/load")
	lead.Post(enter, url.Values{"month": {"2026-09-01"}, "hours": {"0"}}).To("/workforce/load")
	plain(lead.Get("/workforce/load").Want(200)).Says("Overtime in October 2026, in hours: 41.5. The mean of the months before: 0.", "Supervision: 0 of 9 clinicians took it in October 2026", "October 2026 Hours 41.5 Entered by Anne Shaw", "September 2026 Hours 0 Entered by Anne Shaw", "August 2026 Hours Not collected")

	for _, a := range []access.Actor{w.Guardian.As(access.Guardian, access.Growth), w.Executive.As(access.Executive, access.Growth), w.HR.As(access.HR, access.Growth), w.OHNurse.As(access.Nurse, access.Growth)} {
		site.As(a).Get("/workforce/load").Want(404)
		site.As(a).Get(enter).Want(404)
	}
	plain(site.As(w.ForeignOHAdmin.As(access.Lead, access.Growth)).Get("/workforce/load").Want(200)).Hides("How are you?", "41.5", "OH nurse")
}
