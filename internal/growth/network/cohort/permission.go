package cohort

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "cohort.read"
	Keep access.Permission = "cohort.keep"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See how many apply for development cohorts, start and complete", Allow: access.Allow(access.Any, access.NationalLead)},
	{Permission: Keep, Wall: access.Growth, Data: access.D7, Purpose: "Offer development cohorts, and count who applied, started and completed", Allow: access.Allow(access.Any, access.NationalLead)},
}
