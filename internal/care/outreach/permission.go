package outreach

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Run  access.Permission = "outreach.run"
	Come access.Permission = "outreach.come"
)

// Rules of the slice. That somebody comes to an open day says nothing about their health.
var Rules = []access.Rule{
	{Permission: Run, Wall: access.Clinical, Data: access.D1, Purpose: "Plan open days and wellbeing events, say who came, and write to those who agreed to it", Allow: access.Allow(access.Any, access.Team...)},
	{Permission: Come, Wall: access.Hall, Data: access.D1, Purpose: "Take a place at an event whose link one has, and give it up", Allow: access.Allow(access.Any, access.Roles...)},
}
