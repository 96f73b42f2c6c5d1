package indicator

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read     access.Permission = "performance.read"
	Annotate access.Permission = "performance.annotate"
	SetAims  access.Permission = "performance.aim"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice. Those outside the service see their organisation's part, rounded.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See how the service is doing, to improve it", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.OHAdmin: anyOne, access.Nurse: anyOne, access.Physician: anyOne, access.Physio: anyOne, access.Counsellor: anyOne,
		access.HR: anyOne, access.Caldicott: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Annotate, Wall: access.Growth, Data: access.D7, Purpose: "Write on a chart why limits were recalculated, or when an initiative began", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
	{Permission: SetAims, Wall: access.Growth, Data: access.D7, Purpose: "Set what a measure aims at, who answers for it, and when the service is shut", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
