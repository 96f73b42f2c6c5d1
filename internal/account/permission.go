package account

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the hall's door.
const (
	Enter    access.Permission = "account.enter"
	Manage   access.Permission = "account.manage_own"
	Register access.Permission = "account.register_own"
	Help     access.Permission = "help.read"
)

func everybody(with ...access.Role) map[access.Role][]access.Relation {
	m := map[access.Role][]access.Relation{}
	for _, r := range append(with, access.Roles[1:]...) {
		m[r] = []access.Relation{access.Any}
	}
	return m
}

func clinicians() map[access.Role][]access.Relation {
	m := map[access.Role][]access.Relation{}
	for _, r := range access.Clinicians {
		m[r] = []access.Relation{access.Any}
	}
	return m
}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Enter, Wall: access.Hall, Data: access.D8, Purpose: "Sign in, or open a one-time link", Allow: everybody(access.Anonymous)},
	{Permission: Manage, Wall: access.Hall, Data: access.D8, Purpose: "Choose a role, give a second factor, stay signed in, sign out", Allow: everybody()},
	{Permission: Register, Wall: access.Hall, Data: access.D1, Purpose: "Say in which professional register one is", Allow: clinicians()},
	{Permission: Help, Wall: access.Hall, Data: access.D0, Purpose: "Find help and information about Rowan", Allow: everybody(access.Anonymous)},
}
