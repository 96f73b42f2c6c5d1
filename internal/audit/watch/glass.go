package watch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/audit/watch/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Findings are what a review can decide, Notes what is done about it: codes, because the audit holds no text.
var (
	Findings = []string{"justified", "not_justified", "follow_up"}
	Notes    = []string{"nothing", "spoke_to_colleague", "training", "line_manager", "incident"}
)

// Glass is one time that somebody broke the glass.
type Glass struct {
	Event
	Reason  string // code that was given
	Words   string // and in what words: break_glass.detail, never copied into the audit
	Finding string // "" until reviewed
	Own     bool   // it was the reader's own account: another guardian reviews it
}

// bounds of the two lists: a service breaks the glass a few times a month, and an hour allows no more than this.
const (
	glassShown = 200
	underShown = 200
)

// ListGlass lists every broken glass, those without a review first.
func (s *Service) ListGlass(ctx context.Context, actor access.Actor, at time.Time) (out []Glass, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListGlass(ctx, glassShown)
		if err != nil {
			return fmt.Errorf("list broken glass: %w", err)
		}
		for _, r := range rows {
			out = append(out, glass(actor, r.AuditEvent, r.Finding, r.Reason, r.Words))
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "break_glass.listed", Kind: "audit"})
	})
	if err != nil {
		return nil, err
	}
	events := make([]Event, len(out))
	for i := range out {
		events[i] = out[i].Event
	}
	err = s.name(ctx, actor, at, events)
	for i := range out {
		out[i].Event = events[i]
	}
	return out, err
}

// FindGlass finds one broken glass by the id of its grant.
func (s *Service) FindGlass(ctx context.Context, actor access.Actor, id uuid.UUID) (g Glass, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		g, err = find(ctx, tx, id)
		return err
	})
	return g, err
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Glass, error) {
	r, err := db.New(tx).FindGlass(ctx, &id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Glass{}, fault.Missing("broken glass")
	}
	if err != nil {
		return Glass{}, fmt.Errorf("find broken glass: %w", err)
	}
	return glass(tx.Actor, r.AuditEvent, r.Finding, r.Reason, r.Words), nil
}

func glass(actor access.Actor, r db.AuditEvent, finding, reason, words string) Glass {
	g := Glass{Event: event(r), Reason: cmp.Or(reason, detail(r.Detail, "reason")), Words: words, Finding: finding}
	g.Own = g.ActorAccount == actor.Account && actor.Account != uuid.Nil
	return g
}

// Under gives a glass with its names, and what was opened under it.
func (s *Service) Under(ctx context.Context, actor access.Actor, at time.Time, g Glass) (Glass, []Event, error) {
	events := []Event{g.Event}
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListUnderGlass(ctx, db.ListUnderGlassParams{Subject: &g.Subject, OpenedAt: g.At, Ground: "glass:" + g.Object.String(), Most: underShown})
		if err != nil {
			return fmt.Errorf("list what was opened: %w", err)
		}
		for _, r := range rows {
			events = append(events, event(r))
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "break_glass.examined", Kind: "break_glass", Object: g.Object, Subject: g.Subject})
	})
	if err == nil {
		err = s.name(ctx, actor, at, events)
	}
	g.Event = events[0]
	return g, events[1:], err
}

// Review records what the guardian decided about a broken glass, once. Nobody reviews their own.
func (s *Service) Review(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, finding, note string) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if err := db.New(tx).LockReview(ctx, id); err != nil {
			return fmt.Errorf("wait for other reviews: %w", err)
		}
		g, err := find(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case g.Own:
			return fault.New(fault.Conflict, "audit.glass.own")
		case g.Finding == finding: // the same button twice
			return nil
		case g.Finding != "":
			return fault.New(fault.Conflict, "audit.glass.reviewed_already")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "break_glass.reviewed", Kind: "break_glass", Object: id, Subject: g.Subject,
			Detail: map[string]string{"finding": finding, "note": note}})
	})
}
