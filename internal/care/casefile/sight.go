package casefile

import "github.com/rowan-ohwb/rowan/internal/access"

// Sight is what a role sees of a record it may open.
type Sight struct {
	Referral     bool // what the referrer wrote
	Comments     bool // what the person wrote for OH, self-referrals too
	Appointments bool // all of them; else only one's own
	Clinical     bool // notes of the care team, outcomes, contacts, why a step was asked
	OwnNotes     bool // one's own notes
	Report       bool // how far the report and its consent are
	Tasks        bool
}

// SightOf is the table of clinical.md 7.4 for the roles that open a case; every other role sees nothing.
func SightOf(role access.Role) Sight {
	switch role {
	case access.Nurse, access.Physician, access.Physio:
		return Sight{Referral: true, Comments: true, Appointments: true, Clinical: true, OwnNotes: true, Report: true, Tasks: true}
	case access.Counsellor:
		return Sight{OwnNotes: true}
	case access.OHAdmin:
		return Sight{Referral: true, Appointments: true, Report: true, Tasks: true}
	default:
		return Sight{}
	}
}
