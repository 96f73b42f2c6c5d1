// Package letter keeps the letters that a service sends again and again, with gaps in place of everything about a person: {name}, {day}.
// What looks like a person is refused, so a letter can be shared in a community of practice (community/library) as it stands. A letter is
// a draft until somebody takes it into use; one that was copied from another service begins as a draft too. Rowan fills no gap: who
// writes to somebody takes the words into the letter.
package letter

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The permissions of the slice.
const (
	Read access.Permission = "letter.read"
	Keep access.Permission = "letter.keep"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D0, Purpose: "Read the letters that a service sends, with their gaps", Allow: access.Allow(access.Any, access.Team...)},
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Write the letters that a service sends, and take them into use", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
}

// Lengths of what is written.
const (
	mostName  = 100
	MostWords = 6000
)

// Purposes are what a letter is for, and Gaps what may stand in it in place of something about a person.
var (
	Purposes = []string{"invite", "missed", "outcome", "review", "gp", "other"}
	Gaps     = []string{"name", "day", "time", "place", "clinician", "manager", "job", "telephone", "service"}
)

// In is a letter as somebody writes it.
type In struct {
	ID                   uuid.UUID
	Name, Purpose, Words string
	Version              int // that the form showed; 0 for a new one
}

// Letter is one of a service.
type Letter struct {
	In
	InUse   bool
	Changed time.Time
	By      string
}

// Path is its page.
func (l Letter) Path() string { return "/letters/" + l.ID.String() }

var gap = regexp.MustCompile(`\{[^{}]*\}`)

// Check says what is wrong with a letter. Many people at other services may read it, so it names nobody.
func Check(in In, found []screen.Finding) (f fault.Fields) {
	f.Text("name", "letter.name.empty", in.Name, mostName)
	if !slices.Contains(Purposes, in.Purpose) {
		f.Add("purpose", "letter.purpose.empty")
	}
	f.Text("words", "letter.words.empty", in.Words, MostWords)
	for _, g := range gap.FindAllString(in.Words, -1) {
		if f.Of("words") == nil && !slices.Contains(Gaps, g[1:len(g)-1]) {
			f.Add("words", "letter.words.gap", "gap", g)
		}
	}
	if len(f) == 0 && len(found) > 0 {
		f.Add("words", "letter.words.person", "words", found[0].Text)
	}
	return f
}

// Service keeps letters.
type Service struct {
	db     *postgres.DB
	screen *screen.Screen
}

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d, screen.Ours()} }

// Found lists what looks like a person in a letter.
func (s *Service) Found(today civil.Date, in In) []screen.Finding {
	return s.screen.Find(today, in.Name, in.Words)
}

// List gives the letters of the actor's service: those in use first, then by name.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Letter, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListLetters(ctx, a.Organisation)
		for _, r := range rows {
			out = append(out, letter(r))
		}
		return err
	})
	return out, err
}

func letter(r db.LetterTemplate) Letter {
	return Letter{In{r.ID, r.Name, r.Purpose, r.Words, int(r.Version)}, r.InUse, r.ChangedAt, r.ChangedBy}
}

// Find finds one.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (l Letter, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindLetter(ctx, db.FindLetterParams{OrganisationID: a.Organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("letter")
		}
		l = letter(r)
		return err
	})
	return l, err
}

// Add keeps a new letter, as a draft. The same id again changes nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, at time.Time, in In) error {
	return s.write(ctx, a, at, "letter.added", in, func(q *db.Queries) (int64, error) {
		return q.InsertLetter(ctx, db.InsertLetterParams{OrganisationID: a.Organisation, ID: in.ID, Name: in.Name, Purpose: in.Purpose, Words: in.Words, At: postgres.Stamp(at), ByName: a.Name})
	})
}

// Change writes it anew, and makes a draft of it: whoever takes it into use has read what it says.
func (s *Service) Change(ctx context.Context, a access.Actor, at time.Time, in In) error {
	return s.write(ctx, a, at, "letter.changed", in, func(q *db.Queries) (int64, error) {
		n, err := q.ChangeLetter(ctx, db.ChangeLetterParams{OrganisationID: a.Organisation, ID: in.ID, Name: in.Name, Purpose: in.Purpose, Words: in.Words, Version: int32(in.Version), At: postgres.Stamp(at), ByName: a.Name}) //nolint:gosec // a version is small
		return moved(n), err
	})
}

// Use takes the letter that the page showed into use, or out of it.
func (s *Service) Use(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, version int, use bool) error {
	l, err := s.Find(ctx, a, id)
	if err != nil {
		return err
	}
	action := "letter.ended"
	if use {
		action = "letter.used"
	}
	return s.write(ctx, a, at, action, l.In, func(q *db.Queries) (int64, error) {
		n, err := q.UseLetter(ctx, db.UseLetterParams{OrganisationID: a.Organisation, ID: id, Version: int32(version), InUse: use, At: postgres.Stamp(at), ByName: a.Name}) //nolint:gosec // a version is small
		return moved(n), err
	})
}

// moved is -1 where nothing was changed, because somebody else has changed it since it was shown.
func moved(n int64) int64 {
	if n == 0 {
		return -1
	}
	return n
}

// write checks a letter and changes it, with its audit row. A change that has no row left is a conflict; a new letter that is there
// already leaves no second trace.
func (s *Service) write(ctx context.Context, a access.Actor, at time.Time, action string, in In, change func(*db.Queries) (int64, error)) error {
	if f := Check(in, s.Found(locale.Day(at), in)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := change(db.New(tx))
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", action, err)
		case n < 0:
			return fault.New(fault.Conflict, "letter.moved")
		case n == 0:
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "letter_template", Object: in.ID})
	})
}
