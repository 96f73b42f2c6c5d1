package evidence

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// NewItem is an item to add, or what one is changed to.
type NewItem struct {
	ID         uuid.UUID
	Kind       Kind
	Title      string // a figure has its own
	Body       string
	Figure     figure.Ref
	File       *document.Upload
	Kept       bool // it is a change: the figure or the file stays
	Owner      string
	Reviewer   string
	Collected  civil.Date // of a figure: the day it is cited
	ValidUntil civil.Date
	Standards  []uuid.UUID
	Replaces   uuid.UUID // the item whose place it takes, with its standards
}

// Add adds an item, and takes the place of another if it says so. The same id again changes nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, n NewItem) error {
	if n.Kind == KindFigure {
		n.Collected = locale.Day(now)
	}
	if f := n.Check(locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	var found *figure.Figure
	if n.Kind == KindFigure {
		if n.Figure.Kind == FigureKind {
			return fault.Missing("figure")
		}
		f, err := s.d.Figures.Find(ctx, a, now, n.Figure, civil.Date{})
		if err != nil {
			return err
		}
		found = &f
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		p := db.InsertItemParams{OrganisationID: a.Organisation, ID: n.ID, Kind: string(n.Kind), Title: strings.TrimSpace(n.Title), Body: strings.TrimSpace(n.Body),
			Owner: strings.TrimSpace(n.Owner), Reviewer: strings.TrimSpace(n.Reviewer), CollectedOn: n.Collected.UTC(), ValidUntil: n.ValidUntil.Null(), Author: a.Name, At: now.UTC()}
		if found != nil {
			c, err := figure.Cite(ctx, tx, *found, now)
			if err != nil {
				return err
			}
			p.Title, p.Body, p.CitationID = found.Title, "", &c.ID
		}
		if n.Kind == KindFile {
			f, err := document.Keep(ctx, tx, now, n.ID, *n.File)
			if err != nil {
				return err
			}
			p.Body, p.DocumentID = "", &f.ID
		}
		rows, err := db.New(tx).InsertItem(ctx, p)
		if err != nil {
			return fmt.Errorf("insert item: %w", err)
		}
		if rows == 0 {
			return nil
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.added", Kind: "evidence_item", Object: n.ID, Detail: map[string]string{"kind": string(n.Kind)}}); err != nil {
			return err
		}
		r, err := read(ctx, tx, now)
		if err != nil {
			return err
		}
		if n.Replaces != uuid.Nil {
			if err := replace(ctx, tx, now, n); err != nil {
				return err
			}
			n.Standards = append(slices.Clone(n.Standards), r.serves[n.Replaces]...)
		}
		return link(ctx, tx, now, r, n.ID, n.Standards)
	})
}

// replace takes the old item out of use. Its links stay: they say what it served.
func replace(ctx context.Context, tx *postgres.Tx, now time.Time, n NewItem) error {
	q, org := db.New(tx), tx.Actor.Organisation
	old, err := q.LockItem(ctx, db.LockItemParams{OrganisationID: org, ID: n.Replaces})
	if err != nil {
		return missing(err, "item")
	}
	if Status(old.Status) == Replaced {
		return fault.New(fault.Conflict, "evidence.item.moved_on")
	}
	if _, err := q.MoveItem(ctx, db.MoveItemParams{OrganisationID: org, ID: old.ID, FromStatus: old.Status, Status: string(Replaced), ReplacedBy: &n.ID, At: now.UTC(), By: tx.Actor.Name}); err != nil {
		return fmt.Errorf("replace item: %w", err)
	}
	return audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.replaced", Kind: "evidence_item", Object: old.ID})
}

// Change gives an item other words, posts or days: it is a draft again.
func (s *Service) Change(ctx context.Context, a access.Actor, now time.Time, n NewItem) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		old, err := q.LockItem(ctx, db.LockItemParams{OrganisationID: a.Organisation, ID: n.ID})
		if err != nil {
			return missing(err, "item")
		}
		if n.Kind, n.Kept = Kind(old.Kind), true; n.Kind == KindFigure {
			n.Title, n.Body, n.Collected = old.Title, "", civil.Of(old.CollectedOn)
		}
		if n.Kind == KindFile {
			n.Body = ""
		}
		if f := n.Check(locale.Day(now)); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		rows, err := q.ChangeItem(ctx, db.ChangeItemParams{OrganisationID: a.Organisation, ID: n.ID, Title: strings.TrimSpace(n.Title), Body: strings.TrimSpace(n.Body),
			Owner: strings.TrimSpace(n.Owner), Reviewer: strings.TrimSpace(n.Reviewer), CollectedOn: n.Collected.UTC(), ValidUntil: n.ValidUntil.Null(), At: now.UTC(), By: a.Name})
		if err != nil {
			return fmt.Errorf("change item: %w", err)
		}
		if rows == 0 {
			return fault.New(fault.Conflict, "evidence.item.moved_on")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.changed", Kind: "evidence_item", Object: n.ID})
	})
}

// Move sends an item for review, back, or accepts it. One whose words look like a person, or whose file nobody said they
// have read, is not accepted.
func (s *Service) Move(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, to Status) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		row, err := q.LockItem(ctx, db.LockItemParams{OrganisationID: a.Organisation, ID: id})
		if err != nil {
			return missing(err, "item")
		}
		if !slices.Contains(itemOf(row).Moves(locale.Day(now)), to) {
			return fault.New(fault.Conflict, "evidence.item.moved_on")
		}
		if to == Accepted {
			r, err := read(ctx, tx, now)
			if err == nil {
				err = r.search(ctx, tx, id)
			}
			if err != nil {
				return err
			}
			if len(r.Findings(id)) > 0 {
				return fault.New(fault.Conflict, "evidence.item.personal")
			}
		}
		if _, err := q.MoveItem(ctx, db.MoveItemParams{OrganisationID: a.Organisation, ID: id, FromStatus: row.Status, Status: string(to), At: now.UTC(), By: a.Name}); err != nil {
			return fmt.Errorf("move item: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.moved", Kind: "evidence_item", Object: id, Detail: map[string]string{"to": string(to)}})
	})
}

// Link says which standards an item serves: those and no others.
func (s *Service) Link(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, standards []uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		row, err := db.New(tx).LockItem(ctx, db.LockItemParams{OrganisationID: a.Organisation, ID: id})
		if err != nil {
			return missing(err, "item")
		}
		if Status(row.Status) == Replaced {
			return fault.New(fault.Conflict, "evidence.item.moved_on")
		}
		r, err := read(ctx, tx, now)
		if err != nil {
			return err
		}
		return link(ctx, tx, now, r, id, standards)
	})
}

func link(ctx context.Context, tx *postgres.Tx, now time.Time, r Room, id uuid.UUID, standards []uuid.UUID) error {
	q, org, by, at := db.New(tx), tx.Actor.Organisation, tx.Actor.Name, now.UTC()
	before := r.serves[id]
	added, ended := 0, 0
	for n, st := range standards {
		if _, ok := r.Standard(st); !ok {
			return fault.Missing("standard")
		}
		if slices.Contains(before, st) || slices.Contains(standards[:n], st) {
			continue
		}
		linkID, err := uuid.NewV7()
		if err != nil {
			return err
		}
		if err := q.InsertLink(ctx, db.InsertLinkParams{OrganisationID: org, ID: linkID, ItemID: id, StandardID: st, Author: by, At: at}); err != nil {
			return fmt.Errorf("link item: %w", err)
		}
		added++
	}
	for _, st := range before {
		if slices.Contains(standards, st) {
			continue
		}
		if err := q.EndLink(ctx, db.EndLinkParams{OrganisationID: org, ItemID: id, StandardID: st, EndedAt: &at, EndedBy: &by}); err != nil {
			return fmt.Errorf("unlink item: %w", err)
		}
		ended++
	}
	if added+ended == 0 {
		return nil
	}
	return audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.linked", Kind: "evidence_item", Object: id,
		Detail: map[string]string{"added": fmt.Sprint(added), "ended": fmt.Sprint(ended)}})
}

// Clear confirms that findings in the words of an item or a standard are not about a person: reasons by digest. One
// that is not found any more is left out.
func (s *Service) Clear(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, reasons map[string]string) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := read(ctx, tx, now)
		if err == nil {
			err = r.search(ctx, tx, id)
		}
		if err != nil {
			return err
		}
		for _, f := range r.Findings(id) {
			reason := strings.TrimSpace(reasons[f.Digest()])
			if reason == "" {
				continue
			}
			if _, err := db.New(tx).InsertCleared(ctx, db.InsertClearedParams{OrganisationID: a.Organisation, ObjectID: id, Digest: f.Digest(), Kind: string(f.Kind), Reason: reason,
				Author: a.Name, At: now.UTC()}); err != nil {
				return fmt.Errorf("clear finding: %w", err)
			}
			if err := audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.cleared", Kind: "evidence_item", Object: id, Detail: map[string]string{"kind": string(f.Kind)}}); err != nil {
				return err
			}
		}
		return nil
	})
}
