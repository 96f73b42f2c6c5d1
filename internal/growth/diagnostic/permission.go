package diagnostic

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read   access.Permission = "diagnostic.read"
	Lead   access.Permission = "diagnostic.lead"
	Answer access.Permission = "diagnostic.answer"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice. Answering is open to whoever holds a link.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what staff need, from the rounds that are closed", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Lead, Wall: access.Growth, Data: access.D7, Purpose: "Open and close a diagnostic round, make its links, take in question sets", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
	{Permission: Answer, Wall: access.Growth, Data: access.D7, Purpose: "Answer a diagnostic round by link, without signing in", Allow: map[access.Role][]access.Relation{
		access.Anonymous: anyOne,
	}},
}
