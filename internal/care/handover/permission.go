package handover

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	See  access.Permission = "handover.see"
	Send access.Permission = "handover.send"
)

// Rules of the slice. A list of who has a case is a clinician's alone: an administrator finds people one by one.
var Rules = []access.Rule{
	{Permission: See, Wall: access.Clinical, Data: access.D3, Purpose: "See who has an open case when a contract ends, and decide what becomes of it",
		Allow: access.Allow(access.Any, access.Nurse, access.Physician)},
	{Permission: Send, Wall: access.Clinical, Data: access.D3, Purpose: "Ask for, or make at a colleague's asking, the file of records that go to the next provider; keep its receipt",
		Allow: access.Allow(access.Any, access.Nurse, access.Physician)},
}
