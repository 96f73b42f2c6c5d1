package procured

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice: of the service's side to see and to say, and of the client's.
const (
	See  access.Permission = "procured.see"
	Say  access.Permission = "procured.say"
	Read access.Permission = "procured.read"
	Rate access.Permission = "procured.rate"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: See, Wall: access.Growth, Data: access.D7, Purpose: "See how a client and one's own service judge the service that is bought", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
	{Permission: Say, Wall: access.Growth, Data: access.D0, Purpose: "Judge one's own service for a client, by the framework", Allow: access.Allow(access.Any, access.Lead)},
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See how one's own organisation and its OH service judge the service that is bought", Allow: access.Allow(access.Any, access.HR, access.Executive)},
	{Permission: Rate, Wall: access.Growth, Data: access.D0, Purpose: "Judge the service that one's own organisation buys, by the framework", Allow: access.Allow(access.Any, access.HR, access.Executive)},
}
