// Package feedback asks somebody once how it was: three marks and one comment, by a link that needs no sign-in.
//
// The answer belongs to the service and to nobody: its row has a month, a random id and no person, case or day,
// and the login that writes it can read none. The link is a sealed token; that it was used is remembered in the
// hall, under the link's own id, which the answer does not have; that an invitation was answered is noted there too, without
// by what. There is no audit row, since there is no actor
// to name and its time would lead back to the person; the activity ledger gets the first of the month.
//
// The team reads the comments and says what each is about, from a dated list (activity/theme). A reading is never changed: another
// one follows, and the last stands. A comment that may show who wrote it is set aside: it is shown and counted no more. Growth gets
// counts of themes, and the quotes that the team released: a part of what was written, by somebody who agreed to be quoted.
package feedback

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Purpose is what the link of who was seen is minted for (platform/seal).
const Purpose = invite.PersonLink

// The permissions of this slice.
const (
	Give access.Permission = "feedback.give"
	Read access.Permission = "feedback.read"
	Mark access.Permission = "feedback.mark"
)

var anyone = []access.Relation{access.Any}

// Rules say who may use them. Giving is open to whoever holds a link.
var Rules = []access.Rule{
	{Permission: Give, Wall: access.Portal, Data: access.D0, Purpose: "say how it was, without signing in",
		Allow: map[access.Role][]access.Relation{access.Anonymous: anyone}},
	{Permission: Read, Wall: access.Clinical, Data: access.D3, Purpose: "learn from what people said about our own service",
		Allow: team},
	{Permission: Mark, Wall: access.Clinical, Data: access.D3, Purpose: "say what a comment is about, and release a quote whose writer agreed", Allow: team},
}

var team = map[access.Role][]access.Relation{access.Lead: anyone, access.Nurse: anyone, access.Physician: anyone, access.Physio: anyone, access.Counsellor: anyone}

// Links opens sealed links; platform/seal does.
type Links interface {
	OpenLink(token, purpose string, now time.Time) (seal.Link, error)
}

// Deps is what the slice is wired to.
type Deps struct {
	DB     *postgres.DB
	Ledger activity.Ledger
	Links  Links
}

// Service runs the command and the reads of feedback.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Questions are what a mark from 1 to 5 is asked for.
var Questions = []string{"communication", "specific", "mattered"}

// MaxComment bounds the comment.
const MaxComment = 1000

// Answer is what somebody said. A mark of 0 is none.
type Answer struct {
	Communication, Specific, Mattered int
	Comment                           string
	Quotable                          bool // they agree to be quoted without a name
}

func (a Answer) marks() map[string]int {
	return map[string]int{"communication": a.Communication, "specific": a.Specific, "mattered": a.Mattered}
}

// Check finds what is missing or forged, in the words of whom it was asked.
func (a Answer) Check(audience string) (f fault.Fields) {
	marks := a.marks()
	for _, q := range Questions {
		if n := marks[q]; n < 1 || n > 5 {
			f.Add(q, "feedback.ask."+audience+"."+q+".empty")
		}
	}
	f.Long("comment", a.Comment, MaxComment)
	return f
}

// State is what a link is good for.
type State int

// The states of a link.
const (
	Unknown State = iota
	Open
	Used
	Expired
)

// Asked is what a link asks, and of whom.
type Asked struct {
	State    State
	Audience string // invite.Person or invite.Manager
}

// Look says what a link is good for. Only a true link can be known to be used or expired.
func (s *Service) Look(ctx context.Context, token string, now time.Time) (out Asked, err error) {
	l, st := s.open(token, now)
	out = Asked{st, audience(l)}
	if st != Open {
		return out, nil
	}
	err = s.d.DB.InTenant(ctx, access.SystemActor(access.Hall, l.Organisation, l.Service), func(tx *postgres.Tx) error {
		used, err := db.New(tx).LinkUsed(ctx, l.ID)
		if used {
			out.State = Used
		}
		return err
	})
	if err != nil {
		return Asked{}, fmt.Errorf("look up a link: %w", err)
	}
	return out, nil
}

func audience(l seal.Link) string {
	if l.Purpose == invite.ManagerLink {
		return invite.Manager
	}
	return invite.Person
}

func (s *Service) open(token string, now time.Time) (seal.Link, State) {
	l, err := s.d.Links.OpenLink(token, Purpose, now)
	if errors.Is(err, seal.ErrLink) {
		l, err = s.d.Links.OpenLink(token, invite.ManagerLink, now)
	}
	switch {
	case errors.Is(err, seal.ErrExpired):
		return l, Expired
	case err != nil:
		return l, Unknown
	}
	return l, Open
}

// Give keeps an answer, once for a link. The link is used up behind the hall's wall and the answer written behind
// the portal's, so that no transaction holds both; when the second fails the first is given back.
func (s *Service) Give(ctx context.Context, token string, now time.Time, a Answer) (State, fault.Fields, error) {
	l, st := s.open(token, now)
	if st != Open {
		return st, nil, nil
	}
	if f := a.Check(audience(l)); len(f) > 0 {
		return Open, f, nil
	}
	hall := access.SystemActor(access.Hall, l.Organisation, l.Service)
	var first int64
	err := s.d.DB.InTenant(ctx, hall, func(tx *postgres.Tx) (err error) {
		q := db.New(tx)
		if first, err = q.UseLink(ctx, db.UseLinkParams{LinkID: l.ID, Purpose: l.Purpose, UsedAt: &now}); err != nil || first == 0 {
			return err
		}
		return q.NoteAnswered(ctx, db.NoteAnsweredParams{ServiceID: l.Service, ID: l.Object, Answered: true})
	})
	if err != nil {
		return Unknown, nil, fmt.Errorf("use a link: %w", err)
	}
	if first == 0 {
		return Used, nil, nil
	}
	if err := s.keep(ctx, l, now, a); err != nil {
		back := s.d.DB.InTenant(context.WithoutCancel(ctx), hall, func(tx *postgres.Tx) error {
			q := db.New(tx)
			return errors.Join(q.ReopenLink(ctx, l.ID), q.NoteAnswered(ctx, db.NoteAnsweredParams{ServiceID: l.Service, ID: l.Object}))
		})
		return Unknown, nil, errors.Join(err, back)
	}
	return Open, nil, nil
}

// KeepCourse keeps what somebody says of a course they came to, in the caller's transaction of the house behind the portal's wall: nothing
// in it knows who.
func KeepCourse(ctx context.Context, tx *postgres.Tx, now time.Time, a Answer) error {
	_, _, err := insert(ctx, tx, invite.Course, now, a)
	return err
}

// NoteCourse notes that whoever is asked about a course answers, or did not after all, behind the hall's wall: nobody learns by what.
func (s *Service) NoteCourse(ctx context.Context, organisation, service, booking uuid.UUID, answered bool) error {
	return s.d.DB.InTenant(ctx, access.SystemActor(access.Hall, organisation, service), func(tx *postgres.Tx) error {
		return db.New(tx).NoteAnswered(ctx, db.NoteAnsweredParams{ServiceID: service, ID: invite.CourseID(booking), Answered: answered})
	})
}

func insert(ctx context.Context, tx *postgres.Tx, audience string, now time.Time, a Answer) (id uuid.UUID, month time.Time, err error) {
	id = uuid.New() // random, not by time
	in := now.In(locale.London)
	month = time.Date(in.Year(), in.Month(), 1, 0, 0, 0, 0, time.UTC)
	var comment *string
	if a.Comment != "" {
		comment = &a.Comment
	}
	err = db.New(tx).InsertFeedback(ctx, db.InsertFeedbackParams{ServiceID: tx.Actor.Service, ID: id, OrganisationID: tx.Actor.Organisation, Month: month,
		Communication: int32(a.Communication), Specific: int32(a.Specific), Mattered: int32(a.Mattered), Comment: comment,
		Audience: audience, Quotable: a.Quotable && comment != nil})
	if err != nil {
		err = fmt.Errorf("keep feedback: %w", err)
	}
	return id, month, err
}

func (s *Service) keep(ctx context.Context, l seal.Link, now time.Time, a Answer) error {
	return s.d.DB.InTenant(ctx, access.SystemActor(access.Portal, l.Organisation, l.Service), func(tx *postgres.Tx) error {
		id, month, err := insert(ctx, tx, audience(l), now, a)
		if err != nil {
			return err
		}
		if audience(l) != invite.Person { // the ledger counts what those who were seen say
			return nil
		}
		return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: activity.FeedbackGiven, At: month, Organisation: l.Organisation, Service: l.Service, Person: id, Case: id, Actor: id})
	})
}
