package reportweb_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// propose has the nurse ask a colleague to decide with her, and gives the disclosure's page.
func propose(t *testing.T, c *casetest.Case, site *webtest.Site, asked world.Who) string {
	t.Helper()
	path := "/cases/" + c.ID.String() + "/disclosure"
	nurse := site.As(c.Clinician)
	page := nurse.Get(path).Want(200).Says("Omar Aziz, OH physician", "Ruth Vale, OH nurse").Hides("Helen Marsh, OH nurse Omar", "Mark Todd", "Kate Finch")
	if got := nurse.Post(path, page.Form()).Want(422).Errors(); len(got) != 6 {
		t.Errorf("an empty form has the errors %q", got)
	}
	full := merge(page.Form(), map[string]string{"recipient": "Driving licence authority", "ground": "law", "statement": "Must not drive.", "rationale": "Seizures, drives on duty.", "told": "yes"})
	nurse.Post(path, merge(full, map[string]string{"asked": c.W.OHPhysio.Account.String()})).Want(422).Says("Select who is asked to decide with you")
	nurse.Post(path, merge(full, map[string]string{"asked": asked.Account.String()})).To(path)
	nurse.Post(path, full).To(path) // a double click
	nurse.Get(path).Want(200).Says("Waits for " + asked.Name)
	return path + "/" + page.Form().Get("disclosure")
}

// at gives a clinician who has just given the second factor.
func at(c *casetest.Case, who world.Who, role access.Role) access.Actor {
	a := who.As(role, access.Clinical)
	a.SteppedUpAt = c.Now
	return a
}

func TestDisclosure(t *testing.T) {
	c, site := open(t)
	one := propose(t, c, site, c.W.OHPhysician)
	nurse, physician := site.As(at(c, c.W.OHNurse, access.Nurse)), c.W.OHPhysician.As(access.Physician, access.Clinical)
	site.As(c.Person).Get("/my/reports").Want(200).Hides("Driving licence authority")
	nurse.Get(one).Want(200).Says("You proposed this", "Seizures").Hides("Confirm the disclosure")
	nurse.Post(one, nil).Want(404)
	site.As(physician).Get(one).Want(200).Says("Must not drive.", "Seizures", "Confirm the disclosure")
	site.As(physician).Post(one, nil).To("/account/step-up")
	physician.SteppedUpAt = c.Now
	site.As(physician).Post(one, nil).To(one)
	site.As(physician).Get(one).Want(200).Hides("Confirm the disclosure")
	nurse.Get("/cases/" + c.ID.String() + "/disclosure").Want(200)
	nurse.Get(one).Want(200) // the proposer's list leads to it still
	if n := casetest.Ask[int](c, access.SystemActor(access.Worker, c.W.Trust, c.W.Service), `select count(*) from outbox where template = 'disclosure_made' and to_person = $1 and capacity = 'self'`,
		c.W.Nurse.Person); n != 1 {
		t.Errorf("%d messages to the person that something was told, want 1", n)
	}
	site.As(c.Person).Get("/my/reports").Want(200).Says("Driving licence authority", "Must not drive.").Hides("Seizures")
	if err := c.Try(c.Clinician, `update disclosure set second_account = $1, second_at = now() where casefile_id = $2`, uuid.New(), c.ID); err == nil {
		t.Error("a decided disclosure was changed")
	}
}

// TestDisclosureWaits: while it waits, the two clinicians read it and whoever looks after the person; nobody else.
func TestDisclosureWaits(t *testing.T) {
	c, site := open(t)
	one := propose(t, c, site, c.W.OHPhysician)
	w := c.W
	strangers := []access.Actor{at(c, w.OHNurse2, access.Nurse), at(c, w.OHPhysician2, access.Physician), at(c, w.OHPhysio, access.Physio),
		at(c, w.OHAdmin, access.OHAdmin), at(c, w.ForeignOHNurse, access.Nurse)}
	for _, a := range strangers {
		site.As(a).Get(one).Want(404).Hides("Seizures")
		site.As(a).Post(one, nil).Want(404)
	}
	glass := at(c, w.OHPhysician2, access.Physician)
	c.In(glass, `insert into break_glass (service_id, id, organisation_id, person_id, account_id, reason, detail, opened_at, expires_at)
 values ($1, $2, $3, $4, $5, 'danger_to_life', '', $6, $7)`, w.Service, uuid.New(), w.Trust, w.Nurse.Person, glass.Account, c.Now, c.Now.Add(time.Hour))
	site.As(glass).Get(one).Want(404)

	carer := at(c, w.OHNurse2, access.Nurse)
	c.In(c.Clinician, `update casefile set owner_account = $1 where id = $2`, carer.Account, c.ID)
	site.As(carer).Get(one).Want(200).Says("Seizures")
	site.As(carer).Post(one, nil).To(one)
	site.As(carer).Get(one).Want(200)
	site.As(at(c, w.OHPhysician, access.Physician)).Get(one).Want(404) // it waits for nobody any more
}

// TestDisclosureIsFound: the colleague gets one message, which says nothing of whom or what.
func TestDisclosureIsFound(t *testing.T) {
	c, site := open(t)
	propose(t, c, site, c.W.OHPhysician)
	worker := access.SystemActor(access.Worker, c.W.Trust, c.W.Service)
	if n := casetest.Ask[int](c, worker, `select count(*) from outbox where service_id = $1 and to_person = $2 and capacity = 'work' and template = 'decision_asked' and args = '{}'`,
		c.W.Service, c.W.OHPhysician.Person); n != 1 {
		t.Errorf("%d messages to the colleague who is asked, want 1", n)
	}
}

// TestDisclosureIsForSeniors: whom the service has not named to decide neither proposes nor confirms, though they are
// physician and look after the person; nor can they be asked.
func TestDisclosureIsForSeniors(t *testing.T) {
	c, site := open(t)
	one := propose(t, c, site, c.W.OHPhysician)
	junior := at(c, c.W.OHPhysician2, access.Physician)
	c.In(c.Clinician, `update casefile set owner_account = $1 where id = $2`, junior.Account, c.ID)
	site.As(junior).Get(one).Want(404).Hides("Seizures")
	site.As(junior).Post(one, nil).Want(404)
	path := "/cases/" + c.ID.String() + "/disclosure"
	site = siteOf(c, c.W.OHNurse, c.W.OHPhysician2)
	site.As(junior).Get(path).Want(200).Says("Only senior clinicians", "Omar Aziz", "Helen Marsh").Hides("Ask a second clinician")
	site.As(junior).Post(path, map[string][]string{"disclosure": {uuid.NewString()}, "recipient": {"Driving licence authority"}, "ground": {"law"}, "statement": {"Must not drive."},
		"rationale": {"Seizures."}, "told": {"yes"}, "asked": {c.W.OHPhysician.Account.String()}}).Want(404)
	if n := casetest.Ask[int](c, c.Clinician, `select count(*) from disclosure where casefile_id = $1`, c.ID); n != 1 {
		t.Errorf("%d disclosures, want the senior's one", n)
	}
	nurse := site.As(c.Clinician)
	full := merge(nurse.Get(path).Form(), map[string]string{"recipient": "Driving licence authority", "ground": "law", "statement": "Must not drive.", "rationale": "Seizures.", "told": "yes"})
	nurse.Post(path, merge(full, map[string]string{"asked": junior.Account.String()})).Want(422).Says("Select who is asked to decide with you")
}
