package glassweb_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// stepped is somebody who has just given their second factor.
func stepped(w world.Who, r access.Role, at time.Time) access.Actor {
	a := w.As(r, access.Clinical)
	a.SteppedUpAt = at
	return a
}

func pathOf(w world.Who) string {
	return fmt.Sprintf("/people/%s/%s", w.Organisation, w.Person)
}

func TestSearch(t *testing.T) {
	b := casetest.New(t)
	b.Self(flow.Attended, nil)
	nurse := b.Site(b.Now).As(b.W.OHNurse.As(access.Nurse, access.Clinical))
	nurse.Get("/people").Want(200)
	born := url.Values{"born-day": {"7"}, "born-month": {"3"}, "born-year": {"1984"}}
	with := func(more ...string) url.Values {
		v := url.Values{}
		for k, x := range born {
			v[k] = x
		}
		for i := 0; i < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	for name, v := range map[string]url.Values{"nothing": {}, "a name": {"name": {"Okafor"}}, "a date": born, "a number": {"number": {"20000002"}},
		"one letter and a date": with("name", "O"), "a wild card": {"name": {"%%"}, "number": {""}}, "no date": {"name": {"Okafor"}, "born-day": {"30"}, "born-month": {"2"}, "born-year": {"1984"}}} {
		t.Run("refuses "+name, func(t *testing.T) { nurse.Post("/people", v).Want(422).Hides(b.W.Nurse.Person.String()) })
	}
	t.Run("finds by name and date", func(t *testing.T) {
		p := nurse.Post("/people", with("name", "Oka")).Want(200).Says("Amara Okafor", "1 person found").Hides("Hughes")
		if !slices.Contains(p.Links(), pathOf(b.W.Nurse)) {
			t.Error("no link to the person")
		}
	})
	t.Run("never by LIKE", func(t *testing.T) { nurse.Post("/people", with("name", "%afor")).Want(200).Says("0 people found") })
	t.Run("no further than its clients", func(t *testing.T) { nurse.Post("/people", with("name", "Stone")).Want(200).Says("0 people found") })
	t.Run("of every client", func(t *testing.T) { nurse.Post("/people", with("name", "Miles")).Want(200).Says("Joan Miles") })
	t.Run("bounded", func(t *testing.T) {
		for i := range 25 {
			b.Exec(access.SystemActor(access.Employer, b.W.Trust, uuid.Nil), `insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth) values ($1,$2,$3,'Quill','Q','quill q','1984-03-07')`,
				b.W.Trust, uuid.New(), fmt.Sprint(30000000+i))
		}
		nurse.Post("/people", with("name", "quill")).Want(200).Says("20 people found", "There are more")
	})
	t.Run("shows nothing clinical without a relationship", func(t *testing.T) {
		nurse.Get(pathOf(b.W.Nurse)).Want(200).Says("Amara Okafor", "You do not look after this person").Hides("/cases/", "Case of")
	})
	t.Run("not oneself", func(t *testing.T) { nurse.Get(pathOf(b.W.OHNurse)).Want(404) })
	t.Run("nobody of another service", func(t *testing.T) { nurse.Get(pathOf(b.W.Foreign)).Want(404) })
}

func TestBreakGlass(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse2)
	signed, closed := uuid.New(), uuid.New()
	b.Exec(b.W.OHNurse2.As(access.Nurse, access.Clinical), `insert into note (service_id, id, casefile_id, organisation_id, person_id, author_account, author_name, author_role, body, findings, saved_at, signed_at)
 values ($1,$2,$3,$4,$5,$6,'Ruth Vale','oh_nurse',$8,$9,$7,$7)`, c.Service, signed, c.ID, c.Organisation, c.Person, b.W.OHNurse2.Account, b.Now,
		b.Seal(sealed.NoteBody, signed, "canary-note"), b.Seal(sealed.NoteFindings, signed, `{}`))
	b.Exec(b.W.OHCounsellor.As(access.Counsellor, access.Clinical), `insert into note (service_id, id, casefile_id, organisation_id, person_id, restricted, author_account, author_name, author_role, body, findings, saved_at, signed_at)
 values ($1,$2,$3,$4,$5,true,$6,'Nia Rees','oh_counsellor',$8,$9,$7,$7)`, c.Service, closed, c.ID, c.Organisation, c.Person, b.W.OHCounsellor.Account, b.Now,
		b.Seal(sealed.NoteBody, closed, "canary-counselling"), b.Seal(sealed.NoteFindings, closed, `{}`))
	person, record := pathOf(b.W.Nurse), "/cases/"+c.ID.String()
	s := b.Site(b.Now)
	nurse := s.As(stepped(b.W.OHNurse, access.Nurse, b.Now))
	officer := b.W.Caldicott.As(access.Caldicott, access.Audit)
	told := func() int {
		return b.Count(officer, `select count(*) from audit_event where action = 'break_glass.opened' and subject_person = $1`, c.Person)
	}
	worker := access.SystemActor(access.Worker, c.Organisation, c.Service)

	nurse.Get(record).Want(404)
	t.Run("needs a fresh second factor", func(t *testing.T) {
		s.As(b.W.OHNurse.As(access.Nurse, access.Clinical)).Get(person + "/break-glass").To("/account/step-up")
		s.As(stepped(b.W.OHNurse, access.Nurse, b.Now.Add(-time.Hour))).Post(person+"/break-glass", url.Values{"reason": {"safeguarding"}, "detail": {"A long enough text"}}).To("/account/step-up")
		if told() != 0 {
			t.Error("the glass broke without it")
		}
	})
	form := nurse.Get(person+"/break-glass").Want(200).Says("Caldicott guardian", "60 minutes").Form()
	if errs := nurse.Post(person+"/break-glass", form).Want(422).Errors(); len(errs) != 2 {
		t.Errorf("errors: %q", errs)
	}
	form.Set("reason", "danger_to_life")
	form.Set("detail", "canary-detail: collapsed on the ward")
	nurse.Post(person+"/break-glass", form).To(person)
	nurse.Post(person+"/break-glass", form).To(person) // a double click

	t.Run("the Caldicott guardian is told at once, once, and in neutral words", func(t *testing.T) {
		if n := told(); n != 1 {
			t.Errorf("%d rows of the audit log", n)
		}
		if n := b.Count(officer, `select count(*) from audit_event where action = 'break_glass.opened' and detail::text like '%canary%'`); n != 0 {
			t.Error("the audit log holds what was written")
		}
		if n := b.Count(worker, `select count(*) from outbox where template = 'break_glass' and capacity = 'guardian' and service_id = $1 and args = '{}'`, c.Service); n != 1 {
			t.Errorf("%d messages", n)
		}
	})
	t.Run("reads, counselling left out", func(t *testing.T) {
		nurse.Get(person).Want(200).Says("by break-glass", "Case of")
		nurse.Get(record).Want(200).Says("by break-glass", "canary-note").Hides("canary-counselling", "Write a note", "Close the case")
		nurse.Get(record + "/notes/" + signed.String()).Want(200).Says("canary-note")
		if n := b.Count(officer, `select count(*) from audit_event where action = 'casefile.opened' and ground like 'glass:%' and subject_person = $1`, c.Person); n != 1 {
			t.Errorf("%d openings with their ground", n)
		}
	})
	t.Run("writes nothing", func(t *testing.T) {
		for _, p := range []string{"/notes/new", "/refer-on", "/close", "/notes/" + signed.String() + "/addendum", "/notes/" + signed.String() + "/outcome"} {
			nurse.Get(record + p).Want(404)
		}
		nurse.Post(record+"/notes/"+uuid.NewString()+"/save", url.Values{"body": {"x"}}).Want(404)
		nurse.Post(record+"/close", url.Values{"reason": {"FULL_DUTY"}}).Want(404)
	})
	t.Run("one person, one account", func(t *testing.T) {
		s.As(stepped(b.W.OHPhysician, access.Physician, b.Now)).Get(record).Want(404)
		nurse.Get(pathOf(b.W.Peer)).Want(200).Hides("by break-glass")
	})
	t.Run("ends at once after 60 minutes", func(t *testing.T) {
		a := stepped(b.W.OHNurse, access.Nurse, b.Now)
		b.Site(b.Now.Add(glass.Lasts - time.Second)).As(a).Get(record).Want(200)
		late := b.Site(b.Now.Add(glass.Lasts)).As(a)
		late.Get(record).Want(404).Hides("canary")
		late.Get(record + "/notes/" + signed.String()).Want(404)
		late.Get(person).Want(200).Hides("by break-glass", "Case of")
	})
	t.Run("never for", func(t *testing.T) {
		for _, a := range []access.Actor{stepped(b.W.OHAdmin, access.OHAdmin, b.Now), stepped(b.W.OHCounsellor, access.Counsellor, b.Now), stepped(b.W.OHLead, access.Lead, b.Now),
			stepped(b.W.ForeignOHNurse, access.Nurse, b.Now), b.W.Ward.As(access.Manager, access.Employer), b.W.HR.As(access.HR, access.Employer), b.W.Nurse.As(access.Person, access.Portal)} {
			a.SteppedUpAt = b.Now
			s.As(a).Get(person + "/break-glass").Want(404)
			s.As(a).Post(person+"/break-glass", form).Want(404)
		}
		s.As(stepped(b.W.OHNurse, access.Nurse, b.Now)).Post(pathOf(b.W.OHNurse)+"/break-glass", form).Want(404)
	})
}
