package assurance

import (
	"slices"
	"sort"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// EvidenceKind is what evidence is.
type EvidenceKind string

// The kinds of evidence.
const (
	KindFigure   EvidenceKind = "figure"
	KindDocument EvidenceKind = "document"
	KindDecision EvidenceKind = "decision"
)

// Evidence supports a principle. Figure is set for a figure.
type Evidence struct {
	ID         uuid.UUID
	Principle  string
	Kind       EvidenceKind
	Title      string
	Link       string
	File       *document.File // of a document, if it is here
	Dated      civil.Date
	ValidUntil civil.Date // zero: as long as it is in use
	Figure     *figure.Checked
	By         string
	At         time.Time
	EndedAt    time.Time // zero while in use
	EndedBy    string
}

// Ended says whether it is out of use.
func (e Evidence) Ended() bool { return !e.EndedAt.IsZero() }

// Expired says whether it was valid until a day before today.
func (e Evidence) Expired(today civil.Date) bool {
	return !e.ValidUntil.IsZero() && e.ValidUntil.Before(today)
}

// Rating is a judgement of the guardian.
type Rating struct {
	ID        uuid.UUID
	Principle string
	Version   int // of the principles
	Rating    string
	Lines     []string
	Words     string
	By        string
	At        time.Time
}

// Question is what the guardian or an executive wants to know.
type Question struct {
	ID        uuid.UUID
	Principle string // "" if it is about none
	Words     string
	Owner     string
	Due       civil.Date // the day that holds now
	Life      Life
	Entries   []Entry
	Figures   []figure.Citation
	By        string
	At        time.Time
}

// Overdue says whether the answer is late.
func (q Question) Overdue(today civil.Date) bool { return q.Life == Open && q.Due.Before(today) }

// Entry followed a question.
type Entry struct {
	ID      uuid.UUID
	Kind    EntryKind
	Words   string
	Due     civil.Date // of EntryAgain
	Figures []figure.Citation
	By      string
	At      time.Time
}

// Statement says how a decision affects the health of staff.
type Statement struct {
	ID          uuid.UUID
	Decision    string
	Meeting     civil.Date
	Groups      string
	Effect      string
	EffectWords string
	Mitigation  string
	Figures     []figure.Citation
	By          string
	At          time.Time
	WithdrawnAt time.Time // zero while it stands
	WithdrawnBy string
}

// Withdrawn says whether it no longer stands.
func (s Statement) Withdrawn() bool { return !s.WithdrawnAt.IsZero() }

// Step is a step of a year's plan.
type Step struct {
	ID        uuid.UUID
	Year      int
	Quarter   int
	Code      string
	Title     string
	Due       civil.Date
	DoneOn    civil.Date // zero until it is done
	DoneBy    string
	DoneWords string
}

// Overdue says whether it should have been done before today.
func (s Step) Overdue(today civil.Date) bool { return s.DoneOn.IsZero() && s.Due.Before(today) }

// Pack is a frozen pack. Body is empty in a list.
type Pack struct {
	ID      uuid.UUID
	N       int
	Version int // of the principles
	Body    string
	SHA256  string
	By      string
	At      time.Time
}

// Record is everything that assures an organisation.
type Record struct {
	Today      civil.Date
	Evidence   []Evidence  // in use or not, the newest first
	Ratings    []Rating    // the newest first
	Questions  []Question  // the newest first
	Statements []Statement // the latest meeting first
	Steps      []Step      // as they are due
	Packs      []Pack      // the newest first, without bodies
}

// Of lists the evidence in use for a principle: figures first, then the newest.
func (r Record) Of(principle string) (out []Evidence) {
	for _, e := range r.Evidence {
		if e.Principle == principle && !e.Ended() {
			out = append(out, e)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Kind == KindFigure && out[j].Kind != KindFigure })
	return out
}

// Rating gives the rating of a principle that holds.
func (r Record) Rating(principle string) (Rating, bool) {
	i := slices.IndexFunc(r.Ratings, func(x Rating) bool { return x.Principle == principle })
	if i < 0 {
		return Rating{}, false
	}
	return r.Ratings[i], true
}

// Change is something that happened, or was noticed, since the last pack.
type Change struct {
	At   time.Time // zero for what is so now: a figure whose source moved on
	Kind string
	What string
	By   string
	Path string
	// Figure is the one whose source moved on.
	Figure *figure.Checked
}

// The kinds of change.
const (
	ChangeStale     = "stale"
	ChangeRecounted = "recounted"
	ChangeEvidence  = "evidence"
	ChangeEnded     = "ended"
	ChangeRated     = "rated"
	ChangeAsked     = "asked"
	ChangeAnswered  = "answered"
	ChangeAgain     = "again"
	ChangeAccepted  = "accepted"
	ChangeStatement = "statement"
	ChangeWithdrawn = "withdrawn"
)

// Since lists what changed after a time, the newest first, and before it the figures that no longer say what was cited.
// A row written in the pack's own transaction or before is not a change.
func (r Record) Since(g Guide, at time.Time) (out []Change) {
	var dated []Change
	add := func(t time.Time, kind, what, by, path string) {
		if t.After(at) {
			dated = append(dated, Change{At: t, Kind: kind, What: what, By: by, Path: path})
		}
	}
	for _, e := range r.Evidence {
		path := "/assurance/principles/" + e.Principle
		if !e.Ended() && e.Figure != nil && e.Figure.Standing != figure.Current {
			kind := ChangeStale
			if e.Figure.Standing == figure.Recounted {
				kind = ChangeRecounted
			}
			out = append(out, Change{Kind: kind, What: e.Title, Path: e.Figure.Path(), Figure: e.Figure})
		}
		add(e.At, ChangeEvidence, e.Title, e.By, path)
		add(e.EndedAt, ChangeEnded, e.Title, e.EndedBy, path)
	}
	for _, x := range r.Ratings {
		p, _ := g.Principle(x.Principle)
		add(x.At, ChangeRated, p.Name+": "+g.Grade(x.Rating).Name, x.By, "/assurance/principles/"+x.Principle)
	}
	for _, q := range r.Questions {
		path := "/assurance/questions/" + q.ID.String()
		add(q.At, ChangeAsked, q.Words, q.By, path)
		for _, e := range q.Entries {
			add(e.At, string(e.Kind), q.Words, e.By, path)
		}
	}
	for _, s := range r.Statements {
		path := "/assurance/statements/" + s.ID.String()
		add(s.At, ChangeStatement, s.Decision, s.By, path)
		add(s.WithdrawnAt, ChangeWithdrawn, s.Decision, s.WithdrawnBy, path)
	}
	sort.SliceStable(dated, func(i, j int) bool { return dated[i].At.After(dated[j].At) })
	return append(out, dated...)
}

// Overdue is what should have been done by today.
type Overdue struct {
	Questions []Question
	Documents []Evidence
	Steps     []Step
}

// Count is how many things are overdue.
func (o Overdue) Count() int { return len(o.Questions) + len(o.Documents) + len(o.Steps) }

// Overdue lists what is late.
func (r Record) Overdue() (o Overdue) {
	for _, q := range r.Questions {
		if q.Overdue(r.Today) {
			o.Questions = append(o.Questions, q)
		}
	}
	for _, e := range r.Evidence {
		if !e.Ended() && e.Expired(r.Today) {
			o.Documents = append(o.Documents, e)
		}
	}
	for _, s := range r.Steps {
		if s.Overdue(r.Today) {
			o.Steps = append(o.Steps, s)
		}
	}
	return o
}
