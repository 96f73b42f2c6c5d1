package appointmentweb_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/appointmentweb"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// OH moves an appointment: for reasons of its own set, shown as moved, and the time that came free is seen by OH as
// offered to somebody else, by nobody else, and never to whom.
func TestMovedTimeIsOffered(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w)
	site := webtest.New(t, monday, appointmentweb.Routes(s), appointment.Rules)
	plan(t, site, w)
	nurse, admin := site.As(w.OHNurse.As(access.Nurse, access.Clinical)), site.As(w.OHAdmin.As(access.OHAdmin, access.Clinical))
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	slots := caretest.Ask[[]uuid.UUID](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select array_agg(id order by starts_at) from slot where service_id = $1`, w.Service)
	book := "/cases/" + id.String() + "/book"
	f := nurse.Get(book).Want(200).Form()
	f.Set("slot", slots[0].String())
	was := nurse.Post(book, f).To("/appointments/")

	f = whole(t, nurse.Get(was+"/move").Want(200)).Says("the old time is offered to the next person who waits", "The person asked for another time").Hides("Technical failure").Form()
	f.Set("slot", slots[5].String())
	f.Set("code", "CANC-OH")
	if got := whole(t, nurse.Post(was+"/move", f).Want(422)).Errors(); len(got) != 1 || got[0] != "Choose why it is moved" {
		t.Errorf("errors %v", got)
	}
	f.Set("code", "MOVE-MGR")
	now := nurse.Post(was+"/move", f).To("/appointments/")
	whole(t, nurse.Get(was).Want(200)).Says("State Moved", "The manager could not release the person, late").Hides("Cancelled")

	next := caretest.Self(t, db, w.Peer, "CANARY", monday)
	caretest.Waiting(t, db, w.OHNurse, next, "oh_nurse", "P2", monday)
	err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
		return s.Offer(ctx, tx, monday, appointment.FreedArgs{Organisation: w.Trust, Service: w.Service, Slot: slots[0]})
	})
	if err != nil {
		t.Fatal(err)
	}
	const until = "until 17 November 2026 at 8am" // an hour before it begins
	for _, oh := range []*webtest.Browser{nurse, admin} {
		whole(t, oh.Get(now+"/move").Want(200)).Says("Offered to somebody else", "Tuesday 17 November 2026 at 9am", "offered to somebody else "+until).Hides("Hughes", slots[0].String())
		whole(t, oh.Get("/clinics").Want(200)).Says("0 of 4 1 more is offered 9am: offered to somebody "+until).Hides("Hughes", "CANARY")
	}
	for _, narrowed := range []string{"?mode=video", "?role=oh_physician", "?from=2026-11-18T00:00:00Z"} {
		whole(t, nurse.Get(now+"/move"+narrowed).Want(200)).Hides("Offered to somebody else")
	}
	me, peer := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Peer.As(access.Person, access.Portal))
	whole(t, me.Get("/my"+now+"/change").Want(200)).Hides("Offered to", "offered to", slots[0].String())
	whole(t, nurse.Get("/cases/"+next.String()+"/book").Want(200)).Says("Tuesday 17 November 2026 at 9am").Hides("Offered to somebody else") // it is theirs
	o := peer.Get("/my/appointments").Want(200).Form()
	peer.Post("/my/appointments/"+next.String()+"/book", o).To("/my/appointments")
	whole(t, admin.Get("/clinics").Want(200)).Says("1 of 4").Hides("is offered", until)

	// the last hours before its time: nobody is offered it any more
	late := webtest.New(t, monday.Add(7*24*time.Hour+23*time.Hour), appointmentweb.Routes(s), appointment.Rules).As(w.OHNurse.As(access.Nurse, access.Clinical))
	whole(t, late.Get(now+"/move").Want(200)).Hides("the old time is offered")
}
