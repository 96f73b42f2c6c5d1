package account

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the hall's door.
const (
	Enter    access.Permission = "account.enter"
	Manage   access.Permission = "account.manage_own"
	Register access.Permission = "account.register_own"
	Help     access.Permission = "help.read"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Enter, Wall: access.Hall, Data: access.D8, Purpose: "Sign in, or open a one-time link", Allow: access.Allow(access.Any, access.Roles...)},
	{Permission: Manage, Wall: access.Hall, Data: access.D8, Purpose: "Choose a role, give a second factor, stay signed in, sign out", Allow: access.Allow(access.Any, access.Roles[1:]...)},
	{Permission: Register, Wall: access.Hall, Data: access.D1, Purpose: "Say in which professional register one is", Allow: access.Allow(access.Any, access.Clinicians...)},
	{Permission: Help, Wall: access.Hall, Data: access.D0, Purpose: "Find help and information about Rowan", Allow: access.Allow(access.Any, access.Roles...)},
}
