package casefileweb_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
)

// The clock is stopped with a reason and started again by whoever cares for the person, and by administrators.
func TestClock(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.AwaitingBooking, &b.W.OHNurse)
	path := "/cases/" + c.ID.String()
	now, later := b.Site(b.Now), b.Site(b.Now.AddDate(0, 0, 14))
	nurse := now.As(clinical(b.W.OHNurse, access.Nurse))
	nurse.Get(path).Want(200).Says("Stop the clock", "working days since the referral came").Hides("Start the clock")
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
