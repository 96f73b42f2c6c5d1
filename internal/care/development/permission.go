package development

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Own     access.Permission = "development.own"
	Read    access.Permission = "development.read"
	Answer  access.Permission = "development.answer"
	Publish access.Permission = "development.publish"
)

func team(relations ...access.Relation) map[access.Role][]access.Relation {
	allow := map[access.Role][]access.Relation{}
	for _, r := range access.Team {
		allow[r] = relations
	}
	return allow
}

// Rules of the slice. The lead's own plan is the lead's; to anybody else's the lead is a colleague like any other.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Clinical, Data: access.D3, Purpose: "Keep one's own development plan, share it by choice, and say which offers are of interest", Allow: team(access.Any)},
	{Permission: Read, Wall: access.Clinical, Data: access.D3, Purpose: "Read a development plan that a colleague has shared with one", Allow: team(access.Viewer)},
	{Permission: Answer, Wall: access.Clinical, Data: access.D3, Purpose: "Answer what a colleague asked, and read what one asked and was asked", Allow: team(access.Author, access.Viewer)},
	{Permission: Publish, Wall: access.Clinical, Data: access.D1, Purpose: "Publish offers of development, and see who said that one interests them", Allow: map[access.Role][]access.Relation{access.Lead: {access.Any}}},
}
