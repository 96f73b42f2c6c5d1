package programme

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
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps the programme.
type Service struct{ db *postgres.DB }

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d} }

// errChanged answers a command that found the plan otherwise than it was shown.
var errChanged = fault.New(fault.Conflict, "programme.changed")

// List gives every strand with its promises.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Strand, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = list(ctx, tx)
		return err
	})
	return out, err
}

func list(ctx context.Context, tx *postgres.Tx) (out []Strand, err error) {
	q := db.New(tx)
	rows, err := q.ListStrands(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list strands: %w", err)
	}
	promises, err := q.ListPromises(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list promises: %w", err)
	}
	for _, r := range rows {
		x := Strand{In: In{ID: r.ID, Kind: Kind(r.Kind), Driver: r.Driver, Name: r.Name, Lead: r.Lead, About: r.About, Version: int(r.Version)}, Changed: r.ChangedAt, By: r.ChangedBy, Ended: postgres.Value(r.EndedAt)}
		for _, p := range promises {
			if p.StrandID == r.ID {
				x.Promises = append(x.Promises, Promise{ID: p.ID, Strand: r.ID, Of: r.Name, Title: p.Title, Owner: p.Owner, First: civil.Of(p.FirstDue), Moved: int(p.Moved), MovedWhy: p.MovedWhy, Evidence: p.Evidence,
					Promise: due.Promise{Due: civil.Of(p.DueOn), Done: civil.FromNull(p.DeliveredOn)}})
			}
		}
		slices.SortStableFunc(x.Promises, func(a, b Promise) int { return a.Compare(b.Promise) })
		out = append(out, x)
	}
	return out, nil
}

// Find gives one strand.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (x Strand, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err = find(ctx, tx, func(y Strand) bool { return y.ID == id })
		return err
	})
	return x, err
}

// Promise gives one promise.
func (s *Service) Promise(ctx context.Context, a access.Actor, id uuid.UUID) (p Promise, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		p, err = promise(ctx, tx, id)
		return err
	})
	return p, err
}

func find(ctx context.Context, tx *postgres.Tx, which func(Strand) bool) (Strand, error) {
	all, err := list(ctx, tx)
	if err != nil {
		return Strand{}, err
	}
	i := slices.IndexFunc(all, which)
	if i < 0 {
		return Strand{}, fault.Missing("strand")
	}
	return all[i], nil
}

func promise(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (p Promise, err error) {
	has := func(y Promise) bool { return y.ID == id }
	x, err := find(ctx, tx, func(y Strand) bool { return slices.ContainsFunc(y.Promises, has) })
	if err != nil {
		return p, err
	}
	return x.Promises[slices.IndexFunc(x.Promises, has)], nil
}

// do makes one change with its audit row, after look has found what it is about. again answers where nothing changed: nil for what is
// sent twice, and is there.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, id uuid.UUID, again error, look func(*postgres.Tx) error, change func(*db.Queries) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if look != nil {
			if err := look(tx); err != nil {
				return err
			}
		}
		n, err := change(db.New(tx))
		if err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if n == 0 {
			return again
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "programme", Object: id})
	})
}

func (s *Service) strand(ctx context.Context, id uuid.UUID) func(*postgres.Tx) error {
	return func(tx *postgres.Tx) error {
		_, err := find(ctx, tx, func(x Strand) bool { return x.ID == id })
		return err
	}
}

// Add begins a workstream, or writes down a partner.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, in In) error {
	if f := in.Check(); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, now, "programme.begun", in.ID, nil, nil, func(q *db.Queries) (int64, error) {
		return q.InsertStrand(ctx, db.InsertStrandParams{OrganisationID: a.Organisation, ID: in.ID, Kind: string(in.Kind), Driver: in.Driver, Name: strings.TrimSpace(in.Name), Lead: strings.TrimSpace(in.Lead), About: strings.TrimSpace(in.About), At: now, ByName: a.Name})
	})
}

// Change writes a strand anew, in the version that the form showed.
func (s *Service) Change(ctx context.Context, a access.Actor, now time.Time, in In) error {
	if f := in.Check(); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, now, "programme.edited", in.ID, errChanged, s.strand(ctx, in.ID), func(q *db.Queries) (int64, error) {
		return q.ChangeStrand(ctx, db.ChangeStrandParams{OrganisationID: a.Organisation, ID: in.ID, Version: int32(in.Version), Driver: in.Driver, Name: strings.TrimSpace(in.Name), Lead: strings.TrimSpace(in.Lead), About: strings.TrimSpace(in.About), At: now, ByName: a.Name}) //nolint:gosec // a version
	})
}

// End ends a strand: what it promised is asked for no longer.
func (s *Service) End(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.do(ctx, a, now, "programme.ended", id, errChanged, s.strand(ctx, id), func(q *db.Queries) (int64, error) {
		return q.EndStrand(ctx, db.EndStrandParams{OrganisationID: a.Organisation, ID: id, At: now})
	})
}

// Promises adds a milestone or a commitment to a strand that runs.
func (s *Service) Promises(ctx context.Context, a access.Actor, now time.Time, strand uuid.UUID, in PromiseIn) error {
	if f := in.Check(locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	running := func(tx *postgres.Tx) error {
		x, err := find(ctx, tx, func(x Strand) bool { return x.ID == strand })
		if err == nil && !x.Running() {
			err = errChanged
		}
		return err
	}
	return s.do(ctx, a, now, "programme.promised", in.ID, nil, running, func(q *db.Queries) (int64, error) {
		return q.InsertPromise(ctx, db.InsertPromiseParams{OrganisationID: a.Organisation, ID: in.ID, StrandID: strand, Title: strings.TrimSpace(in.Title), Owner: strings.TrimSpace(in.Owner), DueOn: in.Due.UTC(), At: now, ByName: a.Name})
	})
}

// Deliver says that a promise was kept, when, and by what it shows.
func (s *Service) Deliver(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, on civil.Date, evidence string) error {
	if f := CheckDelivered(on, evidence, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	look := func(tx *postgres.Tx) error {
		_, err := promise(ctx, tx, id)
		return err
	}
	return s.do(ctx, a, now, "programme.delivered", id, errChanged, look, func(q *db.Queries) (int64, error) {
		return q.DeliverPromise(ctx, db.DeliverPromiseParams{OrganisationID: a.Organisation, ID: id, DeliveredOn: on.UTC(), Evidence: strings.TrimSpace(evidence)})
	})
}

// Move gives a promise another day; moved is how often it had moved when the form was shown.
func (s *Service) Move(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, moved int, to civil.Date, why string) error {
	look := func(tx *postgres.Tx) error {
		p, err := promise(ctx, tx, id)
		if err != nil {
			return err
		}
		if f := p.CheckMoved(to, why, locale.Day(now)); len(f) > 0 {
			return fault.New(fault.Conflict, f[0].Key)
		}
		return nil
	}
	return s.do(ctx, a, now, "programme.moved", id, errChanged, look, func(q *db.Queries) (int64, error) {
		return q.MovePromise(ctx, db.MovePromiseParams{OrganisationID: a.Organisation, ID: id, Moved: int32(moved), DueOn: to.UTC(), Why: strings.TrimSpace(why)}) //nolint:gosec // a small count
	})
}
