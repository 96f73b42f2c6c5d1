package post

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
)

// The permissions of the slice.
const (
	Take     access.Permission = "community.write"
	Moderate access.Permission = "community.moderate"
)

// Rules of the slice. Whether somebody moderates is found by Service.Load: the host does, and the members whom it named.
var Rules = []access.Rule{
	{Permission: Take, Wall: access.Growth, Data: access.D1, Purpose: "Read and write in a community of practice as its member", Allow: access.Allow(access.Any, member.Everybody...)},
	{Permission: Moderate, Wall: access.Growth, Data: access.D1, Purpose: "Read what is held in a community of practice, publish, return and recall", Allow: access.Allow(access.Viewer, member.Everybody...)},
}
