package conversation

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Team   access.Permission = "conversation.team"
	Record access.Permission = "conversation.record"
	Own    access.Permission = "conversation.own"
	Plan   access.Permission = "conversation.plan"
	Shared access.Permission = "conversation.shared"
	Uptake access.Permission = "conversation.uptake"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Team, Wall: access.Employer, Data: access.D2, Purpose: "See whose wellbeing conversation in one's team is due", Allow: access.Allow(access.Any, access.Manager)},
	{Permission: Record, Wall: access.Employer, Data: access.D2, Purpose: "Record by code that a wellbeing conversation was offered, and what was agreed at work", Allow: access.Allow(access.Line, access.Manager)},
	{Permission: Own, Wall: access.Portal, Data: access.D2, Purpose: "Read what one's manager recorded of wellbeing conversations, and answer an offer", Allow: access.Allow(access.Any, access.Person)},
	{Permission: Plan, Wall: access.Portal, Data: access.D5, Purpose: "Keep one's own wellbeing plan, and choose what to share", Allow: access.Allow(access.Any, access.Person)},
	{Permission: Shared, Wall: access.Portal, Data: access.D5, Purpose: "Read what somebody of one's team shares of their wellbeing plan", Allow: access.Allow(access.Any, access.Manager)},
	{Permission: Uptake, Wall: access.Growth, Data: access.D7, Purpose: "See how many have wellbeing conversations, by team and without small numbers", Allow: access.Allow(access.Any, access.HR, access.Lead, access.Guardian, access.Executive)},
}
