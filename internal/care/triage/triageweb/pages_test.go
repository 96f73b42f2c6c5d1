package triageweb_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/care/triage/triageweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var monday = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)

// key is a word key that a page shows because the words have no such text.
var key = regexp.MustCompile(`\b(triage|appointment|form|sheet|role|fault)\.[a-z_]+(\.[A-Za-z_0-9-]+)*\b`)

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

// TestTitleSaysThePage has 26 people wait, one more than a page takes.
func TestTitleSaysThePage(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	for range 26 {
		caretest.Self(t, db, w.Nurse, "Tired", monday)
	}
	s := triage.New(triage.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England()})
	nurse := webtest.New(t, monday, triageweb.Routes(s), triage.Rules).As(w.OHNurse.As(access.Nurse, access.Clinical))
	if title := nurse.Get("/queue?page=2").Want(200).Says("26 people wait").Title(); title != "Queue (page 2 of 2) - Rowan" {
		t.Errorf("title %q", title)
	}
}

func TestJourney(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := triage.New(triage.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England(), Box: caretest.Box()})
	site := webtest.New(t, monday.Add(time.Hour), triageweb.Routes(s), triage.Rules)
	admin := site.As(w.OHAdmin.As(access.OHAdmin, access.Clinical))
	nurse := site.As(w.OHNurse.As(access.Nurse, access.Clinical))
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "Away since the summer", monday)
	own := caretest.Self(t, db, w.Nurse, "CANARY words for clinicians", monday)
	path := "/queue/" + id.String()

	whole(t, nurse.Get("/queue").Want(200)).Says("Queue", "2 people wait", "2 to triage", "2 to check", "Amara Okafor", "Due 18 November 2026", "2 working days left", "Not set", "Self-referral")
	whole(t, nurse.Get("/queue?state=returned&pathway=oh_nurse&page=9").Want(200)).Says("0 people wait")

	p := whole(t, admin.Get(path).Want(200)).Says("Away since the summer", "Check that it is complete", "Staff nurse")
	for _, l := range p.Links() {
		if strings.HasSuffix(l, "/triage") {
			t.Error("an administrator is shown the way to triage")
		}
	}
	whole(t, admin.Get("/queue/"+own.String()).Want(200)).Says("How to reach them").Hides("CANARY")
	whole(t, nurse.Get("/queue/"+own.String()).Want(200)).Says("CANARY words for clinicians")
	admin.Get(path + "/triage").Want(404)
	admin.Post(path+"/triage", nil).Want(404)

	whole(t, admin.Get(path+"/complete").Want(200))
	bad := whole(t, admin.Post(path+"/complete", map[string][]string{"checks": {"told"}}).Want(422))
	if len(bad.Errors()) != 1 || !strings.HasPrefix(bad.Title(), "Error: ") {
		t.Errorf("errors %v, title %q", bad.Errors(), bad.Title())
	}
	admin.Post(path+"/complete", map[string][]string{"checks": {"told", "reason", "questions", "job", "contact"}}).To(path)
	list := whole(t, admin.Get("/queue").Want(200)).Says("2 to triage", "1 to check")
	if at, after := slices.Index(list.Links(), "/queue?state=to_check"), slices.Index(list.Links(), "/queue?state=received"); at < 0 || at > after {
		t.Errorf("an administrator's first task is not the check: %v", list.Links())
	}
	whole(t, admin.Get("/queue?state=to_check").Want(200)).Says("1 person waits", "Self-referral")

	f := whole(t, admin.Get(path+"/return").Want(200)).Form()
	if got := whole(t, admin.Post(path+"/return", f).Want(422)).Errors(); len(got) != 2 {
		t.Errorf("errors %v", got)
	}
	admin.Post(path+"/return", nil).Want(404) // a form that the page did not make
	f.Set("message", "RETURN-INFO-ABSENCE")
	f.Set("missing", "No dates")
	admin.Post(path+"/return", f).To("/queue")
	whole(t, nurse.Get("/queue").Want(200)).Says("Clock stopped")
	whole(t, nurse.Get(path).Want(200)).Says("The answer has arrived", "No dates")
	nurse.Get(path + "/triage").Want(409) // not while it is returned
	admin.Post(path+"/resume", nil).To(path)

	later := webtest.New(t, monday.Add(2*time.Hour), triageweb.Routes(s), triage.Rules)
	admin, nurse = later.As(w.OHAdmin.As(access.OHAdmin, access.Clinical)), later.As(w.OHNurse.As(access.Nurse, access.Clinical))
	f = whole(t, nurse.Get(path+"/triage").Want(200)).Says("Join it to an open case", "Which open case?").Form()
	page := nurse.Get(path+"/triage").Says("Go to the decision", "You must say why", "Safe contact, use this first")
	if strings.Count(page.Body, "Ward 7") > 1 || strings.Count(page.Body, ">Main reason<") > 1 {
		t.Error("the post or the main reason stands on the page twice")
	}
	f.Set("rationale", "typed and kept")
	if got := whole(t, nurse.Post(path+"/triage", f).Want(422).Says("typed and kept")).Errors(); len(got) != 2 {
		t.Errorf("errors %v", got)
	}
	f.Set("priority", "P2")
	f.Set("outcome", "ACCEPT-OHN")
	nurse.Post(path+"/triage", f).To("/queue")
	nurse.Post(path+"/triage", f).To("/queue") // a second click
	done := whole(t, nurse.Get("/queue?decided="+id.String()).Want(200)).Says("Amara Okafor: Accept: OH nurse.")
	if !slices.Contains(done.Links(), "/cases/"+id.String()+"/book") {
		t.Error("no link to book")
	}
	whole(t, admin.Get("/queue?decided="+id.String()).Want(200)).Hides("Decision saved") // who did not decide
	f.Set("id", uuid.NewString())
	nurse.Post(path+"/triage", f).Want(409) // somebody else, later
	whole(t, nurse.Get(path).Want(200)).Says("Book an appointment", "typed and kept", "Accept: OH nurse")
	whole(t, admin.Get(path).Want(200)).Hides("typed and kept")

	looked := caretest.Ask[int](t, db, w.Nurse.As(access.Person, access.Portal), `select count(*) from audit_event where subject_person = $1 and action = 'referral.opened'`, w.Nurse.Person)
	if looked < 8 {
		t.Errorf("%d readings in the audit trail", looked)
	}
}

func TestUrgentStandsAboveTheQueue(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := triage.New(triage.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England(), Box: caretest.Box()})
	site := webtest.New(t, monday.Add(10*time.Minute), triageweb.Routes(s), triage.Rules)
	nurse := site.As(w.OHNurse.As(access.Nurse, access.Clinical))
	id, task := caretest.Self(t, db, w.Nurse, "words", monday), uuid.New()
	err := db.InTenant(context.Background(), w.Nurse.As(access.Person, access.Portal), func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), `insert into task (service_id, id, casefile_id, kind, priority, created_at, due_at) values ($1,$2,$3,'urgent_help','P0',$4,$4)`, w.Service, task, id, monday)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	path := "/queue/tasks/" + task.String()
	card := whole(t, nurse.Get("/queue").Want(200)).Says("1 person needs help today", "It has waited 10 minutes", "07700900111", "1 to check")
	if strings.Contains(card.Body, "nhsuk-button--reverse") {
		t.Error("a white button on a white card")
	}
	nurse.Post(path+"/done", nil).Want(409)
	nurse.Post(path+"/acknowledge", nil).To("/queue")
	whole(t, nurse.Get("/queue").Want(200)).Says("after 10 minutes", "This is yours")
	whole(t, site.As(w.OHNurse2.As(access.Nurse, access.Clinical)).Get("/queue").Want(200)).Says("A colleague has taken this on")
	nurse.Post(path+"/done", nil).To("/queue")
	nurse.Get("/queue").Want(200).Hides("needs help today")
}

// A number of the staff record is no safe contact, and the page of a referral says so.
func TestNoSafeContact(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := triage.New(triage.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England(), Box: caretest.Box()})
	admin := webtest.New(t, monday, triageweb.Routes(s), triage.Rules).As(w.OHAdmin.As(access.OHAdmin, access.Clinical))
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday).String()
	whole(t, admin.Get("/queue/"+id).Want(200)).Hides("No safe contact")
	caretest.Unreached(t, db, w.Nurse)
	page := whole(t, admin.Get("/queue/"+id).Want(200)).Says("No safe contact", "from the staff record")
	if !slices.Contains(page.Links(), "/cases/"+id+"/safe-contact") {
		t.Error("no link to record a safe contact")
	}
}

// Who does not belong there finds nothing: every route, every other role, another service, one's own case.
func TestWalls(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := triage.New(triage.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England(), Box: caretest.Box()})
	routes := triageweb.Routes(s)
	site := webtest.New(t, monday, routes, triage.Rules)
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "CANARY", monday)
	own := caretest.Self(t, db, w.OHNurse, "CANARY", monday)
	for _, r := range routes {
		at := func(id uuid.UUID) string {
			return strings.NewReplacer("{case}", id.String(), "{id}", id.String()).Replace(r.Path)
		}
		ask := func(a access.Actor, path string) *webtest.Page {
			if r.Method == "POST" {
				return site.As(a).Post(path, nil)
			}
			return site.As(a).Get(path)
		}
		for _, a := range []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.Nurse.As(access.Person, access.Portal),
			w.OHLead.As(access.Lead, access.Clinical), w.Caldicott.As(access.Caldicott, access.Audit)} {
			ask(a, at(id)).Want(404).Hides("CANARY", "Okafor")
		}
		if r.Path == "/queue" {
			ask(w.ForeignOHNurse.As(access.Nurse, access.Clinical), at(id)).Want(200).Hides("Okafor")
			ask(w.OHNurse.As(access.Nurse, access.Clinical), at(id)).Want(200).Hides(own.String())
			continue
		}
		ask(w.ForeignOHNurse.As(access.Nurse, access.Clinical), at(id)).Want(404).Hides("CANARY", "Okafor")
		ask(w.OHNurse.As(access.Nurse, access.Clinical), at(own)).Want(404).Hides("CANARY")
	}
}
