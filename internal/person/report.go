package person

import (
	"io"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person/staffcsv"
)

// Report says what an import did, or in a dry run would do.
type Report struct {
	Rows, People, Rejected             int // of the file
	New, Changed, Returned, Left       int // people
	Unchanged                          int // people of the file
	PostsNew, PostsChanged, PostsEnded int
	UnknownManagers                    []int // lines whose manager is nobody in file or record
	TooManyLeft                        bool  // the file lacks too many people to be whole: an import refuses it
	Differences                        []Touched
	feed                               staffcsv.Feed
}

// maxDifferences is how many people a report lists: a first feed is all new, and nobody reads ten thousand.
const maxDifferences = 200

// Kind is what happened to somebody's record.
type Kind string

// The kinds.
const (
	Joined   Kind = "new"
	Changed  Kind = "changed"
	Returned Kind = "returned"
	Left     Kind = "left"
)

// Touched is one person whose record differs from the file.
type Touched struct {
	Number, Name string
	Kind         Kind
	Fields       []Difference // none for a new person's own fields
}

// Difference is one field, of a post when Post names one.
type Difference struct {
	Post     string // assignment number
	Field    string // column of the feed, "left_on", or "post" for a new one
	Old, New string
}

// Nothing says whether file and record agree.
func (r Report) Nothing() bool {
	return r.New+r.Changed+r.Returned+r.Left+r.PostsNew+r.PostsChanged+r.PostsEnded == 0
}

// Listed is how many of the differences the report lists, and of how many.
func (r Report) Listed() (listed, all int) {
	return len(r.Differences), r.New + r.Changed + r.Returned + r.Left
}

// Rejects lists the rows that were not taken.
func (r Report) Rejects() []staffcsv.Reject { return r.feed.Rejects }

// WriteRejects writes the rejected rows with their reasons, to be corrected and fed again.
func (r Report) WriteRejects(w io.Writer, words *locale.Words) error {
	return staffcsv.WriteRejects(w, words, r.feed)
}
