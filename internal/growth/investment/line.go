package investment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func lines(ctx context.Context, q *db.Queries, org uuid.UUID) (out []Line, err error) {
	rows, err := q.ListLines(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list lines: %w", err)
	}
	for _, x := range rows {
		l := Line{ID: x.ID, Title: x.Title, Kind: x.Kind, Treatment: x.Treatment, Post: x.Post, Role: x.Role, Band: x.Band, Heads: int(x.Heads), WTE: x.Wte, Pence: x.AmountPence, Recurrent: x.Recurrent,
			Start: civil.Of(x.StartsOn), In: In{x.InMinimum, x.InPreferred, x.InMaximum}, Uplift: x.Uplift, Type: x.ProjectType, Bias: x.Bias, BiasReason: x.BiasReason,
			Version: int(x.Version), At: x.ChangedAt, By: x.ChangedBy}
		if x.ActionID != nil {
			l.Action = *x.ActionID
		}
		if x.PostID != nil {
			l.Tied = *x.PostID
		}
		if x.EndsOn != nil {
			l.End = civil.Of(*x.EndsOn)
		}
		out = append(out, l)
	}
	return out, nil
}

// Line finds one.
func (r Record) Line(id uuid.UUID) (Line, bool) {
	for _, l := range r.Lines {
		if l.ID == id {
			return l, true
		}
	}
	return Line{}, false
}

// tie gives a line the name of the post that it belongs to. One that has ended since stays what it was called.
func tie(l *Line, r Record, all []Position) error {
	l.Post = ""
	if l.Tied == uuid.Nil {
		return nil
	}
	if i := slices.IndexFunc(all, func(x Position) bool { return x.ID == l.Tied }); i >= 0 {
		l.Post = all[i].Title
		return nil
	}
	if old, there := r.Line(l.ID); there && old.Tied == l.Tied {
		l.Post = old.Post
		return nil
	}
	return fault.Missing("post")
}

// WriteLine writes a new line down: version 0. The same id again changes nothing. Any other version changes the line if it
// still is the one that was seen.
func (s *Service) WriteLine(ctx context.Context, a access.Actor, now time.Time, l Line) error {
	positions, err := s.Positions(ctx, a, now)
	if err != nil {
		return err
	}
	return s.change(ctx, a, now, "investment.line_written", "invest_line", l.ID, func(tx *postgres.Tx, r Record) (bool, error) {
		if f := s.CheckLine(r.Plan, l); len(f) > 0 {
			return false, fault.New(fault.Invalid, f[0].Key)
		}
		if err := tie(&l, r, positions); err != nil {
			return false, err
		}
		if l.Version == 0 && len(r.Lines) >= mostLines {
			return false, fault.New(fault.Conflict, "investment.line.many")
		}
		p := db.InsertLineParams{OrganisationID: a.Organisation, ID: l.ID, Title: strings.TrimSpace(l.Title), Kind: l.Kind, Treatment: l.Treatment, ActionID: some(l.Action), PostID: some(l.Tied), Post: l.Post, Role: l.Role,
			Band: l.Band, Heads: int32(l.Heads), Wte: l.WTE, AmountPence: l.Pence, Recurrent: l.Recurrent, StartsOn: l.Start.UTC(), EndsOn: l.End.Null(), InMinimum: l.In.Minimum, InPreferred: l.In.Preferred, //nolint:gosec // a thousand at most
			InMaximum: l.In.Maximum, Uplift: l.Uplift, ProjectType: l.Type, Bias: l.Bias, BiasReason: strings.TrimSpace(l.BiasReason), ChangedAt: now.UTC(), ChangedBy: a.Name}
		if !l.Priced() {
			p.Heads, p.Wte = 0, 0
		}
		if p.Kind != people {
			p.Role = ""
		}
		q := db.New(tx)
		if l.Version == 0 {
			n, err := q.InsertLine(ctx, p)
			return n > 0, wrap("insert line", err)
		}
		n, err := q.UpdateLine(ctx, db.UpdateLineParams{OrganisationID: p.OrganisationID, ID: p.ID, Title: p.Title, Kind: p.Kind, Treatment: p.Treatment, ActionID: p.ActionID, PostID: p.PostID, Post: p.Post, Role: p.Role,
			Band: p.Band, Heads: p.Heads, Wte: p.Wte, AmountPence: p.AmountPence, Recurrent: p.Recurrent, StartsOn: p.StartsOn, EndsOn: p.EndsOn, InMinimum: p.InMinimum, InPreferred: p.InPreferred,
			InMaximum: p.InMaximum, Uplift: p.Uplift, ProjectType: p.ProjectType, Bias: p.Bias, BiasReason: p.BiasReason, ChangedAt: p.ChangedAt, ChangedBy: p.ChangedBy, Seen: int32(l.Version)}) //nolint:gosec // counted up by one
		return updated(n, err)
	})
}

// DropLine takes a line out of the plan. It stays on record.
func (s *Service) DropLine(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.audited(ctx, a, now, "investment.line_dropped", "invest_line", id, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).DropLine(ctx, db.DropLineParams{OrganisationID: a.Organisation, ID: id, ChangedAt: now.UTC(), ChangedBy: a.Name})
		if err == nil && n == 0 {
			return false, fault.Missing("line")
		}
		return true, wrap("drop line", err)
	})
}

// change runs a change of the register while nobody else changes it. The plan has to be set up first.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, action, kind string, id uuid.UUID, fn func(*postgres.Tx, Record) (bool, error)) error {
	return s.audited(ctx, a, at, action, kind, id, func(tx *postgres.Tx) (bool, error) {
		if _, err := db.New(tx).LockPlan(ctx, a.Organisation); errors.Is(err, pgx.ErrNoRows) {
			return false, fault.New(fault.Conflict, "investment.plan.missing")
		} else if err != nil {
			return false, fmt.Errorf("lock plan: %w", err)
		}
		r, err := s.read(ctx, tx)
		if err != nil {
			return false, err
		}
		return fn(tx, r)
	})
}

// updated is the answer to a change of something that may have changed since it was seen.
func updated(n int64, err error) (bool, error) {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "investment.conflict")
	}
	return n > 0, wrap("update", err)
}

func bands() (out []string) {
	tables := pay.Tables()
	for name := range tables[len(tables)-1].Bands {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func some(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
