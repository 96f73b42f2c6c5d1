package sheet

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Text is one version of what was written. It is stored as JSON, so a name here is a name in the database.
type Text struct {
	Person    Person   `json:"person"`
	Referrer  Named    `json:"referrer"`
	Reason    string   `json:"reason,omitempty"`
	Why       string   `json:"why,omitempty"`
	Absence   Absence  `json:"absence"`
	Demands   []string `json:"demands,omitempty"`
	Hazards   []string `json:"hazards,omitempty"`
	Tried     string   `json:"tried,omitempty"`
	Questions []string `json:"questions,omitempty"`
	Own       []string `json:"own,omitempty"`
	Viewers   []Named  `json:"viewers,omitempty"`
	Told      Told     `json:"told"`
}

// Person is who it is about and the post they held when it was written.
type Person struct {
	ID         uuid.UUID `json:"id"`
	Name       string    `json:"name"`
	Title      string    `json:"title"`
	Band       string    `json:"band"`
	StaffGroup string    `json:"staff_group"`
	Department string    `json:"department"`
	Team       string    `json:"team"`
	Site       string    `json:"site"`
	Hours      string    `json:"hours"`
}

// Named is somebody of the organisation with a part in it.
type Named struct {
	ID    uuid.UUID `json:"id"`
	Name  string    `json:"name"`
	Title string    `json:"title,omitempty"`
}

// Absence says whether they are off sick, and what is known of it. Spells and Days are of the last 12 months.
type Absence struct {
	Now     string     `json:"now,omitempty"` // "yes", "no", or "" while not answered
	First   civil.Date `json:"first"`
	Return  civil.Date `json:"return"`
	FitNote civil.Date `json:"fit_note"`
	Spells  *int       `json:"spells,omitempty"`
	Days    *int       `json:"days,omitempty"`
}

// Told is the referrer's word that the person knows of the referral and has seen it. It is evidence of notice,
// not the person's consent.
type Told struct {
	Done string     `json:"done,omitempty"` // "yes", "no", or "" while not answered
	On   civil.Date `json:"on"`
	How  string     `json:"how,omitempty"`
}

// Hows are the ways to show somebody a referral.
var Hows = []string{"in_person", "video", "phone", "copy"}

// The longest texts. A page of plain writing has about 2,000 characters; a referral that needs more needs a
// conversation. Five own questions is the limit of the form (domain reference 1.1).
const (
	MaxWhy      = 2000
	MaxTried    = 1500
	MaxQuestion = 300
	MaxOwn      = 5
	MaxViewers  = 3
)
