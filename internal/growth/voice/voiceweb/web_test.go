package voiceweb_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/voice"
	"github.com/rowan-ohwb/rowan/internal/growth/voice/voiceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	action := uuid.New()
	s := voice.New(voice.Deps{DB: db, Actions: func(context.Context, access.Actor) ([]voice.Action, error) {
		return []voice.Action{{ID: action, Title: "Thursday clinic"}}, nil
	}})
	site := webtest.New(t, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), voiceweb.Routes(s), voice.Rules)
	lead, executive := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.OHLead.As(access.Executive, access.Growth))
	staff := site.As(w.Nurse.As(access.Person, access.Portal))
	executive.Get("/voice").Want(200).Says("Too few to show", "The team has released no quotes yet").Hides("Add what you did")
	staff.Get("/my/said").Want(200).Says("There is nothing here yet")

	f := lead.Get("/voice/did/add").Want(200).Says("Thursday clinic").Form()
	if f.Get("review-month") != "5" || f.Get("review-year") != "2027" {
		t.Errorf("looked at again on %v", f)
	}
	f.Set("said", "Dr Smith was late")
	bad := lead.Post("/voice/did/add", f).Want(422).Says("Select a theme", "it looks like a person", "Enter what you did")
	if got := bad.Form().Get("said"); got != "Dr Smith was late" {
		t.Errorf("kept %q", got)
	}
	f.Set("theme", "waiting")
	f.Set("said", "It took too long")
	f.Set("did", "We opened a clinic on Thursdays")
	f.Set("action", action.String())
	lead.Post("/voice/did/add", f).To("/voice")
	page := lead.Get("/voice").Want(200).Says("Draft, only you see it", "See the action")
	one := page.Link(`/voice/did/[0-9a-f-]{36}`)
	executive.Get("/voice").Want(200).Hides("Change this", "Publish for staff")
	executive.Get(one).Want(404)
	f = lead.Get(one).Want(200).Form()
	f.Set("did", "")
	lead.Post(one, f).Want(422).Says("Enter what you did")
	f.Set("did", "We opened two clinics")
	lead.Post(one, f).To("/voice")
	lead.Post(one, f).Want(409)
	staff.Get("/my/said").Want(200).Hides("two clinics")
	lead.Post(one+"/publish", nil).To("/voice")
	staff.Get("/my/said").Want(200).Says("You said", "It took too long", "We did", "We opened two clinics", "24 November 2026")
	lead.Post(one+"/publish", nil).Want(404)
	lead.Post(one+"/withdraw", nil).To("/voice")
	staff.Get("/my/said").Want(200).Hides("two clinics")
	lead.Get("/voice/did/" + uuid.NewString()).Want(404)
	for _, a := range []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.OHNurse.As(access.Nurse, access.Clinical)} {
		site.As(a).Get("/voice").Want(404)
	}
}
