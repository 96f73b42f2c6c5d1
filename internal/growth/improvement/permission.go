package improvement

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the tools.
const (
	Read  access.Permission = "improvement.read"
	Write access.Permission = "improvement.write"
)

var anyOne = []access.Relation{access.Any}

// Rules of the tools. Counts have passed disclosure control before a page shows them.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what can be done, its balance, pathways, maturity and small steps", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Write, Wall: access.Growth, Data: access.D0, Purpose: "Enter the balance, design pathways, rate maturity and write small steps", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}
