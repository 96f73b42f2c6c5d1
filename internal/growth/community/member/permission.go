package member

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Take  access.Permission = "community.take_part"
	Offer access.Permission = "community.offer"
	Host  access.Permission = "community.host"
)

// Everybody may take part: who works in an OH service, and who leads on it for an ICS or the nation.
var Everybody = append(append([]access.Role{}, access.Team...), access.SystemLead, access.NationalLead)

// Rules of the slice. What somebody may as a member is asked of the community, behind each page.
var Rules = []access.Rule{
	{Permission: Take, Wall: access.Growth, Data: access.D1, Purpose: "Join a community of practice, read what its members say of themselves, find who fits", Allow: access.Allow(access.Any, Everybody...)},
	{Permission: Offer, Wall: access.Growth, Data: access.D7, Purpose: "Offer the self-assessment of an organisation to the matching of members, as bands", Allow: access.Allow(access.Any, access.Lead)},
	{Permission: Host, Wall: access.Growth, Data: access.D1, Purpose: "Open a community of practice, name its moderators, take somebody off its list", Allow: access.Allow(access.Any, access.SystemLead, access.NationalLead)},
}
