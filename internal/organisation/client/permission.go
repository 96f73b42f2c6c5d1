package client

import "github.com/rowan-ohwb/rowan/internal/access"

// Keep is the right to keep the contracts of one's service.
const Keep access.Permission = "client.keep"

// Rules of the slice. The hall's wall: organisations, contracts and accounts are the hall's to write.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Hall, Data: access.D8, Purpose: "Bring an organisation to the service as a client, invite who looks after its staff, and keep its contract",
		Allow: map[access.Role][]access.Relation{access.OHAdmin: {access.Any}, access.Lead: {access.Any}}},
}
