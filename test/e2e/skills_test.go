package e2e

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkSkills goes from two organisations that take part in the skills bank of their ICS to a session that took place: a nurse offers
// herself, her lead agrees, another lead looks for somebody and asks, and her name is seen there once she says yes.
func walkSkills(t *testing.T) { each(t, (*journey).skills) }

func (j *journey) skills() {
	j.h.show(j.t, j.w.SystemLead(), access.SystemLead)
	lead, nurse := j.as(j.w.OHLead, access.Lead), j.as(j.w.OHNurse, access.Nurse)
	foreign := j.w.ForeignOHNurse // leads her service in this walk
	j.h.show(j.t, foreign, access.Lead)
	there := j.as(foreign, access.Lead)
	lead.Visit("/skills-bank").Want(200).Says("does not take part").Shot("skills-none")
	nurse.Visit("/skills-bank/mine").Want(200).Says("does not take part in a skills bank yet")
	for _, v := range []*browser.Visitor{lead, there} {
		v.Visit("/sharing/items/skills/ask").Want(200).Says("You take part by name")
		v.Select("From which month on?", locale.Day(j.h.now()).AddMonths(-1).MonthYear()).Click("Ask an executive to agree").At("/sharing")
	}
	j.as(j.w.Executive, access.Executive).Visit("/sharing").Want(200).Click("Agree to share: The skills bank of your ICS").At("/sharing").Says("Agreed by Paul Grant")
	j.h.show(j.t, foreign, access.Executive)
	j.as(foreign, access.Executive).Visit("/sharing").Want(200).Click("Agree to share: The skills bank of your ICS").At("/sharing")

	j.signed6(nurse, lead)
	on := j.offered(nurse, lead)
	j.asked(there, nurse, lead, on)
	system := j.as(j.w.SystemLead(), access.SystemLead).Visit("/system/skills").Want(200).Says("2 of 2 organisations take part", "Fewer than 8 people", "Assessment", "4 of 8 booked or done", "Harrow Fell Hospitals").Hides("Helen Marsh").Shot("skills-system")
	system.Visit("/system").Want(200)

	nurse.Visit("/skills-bank/mine").Want(200).Click("Withdraw the offer from " + locale.Day(j.h.now()).Long()).At("/skills-bank/mine").Says("what was asked of it is called off")
	there.Visit("/skills-bank").Want(200).Click("Assessment, Fell site").Want(200).Says("Nobody fits at the moment").Click("Nobody is looked for any more").At("/skills-bank").Says("It is closed")
	lead.Visit("/sharing").Click("Stop sharing: The skills bank of your ICS").At("/sharing").Visit("/skills-bank").Want(200).Says("does not take part")
}
