package unitcost

import "github.com/rowan-ohwb/rowan/internal/access"

// Keep is the right to work out what the service's work costs.
const Keep access.Permission = "unitcost.keep"

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Work out what the service's work costs, and lay it beside what clients pay", Allow: access.Allow(access.Any, access.Lead)},
}
