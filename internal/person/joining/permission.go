package joining

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Keep access.Permission = "joining.keep"
	Join access.Permission = "joining.join"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Employer, Data: access.D1, Purpose: "Put the staff of a small organisation on its list, once they have put themselves forward",
		Allow: map[access.Role][]access.Relation{access.HR: {access.Any}}},
	{Permission: Join, Wall: access.Hall, Data: access.D1, Purpose: "Put oneself forward for the staff list of one's organisation, by a link that was shared", Allow: access.Allow(access.Any, access.Roles...)},
}
