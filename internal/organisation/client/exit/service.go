package exit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Member is somebody of the service, who can own a step.
type Member struct {
	Account uuid.UUID
	Person  uuid.UUID // zero for who has no workforce record, and so no address
	Name    string
}

// Deps is what the slice needs.
type Deps struct {
	DB      *postgres.DB
	Clients *client.Service
	Team    func(ctx context.Context, service uuid.UUID) ([]Member, error)
}

// Service keeps the plans.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, pack.BuiltIn[Pack]("exit")} }

// Pack gives the steps as they stand in the pack.
func (s *Service) Pack() Pack { return s.pack }

// Team lists who may own a step, each once.
func (s *Service) Team(ctx context.Context, a access.Actor) (out []Member, err error) {
	all, err := s.d.Team(ctx, a.Service)
	for _, m := range all {
		if !slices.ContainsFunc(out, func(x Member) bool { return x.Account == m.Account }) {
			out = append(out, m)
		}
	}
	return out, err
}

// Find reads the plan of a client's newest contract; its ID is zero where none has begun.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, organisation uuid.UUID) (p Plan, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := client.FindIn(ctx, tx, locale.Day(now), organisation)
		if err != nil {
			return err
		}
		p, err = load(ctx, tx, c)
		return err
	})
	return p, err
}

func load(ctx context.Context, tx *postgres.Tx, c client.Contract) (Plan, error) {
	q, p := db.New(tx), Plan{Contract: c}
	r, err := q.FindPlan(ctx, db.FindPlanParams{ServiceID: tx.Actor.Service, OrganisationID: c.Organisation, ValidFrom: c.Terms.From.UTC()})
	if errors.Is(err, pgx.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("find exit plan: %w", err)
	}
	p.ID, p.Version, p.ObjectionDays, p.StartedOn, p.StartedBy = r.ID, int(r.PackVersion), int(r.ObjectionDays), locale.Day(r.StartedAt), r.StartedBy
	p.Receiver, p.NamedBy = Receiver{postgres.Value(r.Receiver), postgres.Value(r.ReceiverContact), r.Nobody}, postgres.Value(r.ReceiverBy)
	steps, err := q.ListSteps(ctx, db.ListStepsParams{ServiceID: tx.Actor.Service, PlanID: r.ID})
	if err != nil {
		return p, fmt.Errorf("list steps of an exit: %w", err)
	}
	for _, x := range steps {
		p.Steps = append(p.Steps, Step{x.Step, civil.Of(x.DueOn), postgres.Value(x.OwnerAccount), postgres.Value(x.OwnerName), civil.FromNull(x.DoneOn), postgres.Value(x.DoneBy)})
	}
	counts, err := q.ListStanding(ctx, r.ID)
	if err != nil {
		return p, fmt.Errorf("count what is left to hand over: %w", err)
	}
	p.Standing = Standing{}
	for _, x := range counts {
		p.Standing[x.Item] = int(x.N)
	}
	return p, nil
}

// change runs a command on the plan of a client's contract, as long as its doors are open.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, organisation uuid.UUID, action, step string, fn func(*postgres.Tx, Plan) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := client.FindIn(ctx, tx, locale.Day(at), organisation)
		if err != nil {
			return err
		}
		p, err := load(ctx, tx, c)
		switch {
		case err != nil:
			return err
		case p.ID == uuid.Nil:
			return fault.Missing("exit plan")
		case !c.Until.IsZero():
			return fault.New(fault.Conflict, "exit.over")
		}
		if err := fn(tx, p); err != nil {
			return err
		}
		e := audit.Entry{At: at, Action: action, Kind: "exit_plan", Object: p.ID}
		if step != "" {
			e.Detail = map[string]string{"step": step}
		}
		return audit.Append(ctx, tx, e)
	})
}

// Start begins the plan of a contract that has an end, by the pack of today. One that has begun is left as it is.
func (s *Service) Start(ctx context.Context, a access.Actor, at time.Time, organisation uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := client.FindIn(ctx, tx, locale.Day(at), organisation)
		if err != nil {
			return err
		}
		if err := CheckStart(c, locale.Day(at)); err != nil {
			return err
		}
		q, id := db.New(tx), uuid.New()
		n, err := q.InsertPlan(ctx, db.InsertPlanParams{ServiceID: a.Service, ID: id, OrganisationID: organisation, ValidFrom: c.Terms.From.UTC(), PackVersion: int32(s.pack.Version), ObjectionDays: int32(s.pack.ObjectionDays), At: at, ByName: a.Name})
		if err != nil {
			return fmt.Errorf("insert exit plan: %w", err)
		}
		if n == 0 {
			return nil
		}
		for _, x := range s.pack.Steps {
			if err := q.InsertStep(ctx, db.InsertStepParams{ServiceID: a.Service, PlanID: id, Step: x.Key, DueOn: DueOn(c.Terms.Last, locale.Day(at), x.Days).UTC()}); err != nil {
				return fmt.Errorf("insert step of an exit: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "exit.started", Kind: "exit_plan", Object: id})
	})
}

// SetReceiver says who takes over.
func (s *Service) SetReceiver(ctx context.Context, a access.Actor, at time.Time, organisation uuid.UUID, r Receiver) error {
	if bad := r.Check(); len(bad) > 0 {
		return fault.New(fault.Invalid, bad[0].Key)
	}
	return s.change(ctx, a, at, organisation, "exit.receiver_set", "", func(tx *postgres.Tx, p Plan) error {
		if p.Standing["received"] == 1 {
			return fault.New(fault.Conflict, "exit.received") // the records are there: nobody else takes over
		}
		_, err := db.New(tx).SetReceiver(ctx, db.SetReceiverParams{Receiver: postgres.Null(r.Name), ReceiverContact: postgres.Null(r.Contact), Nobody: r.Nobody, At: &at, ByName: &a.Name, ServiceID: a.Service, ID: p.ID})
		if err != nil {
			return fmt.Errorf("say who takes over: %w", err)
		}
		return nil
	})
}

// SetStep says whose a step is, by when it is done, and that it is.
func (s *Service) SetStep(ctx context.Context, a access.Actor, at time.Time, organisation uuid.UUID, step string, in In) error {
	team, err := s.Team(ctx, a)
	if err != nil {
		return err
	}
	return s.change(ctx, a, at, organisation, "exit.step_set", step, func(tx *postgres.Tx, p Plan) error {
		if _, ok := p.Step(step); !ok {
			return fault.Missing("step")
		}
		if bad := p.Check(step, in, team, s.pack.Items, locale.Day(at)); len(bad) > 0 {
			return fault.New(fault.Invalid, bad[0].Key)
		}
		name := team[slices.IndexFunc(team, func(m Member) bool { return m.Account == in.Owner })].Name
		_, err := db.New(tx).SetStep(ctx, db.SetStepParams{DueOn: in.Due.UTC(), OwnerAccount: &in.Owner, OwnerName: &name, DoneOn: in.DoneOn.Null(), At: at, ByName: a.Name, ServiceID: a.Service, PlanID: p.ID, Step: step})
		if err != nil {
			return fmt.Errorf("set step of an exit: %w", err)
		}
		return nil
	})
}

// Close closes the doors from tomorrow on, once every step is done and what it rests on still holds.
func (s *Service) Close(ctx context.Context, a access.Actor, at time.Time, organisation uuid.UUID) error {
	return s.d.Clients.Close(ctx, a, at, organisation, func(tx *postgres.Tx, c client.Contract) error {
		p, err := load(ctx, tx, c)
		if err != nil {
			return err
		}
		if p.ID == uuid.Nil {
			return fault.New(fault.Conflict, "exit.missing")
		}
		return p.CheckClose(s.pack.Items, locale.Day(at))
	})
}
