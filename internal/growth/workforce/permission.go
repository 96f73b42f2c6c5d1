package workforce

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read  access.Permission = "workforce.read"
	Write access.Permission = "workforce.write"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See the posts of occupational health, what is planned about them and what they cost", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Write, Wall: access.Growth, Data: access.D0, Purpose: "Keep the establishment, plan posts and record recruitment", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
