package clinicalaudit

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read   access.Permission = "clinical_audit.read"
	Record access.Permission = "clinical_audit.record"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice: the lead records, guardian and executives read after disclosure control.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See whether care was audited, and audited again", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne}},
	{Permission: Record, Wall: access.Growth, Data: access.D7, Purpose: "Record a clinical audit", Allow: map[access.Role][]access.Relation{access.Lead: anyOne}},
}
