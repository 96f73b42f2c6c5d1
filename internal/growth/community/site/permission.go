package site

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Visit   access.Permission = "site.visit"
	Open    access.Permission = "site.open"
	Draft   access.Permission = "site.draft"
	Publish access.Permission = "site.publish"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Visit, Wall: access.Hall, Data: access.D0, Purpose: "Read what occupational health says in public", Allow: access.Allow(access.Any, access.Roles...)},
	{Permission: Open, Wall: access.Hall, Data: access.D0, Purpose: "Choose the address of the service's public site", Allow: access.Allow(access.Any, access.Lead)},
	{Permission: Draft, Wall: access.Growth, Data: access.D0, Purpose: "Write pages of the public site and offer them for approval", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin, access.Communications)},
	{Permission: Publish, Wall: access.Growth, Data: access.D0, Purpose: "Publish pages and vacancies on the public site, or take them away", Allow: access.Allow(access.Any, access.Lead)},
}
