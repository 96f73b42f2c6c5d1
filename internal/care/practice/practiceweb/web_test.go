package practiceweb_test

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/care/practice/practiceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// key is a word key that a page shows because the words have no such text.
var key = regexp.MustCompile(`\b(practice|form|role|fault|audit)\.[a-z_]+(\.[A-Za-z_0-9-]+)*\b`)

func whole(t *testing.T, p *webtest.Page) *webtest.Page {
	t.Helper()
	if k := key.FindString(p.Text()); k != "" {
		t.Errorf("the page shows the key %s", k)
	}
	if strings.Count(p.Body, "<h1") != 1 {
		t.Errorf("%d h1 on the page", strings.Count(p.Body, "<h1"))
	}
	return p
}

type bench struct {
	*testing.T
	w      *world.World
	s      *practice.Service
	routes []web.Route
	min    int
}

func open(t *testing.T) *bench {
	db := world.Open(t)
	accounts := account.New(account.Deps{DB: db, Now: func() time.Time { return now }})
	s := practice.New(practice.Deps{DB: db, Box: caretest.Box(), Team: func(ctx context.Context, service uuid.UUID) (out []practice.Member, err error) {
		list, err := accounts.Team(ctx, service)
		for _, h := range list {
			out = append(out, practice.Member{Account: h.Account, Organisation: h.Organisation, Person: h.Person, Name: h.Name, Acting: h.Role})
		}
		return out, err
	}})
	return &bench{T: t, w: world.New(t, db), s: s, routes: practiceweb.Routes(s)}
}

// as signs somebody in, a minute later each time: events are in the order of their times.
func (b *bench) as(who world.Who, role access.Role) *webtest.Browser {
	b.min++
	actor := who.As(role, access.Hall)
	if role == access.Nurse {
		actor.Registration = "NMC 00A0000E"
	}
	return webtest.New(b.T, now.Add(time.Duration(b.min)*time.Minute), b.routes, practice.Rules).As(actor)
}

func (b *bench) nurse() *webtest.Browser { return b.as(b.w.OHNurse, access.Nurse) }
func (b *bench) lead() *webtest.Browser  { return b.as(b.w.OHLead, access.Lead) }

// refused posts a form and wants its errors, with what was typed still there.
func (b *bench) refused(v *webtest.Browser, path string, f url.Values, want ...string) {
	b.Helper()
	p := whole(b.T, v.Post(path, f).Want(422))
	if got := p.Errors(); !slices.Equal(got, want) {
		b.Errorf("%s: errors %q, want %q", path, got, want)
	}
	for name, typed := range f {
		if kept := p.Form().Get(name); kept != typed[0] {
			b.Errorf("%s: %s was %q and is %q", path, name, typed[0], kept)
		}
	}
}

func set(f url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func TestCompetence(t *testing.T) {
	b := open(t)
	const path = "/practice/competencies/triage"
	whole(t, b.nurse().Get("/practice").Want(200)).Says("0 of 11 unsupervised", "Nothing is due", "Give your registration", "Last taken: never").Hides("The team")
	whole(t, b.nurse().Get("/practice/competencies").Want(200)).Says("Triage", "Not begun", "Not a national framework")
	whole(t, b.nurse().Get(path).Want(200)).Says("I have begun to learn this", "Ask to be signed off").Hides("What happened")
	b.nurse().Get("/practice/competencies/flying").Want(404)
	b.nurse().Get(path + "/stop").Want(409)
	b.nurse().Post(path, url.Values{"to": {"signed_off"}}).Want(404)
	b.nurse().Post(path, url.Values{"to": {"started"}}).To(path)
	b.nurse().Post(path, url.Values{"to": {"ready"}}).To(path)
	whole(t, b.nurse().Get(path).Want(200)).Says("Waiting for sign-off", "Began to learn it", "You have asked")

	sign := "/practice/sign-off/" + b.w.OHNurse.Account.String() + "/triage"
	b.nurse().Get(sign).Want(404) // oneself
	b.nurse().Post(sign, nil).Want(404)
	b.as(b.w.OHNurse2, access.Nurse).Get(sign).Want(404) // who does not hold it
	whole(t, b.as(b.w.OHNurse2, access.Nurse).Get("/practice/sign-off").Want(200)).Says("Nobody waits")
	whole(t, b.lead().Get("/practice").Want(200)).Says("1 colleague waits for your sign-off", "The team")
	whole(t, b.lead().Get("/practice/sign-off").Want(200)).Says("Helen Marsh", "Triage")
	b.lead().Get("/practice/sign-off/" + b.w.OHNurse2.Account.String() + "/triage").Want(409)
	b.lead().Get("/practice/sign-off/" + b.w.ForeignOHNurse.Account.String() + "/triage").Want(404)
	f := whole(t, b.lead().Get(sign).Want(200)).Says("Sign off Helen Marsh", "Reads a referral").Form()
	if f.Get("expires-year") != "2029" || f.Get("on-day") != "23" {
		t.Errorf("suggested %v", f)
	}
	b.lead().Post(sign, nil).Want(404) // a form that the page did not make
	b.refused(b.lead(), sign, url.Values{"id": f["id"], "on-day": {""}, "on-month": {""}, "on-year": {""}, "expires-day": {"40"}, "expires-month": {"1"}, "expires-year": {"2027"}},
		"Enter the day you saw that they are ready", "End of the sign-off: enter the day as a number from 1 to 31")
	b.refused(b.lead(), sign, set(url.Values{"id": f["id"]}, "on-day", "24", "on-month", "11", "on-year", "2026", "expires-day", "1", "expires-month", "1", "expires-year", "2020"),
		"The day must be today or in the past", "The end must be after today and after the day you saw it")
	b.lead().Post(sign, f).To("/practice/team/" + b.w.OHNurse.Account.String())
	b.lead().Post(sign, f).To("/practice/team/") // a second click
	whole(t, b.nurse().Get(path).Want(200)).Says("May practise unsupervised until 23 November 2029", "Anne Shaw", "Ask to be signed off")
	whole(t, b.lead().Get("/practice/team").Want(200)).Says("Helen Marsh", "Hangs on Helen Marsh", "is the only one who may do this unsupervised: Triage. They have given no registration.", "single points of failure under Our team", "Nobody can do this", "Yes")
	member := whole(t, b.lead().Get("/practice/team/"+b.w.OHNurse.Account.String()).Want(200)).Says("Withdraw", "No registration has been given")
	withdraw := "/practice/withdraw/" + b.w.OHNurse.Account.String() + "/triage"
	if !slices.Contains(member.Links(), withdraw) {
		t.Errorf("no way to withdraw: %v", member.Links())
	}
	b.nurse().Get(withdraw).Want(404)
	b.as(b.w.OHPhysician, access.Physician).Get(withdraw).Want(404)
	f = whole(t, b.lead().Get(withdraw).Want(200)).Form()
	b.refused(b.lead(), withdraw, set(f, "reason", ""), "Enter why")
	b.refused(b.lead(), withdraw, set(f, "reason", strings.Repeat("x", 501)), "Shorten this to 500 characters or fewer")
	b.lead().Post(withdraw, set(f, "reason", "Out of practice")).To("/practice/team/")
	b.lead().Get(withdraw).Want(409)
	whole(t, b.nurse().Get(path).Want(200)).Says("The sign-off was withdrawn", "Out of practice")

	// signed again by the lead, and given back
	b.nurse().Post(path, url.Values{"to": {"ready"}}).To(path)
	b.lead().Post(sign, b.lead().Get(sign).Want(200).Form()).To("/practice/team/")
	f = whole(t, b.nurse().Get(path+"/stop").Want(200)).Form()
	b.refused(b.nurse(), path+"/stop", set(f, "reason", ""), "Enter why")
	b.nurse().Post(path+"/stop", set(f, "reason", "A year without it")).To(path)
	whole(t, b.nurse().Get(path).Want(200)).Says("A year without it")
	whole(t, b.lead().Get("/practice/team/"+b.w.OHLead.Account.String()).Want(200)).Says("This is you").Hides("Withdraw")
}

func TestDevelopment(t *testing.T) {
	b := open(t)
	whole(t, b.nurse().Get("/practice/cpd").Want(200)).Says("There is nothing here yet", "0 hours in the last 12 months")
	f := whole(t, b.nurse().Get("/practice/cpd/add").Want(200)).Form()
	b.refused(b.nurse(), "/practice/cpd/add", f, "Enter what it was", "Enter when it was", "Select a kind", "Enter hours, for example 1.5, at most 100")
	set(f, "what", "CANARY title", "on-day", "32", "on-month", "11", "on-year", "2026", "kind", "course", "hours", "soon", "reflection", "CANARY thought")
	b.refused(b.nurse(), "/practice/cpd/add", f, "Enter the day as a number from 1 to 31", "Enter hours, for example 1.5, at most 100")
	set(f, "on-day", "20", "hours", "1.5")
	b.nurse().Post("/practice/cpd/add", f).To("/practice/cpd")
	b.nurse().Post("/practice/cpd/add", f).To("/practice/cpd") // a second click
	list := whole(t, b.nurse().Get("/practice/cpd").Want(200)).Says("CANARY title", "1.5 hours", "20 November 2026", "Course").Hides("thought")
	i := slices.IndexFunc(list.Links(), func(l string) bool { return strings.HasPrefix(l, "/practice/cpd/0") })
	if i < 0 {
		t.Fatalf("no way to the entry: %v", list.Links())
	}
	path := list.Links()[i]
	f = whole(t, b.nurse().Get(path).Want(200)).Says("CANARY thought").Form()
	b.refused(b.nurse(), path, set(f, "what", ""), "Enter what it was")
	b.nurse().Post(path, set(f, "what", "CANARY other", "hours", "2")).To("/practice/cpd")

	// hours reach the lead, words reach nobody
	for _, page := range []string{"/practice/team", "/practice/team/" + b.w.OHNurse.Account.String()} {
		whole(t, b.lead().Get(page).Want(200)).Says("2 hours").Hides("CANARY")
	}
	for _, x := range []string{path, path + "/remove"} {
		b.lead().Get(x).Want(404).Hides("CANARY")
		b.as(b.w.OHNurse2, access.Nurse).Get(x).Want(404).Hides("CANARY")
		b.as(b.w.OHNurse2, access.Nurse).Post(x, f).Want(404).Hides("CANARY")
	}
	whole(t, b.nurse().Get(path+"/remove").Want(200)).Says("Remove: CANARY other")
	b.nurse().Post(path+"/remove", nil).To("/practice/cpd")
	b.nurse().Get(path).Want(404)
	whole(t, b.nurse().Get("/practice/cpd").Want(200)).Hides("CANARY")

	whole(t, b.nurse().Get("/practice/supervision").Want(200)).Says("There is nothing here yet")
	f = whole(t, b.nurse().Get("/practice/supervision/add").Want(200)).Form()
	b.refused(b.nurse(), "/practice/supervision/add", f, "Enter when it was", "Select with whom it was", "Enter minutes, from 1 to 480")
	if got := b.nurse().Post("/practice/supervision/add", set(f, "supervisor", b.w.OHNurse.Account.String())).Want(422).Errors(); !slices.Contains(got, "Select with whom it was") {
		t.Errorf("with oneself: %q", got)
	}
	b.refused(b.nurse(), "/practice/supervision/add", set(f, "supervisor", "outside"), "Enter when it was", "Enter with whom it was", "Enter minutes, from 1 to 480")
	set(f, "on-day", "24", "on-month", "11", "on-year", "2026", "supervisor", b.w.OHLead.Account.String(), "with", "Nobody", "minutes", "481")
	b.refused(b.nurse(), "/practice/supervision/add", f, "The day must be today or in the past", "Enter minutes, from 1 to 480")
	b.nurse().Post("/practice/supervision/add", set(f, "on-day", "2", "minutes", "45")).To("/practice/supervision")
	list = whole(t, b.nurse().Get("/practice/supervision").Want(200)).Says("Anne Shaw", "45 minutes", "0.75 hours")
	whole(t, b.lead().Get("/practice/team").Want(200)).Says("0.75 hours", "2 November 2026")
	whole(t, b.lead().Get("/practice/supervision").Want(200)).Says("Supervision you gave", "Helen Marsh", "45 minutes", "There is nothing here yet")
	whole(t, b.as(b.w.OHNurse2, access.Nurse).Get("/practice/supervision").Want(200)).Hides("Supervision you gave", "Helen Marsh")
	i = slices.IndexFunc(list.Links(), func(l string) bool { return strings.HasSuffix(l, "/remove") })
	path = list.Links()[i]
	b.as(b.w.OHNurse2, access.Nurse).Get(path).Want(404)
	b.as(b.w.OHNurse2, access.Nurse).Post(path, nil).Want(404)
	whole(t, b.nurse().Get(path).Want(200)).Says("Remove supervision of 2 November 2026")
	b.nurse().Post(path, nil).To("/practice/supervision")
	whole(t, b.nurse().Get("/practice/supervision").Want(200)).Hides("Anne Shaw")
	whole(t, b.lead().Get("/practice/supervision").Want(200)).Hides("Supervision you gave")
}

func TestRegistrationAndTeam(t *testing.T) {
	b := open(t)
	whole(t, b.nurse().Get("/practice/registration").Want(200)).Says("You have given no entry", "signed with NMC 00A0000E", "from memory")
	whole(t, b.as(b.w.OHAdmin, access.OHAdmin).Get("/practice/registration").Want(200)).Hides("signed with")
	whole(t, b.as(b.w.OHAdmin, access.OHAdmin).Get("/practice").Want(200)).Says("Not needed for your role").Hides("Give your registration")
	f := whole(t, b.nurse().Get("/practice/registration/add").Want(200)).Form()
	if f.Get("body") != "NMC" || f.Get("number") != "00A0000E" {
		t.Errorf("it does not begin with what is known: %v", f)
	}
	b.refused(b.nurse(), "/practice/registration/add", set(f, "body", "", "number", ""), "Select a register", "Enter your number", "Enter the day your registration ends")
	set(f, "body", "GMC", "number", "00A0000E", "expires-day", "31", "expires-month", "3", "expires-year", "2062", "revalidates-day", "", "revalidates-month", "13", "revalidates-year", "2027")
	b.refused(b.nurse(), "/practice/registration/add", f, "Enter a number that the GMC could have given", "Check the year", "Revalidation: enter the day as a number from 1 to 31")
	set(f, "body", "NMC", "expires-day", "5", "expires-month", "12", "expires-year", "2026", "revalidates-day", "1", "revalidates-month", "11", "revalidates-year", "2026")
	b.nurse().Post("/practice/registration/add", f).To("/practice/registration")
	whole(t, b.nurse().Get("/practice/registration").Want(200)).Says("00A0000E", "5 December 2026")
	whole(t, b.nurse().Get("/practice").Want(200)).Says("Registration (NMC): 5 December 2026, in 12 days", "Revalidation (NMC): Ended on 1 November 2026")
	whole(t, b.lead().Get("/practice/due").Want(200)).Says("Helen Marsh", "Registration (NMC)", "No registration given", "Ruth Vale", "Nothing written down", "Ruth Vale: supervision", "What is expected how often", "Supervision every 3 months (Occupational health nurse", "A service's own choice, not a rule", "Since 23 November 2026").Hides("Anne Shaw (")
	whole(t, b.lead().Get("/practice/team/"+b.w.OHNurse.Account.String()).Want(200)).Says("00A0000E", "Due soon")
	change := whole(t, b.nurse().Get("/practice/registration/add?body=NMC").Want(200)).Says("I am no longer registered")
	if f := change.Form(); f.Get("expires-day") != "5" {
		t.Errorf("what was given is not shown: %v", f)
	}
	b.nurse().Get("/practice/registration/GMC/end").Want(404)
	f = whole(t, b.nurse().Get("/practice/registration/NMC/end").Want(200)).Form()
	b.nurse().Post("/practice/registration/NMC/end", nil).Want(404)
	b.nurse().Post("/practice/registration/NMC/end", f).To("/practice/registration")
	whole(t, b.nurse().Get("/practice/registration").Want(200)).Says("You have given no entry")

	role := "/practice/team/" + b.w.OHNurse2.Account.String() + "/role"
	f = whole(t, b.lead().Get(role).Want(200)).Says("Now: Occupational health nurse").Form()
	if f.Has("role") { // nothing is chosen for the lead
		t.Errorf("role %v", f)
	}
	b.refused(b.lead(), role, url.Values{}, "Select a role")
	b.lead().Post(role, set(f, "role", "development-nurse")).To("/practice/team/")
	whole(t, b.lead().Get("/practice/team").Want(200)).Says("Nurse in a development post")
	b.nurse().Get(role).Want(404)
}

// Who does not belong there finds nothing: every route, every other role, another service.
func TestWalls(t *testing.T) {
	b := open(t)
	own := b.nurse()
	b.nurse().Post("/practice/competencies/triage", url.Values{"to": {"ready"}}).To("/practice")
	for _, r := range b.routes {
		path := strings.NewReplacer("{account}", b.w.OHNurse.Account.String(), "{competence}", "triage", "{code}", "triage", "{id}", uuid.NewString()).Replace(r.Path)
		ask := func(v *webtest.Browser) *webtest.Page {
			if r.Method == "POST" {
				return v.Post(path, nil)
			}
			return v.Get(path)
		}
		for role, who := range map[access.Role]world.Who{access.Person: b.w.OHNurse, access.Manager: b.w.Ward, access.HR: b.w.HR, access.Caldicott: b.w.Caldicott, access.Guardian: b.w.Guardian, access.Executive: b.w.Executive, access.Admin: b.w.Peer} {
			ask(b.as(who, role)).Want(404)
		}
		if strings.HasPrefix(r.Path, "/practice/team") || r.Path == "/practice/due" {
			ask(own).Want(404)
			ask(b.as(b.w.OHAdmin, access.OHAdmin)).Want(404)
		}
		if strings.Contains(r.Path, "{account}") {
			ask(b.as(b.w.ForeignOHNurse, access.Lead)).Want(404)
		}
	}
	whole(t, b.as(b.w.ForeignOHNurse, access.Lead).Get("/practice/team").Want(200)).Hides("Helen Marsh")
	whole(t, b.as(b.w.ForeignOHNurse, access.Lead).Get("/practice/sign-off").Want(200)).Hides("Helen Marsh")
}
