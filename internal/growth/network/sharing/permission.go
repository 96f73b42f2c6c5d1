package sharing

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read  access.Permission = "sharing.read"
	Keep  access.Permission = "sharing.keep"
	Agree access.Permission = "sharing.agree"
	End   access.Permission = "sharing.end"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what the organisation shares with its ICS, and how it compares", Allow: access.Allow(access.Any, access.Lead, access.Executive, access.Guardian)},
	{Permission: Keep, Wall: access.Growth, Data: access.D7, Purpose: "Ask to share a metric with the ICS, and release what was agreed on", Allow: access.Allow(access.Any, access.Lead)},
	{Permission: Agree, Wall: access.Growth, Data: access.D0, Purpose: "Agree for the organisation to share a metric with its ICS, or refuse", Allow: access.Allow(access.Any, access.Executive)},
	{Permission: End, Wall: access.Growth, Data: access.D0, Purpose: "End the sharing of a metric, or of all", Allow: access.Allow(access.Any, access.Lead, access.Executive)},
}
