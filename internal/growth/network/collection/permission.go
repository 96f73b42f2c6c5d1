package collection

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "collection.read"
	Hand access.Permission = "collection.hand"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "Read the case studies that were handed over to the nation, with what was measured", Allow: access.Allow(access.Any, access.NationalLead)},
	{Permission: Hand, Wall: access.Growth, Data: access.D7, Purpose: "Hand a published case study over to the nation, or take it back", Allow: access.Allow(access.Any, access.Lead)},
}
