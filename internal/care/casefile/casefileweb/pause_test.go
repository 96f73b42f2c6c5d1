package casefileweb_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
)

// The next step of an unchecked referral is the check; stopping the clock never is the main button.
func TestMainAction(t *testing.T) {
	b := casetest.New(t)
	admin, nurse := clinical(b.W.OHAdmin, access.OHAdmin), clinical(b.W.OHNurse, access.Nurse)
	c := b.Managed(flow.Received, &b.W.OHNurse)
	path, check := "/cases/"+c.ID.String(), "/queue/"+c.ID.String()+"/complete"
	main := func(a access.Actor) string {
		body := b.Site(b.Now).As(a).Get(path).Want(200).Says("Stop the clock").Body
		return strings.Join(mainButton.FindAllString(body, -1), "\n")
	}
	for _, a := range []access.Actor{admin, nurse} {
		if got := main(a); !strings.Contains(got, check) || strings.Contains(got, "\n") {
			t.Errorf("%s, unchecked: %q", a.Role, got)
		}
	}
	b.Exec(admin, `update casefile set complete_at = $2 where id = $1`, c.ID, b.Now)
	if got := main(admin); got != "" {
		t.Errorf("%s, checked: %q", admin.Role, got)
	}
	if got := main(nurse); !strings.Contains(got, path+"/notes/new") || strings.Contains(got, "\n") {
		t.Errorf("%s, checked: %q", nurse.Role, got)
	}
}

// mainButton is a link drawn as a button that is not a secondary one.
var mainButton = regexp.MustCompile(`<a[^>]*class="nhsuk-button"[^>]*>`)

// The clock is stopped with a reason and started again by whoever cares for the person, and by administrators.
func TestClock(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.AwaitingBooking, &b.W.OHNurse)
	path := "/cases/" + c.ID.String()
	now, later := b.Site(b.Now), b.Site(b.Now.AddDate(0, 0, 14))
	nurse := now.As(clinical(b.W.OHNurse, access.Nurse))
	nurse.Get(path).Want(200).Says("Stop the clock").Hides("Start the clock")
	later.As(clinical(b.W.OHNurse, access.Nurse)).Get(path).Want(200).Says("working days since the referral came")
	f := nurse.Get(path + "/clock/stop").Want(200).Form()
	if got := nurse.Post(path+"/clock/stop", f).Want(422).Errors(); len(got) != 1 || got[0] != "Choose why the clock stops" {
		t.Errorf("errors %v", got)
	}
	f.Set("reason", "awaiting_evidence")
	nurse.Post(path+"/clock/stop", f).To(path)
	nurse.Post(path+"/clock/stop", f).To(path)
	admin := later.As(clinical(b.W.OHAdmin, access.OHAdmin))
	admin.Get(path).Want(200).Says("Waiting for a report from their own doctor or specialist", "The clock stands", "Start the clock").Hides("Stop the clock")
	f.Set("pause", "")
	admin.Post(path+"/clock/stop", f).Want(409)
	admin.Post(path+"/clock/start", nil).To(path)
	admin.Post(path+"/clock/start", nil).To(path)
	admin.Get(path).Want(200).Says("Stop the clock").Hides("The clock stands", "Start the clock")
	for _, a := range []access.Actor{clinical(b.W.OHNurse2, access.Nurse), clinical(b.W.OHLead, access.Lead), clinical(b.W.ForeignOHAdmin, access.OHAdmin), b.W.Ward.As(access.Manager, access.Employer)} {
		now.As(a).Get(path + "/clock/stop").Want(404)
		now.As(a).Post(path+"/clock/start", nil).Want(404)
	}
}
