package figure

import "github.com/rowan-ohwb/rowan/internal/access"

// Read is the permission of the slice. Ask is that of whoever keeps questions (internal/growth/assurance, which has its rule):
// every figure leads to one.
const (
	Read access.Permission = "figure.read"
	Ask  access.Permission = "assurance.ask"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice. A figure has passed disclosure control before it can be read here.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "Find the definition, version, source and date of a figure somebody relies on", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
}
