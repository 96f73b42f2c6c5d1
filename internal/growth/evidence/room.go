package evidence

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// Kind is what an item is.
type Kind string

// The kinds of items.
const (
	KindLink   Kind = "link"
	KindFigure Kind = "figure"
	KindNote   Kind = "note"
	KindFile   Kind = "file"
)

// Kinds lists them as the page offers them.
var Kinds = []Kind{KindFile, KindLink, KindNote, KindFigure}

// Status is where an item is in its life; Expired is not stored.
type Status string

// The statuses.
const (
	Draft    Status = "draft"
	Review   Status = "review"
	Accepted Status = "accepted"
	Expired  Status = "expired"
	Replaced Status = "replaced"
)

// Standard is the newest version of a standard.
type Standard struct {
	ID        uuid.UUID
	Framework string
	Edition   string
	Code      string
	Version   int
	Domain    string
	Title     string
	Level     string // must | should
	place     int
}

// Name is the code with the title.
func (s Standard) Name() string { return s.Code + " " + s.Title }

// Texts are the words that others will read.
func (s Standard) Texts() []string { return []string{s.Domain, s.Title} }

// Item is a piece of evidence. Cited is set for a figure, File for a file.
type Item struct {
	ID         uuid.UUID
	Kind       Kind
	Title      string
	Body       string
	Cited      *figure.Citation
	File       *document.File
	Owner      string
	Reviewer   string
	Collected  civil.Date
	ValidUntil civil.Date // zero: does not run out
	Status     Status
	StatusAt   time.Time
	StatusBy   string
	ReplacedBy uuid.UUID
	By         string
	At         time.Time
}

// Texts are the words that others will read, without what is in a file.
func (i Item) Texts() []string {
	texts := []string{i.Title, i.Body, i.Owner, i.Reviewer}
	if i.File != nil {
		texts = append(texts, i.File.Name)
	}
	return texts
}

// Cleared is a finding that was confirmed not to be about a person.
type Cleared struct {
	Kind   redaction.Kind
	Reason string
	By     string
	At     time.Time
}

// Reminder was written once for an item and a band.
type Reminder struct {
	Item       uuid.UUID
	Title      string
	Owner      string
	ValidUntil civil.Date
	Band       int
	At         time.Time
}

// Snapshot is frozen evidence. Body is empty in a list.
type Snapshot struct {
	ID     uuid.UUID
	N      int
	AsOf   civil.Date
	Body   string
	SHA256 string
	By     string
	At     time.Time
}

// SnapshotDue is the day on which the next yearly snapshot is due: a year after the last; zero where there is none yet.
func (r Room) SnapshotDue() civil.Date {
	if len(r.Snapshots) == 0 {
		return civil.Date{}
	}
	return r.Snapshots[0].AsOf.AddMonths(12)
}

// SnapshotLate says that a year has gone by without one.
func (r Room) SnapshotLate() bool {
	due := r.SnapshotDue()
	return !due.IsZero() && due.Before(r.Today)
}

// Room is everything that there is on a day.
type Room struct {
	Today     civil.Date
	Standards []Standard // of the newest edition of each framework, in the order of their lists
	Old       []Standard // that the newest edition no longer has
	Items     []Item     // the newest first
	Reminders []Reminder // the newest first
	Snapshots []Snapshot // the newest first
	serves    map[uuid.UUID][]uuid.UUID
	servedBy  map[uuid.UUID][]uuid.UUID
	cleared   map[uuid.UUID]map[string]Cleared
	words     map[uuid.UUID]string // of files, once they were searched
}

// Empty says whether nothing was begun.
func (r Room) Empty() bool { return len(r.Standards) == 0 && len(r.Items) == 0 }

// Item finds an item.
func (r Room) Item(id uuid.UUID) (Item, bool) {
	i := slices.IndexFunc(r.Items, func(x Item) bool { return x.ID == id })
	if i < 0 {
		return Item{}, false
	}
	return r.Items[i], true
}

// Standard finds a standard, an old one too.
func (r Room) Standard(id uuid.UUID) (Standard, bool) {
	for _, list := range [][]Standard{r.Standards, r.Old} {
		if i := slices.IndexFunc(list, func(x Standard) bool { return x.ID == id }); i >= 0 {
			return list[i], true
		}
	}
	return Standard{}, false
}

// Of lists the evidence of a standard that was not replaced.
func (r Room) Of(standard uuid.UUID) (out []Item) {
	for _, id := range r.servedBy[standard] {
		if i, ok := r.Item(id); ok && i.Status != Replaced {
			out = append(out, i)
		}
	}
	return out
}

// Serves lists the standards that an item serves.
func (r Room) Serves(item uuid.UUID) (out []Standard) {
	for _, id := range r.serves[item] {
		if s, ok := r.Standard(id); ok {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, byList)
	return out
}

func byList(a, b Standard) int {
	return cmp.Or(strings.Compare(a.Framework, b.Framework), cmp.Compare(a.place, b.place), strings.Compare(a.Code, b.Code))
}

// State says how well a standard is met today.
func (r Room) State(s Standard) State { return Judge(r.Of(s.ID), r.Today) }

// Domain is a domain of a framework with its standards.
type Domain struct {
	Framework string
	Edition   string
	Name      string
	Standards []Standard
	Tally     Tally
}

// Domains groups the standards that count, in the order of their lists.
func (r Room) Domains() (out []Domain) {
	for _, s := range r.Standards {
		i := slices.IndexFunc(out, func(d Domain) bool { return d.Framework == s.Framework && d.Name == s.Domain })
		if i < 0 {
			i, out = len(out), append(out, Domain{Framework: s.Framework, Edition: s.Edition, Name: s.Domain})
		}
		out[i].Standards = append(out[i].Standards, s)
		out[i].Tally.Add(r.State(s))
	}
	return out
}

// Tally counts all standards that count.
func (r Room) Tally() (t Tally) {
	for _, s := range r.Standards {
		t.Add(r.State(s))
	}
	return t
}

// Next lists what to do, the most urgent first.
func (r Room) Next() []Next {
	var all []Next
	for _, s := range r.Standards {
		if items := r.Of(s.ID); Judge(items, r.Today) != Met {
			t, i := todo(items, r.Today)
			all = append(all, Next{s, t, i})
		}
	}
	return next(all)
}

// Due lists the items in a band of days, the first to run out first; band 0 lists those that have run out.
func (r Room) Due(band int) (out []Item) {
	for _, i := range r.Items {
		gone := i.Standing(r.Today) == Expired
		if i.Status != Replaced && (band == 0 && gone || band > 0 && !gone && Band(i.ValidUntil, r.Today) == band) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b Item) int { return a.ValidUntil.Compare(b.ValidUntil) })
	return out
}

// Words are those that Rowan could read in the file of an item.
func (r Room) Words(i Item) string {
	if i.File == nil {
		return ""
	}
	return r.words[i.File.ID]
}

// Findings lists what looks like a person in the words of an item or a standard and was not confirmed. A file with parts
// that cannot be searched is a finding itself, and so is one that was not searched: its fingerprint is what was found.
func (r Room) Findings(id uuid.UUID) (out []redaction.Finding) {
	var texts []string
	var all []redaction.Finding
	if i, ok := r.Item(id); ok {
		texts = append(i.Texts(), r.Words(i))
		if i.File != nil {
			if _, searched := r.words[i.File.ID]; i.File.Unread || !searched {
				all = append(all, redaction.Finding{Kind: redaction.Unread, Text: i.File.SHA256})
			}
		}
	} else if s, ok := r.Standard(id); ok {
		texts = s.Texts()
	}
	for _, f := range append(all, redaction.ScanAll(r.Today, texts...)...) {
		if _, ok := r.cleared[id][f.Digest()]; !ok {
			out = append(out, f)
		}
	}
	return out
}

// Cleared lists what was confirmed of an item or a standard.
func (r Room) Cleared(id uuid.UUID) (out []Cleared) {
	for _, c := range r.cleared[id] {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Cleared) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Reason, b.Reason)) })
	return out
}

// Suspect is something that has findings: places in its words, or a file that nobody said they have read.
type Suspect struct {
	ID     uuid.UUID
	Title  string
	N      int
	Unread bool
}

// Suspect sums up the findings of an item or a standard.
func (r Room) Suspect(id uuid.UUID, title string) Suspect {
	s := Suspect{ID: id, Title: title}
	for _, f := range r.Findings(id) {
		if f.Kind == redaction.Unread {
			s.Unread = true
		} else {
			s.N++
		}
	}
	return s
}

// Clear says that nothing was found.
func (s Suspect) Clear() bool { return s.N == 0 && !s.Unread }

// Suspects lists what keeps a snapshot from being frozen.
func (r Room) Suspects() (out []Suspect) {
	for _, s := range r.Standards {
		if x := r.Suspect(s.ID, s.Name()); !x.Clear() {
			out = append(out, x)
		}
	}
	for _, i := range r.Items {
		if x := r.Suspect(i.ID, i.Title); !x.Clear() && i.Status != Replaced {
			out = append(out, x)
		}
	}
	return out
}
