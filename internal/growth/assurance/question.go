package assurance

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// NewQuestion is a question to ask. It is about figures as they were cited, and figures of today.
type NewQuestion struct {
	ID        uuid.UUID
	Principle string
	Words     string
	Owner     string
	Due       civil.Date
	Cited     []uuid.UUID
	Figures   []figure.Ref
	Period    civil.Date // of Figures; zero for the latest
}

// Ask keeps a question and cites its figures of today. The same id again changes nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, now time.Time, q NewQuestion) error {
	if f := s.guide.CheckQuestion(q, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	figures, err := s.find(ctx, a, now, q.Period, q.Figures)
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		p := db.InsertQuestionParams{OrganisationID: a.Organisation, ID: q.ID, Words: strings.TrimSpace(q.Words), Owner: strings.TrimSpace(q.Owner), DueOn: q.Due.UTC(), Author: a.Name, At: now.UTC()}
		if q.Principle != "" {
			p.Principle = &q.Principle
		}
		n, err := db.New(tx).InsertQuestion(ctx, p)
		if err != nil || n == 0 {
			return wrap("insert question", err)
		}
		if err := rely(ctx, tx, now, q.ID, q.Cited, figures); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.asked", Kind: "assurance_question", Object: q.ID, Detail: map[string]string{"principle": q.Principle}})
	})
}

// NewEntry follows a question: an answer of the lead, or what the guardian says of it.
type NewEntry struct {
	ID      uuid.UUID
	Kind    EntryKind
	Words   string
	Due     civil.Date // of EntryAgain
	Cited   []uuid.UUID
	Figures []figure.Ref
}

var entryAction = map[EntryKind]string{EntryAnswered: "answered", EntryAgain: "asked_again", EntryAccepted: "accepted"}

// Follow keeps an answer, or says of one that it is accepted or not enough. What the question's life does not allow is
// a conflict: somebody else was first. The same id again changes nothing.
func (s *Service) Follow(ctx context.Context, a access.Actor, now time.Time, question uuid.UUID, e NewEntry) error {
	if f := CheckEntry(e, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	figures, err := s.find(ctx, a, now, civil.Date{}, e.Figures)
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q, err := findQuestion(ctx, tx, question)
		if err != nil {
			return err
		}
		for _, x := range q.Entries {
			if x.ID == e.ID {
				return nil
			}
		}
		if !mayFollow(q.Life, e.Kind) {
			return fault.New(fault.Conflict, "assurance.question.moved_on")
		}
		p := db.InsertEntryParams{OrganisationID: a.Organisation, ID: e.ID, QuestionID: question, N: int32(len(q.Entries) + 1), Kind: string(e.Kind), Words: strings.TrimSpace(e.Words),
			Author: a.Name, At: now.UTC()}
		if e.Kind == EntryAgain {
			p.DueOn = e.Due.Null()
		}
		n, err := db.New(tx).InsertEntry(ctx, p)
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.Wrap(fault.Conflict, "assurance.question.moved_on", err)
		}
		if err != nil || n == 0 {
			return wrap("insert entry", err)
		}
		if err := rely(ctx, tx, now, e.ID, e.Cited, figures); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance." + entryAction[e.Kind], Kind: "assurance_question", Object: question})
	})
}
