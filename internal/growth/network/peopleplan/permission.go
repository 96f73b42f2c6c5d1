package peopleplan

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "peopleplan.read"
	Keep access.Permission = "peopleplan.keep"
	Join access.Permission = "peopleplan.join"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See the people plan of an ICS, as organisations have released their posts", Allow: access.Allow(access.Any, access.SystemLead)},
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Keep the actions of the people plan, and ask organisations to take part", Allow: access.Allow(access.Any, access.SystemLead)},
	{Permission: Join, Wall: access.Growth, Data: access.D0, Purpose: "Say whether one's own organisation takes part in an action of the ICS", Allow: access.Allow(access.Any, access.Lead)},
}
