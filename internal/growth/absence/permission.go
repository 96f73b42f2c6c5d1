package absence

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "absence.read"
	Take access.Permission = "absence.import"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See how much work is lost to sickness, and why", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.OHAdmin: anyOne, access.Nurse: anyOne, access.Physician: anyOne, access.Physio: anyOne, access.Counsellor: anyOne, access.HR: anyOne,
		access.Guardian: anyOne, access.Executive: anyOne, access.Caldicott: anyOne, // as they read the figures that lead here
	}},
	{Permission: Take, Wall: access.Growth, Data: access.D7, Purpose: "Take in a file of sickness absence", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
