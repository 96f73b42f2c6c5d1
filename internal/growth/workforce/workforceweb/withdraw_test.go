package workforceweb_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestTakeBack takes back what one press planned: all of it, with an audit row each, and none of it where somebody has started in one.
func TestTakeBack(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	site := webtest.New(t, now, workforceweb.Routes(s), workforce.Rules)
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead, executive, other := site.As(actor), site.As(w.Executive.As(access.Executive, access.Growth)), site.As(world.New(t, db).OHLead.As(access.Lead, access.Growth))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.SetPlan(t.Context(), actor, now, workforce.PlanIn{Start: civil.MustParse("2027-04-01"), Uplift: 3, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	plan := func(role, band string, heads int) string {
		t.Helper()
		in := workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "More of " + role, Role: role, Band: band, From: civil.MustParse("2027-04-01"), WTE: 1, Heads: heads, In: map[option.Option]bool{option.Preferred: true}, More: true}
		must(s.PlanChange(t.Context(), actor, now, in))
		return in.ID.String()
	}
	nurses, physio := plan("nurse", "6", 2), plan("physiotherapist", "7", 1)
	both := nurses + "," + physio
	const path = "/workforce/plan/withdraw"
	page := lead.Get(path+"?id="+url.QueryEscape(both)).Want(200).Says("Take back what you planned", "All 2 will no longer be in any option", "More of nurse", "More of physiotherapist", "(April to June 2027)")
	if page.Form().Get("id") != both {
		t.Fatalf("the form has %v", page.Form())
	}
	for _, bad := range []string{"", "x", both + ",x", uuid.NewString()} {
		lead.Get(path + "?id=" + url.QueryEscape(bad)).Want(404)
		lead.Post(path, url.Values{"id": {bad}}).Want(404)
	}
	lead.Get(path).To("/workforce/plan")
	executive.Get(path + "?id=" + url.QueryEscape(both)).Want(404)
	executive.Post(path, page.Form()).Want(404)
	other.Post(path, page.Form()).Want(404)

	// Somebody has started as a nurse: nothing is taken back.
	team, err := s.Find(t.Context(), actor, now)
	must(err)
	vacancy := uuid.New()
	must(s.OpenVacancy(t.Context(), actor, now, workforce.VacancyIn{ID: vacancy, Change: uuid.MustParse(nurses), Source: "national", Advertised: civil.MustParse("2026-09-01")}))
	seen, applicants := now, 3
	for i, m := range []workforce.Move{{To: workforce.Closed, Applicants: &applicants}, {To: workforce.Offered, Starts: civil.MustParse("2026-10-05")}, {To: workforce.Started}} {
		m.On = civil.MustParse("2026-09-21").AddDays(7 * i)
		must(s.MoveVacancy(t.Context(), actor, now.Add(time.Duration(i+1)*time.Minute), seen, vacancy, m))
		seen = now.Add(time.Duration(i+1) * time.Minute)
	}
	lead.Post(path, page.Form()).Want(409).Says("Somebody has started in this post")
	if again, err := s.Find(t.Context(), actor, now); err != nil || len(again.Changes) != len(team.Changes) {
		t.Errorf("%d changes are left of %d, %v", len(again.Changes), len(team.Changes), err)
	}

	// Others go together, and once.
	both = plan("nurse", "7", 1) + "," + physio
	form := url.Values{"id": {both}}
	lead.Post(path, form).To("/workforce/plan")
	lead.Get("/workforce/plan").Want(200).Says("What you planned has been taken back").Hides("More of physiotherapist")
	lead.Post(path, form).Want(404)
	owner, err := pgx.Connect(t.Context(), world.Super(t))
	must(err)
	defer owner.Close(t.Context())
	n := 0
	must(owner.QueryRow(t.Context(), `select count(*) from audit_event where action = 'workforce.change_withdrawn' and object_id::text = any ($1)`, strings.Split(both, ",")).Scan(&n))
	if n != 2 {
		t.Errorf("%d audit rows", n)
	}
}

// TestComing: what is planned in one press begins with the next quarter of the plan.
func TestComing(t *testing.T) {
	for today, want := range map[string]string{"2026-01-05": "2026-04-01", "2026-04-01": "2026-04-01", "2026-11-23": "2027-01-01", "2031-02-01": "2026-04-01"} {
		if got := workforce.Coming(civil.MustParse("2026-04-01"), civil.MustParse(today)); got.String() != want {
			t.Errorf("on %s: %s", today, got)
		}
	}
}
