package staffcsv

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Person is one employee with all posts of the feed, the primary one first.
type Person struct {
	EmployeeNumber string
	FamilyName     string
	GivenName      string
	DateOfBirth    time.Time
	WorkEmail      string
	Mobile         string // "+447700900123"
	PersonalEmail  string
	Declared       *Declared // nil where the feed does not have it
	Posts          []Post
}

// Post is one assignment.
type Post struct {
	Line                  int // of the file
	AssignmentNumber      string
	Primary               bool
	JobTitle              string
	Band                  string
	StaffGroup            string
	Site                  string
	Department            string
	Team                  string
	ContractedHours       float64 // a week
	ShiftPattern          string
	ManagerEmployeeNumber string    // empty when not given
	Start                 time.Time // first day
	End                   time.Time // last day; zero while the post is held
	Hazards               Hazards
}

// Hazards of a post that decide what occupational health has to offer.
type Hazards struct {
	EPP            bool // exposure-prone procedures
	PatientContact bool
	Drives         bool
	LoneWorker     bool
	SafetyCritical bool
}

// Feed is a file that was read. Rejected rows may hold posts that nobody can
// tell from it, so whoever ends the posts that a feed lacks does so only when
// there are no rejects.
type Feed struct {
	Rows    int
	People  []Person // in order of their first row
	Rejects []Reject // in order of line
	Heading []string // as in the file, for WriteRejects
}

// Reject is a row that was not taken. It holds the row, so it goes back to
// those who sent it and to no log.
type Reject struct {
	Line   int
	Column string // empty when the whole row is at fault
	Reason string // a key of words
	Args   []any  // of the words
	Row    []string
}

// Why gives the reason in words.
func (r Reject) Why(words *locale.Words) string { return words.T(r.Reason, r.Args...) }
