package feed

import "github.com/rowan-ohwb/rowan/internal/access"

// Take is the permission of the slice: its page sees rows of another system's file, so it works behind the clinical
// wall.
const Take access.Permission = "activity.import"

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Take, Wall: access.Clinical, Data: access.D3, Purpose: "Fill the activity ledger from the file of another occupational health system", Allow: map[access.Role][]access.Relation{
		access.Lead: {access.Any},
	}},
}
