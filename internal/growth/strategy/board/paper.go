package board

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Presentable lists the versions that a paper may be about: those that were submitted and are not over.
func (s *Service) Presentable(ctx context.Context, a access.Actor) (out []int, err error) {
	all, err := s.Versions(ctx, a)
	for _, v := range all {
		if v.State.Presentable() {
			out = append(out, v.N)
		}
	}
	return out, err
}

// AddItem puts a paper before the board. The same id again changes nothing.
func (s *Service) AddItem(ctx context.Context, a access.Actor, at time.Time, in ItemIn) error {
	versions, err := s.Presentable(ctx, a)
	if err != nil {
		return err
	}
	if f := CheckItem(in, versions); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	n := int32(in.Version)
	return s.do(ctx, a, at, "plan.paper_added", "board_item", in.ID, number(in.Version), func(tx *postgres.Tx) error {
		return insertItem(ctx, tx, at, in, &n)
	})
}

// AddCase puts a business case before the board, in the transaction that submits it. The paper has the id of the case.
func (s *Service) AddCase(ctx context.Context, tx *postgres.Tx, at time.Time, in ItemIn) error {
	if f := checkPaper(in); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if err := insertItem(ctx, tx, at, in, nil); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: "plan.paper_added", Kind: "board_item", Object: in.ID})
}

func insertItem(ctx context.Context, tx *postgres.Tx, at time.Time, in ItemIn, version *int32) error {
	return wrap("insert board paper", db.New(tx).InsertItem(ctx, db.InsertItemParams{OrganisationID: tx.Actor.Organisation, ID: in.ID, N: version, Title: in.Title,
		MeetingOn: in.Meeting.UTC(), Recommendation: in.Recommendation, Wellbeing: in.Wellbeing, AddedAt: postgres.Stamp(at), AddedBy: tx.Actor.Name}))
}

// Decide records what the board decided on a paper. A paper that is closed takes no other decision.
func (s *Service) Decide(ctx context.Context, a access.Actor, at time.Time, id, item uuid.UUID, d Decision) error {
	if f := CheckDecision(d, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	x, err := s.Item(ctx, a, item)
	if err != nil {
		return err
	}
	if _, closed := x.Decided(); closed {
		return fault.New(fault.Conflict, "board.conflict.decided")
	}
	return s.do(ctx, a, at, "plan.paper_decided", "board_item", item, map[string]string{"choice": string(d.Choice)}, func(tx *postgres.Tx) error {
		err := db.New(tx).InsertDecision(ctx, db.InsertDecisionParams{OrganisationID: a.Organisation, ID: id, ItemID: item, Choice: string(d.Choice), Words: d.Words,
			DecidedOn: d.On.UTC(), At: postgres.Stamp(at), By: a.Name})
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.New(fault.Conflict, "board.conflict.decided")
		}
		return wrap("insert decision", err)
	})
}

// Ask puts a question about a paper to a post. The same id again changes nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, k Question) error {
	if f := CheckQuestion(k, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if _, err := s.Item(ctx, a, k.Item); err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.question_asked", "board_question", k.ID, nil, func(tx *postgres.Tx) error {
		return wrap("insert question", db.New(tx).InsertQuestion(ctx, db.InsertQuestionParams{OrganisationID: a.Organisation, ID: k.ID, ItemID: k.Item, Question: k.Text, Owner: k.Owner,
			DueOn: k.Due.UTC(), AskedAt: postgres.Stamp(at), AskedBy: a.Name}))
	})
}

// Answer answers a question once, with the figures that it relies on ("kind/name").
func (s *Service) Answer(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, answer string, refs ...string) error {
	if f := CheckAnswer(answer); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if _, err := s.Question(ctx, a, id); err != nil {
		return err
	}
	var found []figure.Figure
	for _, ref := range refs {
		f, err := s.d.Plan.Figure(ctx, a, at, ref)
		if err != nil {
			return err
		}
		found = append(found, f)
	}
	return s.do(ctx, a, at, "plan.question_answered", "board_question", id, nil, func(tx *postgres.Tx) error {
		q, when, by := db.New(tx), postgres.Stamp(at), a.Name
		n, err := q.AnswerQuestion(ctx, db.AnswerQuestionParams{OrganisationID: a.Organisation, ID: id, Answer: &answer, AnsweredAt: &when, AnsweredBy: &by})
		if err != nil {
			return fmt.Errorf("answer question: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "board.conflict.answered")
		}
		for _, f := range found {
			c, err := figure.Cite(ctx, tx, f, at)
			if err != nil {
				return err
			}
			if err := q.InsertAnswerFigure(ctx, db.InsertAnswerFigureParams{OrganisationID: a.Organisation, QuestionID: id, CitationID: c.ID}); err != nil {
				return fmt.Errorf("cite figure of answer: %w", err)
			}
		}
		return nil
	})
}
