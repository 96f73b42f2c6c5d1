package delegation

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions.
const (
	Ask      access.Permission = "delegation.ask"
	Decide   access.Permission = "delegation.decide"
	DecideOH access.Permission = "delegation.decide_oh"
)

var everybody = []access.Relation{access.Any}

// Rules of the slice. HR and OH decide behind different walls, so each has a permission.
var Rules = []access.Rule{
	{Permission: Ask, Wall: access.Employer, Data: access.D1, Purpose: "ask to act as somebody's manager for a time",
		Allow: map[access.Role][]access.Relation{access.Manager: everybody}},
	{Permission: Decide, Wall: access.Employer, Data: access.D1, Purpose: "confirm who acts as whose manager",
		Allow: map[access.Role][]access.Relation{access.HR: everybody}},
	{Permission: DecideOH, Wall: access.Clinical, Data: access.D1, Purpose: "confirm who acts as whose manager, for employers without HR in Rowan",
		Allow: map[access.Role][]access.Relation{access.OHAdmin: everybody}},
}
