package frontdoor

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Keep access.Permission = "frontdoor.keep"
	Say  access.Permission = "frontdoor.say"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Write down where clinics for a client run", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
	{Permission: Say, Wall: access.Growth, Data: access.D0, Purpose: "Say whether one's own organisation is named on the public page of its OH service", Allow: access.Allow(access.Any, access.HR)},
}
