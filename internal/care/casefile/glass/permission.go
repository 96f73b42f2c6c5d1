package glass

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Search access.Permission = "person.search"
	See    access.Permission = "person.see"
	Break  access.Permission = "break_glass.open"
)

var (
	staff = map[access.Role][]access.Relation{access.OHAdmin: {access.Any}, access.Nurse: {access.Any}, access.Physician: {access.Any},
		access.Physio: {access.Any}, access.Counsellor: {access.Any}}
	// Counsellors break no glass: they see no notes but their own in any case (clinical.md 7.4).
	breakers = map[access.Role][]access.Relation{access.Nurse: {access.Any}, access.Physician: {access.Any}, access.Physio: {access.Any}}
)

// Rules say who may search, and who may break the glass.
var Rules = []access.Rule{
	{Permission: Search, Wall: access.Clinical, Data: access.D1, Purpose: "Find a person by two identifiers", Allow: staff},
	{Permission: See, Wall: access.Clinical, Data: access.D1, Purpose: "See who a person is, and the cases of those one has a relationship with", Allow: staff},
	{Permission: Break, Wall: access.Clinical, Data: access.D3, StepUp: true, Allow: breakers,
		Purpose: "Open one person's record in an emergency without a relationship, read only, for at most an hour, reviewed by the Caldicott guardian"},
}
