package board

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice; reading and writing are those of the plan.
const (
	Sign   access.Permission = "plan.sign"
	Decide access.Permission = "plan.decide"
	Ask    access.Permission = "plan.ask"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Sign, Wall: access.Growth, Data: access.D0, Purpose: "Sign a version of the plan, or return it", Allow: map[access.Role][]access.Relation{
		access.Executive: anyOne,
	}},
	{Permission: Decide, Wall: access.Growth, Data: access.D0, Purpose: "Record what the board decided on a paper", Allow: map[access.Role][]access.Relation{
		access.Executive: anyOne,
	}},
	{Permission: Ask, Wall: access.Growth, Data: access.D0, Purpose: "Ask a question about a paper", Allow: map[access.Role][]access.Relation{
		access.Executive: anyOne, access.Guardian: anyOne,
	}},
}
