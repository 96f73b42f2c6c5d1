package forecast

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read     access.Permission = "effect.read"
	Register access.Permission = "effect.register"
	Decide   access.Permission = "effect.decide"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what actions were said to change, and whether they did", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Register, Wall: access.Growth, Data: access.D0, Purpose: "Say before an action starts what it will change", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
	{Permission: Decide, Wall: access.Growth, Data: access.D0, Purpose: "Decide in the monthly review what follows from a figure", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
