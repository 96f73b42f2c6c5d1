package skillsbank

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Keep   access.Permission = "skillsbank.keep"
	System access.Permission = "skillsbank.system"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Growth, Data: access.D1, Purpose: "Agree to offers of one's own team, post needs, ask somebody of another organisation, book sessions, see the hours of all", Allow: access.Allow(access.Any, access.Lead)},
	{Permission: System, Wall: access.Growth, Data: access.D7, Purpose: "See how many organisations take part in the skills bank, needs and hours; no names", Allow: access.Allow(access.Any, access.SystemLead)},
}
