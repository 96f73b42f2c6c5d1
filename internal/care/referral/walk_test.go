package referral_test

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegationweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/myweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func (b *bench) site() *webtest.Site {
	d := delegation.New(delegation.Deps{DB: b.db, NameRange: person.Range})
	self := selfreferral.New(selfreferral.Deps{DB: b.db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Box: caretest.Box()})
	routes := append(referweb.Routes(b.s, d), referralweb.Routes(b.s)...)
	routes = append(append(routes, delegationweb.Routes(d)...), myweb.Routes(b.s, self, func(context.Context, access.Actor) ([]myweb.Report, error) { return b.reports, nil })...)
	return webtest.New(b.t, b.now, routes, referral.Rules, delegation.Rules, selfreferral.Rules)
}

// walker counts the pages somebody sees on the way.
type walker struct {
	*webtest.Browser
	pages int
}

func (w *walker) open(path string) *webtest.Page {
	w.pages++
	return w.Get(path).Want(200)
}

// do fills in the form of a page, sends it and opens the page it leads to.
func (w *walker) do(path string, p *webtest.Page, set map[string]string) (string, *webtest.Page) {
	v := p.Form()
	for name, value := range set {
		v.Set(name, value)
	}
	to := w.Post(path, v).To("/")
	return to, w.open(to)
}

// most pages from "Refer" to the confirmation, both counted (issue 2, section 3)
const mostPages = 12

func TestJourneyTakesTwelvePages(t *testing.T) {
	b := newBench(t)
	site := b.site()
	w := &walker{Browser: site.As(b.manager())}
	y, m, d := b.now.Date()
	today := map[string]string{"-day": strconv.Itoa(d), "-month": strconv.Itoa(int(m)), "-year": strconv.Itoa(y)}
	dated := func(name string, set map[string]string) map[string]string {
		for part, v := range today {
			set[name+part] = v
		}
		return set
	}
	w.Post("/refer", url.Values{"step": {"search"}, "name": {"Oká"}}).Want(200).Says("Amara Okafor")
	w.Post("/refer", url.Values{"step": {"search"}, "name": {"amara ok"}}).Want(200).Says("Amara Okafor")
	w.Post("/refer", url.Values{"step": {"search"}, "name": {"hughes"}}).Want(200).Says("Nobody found", "Show all who report to you").Hides("Sian Hughes")
	p := w.open("/refer").Says("Amara Okafor").Hides("Joan Miles", "Ben Stone")
	draft, p := w.do("/refer", p, map[string]string{"person": b.w.Nurse.Person.String()})
	p.Says("Sickness absence", "Told and shown")
	at, p := draft+"/reason", w.open(draft+"/reason")
	at, p = w.do(at, p, map[string]string{"reason": "LTS"})
	at, p = w.do(at, p, map[string]string{"why": "Off since October.\nWe spoke twice."})
	at, p = w.do(at, p, dated("first", map[string]string{"now": "yes", "spells": "2"}))
	if form := p.Form().Encode(); !strings.Contains(form, "PUBLIC") || !strings.Contains(form, "MOVE") {
		t.Error("a nurse's contact with patients did not tick the boxes beforehand")
	}
	at, p = w.do(at, p, nil)
	at, p = w.do(at, p, map[string]string{"tried": "Shorter shifts."})
	p.Says("Do not ask about diagnosis or treatment")
	at, p = w.do(at, p, map[string]string{"question": "Q01", "own-1": "Can she work on another ward?"})
	p.Says("Whoever you name sees this referral as soon as you send it, and the report only if Amara Okafor agrees")
	at, p = w.do(at, p, nil)
	at, p = w.do(at, p, dated("on", map[string]string{"done": "yes", "how": "phone"}))
	p.Says("Off since October.", "Can she work on another ward?", "Shorter shifts.")
	check := p.Form()
	sent, p := w.do(at, p, nil)
	p.Says("Referral sent", "What happens next", "Occupational health aims to do this by")
	if w.pages > mostPages {
		t.Errorf("%d pages, want %d at most", w.pages, mostPages)
	}
	t.Logf("%d pages", w.pages)

	if again := w.Post(at, check).To("/referrals/"); again != sent {
		t.Errorf("a second press leads to %s, want %s", again, sent)
	}
	for _, form := range []string{"/work", "/why", "/discard"} { // as in a window left open
		if left := w.Post(strings.TrimSuffix(at, "/check")+form, check).To("/referrals/"); left != sent {
			t.Errorf("%s of a referral that is sent leads to %s, want %s", form, left, sent)
		}
	}
	show := strings.TrimSuffix(sent, "/sent")
	w.Get(show).Want(200).Says("received the referral", "Off since October.")
	id := strings.TrimPrefix(show, "/referrals/")
	for name, a := range map[string]access.Actor{
		"another manager": b.w.Peer.As(access.Manager, access.Employer), "HR not named": b.w.HR.As(access.HR, access.Employer),
		"a manager elsewhere": b.w.ForeignManager.As(access.Manager, access.Employer), "the person as a manager": b.w.Nurse.As(access.Manager, access.Employer),
	} {
		for _, path := range []string{show, show + "/sent", show + "/withdraw", draft, draft + "/check"} {
			if p := site.As(a).Get(path); p.Status != 404 {
				t.Errorf("%s: %s answers %d", name, path, p.Status)
			}
		}
		site.As(a).Get("/referrals").Want(200).Hides(id, "With occupational health")
	}

	me := site.As(b.w.Nurse.As(access.Person, access.Portal))
	me.Get("/my").Want(200).Says("From Tom Reid")
	me.Get("/my/referrals/"+id).Want(200).Says("Off since October.", "We spoke twice.", "Can she work on another ward?")
	if p := site.As(b.w.Local.As(access.Person, access.Portal)).Get("/my/referrals/" + id); p.Status != 404 {
		t.Errorf("another person gets %d", p.Status)
	}
}

func TestNotToldIsAHardStop(t *testing.T) {
	b := newBench(t)
	w := b.site().As(b.manager())
	draft := w.Post("/refer", url.Values{"person": {b.w.Nurse.Person.String()}}).To("/refer/")
	no := w.Get(draft + "/told").Form()
	no.Set("done", "no")
	stop := w.Post(draft+"/told", no).To(draft + "/not-told")
	w.Get(stop).Want(200).Says("You cannot send the referral yet", "Talk to Amara Okafor", "call occupational health on 01234 567890")
	w.Get(draft+"/answers").Want(200).Says("Amara Okafor", "Staff nurse, Band 5", "37.5 hours a week", "Nothing has been sent yet").Hides("How they were shown it")
	p := w.Post(draft+"/check", nil).Want(422)
	if got := strings.Join(p.Errors(), "|"); !strings.Contains(got, "show them this referral") {
		t.Errorf("errors %q", got)
	}
	w.Get(draft + "/told?from=check").Want(200)
	absent := func(name string) url.Values {
		return url.Values{"now": {"yes"}, "first-day": {"31"}, "first-month": {"3"}, "first-year": {"2026"}, name + "-day": {"30"}, name + "-month": {"3"}, name + "-year": {"2026"}}
	}
	for _, bad := range []struct {
		path, says string
		form       url.Values
	}{
		{"/reason", "Choose the main reason", url.Values{"reason": {"forged"}}},
		{"/why", "Say why", url.Values{}},
		{"/absence", "first day off", url.Values{"now": {"yes"}}},
		{"/absence", "First day off: enter a real date", url.Values{"now": {"yes"}, "first-day": {"31"}, "first-month": {"2"}, "first-year": {"2026"}}},
		{"/absence", "Fit note ends, if there is one: enter the year with all 4 digits", url.Values{"now": {"yes"}, "fit_note-day": {"3"}, "fit_note-month": {"Oct"}, "fit_note-year": {"26"}}},
		{"/absence", "The fit note must end on or after", absent("fit_note")},
		{"/absence", "The expected return must not be before", absent("return")},
		{"/absence", "Times off sick: enter a whole number from 0 to 366|Days off sick: enter", url.Values{"now": {"no"}, "spells": {"x"}, "days": {"x"}}},
		{"/questions", "at least one question", url.Values{"question": {"Q99"}}},
		{"/told", "the answers have changed since you opened this page", url.Values{"done": {"yes"}, "shown": {"something else"}}},
		{"/told", "the day you showed it", url.Values{"done": {"yes"}, "shown": {w.Get(draft + "/told").Form().Get("shown")}}},
		{"/viewers", "Nobody found", url.Values{"step": {"search"}, "name": {"zzz"}}},
		{"/viewers", "Nobody found", url.Values{"name": {"zzz"}}},
		{"/viewers", "Tick the person", url.Values{"name": {"nair"}}},
		{"/viewers", "Tick the person", url.Values{"name": {"nair"}, "searched": {"nair"}}},
	} {
		if got := strings.Join(w.Post(draft+bad.path, bad.form).Want(422).Errors(), "|"); !strings.Contains(strings.ToLower(got), strings.ToLower(bad.says)) {
			t.Errorf("%s: errors %q, want %q", bad.path, got, bad.says)
		}
	}
	w.Post(draft+"/viewers", url.Values{"step": {"search"}, "name": {"nair"}}).Want(200).Says("Priya Nair, HR adviser").Hides("Okafor Amara")
	w.Post(draft+"/viewers", url.Values{"step": {"search"}, "name": {"priya"}}).Want(200).Says("Priya Nair, HR adviser")
	w.Post(draft+"/viewers", url.Values{"viewer": {b.w.HR.Person.String()}, "name": {"hughes"}, "searched": {"nair"}}).Want(422).Says("Priya Nair", "Tick the person")
	w.Post(draft+"/viewers", url.Values{"viewer": {b.w.HR.Person.String()}, "name": {"nair"}, "searched": {"nair"}}).To(draft)
	w.Post(draft+"/viewers", url.Values{"viewer": {b.w.HR.Person.String(), b.w.Foreign.Person.String()}}).To(draft)
	w.Get(draft + "/check").Want(200).Says("Priya Nair").Hides("Ben Stone")
	w.Post(draft+"/tried", url.Values{}).To(draft)
	w.Get(draft).Want(200).Says("Adjustments already tried Nothing given", "Who else may see this referral Completed")
	w.Post(draft+"/discard", url.Values{}).To("/referrals")
	if p := w.Get(draft); p.Status != 404 {
		t.Errorf("a discarded draft answers %d", p.Status)
	}
}

// The hard stop covers what was shown: whoever changes an answer after the declaration has to show it again, also
// in an amendment, and the check page says so.
func TestChangingAnAnswerUndoesTheDeclaration(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	w := b.site().As(b.manager())
	draft := w.Post("/refer", url.Values{"person": {b.w.Nurse.Person.String()}}).To("/refer/")
	b.must(b.s.Save(ctx, b.manager(), b.now, uuid.MustParse(strings.TrimPrefix(draft, "/refer/")), sheet.Why, full(b.now)))
	w.Get(draft + "/check").Want(200).Says("Check the answers").Hides("again")
	w.Post(draft+"/why", url.Values{"why": {"Off since the end of October."}, "from": {"check"}}).To(draft + "/check")
	w.Get(draft + "/check").Want(200).Hides("again") // saved without a change

	w.Post(draft+"/why", url.Values{"why": {"She says it is her back."}, "from": {"check"}}).To(draft + "/check")
	w.Get(draft+"/check").Want(200).Says("Show it to Amara Okafor again", "You changed the answers")
	w.Get(draft).Want(200).Says("To do")
	if got := strings.Join(w.Post(draft+"/check", nil).Want(422).Errors(), "|"); !strings.Contains(got, "You changed the answers after you showed them") {
		t.Errorf("errors %q", got)
	}
	open := w.Get(draft + "/told").Want(200).Says("Show Amara Okafor what you changed").Form()
	w.Post(draft+"/tried", url.Values{"tried": {"Rest."}, "from": {"check"}}).To(draft + "/check") // in another window
	y, m, d := b.now.Date()
	declare := func(form url.Values) url.Values {
		for name, v := range map[string]string{"done": "yes", "how": "phone", "on-day": strconv.Itoa(d), "on-month": m.String()[:3], "on-year": strconv.Itoa(y)} {
			form.Set(name, v)
		}
		return form
	}
	late := w.Post(draft+"/told", declare(open)).Want(422)
	w.Post(draft+"/told", declare(late.Form())).To(draft + "/check")
	sent := w.Post(draft+"/check", nil).To("/referrals/")

	amend := strings.TrimSuffix(w.Post(strings.TrimSuffix(sent, "/sent")+"/amend", url.Values{}).To("/refer/"), "/check")
	w.Post(amend+"/why", url.Values{"why": {"She says it is her knee."}, "from": {"check"}}).To(amend + "/check")
	w.Post(amend+"/check", nil).Want(422)
	w.Get(amend+"/answers").Want(200).Says("Before: She says it is her back.", "Now: She says it is her knee.")
	w.Post(amend+"/told", declare(w.Get(amend+"/told").Form())).To(amend + "/check")
	w.Post(amend+"/check", nil).To("/referrals/")
}

func TestSearchPutsHRFirstAndSaysWhenItIsCut(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	people := func(n int, title string) {
		b.must(b.db.InTenant(ctx, access.SystemActor(access.Employer, b.w.Trust, b.w.Service), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `with new as (insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth)
 select $1, gen_random_uuid(), $3 || i, 'Quill-Marsh', 'Z' || i, 'quill marsh z' || i, '1984-03-07' from generate_series(1, $2::int) i returning id, employee_number)
 insert into post (organisation_id, id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours, starts_on)
 select $1, gen_random_uuid(), id, employee_number, true, $3, '6', 'Administrative and Clerical', 'Main site', 'Offices', 'Office', 37.5, '2020-04-01' from new`, b.w.Trust, n, title)
			return err
		}))
	}
	people(19, "Clerk")
	people(1, "HR adviser")
	d := delegation.New(delegation.Deps{DB: b.db, NameRange: person.Range})
	look := func(q delegation.Query) delegation.Found {
		t.Helper()
		f, err := d.Search(ctx, b.manager(), b.now, q)
		b.must(err)
		return f
	}
	f := look(delegation.Query{Name: "quill", HRFirst: true})
	if len(f.People) != delegation.MaxFound || f.More || f.People[0].Title != "HR adviser" {
		t.Errorf("found %d, more %v, first %s", len(f.People), f.More, f.People[0].Title)
	}
	people(1, "Porter")
	if f = look(delegation.Query{Name: "quill"}); len(f.People) != delegation.MaxFound || !f.More {
		t.Errorf("found %d, more %v", len(f.People), f.More)
	}
	if f = look(delegation.Query{Name: "z19 quill m"}); len(f.People) != 1 {
		t.Errorf("a first name with two family names finds %d", len(f.People))
	}
	draft := b.site().As(b.manager()).Post("/refer", url.Values{"person": {b.w.Nurse.Person.String()}}).To("/refer/")
	b.site().As(b.manager()).Post(draft+"/viewers", url.Values{"step": {"search"}, "name": {"quill"}}).Want(200).Says("First 20 shown")
}

func TestAmendAndWithdrawPages(t *testing.T) {
	b := newBench(t)
	id := b.sent().String()
	b.work()
	site := b.site()
	w := site.As(b.manager())
	if p := w.Get("/referrals/" + id); !strings.Contains(p.Body, "nhsuk-button--secondary") {
		t.Error("changing it weighs as much as what is to be done next")
	}
	check := w.Post("/referrals/"+id+"/amend", url.Values{}).To("/refer/")
	draft := strings.TrimSuffix(check, "/check")
	w.Get(check).Want(200).Says("There is nothing to send yet", "Who else sees this referral cannot be changed now").Hides("Send changes")
	if got := w.Post(check, nil).Want(422).Errors(); len(got) != 1 || !strings.HasPrefix(got[0], "No answer has changed") {
		t.Errorf("errors %q", got)
	}
	w.Get("/referrals/" + id).Want(200).Says("The referral, as it was sent")
	w.Post(draft+"/why", url.Values{"why": {"Off since 20 October."}, "from": {"check"}}).To(check)
	told := w.Get(draft + "/told").Form()
	y, m, d := b.now.AddDate(0, 0, -1).Date()
	for name, v := range map[string]string{"done": "yes", "how": "phone", "on-day": strconv.Itoa(d), "on-month": strconv.Itoa(int(m)), "on-year": strconv.Itoa(y)} {
		told.Set(name, v)
	}
	w.Post(draft+"/told", told).Want(422).Says("You last changed an answer on " + locale.Day(b.now).Long())
	y, m, d = b.now.Date()
	for name, v := range map[string]string{"done": "yes", "how": "phone", "on-day": strconv.Itoa(d), "on-month": strconv.Itoa(int(m)), "on-year": strconv.Itoa(y)} {
		told.Set(name, v)
	}
	w.Post(draft+"/told", told).To(check)
	p := w.Get(check).Want(200).Says("Before: Off since the end of October.", "Now: Off since 20 October.")
	form := p.Form()
	w.Get(w.Post(check, form).To("/referrals/" + id + "/sent")).Want(200).Says("Changes sent").Hides("Referral sent")
	w.Post(check, form).To("/referrals/" + id + "/sent")
	w.Get("/referrals/" + id).Want(200).Says("The referral, as it now stands")
	for _, reader := range []*webtest.Page{w.Get("/referrals/" + id), site.As(b.w.Nurse.As(access.Person, access.Portal)).Get("/my/referrals/" + id)} {
		reader.Want(200).Says("Version 2", "Off since the end of October.", "Off since 20 October.")
		if !strings.Contains(reader.Body, "<del") || !strings.Contains(reader.Body, "<ins") {
			t.Error("the difference is not marked up")
		}
	}
	w.Post("/referrals/"+id+"/withdraw", url.Values{}).Want(422)
	w.Post("/referrals/"+id+"/withdraw", url.Values{"reason": {"not_needed"}}).To("/referrals/" + id)
	w.Get("/referrals/"+id).Want(200).Says("Withdrawn", "The referral was withdrawn").Hides("Change this referral")
	if p := w.Get("/referrals/" + id + "/withdraw"); p.Status != 404 {
		t.Errorf("withdrawing twice answers %d", p.Status)
	}
}

func TestHRRefersAnybodyOfTheOrganisation(t *testing.T) {
	b := newBench(t)
	w := b.site().As(b.w.HR.As(access.HR, access.Employer))
	w.Get("/refer").Want(200).Hides("Okafor")
	w.Post("/refer", url.Values{"step": {"search"}, "name": {"OKAF"}}).Want(200).Says("Amara Okafor")
	w.Post("/refer", url.Values{"step": {"search"}, "name": {"stone"}}).Want(200).Says("Nobody found")
	draft := w.Post("/refer", url.Values{"person": {b.w.Nurse.Person.String()}}).To("/refer/")
	id := uuid.MustParse(strings.TrimPrefix(draft, "/refer/"))
	hr := b.w.HR.As(access.HR, access.Employer)
	b.must(b.s.Save(context.Background(), hr, b.now, id, sheet.Why, full(b.now)))
	w.Post(draft+"/check", url.Values{"referral": {id.String()}}).To("/referrals/")
	b.work()
	var source string
	b.must(b.db.InTenant(context.Background(), b.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		return tx.QueryRow(context.Background(), `select source from casefile where id = $1`, id).Scan(&source)
	}))
	if source != "hr" {
		t.Errorf("the case came from %s", source)
	}
	b.site().As(b.manager()).Get("/referrals").Want(200).Hides(id.String())
	w.Post("/refer", url.Values{"person": {b.w.Foreign.Person.String()}}).Want(422)
}

func TestDelegation(t *testing.T) {
	b := newBench(t)
	site := b.site()
	peer, hr := site.As(b.w.Peer.As(access.Manager, access.Employer)), site.As(b.w.HR.As(access.HR, access.Employer))
	oh := site.As(b.w.OHAdmin.As(access.OHAdmin, access.Clinical))
	peer.Post("/refer", url.Values{"person": {b.w.Nurse.Person.String()}}).Want(422)
	day := func(v url.Values, name string, days int) {
		y, m, d := b.now.AddDate(0, 0, days).Date()
		v.Set(name+"-day", strconv.Itoa(d))
		v.Set(name+"-month", strconv.Itoa(int(m)))
		v.Set(name+"-year", strconv.Itoa(y))
	}
	ask := func(person uuid.UUID) url.Values {
		v := url.Values{"id": {uuid.NewString()}, "name": {"okafor"}, "person": {person.String()}, "reason": {"Ward manager on leave"}}
		day(v, "starts", 0)
		day(v, "ends", 30)
		return v
	}
	long := ask(b.w.Nurse.Person)
	day(long, "ends", 93)
	if got := peer.Post("/refer/someone-else", long).Want(422).Errors(); len(got) != 1 {
		t.Errorf("more than a quarter: %q", got)
	}
	in := ask(b.w.Nurse.Person)
	peer.Post("/refer/someone-else", in).To("/refer/someone-else")
	peer.Post("/refer/someone-else", in).To("/refer/someone-else")
	peer.Get("/refer/someone-else").Want(200).Says("Amara Okafor", "Waiting")
	peer.Get("/refer").Want(200).Hides("Okafor")
	if p := peer.Get("/refer/delegations"); p.Status != 404 {
		t.Errorf("a manager may decide: %d", p.Status)
	}
	site.As(b.w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical)).Get("/refer/delegations/oh").Want(200).Hides("Okafor")
	hr.Get("/refer/delegations").Want(200).Says("Sian Hughes", "Amara Okafor", "Ward manager on leave")
	yes := url.Values{"id": {in.Get("id")}, "answer": {"confirm"}}
	hr.Post("/refer/delegations", yes).To("/refer/delegations")
	hr.Post("/refer/delegations", yes).To("/refer/delegations")
	if p := oh.Post("/refer/delegations/oh", url.Values{"id": {in.Get("id")}, "answer": {"refuse"}}); p.Status != 409 {
		t.Errorf("deciding the other way afterwards answers %d", p.Status)
	}
	peer.Get("/refer").Want(200).Says("Amara Okafor")
	peer.Post("/refer", url.Values{"person": {b.w.Nurse.Person.String()}}).To("/refer/")
	local := ask(b.w.Local.Person)
	site.As(b.w.Peer.As(access.Manager, access.Employer)).Post("/refer/someone-else", local).Want(404)

	second := ask(b.w.OHLead.Person)
	peer.Post("/refer/someone-else", second).To("/refer/someone-else")
	oh.Get("/refer/delegations/oh").Want(200).Says("Anne Shaw")
	oh.Post("/refer/delegations/oh", url.Values{"id": {second.Get("id")}, "answer": {"refuse"}}).To("/refer/delegations/oh")
	peer.Get("/refer").Want(200).Hides("Anne Shaw")
	if n := b.messages("delegation_made"); n != 1 {
		t.Errorf("%d people told of a confirmed delegation, want 1", n)
	}
}

// messages counts what this world would send of a template.
func (b *bench) messages(template string) (n int) {
	b.t.Helper()
	b.must(b.db.InTenant(context.Background(), access.SystemActor(access.Worker, b.w.Trust, b.w.Service), func(tx *postgres.Tx) error {
		return tx.QueryRow(context.Background(), `select count(*) from outbox where service_id = $1 and template = $2`, b.w.Service, template).Scan(&n)
	}))
	return n
}

func TestCommentShowsFirstWhatTheManagerWillSee(t *testing.T) {
	b := newBench(t)
	id := b.sent().String()
	site := b.site()
	me, boss := site.As(b.w.Nurse.As(access.Person, access.Portal)), site.As(b.manager())
	path := "/my/referrals/" + id + "/comment"
	p := me.Get(path).Want(200).Says("Samaritans", "You see exactly what they will see")
	v := p.Form()
	me.Post(path, v).Want(422)
	v.Set("to", "oh")
	v.Set("text", "canary-private")
	p = me.Post(path, v).Want(200).Says("This is exactly what Tom Reid will see", "Nothing. Tom Reid is not told")
	boss.Get("/referrals/" + id).Want(200).Hides("canary-private")
	send := p.Form()
	send.Set("step", "send")
	me.Post(path, send).To("/my/referrals/" + id)
	me.Get("/my/referrals/" + id).Want(200).Says("canary-private")
	boss.Get("/referrals/"+id).Want(200).Hides("canary-private", "sent a comment")
	if n := b.messages("referral_comment"); n != 0 {
		t.Errorf("%d messages told the manager of a private comment", n)
	}
	send.Set("id", uuid.NewString())
	send.Set("to", "shared")
	send.Set("text", "for-both")
	me.Post(path, send).To("/my/referrals/" + id)
	boss.Get("/referrals/"+id).Want(200).Says("for-both", "sent a comment")
}

// A self-referral never shows to manager or HR: page, message, count or timing. What the employer's login can
// read, and every page it gets, is the same before and after, byte for byte but for ids that a page makes up.
func TestSelfReferralNeverShowsToTheEmployer(t *testing.T) {
	b := newBench(t)
	ref := b.sent()
	b.work()
	site := b.site()
	actors := map[string]access.Actor{"manager": b.manager(), "HR": b.w.HR.As(access.HR, access.Employer)}
	look := func() (out []string) {
		for name, a := range actors {
			for _, path := range []string{"/refer", "/referrals", "/referrals/" + ref.String(), "/refer/someone-else"} {
				if name == "HR" && path != "/referrals" {
					continue
				}
				out = append(out, name+path+site.As(a).Get(path).Text())
			}
		}
		slices.Sort(out)
		return out
	}
	before := look()
	told := b.toWork()
	me := site.As(b.w.Nurse.As(access.Person, access.Portal))
	v := me.Get("/my/refer").Want(200).Says("Your manager and HR do not see it", "Samaritans").Form()
	me.Post("/my/refer", v).Want(422)
	v.Set("reason", "STR")
	v.Set("text", "canary-self")
	v.Set("contact", "phone")
	p := me.Post("/my/refer", v).Want(200).Says("exactly what your manager will see", "Nothing.")
	send := p.Form()
	send.Set("step", "send")
	mine := me.Post("/my/refer", send).To("/my/refer/")
	if again := me.Post("/my/refer", send).To("/my/refer/"); again != mine {
		t.Error("a second press made another")
	}
	me.Get(mine).Want(200).Says("canary-self").Hides("How we reach you")
	me.Get("/my").Want(200).Says("What you asked on", "Your manager and HR do not see this")
	if p := site.As(b.w.Local.As(access.Person, access.Portal)).Get(mine); p.Status != 404 {
		t.Errorf("another person gets %d", p.Status)
	}
	id := uuid.MustParse(strings.TrimPrefix(mine, "/my/refer/"))
	if s, _ := b.state(id); s != flow.Received {
		t.Errorf("the case is %s", s)
	}
	after := look()
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("the employer's page changed:\n%s\n%s", before[i], after[i])
		}
	}
	if now := b.toWork(); now != told {
		t.Errorf("%d messages to work before, %d after", told, now)
	}
	for _, a := range actors {
		for _, table := range []string{"self_referral", "casefile", "casefile_state", "task", "activity", "audit_event", "outbox"} {
			err := b.db.InTenant(context.Background(), a, func(tx *postgres.Tx) error {
				_, err := tx.Exec(context.Background(), `select 1 from `+table)
				return err
			})
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("employer login on %s: %v", table, err)
			}
		}
		if p := site.As(a).Get(mine); p.Status != 404 {
			t.Errorf("the employer gets %d", p.Status)
		}
	}
}

// toWork counts messages that go to anybody in their work.
func (b *bench) toWork() (n int) {
	b.t.Helper()
	b.must(b.db.InTenant(context.Background(), access.SystemActor(access.Worker, b.w.Trust, b.w.Service), func(tx *postgres.Tx) error {
		return tx.QueryRow(context.Background(), `select count(*) from outbox where service_id = $1 and capacity = 'work'`, b.w.Service).Scan(&n)
	}))
	return n
}

func TestHelpToday(t *testing.T) {
	for name, open := range map[string]bool{"with an open case": true, "without one": false} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			var ref uuid.UUID
			if open {
				ref = b.sent()
				b.work()
			}
			site := b.site()
			me := site.As(b.w.Nurse.As(access.Person, access.Portal))
			p := me.Get("/my/help").Want(200).Says("999", "116 123", "111", "Call the site team on 01234 567891")
			v := p.Form()
			me.Post("/my/help", v).To("/my/help/asked")
			me.Post("/my/help", v).To("/my/help/asked")
			me.Get("/my/help/asked").Want(200).Says("Occupational health has been told", "116 123", "At night")
			var tasks int
			var due bool
			var on uuid.UUID
			b.must(b.db.InTenant(context.Background(), b.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
				return tx.QueryRow(context.Background(), `select count(*) over (), due_at < $2, casefile_id from task t where kind = 'urgent_help' and priority = 'P0' and service_id = $1`,
					b.w.Service, b.now.AddDate(0, 0, 1)).Scan(&tasks, &due, &on)
			}))
			if tasks != 1 || !due || (open && on != ref) {
				t.Errorf("%d tasks, due today %v, on %s", tasks, due, on)
			}
			if n := b.messages("help_asked"); n != 1 {
				t.Errorf("%d messages to the team, want 1", n)
			}
		})
	}
}

func TestUrgentHelpNeedsNoSignIn(t *testing.T) {
	b := newBench(t)
	site := b.site()
	for _, who := range []*webtest.Browser{site.Anonymous(), site.As(b.manager())} {
		who.Get("/help/urgent").Want(200).Says("999", "111", "116 123")
	}
	for _, path := range []string{"/my", "/my/help", "/refer", "/referrals"} {
		site.Anonymous().Get(path).To("/sign-in")
	}
}

// TestNothingToRecord: a report that advises no adjustment asks for no answer to any. (One that does is walked in test/e2e.)
func TestNothingToRecord(t *testing.T) {
	b := newBench(t)
	in := b.sent()
	b.must(b.db.InTenant(context.Background(), b.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), `update referral set state = 'reported' where id = $1`, in)
		return err
	}))
	b.site().As(b.manager()).Get("/referrals/" + in.String()).Want(200).Says("Read the report").Hides("each adjustment")
}

// TestReportState: "being written" and "waits for you" are two things, and what waits stands on top with its link.
func TestReportState(t *testing.T) {
	b := newBench(t)
	in := b.sent()
	b.must(b.db.InTenant(context.Background(), b.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), `update referral set state = 'report_pending' where id = $1`, in)
		return err
	}))
	me := b.site().As(b.w.Nurse.As(access.Person, access.Portal))
	const ready = "Your report is ready: read it and decide by 30 November 2026."
	const aim = "Occupational health aims to do this by"
	me.Get("/my").Want(200).Says("A report is being written", aim).Hides(ready)
	b.reports = []myweb.Report{{ID: uuid.New(), Referral: in, Signed: true, Due: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)}}
	if page := me.Get("/my").Want(200).Says(ready, "It waits for you").Hides("being written", aim); !strings.Contains(page.Body, `href="/my/reports/`+b.reports[0].ID.String()) {
		t.Error("the banner does not lead to the report")
	}
	me.Get("/my/referrals/" + in.String()).Want(200).Says("It waits for you").Hides(aim)
	b.reports[0].Due = time.Time{}
	me.Get("/my").Want(200).Says("You have answered").Hides(ready, "being written", aim)
}
