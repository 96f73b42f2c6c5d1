package peopleplan

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
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps the plan.
type Service struct {
	db     *postgres.DB
	system *system.Service
}

// New makes the service.
func New(d *postgres.DB, s *system.Service) *Service { return &Service{d, s} }

// Plan reads what organisations have released.
func (s *Service) Plan(ctx context.Context, a access.Actor, now time.Time) (Plan, error) {
	t, err := s.system.Beside(ctx, a, civil.Date{}, func(m release.Metric) bool { return slices.Contains(Metrics, m.ID) })
	if err != nil {
		return Plan{}, err
	}
	if t.Month.IsZero() { // nobody has released anything
		all, err := s.Members(ctx, a, now)
		return Collect(s.system.Pack(), nil, len(all)), err
	}
	return Collect(s.system.Pack(), t.Rows, t.Of), nil
}

// Follow reads what was released since an action began.
func (s *Service) Follow(ctx context.Context, a access.Actor, x Action) ([]Reading, bool, error) {
	newest, err := s.system.Newest(ctx, a)
	if err != nil || newest.IsZero() {
		return nil, false, err
	}
	values, err := s.system.Received(ctx, a, x.Began.AddMonths(-6), newest)
	if err != nil {
		return nil, false, err
	}
	out, ok := Follow(s.system.Pack(), x, values)
	return out, ok, nil
}

// Members are the organisations of the ICS that can be asked.
func (s *Service) Members(ctx context.Context, a access.Actor, now time.Time) (out []organisation.Member, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = members(ctx, tx, now)
		return err
	})
	return out, err
}

func members(ctx context.Context, tx *postgres.Tx, now time.Time) ([]organisation.Member, error) {
	return organisation.MembersOf(ctx, tx, tx.Actor.Organisation, locale.Day(now).UTC())
}

// List gives the actions of the ICS, or those that an organisation was asked to take part in: the next due first.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Action, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = list(ctx, tx, now)
		return err
	})
	return out, err
}

func list(ctx context.Context, tx *postgres.Tx, now time.Time) (out []Action, err error) {
	q := db.New(tx)
	rows, err := q.ListActions(ctx)
	if err != nil {
		return nil, fmt.Errorf("list actions: %w", err)
	}
	parts, err := q.ListParts(ctx)
	if err != nil {
		return nil, fmt.Errorf("list who takes part: %w", err)
	}
	for _, r := range rows {
		x := Action{In: In{ID: r.ID, Kind: r.Kind, Title: r.Title, Role: r.Role, Owner: r.Owner, Due: civil.Of(r.DueOn), WTE: r.Wte}, System: r.OrganisationID, State: r.State, Began: locale.Day(r.MadeAt), Outcome: r.Outcome}
		for _, p := range parts {
			if p.ActionID != r.ID || p.OrganisationID != r.OrganisationID {
				continue
			}
			o, err := organisation.On(ctx, tx, p.MemberID, locale.Day(now).UTC())
			if err != nil {
				return nil, err
			}
			x.Parts = append(x.Parts, Part{p.MemberID, o.Name, p.State})
		}
		slices.SortFunc(x.Parts, func(a, b Part) int { return strings.Compare(a.Name+a.Member.String(), b.Name+b.Member.String()) })
		out = append(out, x)
	}
	return out, nil
}

// Find gives one.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (x Action, err error) {
	all, err := s.List(ctx, a, now)
	if err != nil {
		return x, err
	}
	i := slices.IndexFunc(all, func(x Action) bool { return x.ID == id })
	if i < 0 {
		return x, fault.Missing("action")
	}
	return all[i], nil
}

// ids of members.
func ids(all []organisation.Member) (out []uuid.UUID) {
	for _, m := range all {
		out = append(out, m.ID)
	}
	return out
}

// Add begins an action, and asks organisations to take part. The same id again does nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, in In) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := members(ctx, tx, now)
		if err != nil {
			return err
		}
		if f := in.Check(ids(all), locale.Day(now)); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		q := db.New(tx)
		n, err := q.InsertAction(ctx, db.InsertActionParams{OrganisationID: a.Organisation, ID: in.ID, Kind: in.Kind, Title: strings.TrimSpace(in.Title), Role: in.Role, Owner: strings.TrimSpace(in.Owner), DueOn: in.Due.UTC(), Wte: in.WTE, At: now, ByName: a.Name})
		if err != nil {
			return fmt.Errorf("begin an action: %w", err)
		}
		if n == 0 {
			return nil
		}
		for _, m := range in.Organisation {
			if err := q.InsertPart(ctx, db.InsertPartParams{OrganisationID: a.Organisation, ActionID: in.ID, MemberID: m}); err != nil {
				return fmt.Errorf("ask to take part: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "peopleplan.begun", Kind: "people_action", Object: in.ID})
	})
}

// errOver answers what was settled meanwhile.
var errOver = fault.New(fault.Conflict, "people.over")

// End says that an action is done, or stopped, and what came of it.
func (s *Service) End(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, state, outcome string) error {
	if f := CheckEnd(state, outcome); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	x, err := s.Find(ctx, a, now, id)
	if err != nil {
		return err
	}
	return s.settle(ctx, a, now, audit.Entry{Action: "peopleplan." + state, Kind: "people_action", Object: id}, func(q *db.Queries) (int64, error) {
		if x.State != "open" {
			return 0, errOver
		}
		return q.EndAction(ctx, db.EndActionParams{State: state, At: &now, Outcome: strings.TrimSpace(outcome), OrganisationID: a.Organisation, ID: id})
	})
}

// Decide says whether the own organisation takes part in an action.
func (s *Service) Decide(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, agree bool) error {
	state := "declined"
	if agree {
		state = "agreed"
	}
	x, err := s.Find(ctx, a, now, id)
	if err != nil {
		return err
	}
	return s.settle(ctx, a, now, audit.Entry{Action: "peopleplan." + state, Kind: "people_action", Object: id}, func(q *db.Queries) (int64, error) {
		if x.State != "open" {
			return 0, errOver
		}
		return q.DecidePart(ctx, db.DecidePartParams{State: state, At: &now, ByName: &a.Name, OrganisationID: x.System, ActionID: id, MemberID: a.Organisation})
	})
}

// settle runs a command that is made once.
func (s *Service) settle(ctx context.Context, a access.Actor, now time.Time, e audit.Entry, fn func(*db.Queries) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(db.New(tx))
		if err == nil && n == 0 {
			err = errOver
		}
		if err != nil {
			return err
		}
		e.At = now
		return audit.Append(ctx, tx, e)
	})
}
