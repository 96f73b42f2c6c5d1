package document

import "github.com/rowan-ohwb/rowan/internal/access"

// Read is the permission of the slice. To add a document is to add what stands on it: each slice has its own for that.
const Read access.Permission = "document.read"

var anyOne = []access.Relation{access.Any}

// Rules of the slice: who reads evidence opens the files it is.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D0, Purpose: "Open a file that is evidence", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
}
