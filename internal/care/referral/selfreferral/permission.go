package selfreferral

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions.
const (
	Home   access.Permission = "my.home"
	Refer  access.Permission = "my.refer"
	Read   access.Permission = "my.referral"
	Help   access.Permission = "my.help"
	Urgent access.Permission = "help.urgent"
)

func person(rel access.Relation) map[access.Role][]access.Relation {
	return map[access.Role][]access.Relation{access.Person: {rel}}
}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Home, Wall: access.Portal, Data: access.D2, Purpose: "see what concerns oneself", Allow: person(access.Any)},
	{Permission: Refer, Wall: access.Portal, Data: access.D3, Purpose: "ask OH for help without the employer", Allow: person(access.Any)},
	{Permission: Read, Wall: access.Portal, Data: access.D3, Purpose: "read one's own self-referral", Allow: person(access.Own)},
	{Permission: Help, Wall: access.Portal, Data: access.D3, Purpose: "ask for help the same day", Allow: person(access.Any)},
	{Permission: Urgent, Wall: access.Hall, Data: access.D0, Purpose: "find help at any hour, signed in or not",
		Allow: map[access.Role][]access.Relation{access.Anonymous: {access.Any}}},
}
