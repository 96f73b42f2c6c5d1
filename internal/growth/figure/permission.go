package figure

import "github.com/rowan-ohwb/rowan/internal/access"

// Read is the permission of the slice.
const Read access.Permission = "figure.read"

var anyOne = []access.Relation{access.Any}

// Rules of the slice. A figure has passed disclosure control before it can be read here.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "Find the definition, version, source and date of a figure somebody relies on", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
}
