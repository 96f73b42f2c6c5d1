package exit

import "github.com/rowan-ohwb/rowan/internal/access"

// The rights to plan the end of a contract and to close it, and to read how one's own ends.
const (
	Keep access.Permission = "exit.keep"
	Read access.Permission = "exit.read"
)

// Rules of the slice. The hall's wall, as contracts are the hall's to write; a client reads from growth, where the rest of its contract is.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Hall, Data: access.D8, Purpose: "Plan how a contract ends, say what is done, and close it; counts of what is left, never whose",
		Allow: access.Allow(access.Any, access.OHAdmin, access.Lead)},
	{Permission: Read, Wall: access.Growth, Data: access.D0, Purpose: "Read how the contract of one's own organisation ends: steps and days, no count and no name", Allow: access.Allow(access.Any, access.HR, access.Executive)},
}
