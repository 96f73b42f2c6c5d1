package evidence

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read   access.Permission = "evidence.read"
	Keep   access.Permission = "evidence.keep"
	Import access.Permission = "evidence.import"
	Freeze access.Permission = "evidence.freeze"
)

func rule(p access.Permission, purpose string, roles ...access.Role) access.Rule {
	allow := map[access.Role][]access.Relation{}
	for _, r := range roles {
		allow[r] = []access.Relation{access.Any}
	}
	return access.Rule{Permission: p, Wall: access.Growth, Data: access.D7, Purpose: purpose, Allow: allow}
}

// Rules of the slice: the lead writes, guardian and executives read.
var Rules = []access.Rule{
	rule(Read, "See standards, their evidence and how ready the service is", access.Lead, access.Guardian, access.Executive),
	rule(Keep, "Keep the evidence for standards up to date", access.Lead),
	rule(Import, "Take in a list of standards", access.Lead),
	rule(Freeze, "Freeze the evidence as it is on a day", access.Lead),
}
