package safecontactweb_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact/safecontactweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	routes := safecontactweb.Routes(safecontact.New(safecontact.Deps{DB: db, Codes: keys}))
	site := webtest.New(t, now, routes, safecontact.Rules)
	person := w.Nurse.As(access.Person, access.Portal)
	me := site.As(person)

	f := me.Get("/my/contact").Want(200).Says("How we reach you", "07700900111").Form()
	if got := me.Post("/my/contact", f).Want(422).Says("Error").Errors(); len(got) != 2 {
		t.Errorf("errors %v", got)
	}
	f.Set("kind", "email")
	f.Set("address", "amara.okafor@wyre")
	page := me.Post("/my/contact", f).Want(422).Says("Enter an email address in the correct format")
	if page.Form().Get("address") != "amara.okafor@wyre" {
		t.Error("what was typed is lost")
	}
	f.Set("address", "amara@post.example")
	me.Post("/my/contact", f).To("/my/contact/code")
	me.Post("/my/contact", f).To("/my/contact/code")
	me.Get("/my/contact").Want(200).Says("07700900111").Hides("amara@post.example")
	me.Get("/my/contact/code").Want(200).Says("works for 30 minutes")
	me.Post("/my/contact/code", nil).Want(422).Says("Enter the code")
	id := caretest.Ask[uuid.UUID](t, db, person, `select id from contact_proof where person_id = $1`, w.Nurse.Person)
	me.Post("/my/contact/code", url.Values{"code": {keys.Code("other", id)}}).Want(422).Says("This is not the code we sent")
	me.Post("/my/contact/code", url.Values{"code": {keys.Code(message.Code, id)}}).To("/my/contact")
	me.Get("/my/contact").Want(200).Says("amara@post.example", "You entered the code that was sent there").Hides("07700900111")

	site = webtest.New(t, now.Add(time.Hour), routes, safecontact.Rules)
	me = site.As(person)
	admin := site.As(w.OHAdmin.As(access.OHAdmin, access.Clinical))
	kase := "/cases/" + caretest.Managed(t, db, w.Ward, w.Nurse, "why", now).String()
	number := caretest.Ask[string](t, db, person, `select employee_number from person where id = $1`, w.Nurse.Person)
	f = admin.Get(kase+"/safe-contact").Want(200).Says("How to reach Amara Okafor", "amara@post.example", "7 March 1984", "Employee number", number, "Mobile, from the staff record, not confirmed as safe: 07700900111").Form()
	if got := admin.Post(kase+"/safe-contact", f).Want(422).Errors(); len(got) != 5 {
		t.Errorf("errors %v", got)
	}
	if n := caretest.Ask[int](t, db, person, `select count(*) from audit_event where subject_person = $1 and action = 'safe_contact.opened' and ground = 'administration'`, w.Nurse.Person); n != 2 {
		t.Errorf("%d looks in the audit trail, of a page and of the same page with its errors", n)
	}
	for name, value := range map[string]string{"kind": "post", "address": "1 Mill Lane, Wyre", "method": "in_person", "identity": "saw_photo", "read_back": "yes"} {
		f.Set(name, value)
	}
	admin.Post(kase+"/safe-contact", f).To(strings.Replace(kase, "/cases/", "/queue/", 1) + "/complete")
	oh := w.OHAdmin.As(access.OHAdmin, access.Clinical)
	caretest.Ask[int](t, db, oh, `update casefile set complete_at = $2 where id = $1 returning 1`, strings.TrimPrefix(kase, "/cases/"), now)
	admin.Post(kase+"/safe-contact", f).To(kase)
	me.Get("/my/contact").Want(200).Says("1 Mill Lane, Wyre", w.OHAdmin.Name+" of Wyre Valley Staff Health took it down", "23 November 2026", "In person", "Saw a staff card or other photo")

	local := caretest.Managed(t, db, w.LocalManager, w.Local, "why", now)
	admin.Get("/no-safe-contact").Want(200).Says("Everybody with an open case has a safe contact")
	caretest.Ask[int](t, db, w.Local.As(access.Person, access.Portal), `update person set safe_contact_verified_at = null where id = $1 returning 1`, w.Local.Person)
	list := admin.Get("/no-safe-contact").Want(200).Says("Joan Miles", "To their work email, without a link").Hides("Amara")
	admin.Get("/cases/" + local.String() + "/safe-contact").Want(200)
	if links := list.Links(); len(links) == 0 {
		t.Error("no link to record a contact")
	}

	nurse := site.As(w.OHNurse.As(access.Nurse, access.Clinical))
	f = nurse.Get(kase + "/safe-contact").Want(200).Form()
	for name, value := range map[string]string{"kind": "mobile", "address": "07700 900222", "method": "telephone", "identity": "called_back", "read_back": "yes"} {
		f.Set(name, value)
	}
	nurse.Post(kase+"/safe-contact", f).To("/queue/") // who has no relation of their own yet
	me.Get("/my/contact").Want(200).Says("07700900222")
	for _, role := range access.Roles {
		if role == access.OHAdmin || role == access.Anonymous {
			continue
		}
		site.As(w.OHNurse.As(role, access.Clinical)).Get("/no-safe-contact").Want(404)
		if !role.IsClinician() {
			site.As(w.OHNurse.As(role, access.Clinical)).Get(kase + "/safe-contact").Want(404)
		}
		if role != access.Person {
			site.As(w.Nurse.As(role, access.Portal)).Get("/my/contact").Want(404)
		}
	}
	site.As(w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical)).Get(kase + "/safe-contact").Want(404)
	site.As(w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical)).Get("/no-safe-contact").Want(200).Hides("Joan Miles")
}
