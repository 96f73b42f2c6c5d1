package returnplan

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Own  access.Permission = "returnplan.own"
	Line access.Permission = "returnplan.line"
	Feed access.Permission = "returnplan.feed"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Portal, Data: access.D2, Purpose: "Propose, agree and change the hours of one's own return to work", Allow: access.Allow(access.Any, access.Person)},
	{Permission: Line, Wall: access.Employer, Data: access.D2, Purpose: "Propose, agree and change the hours of a return to work of somebody in one's team", Allow: access.Allow(access.Line, access.Manager)},
	{Permission: Feed, Wall: access.Portal, Data: access.D2, Purpose: "Have one's working hours in one's own calendar by a private link", Allow: access.Allow(access.Any, access.Roles...)},
}
