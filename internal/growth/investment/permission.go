package investment

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read  access.Permission = "investment.read"
	Write access.Permission = "investment.write"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what the plan costs and brings, the business case, and actual against plan", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Write, Wall: access.Growth, Data: access.D0, Purpose: "Write lines, benefits, actual and the business case", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
