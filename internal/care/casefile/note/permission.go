package note

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
)

// The permissions of this slice.
const (
	Read     access.Permission = "note.read"
	Write    access.Permission = "note.write"
	Withhold access.Permission = "note.withhold"
	Opinion  access.Permission = "outcome.record"
)

// Rules say who may do what with notes. That a draft is its author's alone, and a counselling note too, is kept by the
// queries and the row policies.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Clinical, Data: access.D3, Purpose: "Read one note of a record",
		Allow: casefile.Care(access.Care, access.Glass)},
	{Permission: Write, Wall: access.Clinical, Data: access.D3, States: casefile.Live, Purpose: "Write, sign and add to the notes of a case",
		Allow: casefile.Care(access.Care)},
	{Permission: Withhold, Wall: access.Clinical, Data: access.D3,
		Purpose: "Keep an entry from the person's own view, for serious harm or a third party, until a review, also in a closed case",
		Allow:   casefile.Care(access.Care, access.Author)},
	{Permission: Opinion, Wall: access.Clinical, Data: access.D3, States: casefile.Live, Purpose: "Record how fit the person is for their work",
		Allow: map[access.Role][]access.Relation{access.Nurse: {access.Care}, access.Physician: {access.Care}, access.Physio: {access.Care}}},
}
