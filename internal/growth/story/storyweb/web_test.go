package storyweb_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storytest"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storyweb"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	h := storytest.New(t)
	site := webtest.New(t, storytest.Now, storyweb.Routes(h.S), slices.Concat(story.Rules, figure.Rules))
	lead, admin, guardian, comms := site.As(h.Lead), site.As(h.Admin), site.As(h.Guardian), site.As(h.Comms)
	guardian.Get("/stories").Want(200).Says("There are no case studies yet").Hides("Write a case study")
	guardian.Get("/stories/cases/add").Want(404)

	f := lead.Get("/stories/cases/add").Want(200).Form()
	f.Set("done", "Dr Smith saw them")
	bad := lead.Post("/stories/cases/add", f).Want(422).Says("Enter a title", "Select where it is to be read", "Select a driver", "Enter what the need was", "it looks like a person", "Enter what failed")
	if got := bad.Form().Get("done"); got != "Dr Smith saw them" {
		t.Errorf("kept %q", got)
	}
	for name, value := range map[string]string{"title": "Seen sooner", "place": "public", "driver": "D2", "need": "People waited too long", "done": "A clinic on Thursdays", "failed": "Nobody came in the evening", "contact": "Staff Health"} {
		f.Set(name, value)
	}
	lead.Post("/stories/cases/add", f)
	one := lead.Get("/stories").Want(200).Says("Seen sooner", "Draft").Hides("Waiting for you").Link(`/stories/cases/[0-9a-f-]{36}`)
	lead.Get(one).Want(200).Says("Nobody said beforehand", "You wrote some of this").Hides("I have read and checked it")
	guardian.Get(one).Want(404)

	f = lead.Get(one+"/measured").Want(200).Says("Waits: 12 days", "Thursday clinic").Form()
	f.Set("figure", "")
	lead.Post(one+"/measured", f).Want(422).Says("Select a figure, an action or a forecast")
	f.Set("figure", "test/waits")
	f.Set("action", h.Action.String())
	lead.Post(one+"/measured", f).To(one)
	lead.Post(one+"/measured", f).Want(409)
	comms.Get(one + "/measured").Want(404)
	lead.Get(one).Says("Waits: 15 days", "Word of consistent", "Word of no_claim", "by chance 10 to 14", "£1,000", "Nobody came in the evening", "Line chart by month", "Fewer referrals")

	f = comms.Get(one + "/edit").Want(200).Hides(`value="inside"`).Form()
	f.Set("title", "")
	comms.Post(one+"/edit", f).Want(422).Says("Enter a title")
	f.Set("title", "Seen much sooner")
	comms.Post(one+"/edit", f).To(one)
	comms.Post(one+"/check", f).Want(404)
	admin.Get("/stories").Want(200).Says("Waiting for you", "Seen much sooner")
	f = admin.Get(one).Want(200).Says("I have read and checked it").Form()
	lead.Post(one+"/check", f).Want(409)
	admin.Post(one+"/check", f).To(one)
	lead.Get("/stories").Says("Waiting for you", "waits to be published")

	f = admin.Get(one + "/return").Want(200).Form()
	admin.Post(one+"/return", f).Want(422).Says("Enter why")
	f.Set("reason", "Say how many clinics")
	admin.Post(one+"/return", f).To("/stories")
	comms.Get(one).Says("Given back: Say how many clinics")
	f = admin.Get(one).Form()
	admin.Post(one+"/check", f).To(one)
	f = lead.Get(one).Says("Publish on the public site").Form()
	admin.Post(one+"/publish", f).Want(404)
	lead.Post(one+"/publish", f).To(one)
	guardian.Get("/stories").Says("Seen much sooner", "Public site", "Shown until 24 November 2028")
	guardian.Get(one).Want(200).Says("Published", "Word of consistent").Hides("Write it anew", "Withdraw")

	next := lead.Post(one+"/follow", nil)
	if next.Status != 303 || next.Location == one {
		t.Errorf("anew: %d %s", next.Status, next.Location)
	}
	lead.Get(next.Location).Want(200).Says("Draft")
	f = lead.Get(one + "/withdraw").Want(200).Form()
	lead.Post(one+"/withdraw", f).Want(422).Says("Enter why")
	f.Set("reason", "The clinic is closed")
	lead.Post(one+"/withdraw", f).To("/stories")
	guardian.Get(one).Want(404)
	lead.Get(one).Says("Withdrawn", "The clinic is closed")
	lead.Get(one + "/edit").Want(409)
	lead.Get("/stories/cases/" + uuid.NewString()).Want(404)
	for _, a := range []access.Actor{h.W.Ward.As(access.Manager, access.Employer), h.W.HR.As(access.HR, access.Employer), h.W.OHNurse.As(access.Nurse, access.Clinical), h.W.Nurse.As(access.Person, access.Portal)} {
		site.As(a).Get("/stories").Want(404)
	}
}
