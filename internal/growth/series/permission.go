package series

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice, which its survey shares.
const (
	Read access.Permission = "series.read"
	Take access.Permission = "series.import"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See series and survey results that were taken in, with their source", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne, access.OHAdmin: anyOne, access.Nurse: anyOne, access.Physician: anyOne, access.Physio: anyOne, access.Counsellor: anyOne,
	}},
	{Permission: Take, Wall: access.Growth, Data: access.D7, Purpose: "Take in a file of series or survey results", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
