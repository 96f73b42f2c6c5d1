package champion

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB  *postgres.DB
	Now func() time.Time
}

// Service keeps the network.
type Service struct {
	db   *postgres.DB
	now  func() time.Time
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d.DB, d.Now, Lists()} }

// Pack gives the rules that hold.
func (s *Service) Pack() Pack { return s.pack }

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, e audit.Entry, fn func(*postgres.Tx) (n int64, err error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(tx)
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, e)
	})
}

// entry is the audit row of something that is done to a champion.
func entry(at time.Time, action string, c Champion) audit.Entry {
	return audit.Entry{At: at, Action: action, Kind: "champion", Object: c.ID, Subject: c.Person}
}

// tell queues a message about a champion, once for each event.
func tell(ctx context.Context, tx *postgres.Tx, template string, c Champion, to uuid.UUID, at time.Time) error {
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + c.ID.String(), Organisation: c.Organisation, Service: tx.Actor.Service, To: to, Capacity: message.Work, Template: template, At: at})
}

// again is a champion for tell, where the same can happen more than once: when says which time it is.
func again(c Champion, when string) Champion {
	c.ID = uuid.NewSHA1(c.ID, []byte(when))
	return c
}

// network reads champions with their training: one, or all that the row policies show of an organisation.
func network(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, on civil.Date, id *uuid.UUID) ([]Champion, error) {
	rows, err := db.New(tx).ListNetwork(ctx, db.ListNetworkParams{OnDay: on.UTC(), OrganisationID: organisation, ID: id})
	if err != nil {
		return nil, fmt.Errorf("list champions: %w", err)
	}
	out := make([]Champion, len(rows))
	for i, r := range rows {
		out[i] = Champion{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID, Name: r.Name, Department: r.Department, Team: r.Team, State: r.State,
			Asked: locale.Day(r.AskedAt), Decided: locale.DayIf(r.DecidedAt), Ends: civil.FromNull(r.EndsOn), EndedBy: postgres.Value(r.EndedBy), Thanked: locale.DayIf(r.ThankedAt), ThankedBy: postgres.Value(r.ThankedBy), Hours: int(postgres.Value(r.Hours)), Left: civil.FromNull(r.LeftOn)}
		for j, on := range r.Trained {
			out[i].Trained = append(out[i].Trained, Training{civil.Of(on), r.Kinds[j], r.Trainers[j]})
		}
	}
	return out, nil
}

// one is network for a champion who must be there.
func one(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, on civil.Date, id uuid.UUID) (Champion, error) {
	all, err := network(ctx, tx, organisation, on, &id)
	if err != nil {
		return Champion{}, err
	}
	if len(all) == 0 {
		return Champion{}, fault.Missing("champion")
	}
	return all[0], nil
}

// Tally is what was counted in a month.
type Tally struct {
	Month civil.Date
	N     map[string]int
}

func tallies[R any](rows []R, read func(R) (time.Time, string, int32)) (out []Tally) {
	for _, r := range rows {
		month, code, n := read(r)
		m := civil.Of(month)
		if i := slices.IndexFunc(out, func(t Tally) bool { return t.Month == m }); i >= 0 {
			out[i].N[code] = int(n)
		} else {
			out = append(out, Tally{m, map[string]int{code: int(n)}})
		}
	}
	return out
}

func month(d civil.Date) civil.Date { return civil.Date{Year: d.Year, Month: d.Month, Day: 1} }

// refuse makes an error of what a command's caller should have seen on the form.
func refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}
