package strategy

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read  access.Permission = "plan.read"
	Write access.Permission = "plan.write"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice. Figures have passed disclosure control before a plan can cite them.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what staff need and what is planned about it", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Write, Wall: access.Growth, Data: access.D0, Purpose: "Write the plan: needs, objectives, actions, and what goes with them to the board", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
