package practice

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of the slice.
const (
	Own    access.Permission = "practice.own"
	Sign   access.Permission = "practice.sign"
	Read   access.Permission = "practice.team"
	Assign access.Permission = "practice.assign"
)

var anyOne = []access.Relation{access.Any}

// team are those who work in an OH service; nobody outside it may anything here.
func team() map[access.Role][]access.Relation {
	out := map[access.Role][]access.Relation{}
	for role := range Practises {
		out[role] = anyOne
	}
	return out
}

var lead = map[access.Role][]access.Relation{access.Lead: anyOne}

// Rules of the slice. Who may sign whom off is looked at when the colleague's competence is loaded.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Clinical, Data: access.D1, Purpose: "Keep one's own competencies, development, supervision and registration", Allow: team()},
	{Permission: Sign, Wall: access.Clinical, Data: access.D1, Purpose: "Sign a colleague off to practise unsupervised, or take that back", Allow: team()},
	{Permission: Read, Wall: access.Clinical, Data: access.D1, Purpose: "See who of the team may do what, what is due, and hours of development and supervision", Allow: lead},
	{Permission: Assign, Wall: access.Clinical, Data: access.D1, Purpose: "Say in which role of the competencies somebody practises", Allow: lead},
}
