package system

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "system.read"
	Take access.Permission = "system.take"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what organisations have released to an ICS or a nation", Allow: access.Allow(access.Any, access.SystemLead, access.NationalLead)},
	{Permission: Take, Wall: access.Growth, Data: access.D0, Purpose: "Take the signed files of other installations, and say whose are taken", Allow: access.Allow(access.Any, access.SystemLead)},
}
