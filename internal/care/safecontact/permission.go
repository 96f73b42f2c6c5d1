package safecontact

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
)

// The permissions of this slice.
const (
	Choose  access.Permission = "safe_contact.choose"
	Assist  access.Permission = "safe_contact.assist"
	Without access.Permission = "safe_contact.without"
)

var anywhere = []access.Relation{access.Any}

// Rules say who may use them.
var Rules = []access.Rule{
	{Permission: Choose, Wall: access.Portal, Data: access.D1, Purpose: "Say where you can be reached safely, and prove it",
		Allow: map[access.Role][]access.Relation{access.Person: anywhere}},
	{Permission: Assist, Wall: access.Clinical, Data: access.D1, States: live(), Purpose: "Take down how to reach somebody, after making sure who it is",
		Allow: team()},
	{Permission: Without, Wall: access.Clinical, Data: access.D1, Purpose: "See whom no message reaches safely, to telephone them",
		Allow: map[access.Role][]access.Relation{access.OHAdmin: anywhere}},
}

// team are administrators, who telephone those on the list, and the clinicians who look after somebody.
func team() map[access.Role][]access.Relation {
	allow := casefile.Care(access.Care)
	allow[access.OHAdmin] = anywhere
	return allow
}

func live() (states []string) {
	for _, s := range flow.States {
		if s.Live() {
			states = append(states, string(s))
		}
	}
	return states
}
