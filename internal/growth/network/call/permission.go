package call

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Keep   access.Permission = "call.keep"
	Answer access.Permission = "call.answer"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Growth, Data: access.D7, Purpose: "Call for answers and case studies of organisations, or answers of the members of a community; read answers, say what came of them", Allow: access.Allow(access.Any, access.NationalLead, access.SystemLead)},
	{Permission: Answer, Wall: access.Growth, Data: access.D7, Purpose: "Read the calls of the nation, and hand over an answer for the organisation", Allow: access.Allow(access.Any, access.Lead, access.SystemLead)},
}
