package lending

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// Own is the permission of the slice.
const Own access.Permission = "lending.own"

// Rules of the slice. The lead agrees to offers, so does not make one in that role.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Clinical, Data: access.D1, Purpose: "Offer oneself to other organisations of the ICS with one's own sign-offs, answer what is asked, withdraw", Allow: access.Allow(access.Any, slices.Concat(access.Clinicians, []access.Role{access.OHAdmin})...)},
}
