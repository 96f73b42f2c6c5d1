package person

import "github.com/rowan-ohwb/rowan/internal/access"

// Import is the right to feed the workforce record.
const Import access.Permission = "person.import"

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Import, Wall: access.Employer, Data: access.D1, Purpose: "Keep the workforce record as the HR system has it",
		Allow: map[access.Role][]access.Relation{access.HR: {access.Any}}},
}
