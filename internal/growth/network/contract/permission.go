package contract

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	See  access.Permission = "contract.see"
	Keep access.Permission = "contract.keep"
	Read access.Permission = "contract.read"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: See, Wall: access.Growth, Data: access.D7, Purpose: "See the service levels, prices and reviews of the service's contracts", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
	{Permission: Keep, Wall: access.Growth, Data: access.D7, Purpose: "Agree on service levels and prices with a client, and release the packs of its reviews", Allow: access.Allow(access.Any, access.Lead)},
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "Read what one's own organisation has agreed on with its OH service, and the packs that were released to it", Allow: access.Allow(access.Any, access.HR, access.Executive)},
}
