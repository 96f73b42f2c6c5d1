package pooled

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "pooled.read"
	Run  access.Permission = "pooled.run"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what common lists of an ICS would do to the wait", Allow: access.Allow(access.Any, access.SystemLead)},
	{Permission: Run, Wall: access.Growth, Data: access.D7, Purpose: "Simulate common lists from what organisations have released", Allow: access.Allow(access.Any, access.SystemLead)},
}
