package adjustment

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Own    access.Permission = "adjustment.own"
	Shared access.Permission = "adjustment.shared"
	Team   access.Permission = "adjustment.team"
	Decide access.Permission = "adjustment.decide"
	Uptake access.Permission = "adjustment.uptake"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Portal, Data: access.D5, Purpose: "Keep one's own passport of what helps at work, ask one's manager, and say whether it helped", Allow: access.Allow(access.Any, access.Person)},
	{Permission: Shared, Wall: access.Portal, Data: access.D5, Purpose: "Read what somebody of one's team shares of their passport", Allow: access.Allow(access.Any, access.Manager, access.Person)},
	{Permission: Team, Wall: access.Employer, Data: access.D2, Purpose: "See what one's team asks for at work, by code", Allow: access.Allow(access.Any, access.Manager)},
	{Permission: Decide, Wall: access.Employer, Data: access.D2, Purpose: "Answer by code what somebody of one's team asks for at work", Allow: access.Allow(access.Line, access.Manager)},
	{Permission: Uptake, Wall: access.Growth, Data: access.D7, Purpose: "See how many have adjustments in place and whether they help, by team and without small numbers", Allow: access.Allow(access.Any, access.Lead)},
}
