package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

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
// not the person's consent. It holds for exactly the answers whose digest it carries: any later change undoes it.
type Told struct {
	Done  string     `json:"done,omitempty"` // "yes", "no", or "" while not answered
	On    civil.Date `json:"on"`
	How   string     `json:"how,omitempty"`
	Shown string     `json:"shown,omitempty"` // Digest of what was shown; alone, of what was shown before a change
}

// Digest names what the person is shown: every answer but Told, which says that it was. The order in which boxes
// were ticked does not count.
func (t Text) Digest() string {
	t.Told = Told{}
	for _, codes := range []*[]string{&t.Demands, &t.Hazards, &t.Questions} {
		*codes = slices.Sorted(slices.Values(*codes))
	}
	b, err := json.Marshal(t)
	if err != nil {
		panic(err) // plain values
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Undo takes the referrer's word back where the answers are no longer those that were shown. What is left says
// that something was shown before, so that a page can ask for it again instead of for the first time.
func (t *Text) Undo() {
	if t.Told.Done == "yes" && t.Told.Shown != t.Digest() {
		t.Told = Told{Shown: t.Told.Shown}
	}
}

// Undone says whether the person was shown something that was changed since.
func (t Text) Undone() bool { return t.Told.Done == "" && t.Told.Shown != "" }

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
