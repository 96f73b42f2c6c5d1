package story

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Read    access.Permission = "story.read"
	Draft   access.Permission = "story.draft"
	Measure access.Permission = "story.measure"
	Check   access.Permission = "story.check"
	Publish access.Permission = "story.publish"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "Read case studies with what was measured", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin, access.Communications, access.Guardian, access.Executive)},
	{Permission: Draft, Wall: access.Growth, Data: access.D0, Purpose: "Write the words of case studies", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin, access.Communications)},
	{Permission: Measure, Wall: access.Growth, Data: access.D7, Purpose: "Choose the figure, the action and the forecast of a case study", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
	{Permission: Check, Wall: access.Growth, Data: access.D7, Purpose: "Check a case study that somebody else wrote", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
	{Permission: Publish, Wall: access.Growth, Data: access.D0, Purpose: "Publish case studies, or take them away", Allow: access.Allow(access.Any, access.Lead)},
}
