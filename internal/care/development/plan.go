package development

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/development/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Plan is the actor's own, with all that belongs to it.
type Plan struct {
	Goals   []Goal
	Reviews []Review  // the newest first
	With    []Share   // who may read it
	From    []Share   // whose goals the actor may read
	Offers  []Offer   // that stand
	Asked   []Request // of colleagues
	Of      []Request // of the actor
}

// Goal finds one.
func (p Plan) Goal(id uuid.UUID) (Goal, bool) {
	for _, g := range p.Goals {
		if g.ID == id {
			return g, true
		}
	}
	return Goal{}, false
}

// In lists the goals of an area.
func (p Plan) In(area string) (out []Goal) {
	for _, g := range p.Goals {
		if g.Area == area {
			out = append(out, g)
		}
	}
	return out
}

// Review is what somebody wrote when they looked at their plan.
type Review struct {
	ID    uuid.UUID
	At    time.Time
	Next  civil.Date
	Words string
}

// Find reads the actor's own plan. There is no audit row: nobody learns anything from their own words.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (p Plan, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if p.Goals, err = s.goals(ctx, tx, a.Account); err != nil {
			return err
		}
		rows, err := db.New(tx).ListReviews(ctx, db.ListReviewsParams{ServiceID: a.Service, AccountID: a.Account})
		if err != nil {
			return fmt.Errorf("list reviews: %w", err)
		}
		for _, r := range rows {
			x := Review{ID: r.ID, At: r.At, Next: civil.Of(r.NextOn)}
			if err := s.open(sealed.DevelopmentReview, a.Service, r.ID, r.Words, &x.Words); err != nil {
				return err
			}
			p.Reviews = append(p.Reviews, x)
		}
		if p.With, p.From, err = shares(ctx, tx); err != nil {
			return err
		}
		if p.Offers, err = offers(ctx, tx, now); err != nil {
			return err
		}
		p.Asked, p.Of, err = requests(ctx, tx)
		return err
	})
	return p, err
}

// ReviewIn is a review as it is written.
type ReviewIn struct {
	ID    uuid.UUID
	Words string
	Next  civil.Date
}

// CheckReview says what is wrong with it. The next is within a year: a plan that is looked at less often is none.
func CheckReview(in ReviewIn, today civil.Date) (f fault.Fields) {
	said(&f, "words", in.Words, "development.review.words.empty", MaxText)
	switch {
	case in.Next.IsZero():
		f.Add("next", "development.next.empty")
	case !in.Next.After(today) || in.Next.After(today.AddMonths(12)):
		f.Add("next", "development.next.bad")
	}
	return f
}

// LookAgain keeps what the actor wrote about their plan, and when they look at it next.
func (s *Service) LookAgain(ctx context.Context, a access.Actor, at time.Time, in ReviewIn) error {
	if err := refuse(CheckReview(in, locale.Day(at))); err != nil {
		return err
	}
	words, err := s.seal(sealed.DevelopmentReview, a.Service, in.ID, in.Words)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "development.reviewed", "development_review", in.ID, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).InsertReview(ctx, db.InsertReviewParams{ServiceID: a.Service, ID: in.ID, AccountID: a.Account, At: at, NextOn: in.Next.UTC(), Words: words})
		if err != nil {
			return 0, fmt.Errorf("insert review: %w", err)
		}
		return n, nil
	})
}
