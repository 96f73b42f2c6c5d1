package appointmentweb_test

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/appointmentweb"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx    = context.Background()
	monday = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)
)

// key is a word key that a page shows because the words have no such text.
var key = regexp.MustCompile(`\b(triage|appointment|form|sheet|role|fault|careui)\.[a-z_]+(\.[A-Za-z_0-9-]+)*\b`)

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

func service(db *postgres.DB, w *world.World) *appointment.Service {
	return appointment.New(appointment.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England(), Now: time.Now,
		Clinicians: func(context.Context, uuid.UUID) ([]appointment.Clinician, error) {
			return []appointment.Clinician{{Account: w.OHNurse.Account, Name: w.OHNurse.Name, Role: access.Nurse}}, nil
		}})
}

// plan adds a clinic through its page and makes sessions of four hours on Tuesdays.
func plan(t *testing.T, site *webtest.Site, w *world.World) {
	t.Helper()
	admin := site.As(w.OHAdmin.As(access.OHAdmin, access.Clinical))
	f := whole(t, admin.Get("/clinics/add").Want(200)).Form()
	bad := whole(t, admin.Post("/clinics/add", f).Want(422))
	if n := len(bad.Errors()); n != 8 || !strings.HasPrefix(bad.Title(), "Error: ") {
		t.Errorf("%d errors: %v", n, bad.Errors())
	}
	for k, v := range map[string]string{"name": "Nurse clinic", "site": "Main site", "mode": "phone", "clinician": w.OHNurse.Account.String(), "weekday": "2", "start": "9.00",
		"minutes": "60", "slots": "4", "from-day": "16", "from-month": "11", "from-year": "2026"} {
		f.Set(k, v)
	}
	admin.Post("/clinics/add", f).To("/clinics")
	admin.Post("/clinics/add", f).To("/clinics") // a second click
}

func TestClinics(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	site := webtest.New(t, monday, appointmentweb.Routes(service(db, w)), appointment.Rules)
	admin := site.As(w.OHAdmin.As(access.OHAdmin, access.Clinical))
	whole(t, admin.Get("/clinics").Want(200)).Says("There are no clinics yet")
	plan(t, site, w)
	p := whole(t, admin.Get("/clinics").Want(200)).Says("Tuesday from 09:00", "4 times of 60 minutes", "Tuesday 17 November 2026", "0 of 4")
	var edit, cancel string
	for _, l := range p.Links() {
		if strings.HasSuffix(l, "/edit") {
			edit = l
		}
		if strings.HasSuffix(l, "/cancel") && cancel == "" {
			cancel = l
		}
	}
	f := whole(t, admin.Get(edit).Want(200)).Says("Sessions already made stay").Form()
	if f.Get("start") != "09:00" || f.Get("from-year") != "2026" || f.Get("mode") != "phone" || f.Get("clinician") != w.OHNurse.Account.String() {
		t.Errorf("the form shows %v", f)
	}
	f.Set("name", "Renamed clinic")
	admin.Post(edit, f).To("/clinics")
	whole(t, admin.Get("/clinics").Want(200)).Says("Renamed clinic").Hides("Nurse clinic")
	admin.Post("/clinics/generate", nil).To("/clinics")
	if title := whole(t, admin.Get("/clinics?page=2").Want(200)).Title(); strings.Contains(title, "page") {
		t.Errorf("title %q of a list of one page", title)
	}
	whole(t, admin.Get(cancel).Want(200)).Says("Cancel a session")
	whole(t, admin.Post(cancel, nil).Want(422))
	admin.Post(cancel, url.Values{"reason": {"room"}}).To("/clinics")
	whole(t, admin.Get(cancel).Want(200)).Says("This session is cancelled")
	whole(t, site.As(w.OHNurse.As(access.Nurse, access.Clinical)).Get("/clinics").Want(200)).Hides("/edit", "/cancel")
}

func TestPersonChooses(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	site := webtest.New(t, monday, appointmentweb.Routes(service(db, w)), appointment.Rules)
	plan(t, site, w)
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "CANARY", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	selfID := caretest.Self(t, db, w.Peer, "CANARY", monday)
	caretest.Waiting(t, db, w.OHNurse, selfID, "oh_nurse", "P2", monday)
	me, peer := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Peer.As(access.Person, access.Portal))
	whole(t, me.Get("/my/appointments").Want(200)).Says("Choose a time", "You have no appointment booked", "116 123")

	path := "/my/appointments/" + id.String() + "/book"
	p := whole(t, me.Get(path).Want(200)).Says("Tuesday 17 November 2026 at 9am, 60 minutes, by phone, with Helen Marsh", "Your manager, or whoever referred you, can see the date", "Show later times")
	var later string
	for _, l := range p.Links() {
		if strings.Contains(l, "from=") {
			later = l
		}
	}
	whole(t, me.Get(later).Want(200)).Hides("17 November")
	f := p.Form()
	if got := whole(t, me.Post(path, f).Want(422)).Errors(); len(got) != 1 {
		t.Errorf("errors %v", got)
	}
	slot := caretest.Ask[uuid.UUID](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select id from slot where service_id = $1 order by starts_at limit 1`, w.Service)
	f.Set("slot", slot.String())
	me.Post(path, f).To("/my/appointments")
	me.Post(path, f).To("/my/appointments") // a second click
	whole(t, me.Get("/my/appointments").Want(200)).Says("Tuesday 17 November 2026", "9am", "Change this appointment")

	// somebody who saw the same list is told, and shown the list again without that time
	f.Set("id", uuid.NewString())
	other := "/my/appointments/" + selfID.String() + "/book"
	whole(t, peer.Get(other).Want(200)).Says("Nobody at work can see")
	lost := whole(t, peer.Post(other, f).Want(409)).Says("That time has just been taken", "10am").Hides(slot.String())
	if len(lost.Errors()) != 1 {
		t.Errorf("errors %v", lost.Errors())
	}

	booked := caretest.Ask[uuid.UUID](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select id from appointment where slot_id = $1`, slot)
	change := "/my/appointments/" + booked.String() + "/change"
	g := whole(t, me.Get(change).Want(200)).Says("It is now on Tuesday 17 November 2026 at 9am").Form()
	next := caretest.Ask[uuid.UUID](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select id from slot where service_id = $1 order by starts_at offset 4 limit 1`, w.Service)
	g.Set("slot", next.String())
	me.Post(change, g).To("/my/appointments")
	peer.Get(change).Want(404)
	moved := caretest.Ask[uuid.UUID](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select id from appointment where slot_id = $1`, next)
	cancel := "/my/appointments/" + moved.String() + "/cancel"
	whole(t, me.Get(cancel).Want(200)).Hides("late cancellation")
	peer.Post(cancel, nil).Want(404)
	me.Post(cancel, nil).To("/my/appointments")
	me.Post(cancel, nil).To("/my/appointments")
	me.Get(cancel).Want(409)

	// a time held for the person
	err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
		return service(db, w).Offer(ctx, tx, monday, appointment.FreedArgs{Organisation: w.Trust, Service: w.Service, Slot: slot})
	})
	if err != nil {
		t.Fatal(err)
	}
	o := whole(t, peer.Get("/my/appointments").Want(200)).Says("An earlier time is free for you", "held for you until").Form()
	peer.Post(other, o).To("/my/appointments")
	whole(t, peer.Get("/my/appointments").Want(200)).Says("17 November").Hides("An earlier time")
}

func TestOHRecords(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w)
	before := webtest.New(t, monday, appointmentweb.Routes(s), appointment.Rules)
	plan(t, before, w)
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	path := "/cases/" + id.String() + "/book"
	starts := time.Time{}
	book := func() string {
		b := before.As(nurse)
		f := whole(t, b.Get(path).Want(200)).Form()
		slot := caretest.Ask[uuid.UUID](t, db, nurse, `select s.id from slot s where service_id = $1 and not exists (select 1 from appointment a where a.slot_id = s.id) order by starts_at limit 1`, w.Service)
		starts = caretest.Ask[time.Time](t, db, nurse, `select starts_at from slot where id = $1`, slot)
		f.Set("slot", slot.String())
		return b.Post(path, f).To("/appointments/")
	}
	whole(t, before.As(nurse).Get(path+"?role=oh_physician").Want(200)).Says("There are no free times").Hides("Whose diary")
	whole(t, before.As(nurse).Get(path+"?mode=video").Want(200)).Says("There are no free times")
	whole(t, before.As(nurse).Get(path+"?mode=phone&diary=mine").Want(200)).Says("17 November 2026 at 9am")
	whole(t, before.As(w.OHNurse2.As(access.Nurse, access.Clinical)).Get(path+"?diary=mine").Want(200)).Says("There are no free times")
	a := book()
	whole(t, before.As(nurse).Get(a).Want(200)).Says("First appointment", "Change the time", "You can record attendance on 17 November 2026").Hides("Record that they came")
	before.As(nurse).Post(a+"/attend", url.Values{"agrees": {"yes"}}).Want(409)
	whole(t, before.As(nurse).Get(a).Want(200)).Says("Safe contact, use this first: 07700900111").Hides("We hold no telephone number")
	morning := webtest.New(t, starts.Add(-time.Hour), appointmentweb.Routes(s), appointment.Rules).As(nurse)
	whole(t, morning.Get(a).Want(200)).Says("Have they come already?")
	if got := whole(t, morning.Post(a+"/attend", url.Values{"agrees": {"yes"}}).Want(422)).Errors(); len(got) != 1 {
		t.Errorf("errors %v", got)
	}
	// move and cancel by OH need a reason
	f := whole(t, before.As(nurse).Get(a+"/move").Want(200)).Form()
	if got := whole(t, before.As(nurse).Post(a+"/move", f).Want(422)).Errors(); len(got) != 2 {
		t.Errorf("errors %v", got)
	}
	whole(t, before.As(nurse).Get(a+"/cancel").Want(200))
	whole(t, before.As(nurse).Post(a+"/cancel", nil).Want(422))
	before.As(nurse).Post(a+"/cancel", url.Values{"code": {"CANC-OH"}}).To(a)
	whole(t, before.As(nurse).Get(a).Want(200)).Says("Cancelled by occupational health", "Book another time")
	for range 2 {
		a = book()
		then := webtest.New(t, starts.Add(time.Hour), appointmentweb.Routes(s), appointment.Rules).As(nurse)
		whole(t, then.Get(a).Want(200)).Says("Record that they came", "Record that they did not come").Hides("Close as not assessed")
		whole(t, then.Get(a+"/missed").Want(200)).Says("second time within 15 minutes", "Whoever referred them is told")
		whole(t, then.Post(a+"/missed", nil).Want(422))
		then.Post(a+"/missed", url.Values{"tried": {"yes"}}).To(a)
	}
	then := webtest.New(t, starts.Add(time.Hour), appointmentweb.Routes(s), appointment.Rules).As(nurse)
	whole(t, then.Get(a).Want(200)).Says("They missed 2 appointments", "Close as not assessed")
	third := book()
	employer := access.SystemActor(access.Employer, w.Trust, uuid.Nil)
	err := db.InTenant(ctx, employer, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update person set mobile = null, safe_contact = null, safe_contact_kind = null where id = $1`, w.Nurse.Person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	whole(t, before.As(nurse).Get(third).Want(200)).Says("We hold no telephone number", "Personal e-mail")
	morning = webtest.New(t, starts.Add(-time.Hour), appointmentweb.Routes(s), appointment.Rules).As(nurse)
	morning.Post(third+"/attend", nil).Want(422)
	then = webtest.New(t, starts, appointmentweb.Routes(s), appointment.Rules).As(nurse)
	if got := whole(t, then.Post(third+"/attend", nil).Want(422)).Errors(); len(got) != 1 || got[0] != "Choose whether they agree to be assessed" {
		t.Errorf("errors %v", got)
	}
	then.Post(third+"/attend", url.Values{"agrees": {"yes"}}).To("/cases/" + id.String())
	then.Post(third+"/attend", url.Values{"agrees": {"yes"}}).To("/cases/" + id.String())
	then.Post(a+"/close", nil).Want(409)
	looked := caretest.Ask[int](t, db, w.Nurse.As(access.Person, access.Portal), `select count(*) from audit_event where subject_person = $1 and action = 'appointment.opened'`, w.Nurse.Person)
	if looked != 8 {
		t.Errorf("%d looks in the audit trail, want 8", looked)
	}
}

// Who does not belong there finds nothing: every route, every other role, another service, one's own case in OH,
// another person's in the portal.
func TestWalls(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w)
	routes := appointmentweb.Routes(s)
	site := webtest.New(t, monday, routes, appointment.Rules)
	plan(t, site, w)
	book := func(who world.Who) (kase, id uuid.UUID) {
		kase, id = caretest.Self(t, db, who, "CANARY", monday), uuid.New()
		caretest.Waiting(t, db, w.OHNurse, kase, "oh_nurse", "P2", monday)
		slot := caretest.Ask[uuid.UUID](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select s.id from slot s where service_id = $1 and not exists (select 1 from appointment a where a.slot_id = s.id) order by starts_at limit 1`, w.Service)
		if err := s.Book(ctx, who.As(access.Person, access.Portal), monday, appointment.Booking{ID: id, Case: kase, Slot: slot}); err != nil {
			t.Fatal(err)
		}
		return kase, id
	}
	theirCase, theirs := book(w.Nurse)
	ownCase, own := book(w.OHNurse)
	for _, r := range routes {
		ask := func(a access.Actor, kase, id uuid.UUID) *webtest.Page {
			if strings.HasPrefix(r.Path, "/cases/") {
				id = kase
			}
			path := strings.NewReplacer("{case}", kase.String(), "{id}", id.String()).Replace(r.Path)
			if r.Method == "POST" {
				return site.As(a).Post(path, nil)
			}
			return site.As(a).Get(path)
		}
		never := []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.Caldicott.As(access.Caldicott, access.Audit)}
		if r.Wall == access.Clinical {
			never = append(never, w.Nurse.As(access.Person, access.Portal))
		}
		for _, a := range never {
			ask(a, theirCase, theirs).Want(404).Hides("CANARY", "Okafor")
		}
		if !strings.Contains(r.Path, "{") || strings.HasPrefix(r.Path, "/clinics") {
			continue
		}
		ask(w.ForeignOHNurse.As(access.Nurse, access.Clinical), theirCase, theirs).Want(404).Hides("Okafor")
		ask(w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical), theirCase, theirs).Want(404).Hides("Okafor")
		ask(w.OHNurse.As(access.Nurse, access.Clinical), ownCase, own).Want(404)
		ask(w.Peer.As(access.Person, access.Portal), theirCase, theirs).Want(404)
	}
}
