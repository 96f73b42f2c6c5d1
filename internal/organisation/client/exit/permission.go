package exit

import "github.com/rowan-ohwb/rowan/internal/access"

// Keep is the right to plan the end of a contract, and to close it.
const Keep access.Permission = "exit.keep"

// Rules of the slice. The hall's wall, as contracts are the hall's to write.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Hall, Data: access.D8, Purpose: "Plan how a contract ends, say what is done, and close it; counts of what is left, never whose",
		Allow: access.Allow(access.Any, access.OHAdmin, access.Lead)},
}
