package foi

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read access.Permission = "foi.read"
	Make access.Permission = "foi.make"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "Read the tables that were made for freedom-of-information requests", Allow: access.Allow(access.Any, access.NationalLead)},
	{Permission: Make, Wall: access.Growth, Data: access.D7, Purpose: "Make a table for a freedom-of-information request from released figures", Allow: access.Allow(access.Any, access.NationalLead)},
}
