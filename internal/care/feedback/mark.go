package feedback

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// One is a comment with everything that was made of it.
type One struct {
	ID           uuid.UUID
	Organisation uuid.UUID
	Month        time.Time
	Audience     string
	Text         string
	Quotable     bool
	Readings     []Marking // the last first
	Quote        *Quote    // that stands
}

// Marking is one reading.
type Marking struct {
	Reading
	Version int
	At      time.Time
	By      string
}

// Quote is what was released of a comment.
type Quote struct {
	Theme, Words, By string
	At               time.Time
}

// Last is the reading that stands; of a comment that nobody has read it is empty.
func (o One) Last() Marking {
	if len(o.Readings) == 0 {
		return Marking{}
	}
	return o.Readings[0]
}

// MayQuote says whether a quote can be released: its writer agreed, the team has read it, and it shows nobody.
func (o One) MayQuote() bool {
	return o.Quotable && o.Quote == nil && len(o.Readings) > 0 && !o.Last().Aside
}

// Find gives a comment of the actor's service.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (o One, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if o, err = find(ctx, tx, id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "feedback.comment_read", Kind: "feedback", Object: id})
	})
	return o, err
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (One, error) {
	q, service := db.New(tx), tx.Actor.Service
	c, err := q.FindComment(ctx, db.FindCommentParams{ServiceID: service, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return One{}, fault.Missing("feedback")
	}
	if err != nil {
		return One{}, fmt.Errorf("find a comment: %w", err)
	}
	o := One{ID: c.ID, Organisation: c.OrganisationID, Month: c.Month, Audience: c.Audience, Text: *c.Comment, Quotable: c.Quotable}
	readings, err := q.ListReadings(ctx, db.ListReadingsParams{ServiceID: service, FeedbackID: id})
	if err != nil {
		return o, fmt.Errorf("list readings: %w", err)
	}
	for _, r := range readings {
		o.Readings = append(o.Readings, Marking{Reading{r.Themes, r.Tone, r.Aside}, int(r.Version), r.ReadAt, r.ByName})
	}
	quote, err := q.FindQuote(ctx, db.FindQuoteParams{ServiceID: service, FeedbackID: id})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return o, nil
	case err != nil:
		return o, fmt.Errorf("find a quote: %w", err)
	}
	o.Quote = &Quote{quote.Theme, quote.Words, quote.ReleasedBy, quote.ReleasedAt}
	return o, nil
}

// Mark keeps how a comment was read; seen is the version that the reader saw. A quote goes with a comment that is set aside.
func (s *Service) Mark(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, seen int, r Reading) error {
	p := theme.List()
	if f := r.Check(p); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if r.Aside { // what it is about would be counted with it
		r.Themes, r.Tone = []string{}, theme.Mixed
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		o, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		n, err := db.New(tx).InsertReading(ctx, db.InsertReadingParams{ServiceID: a.Service, FeedbackID: id, Version: int32(seen + 1), OrganisationID: o.Organisation, Month: o.Month, Audience: o.Audience, //nolint:gosec // a version
			Themes: r.Themes, Tone: r.Tone, Aside: r.Aside, Pack: int32(p.Version), ReadAt: now, ByAccount: a.Account, ByName: a.Name}) //nolint:gosec // a version
		if err != nil {
			return fmt.Errorf("keep a reading: %w", err)
		}
		if n == 0 || seen != o.Last().Version {
			return fault.New(fault.Conflict, "feedback.mark.changed")
		}
		if r.Aside && o.Quote != nil {
			if err := withdraw(ctx, tx, now, id); err != nil {
				return err
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "feedback.marked", Kind: "feedback", Object: id})
	})
}

// Release lets a part of a comment out, as a quote on one of its themes. Who wrote it agreed; the database asks that too.
func (s *Service) Release(ctx context.Context, a access.Actor, now time.Time, id, quote uuid.UUID, words string) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		o, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if !o.MayQuote() {
			return fault.New(fault.Conflict, "feedback.quote.not")
		}
		if f := CheckQuote(words, o.Text); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		n, err := db.New(tx).InsertQuote(ctx, db.InsertQuoteParams{ServiceID: a.Service, ID: quote, OrganisationID: o.Organisation, FeedbackID: id, Month: o.Month, Audience: o.Audience,
			Theme: o.Last().Themes[0], Words: strings.TrimSpace(words), ReleasedAt: now, ReleasedBy: a.Name})
		if err != nil {
			return fmt.Errorf("release a quote: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "feedback.quote_released", Kind: "feedback", Object: id})
	})
}

// Withdraw takes a quote back.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return withdraw(ctx, tx, now, id) })
}

func withdraw(ctx context.Context, tx *postgres.Tx, now time.Time, id uuid.UUID) error {
	n, err := db.New(tx).WithdrawQuote(ctx, db.WithdrawQuoteParams{WithdrawnAt: &now, WithdrawnBy: &tx.Actor.Name, ServiceID: tx.Actor.Service, FeedbackID: id})
	if err != nil {
		return fmt.Errorf("withdraw a quote: %w", err)
	}
	if n == 0 {
		return fault.Missing("quote")
	}
	return audit.Append(ctx, tx, audit.Entry{At: now, Action: "feedback.quote_withdrawn", Kind: "feedback", Object: id})
}
