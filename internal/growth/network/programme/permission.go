package programme

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "programme.read"
	Keep access.Permission = "programme.keep"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D0, Purpose: "Read the plan of the national programme", Allow: access.Allow(access.Any, access.NationalLead)},
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Keep workstreams, partners and what they promise", Allow: access.Allow(access.Any, access.NationalLead)},
}
