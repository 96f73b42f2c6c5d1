package voice

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Hear access.Permission = "voice.hear"
	Tell access.Permission = "voice.tell"
	Said access.Permission = "voice.said"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Hear, Wall: access.Growth, Data: access.D7, Purpose: "Learn what people say about the service, in marks, counts and quotes that were released",
		Allow: map[access.Role][]access.Relation{access.Lead: anyOne, access.Executive: anyOne}},
	{Permission: Tell, Wall: access.Growth, Data: access.D0, Purpose: "Say what was done about what people said", Allow: map[access.Role][]access.Relation{access.Lead: anyOne}},
	{Permission: Said, Wall: access.Portal, Data: access.D0, Purpose: "Read what the service did about what people said", Allow: map[access.Role][]access.Relation{access.Person: anyOne}},
}
