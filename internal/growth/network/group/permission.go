package group

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "group.read"
	Keep access.Permission = "group.keep"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D0, Purpose: "Read what steering and task groups of an ICS or a nation do", Allow: access.Allow(access.Any, access.SystemLead, access.NationalLead)},
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Keep members, meetings, papers, decisions and actions of groups", Allow: access.Allow(access.Any, access.SystemLead, access.NationalLead)},
}
