package codesign

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// OpenRound asks the members about a draft as it stands. There is one round at a time. The same id again changes nothing.
func (s *Service) OpenRound(ctx context.Context, a access.Actor, at time.Time, version uuid.UUID, in RoundIn) error {
	today := locale.Day(at)
	if err := refuse(in.Check(today, s.Found(today, append([]string{in.About}, in.Questions...)...))); err != nil {
		return err
	}
	return s.hosting(ctx, a, at, "framework.round_opened", "framework_round", in.ID, func(q *db.Queries, c member.Community, h House) error {
		if _, err := h.Round(in.ID); err == nil {
			return errAlready
		}
		d, err := h.Find(version)
		if err != nil {
			return err
		}
		if err := h.Editable(d, at); err != nil {
			return err
		}
		if len(framework.Gaps(d.Themes)) > 0 {
			return fault.New(fault.Conflict, "codesign.publish.gaps")
		}
		themes, err := json.Marshal(d.Themes)
		if err != nil {
			return fmt.Errorf("write themes: %w", err)
		}
		_, err = q.InsertRound(ctx, db.InsertRoundParams{OrganisationID: c.ID, ID: in.ID, VersionID: version, Number: int32(d.Number), About: in.About, Questions: append([]string{}, in.Questions...), Themes: themes, OpensOn: in.Opens.UTC(), ClosesOn: in.Closes.UTC(), At: postgres.Stamp(at), ByName: a.Name}) //nolint:gosec // a number is small
		if err != nil {
			return fmt.Errorf("open a round: %w", err)
		}
		return nil
	})
}

// change changes the last day of a round that is not over.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, action string, id uuid.UUID, fn func(*db.Queries, member.Community, Round) (int64, error)) error {
	return s.hosting(ctx, a, at, action, "framework_round", id, func(q *db.Queries, c member.Community, h House) error {
		r, err := h.Round(id)
		if err != nil {
			return err
		}
		n, err := fn(q, c, r)
		if err != nil {
			return fmt.Errorf("change a round: %w", err)
		}
		if n == 0 {
			return changed()
		}
		return nil
	})
}

// Move gives a round another last day.
func (s *Service) Move(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, closes civil.Date) error {
	today := locale.Day(at)
	return s.change(ctx, a, at, "framework.round_moved", id, func(q *db.Queries, c member.Community, r Round) (int64, error) {
		if err := refuse(CheckCloses(later(r.Opens, today), closes)); err != nil {
			return 0, err
		}
		return q.MoveRound(ctx, db.MoveRoundParams{OrganisationID: c.ID, ID: id, ClosesOn: closes.UTC(), Today: today.UTC()})
	})
}

func later(a, b civil.Date) civil.Date {
	if a.After(b) {
		return a
	}
	return b
}

// End ends a round before its last day. What was said stays.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.change(ctx, a, at, "framework.round_ended", id, func(q *db.Queries, c member.Community, _ Round) (int64, error) {
		return q.EndRound(ctx, db.EndRoundParams{OrganisationID: c.ID, ID: id, At: postgres.Null(postgres.Stamp(at)), Today: locale.Day(at).UTC()})
	})
}

// CommentIn is what a member says.
type CommentIn struct {
	ID              uuid.UUID
	Round           Round
	Spot            Spot
	Words, Proposes string
	Anyway          bool
}

// Post is the text of a comment.
func (in CommentIn) Post() (post.In, error) {
	payload, err := post.Proposing(in.Proposes)
	return post.In{ID: in.ID, Kind: post.Comment, Title: label(in.Round, in.Spot, locale.English().T), Words: in.Words, Payload: payload, Anyway: in.Anyway}, err
}

// Comment publishes a comment, or has it held where it looks like a person; it says which. The same id again changes nothing.
func (s *Service) Comment(ctx context.Context, a access.Actor, at time.Time, in CommentIn) (post.State, error) {
	text, err := in.Post()
	if err != nil {
		return "", err
	}
	return s.posts.SendWith(ctx, a, at, text, func(tx *postgres.Tx, c member.Community) error {
		q := db.New(tx)
		h, err := read(ctx, q, a, c)
		if err != nil {
			return err
		}
		r, err := h.Round(in.Round.ID)
		if err != nil {
			return err
		}
		if _, ok := r.Spot(in.Spot.String()); !ok {
			return fault.Missing("spot")
		}
		if !r.Running(locale.Day(at)) {
			return fault.New(fault.Conflict, "codesign.over")
		}
		err = q.InsertComment(ctx, db.InsertCommentParams{OrganisationID: c.ID, PostID: in.ID, RoundID: r.ID, Theme: in.Spot.Theme, Spot: in.Spot.What, Level: int32(in.Spot.Level), Question: int32(in.Spot.Question), HomeID: a.Organisation}) //nolint:gosec // both are small
		if err != nil {
			return fmt.Errorf("say what a comment is about: %w", err)
		}
		return nil
	})
}

// Agree says that a member agrees with a comment of somebody else, or does not any more, while the round runs. Each counts once.
func (s *Service) Agree(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, agrees bool) error {
	action := "framework.agreed"
	if !agrees {
		action = "framework.disagreed"
	}
	return s.command(ctx, a, at, action, "framework_comment", id, func(q *db.Queries, c member.Community, h House) error {
		x, r, err := h.Comment(id)
		switch {
		case err != nil:
			return err
		case !c.Mine:
			return fault.New(fault.Conflict, "member.join.first")
		case !r.Running(locale.Day(at)):
			return fault.New(fault.Conflict, "codesign.over")
		case x.Author == a.Account || !x.Counts():
			return fault.New(fault.Conflict, "codesign.agree.not")
		}
		var n int64
		if agrees {
			n, err = q.Agree(ctx, db.AgreeParams{OrganisationID: c.ID, PostID: id, AccountID: a.Account, HomeID: a.Organisation, At: postgres.Stamp(at)})
		} else {
			n, err = q.Disagree(ctx, db.DisagreeParams{OrganisationID: c.ID, PostID: id, AccountID: a.Account})
		}
		if err != nil {
			return fmt.Errorf("agree with a comment: %w", err)
		}
		if n == 0 {
			return errAlready
		}
		return nil
	})
}

// Answer says what the host does about a comment. It may be said anew until the version is published.
func (s *Service) Answer(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, verdict, words string) error {
	if err := refuse(CheckAnswer(verdict, words, s.Found(locale.Day(at), words))); err != nil {
		return err
	}
	return s.hosting(ctx, a, at, "framework.answered", "framework_comment", id, func(q *db.Queries, c member.Community, h House) error {
		x, r, err := h.Comment(id)
		if err != nil {
			return err
		}
		if err := h.Answerable(x, r); err != nil {
			return err
		}
		n, err := q.AnswerComment(ctx, db.AnswerCommentParams{OrganisationID: c.ID, PostID: id, Verdict: verdict, Words: words, At: postgres.Stamp(at), ByName: a.Name})
		if err != nil {
			return fmt.Errorf("answer a comment: %w", err)
		}
		if n == 0 {
			return changed()
		}
		return nil
	})
}

// Answerable says why a comment cannot be answered; nil where it can.
func (h House) Answerable(x Comment, r Round) error {
	if h.Frozen(r) {
		return fault.New(fault.Conflict, "codesign.published")
	}
	if !x.Counts() {
		return fault.New(fault.Conflict, "codesign.changed")
	}
	return nil
}
