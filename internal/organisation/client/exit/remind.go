package exit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RemindArgs is the job that reminds whoever owns a step of an exit.
type RemindArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Kind names the job.
func (RemindArgs) Kind() string { return "exit.remind" }

// Tenant is where the job works.
func (a RemindArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// remindDays is how long before the day of a step its owner is told: long enough to ask somebody else for what it needs.
const remindDays = 14

// Due is a step whose day nears or is over.
type Due struct {
	Plan  uuid.UUID
	Step  Step
	Owner Member // zero where nobody owns it, or whoever did has left
}

// Near gives the steps of the service's plans that are not done and that have two weeks left at most.
func (s *Service) Near(ctx context.Context, tx *postgres.Tx, now time.Time) (out []Due, err error) {
	today := locale.Day(now)
	clients, err := db.New(tx).ListClients(ctx, tx.Actor.Service)
	if err != nil {
		return nil, fmt.Errorf("list exit plans: %w", err)
	}
	if len(clients) == 0 {
		return nil, nil
	}
	team, err := s.d.Team(ctx, tx.Actor.Service)
	if err != nil {
		return nil, err
	}
	for _, organisation := range clients {
		c, err := client.FindIn(ctx, tx, today, organisation)
		if err != nil {
			return nil, err
		}
		p, err := load(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		if !c.Until.IsZero() { // its doors are closed
			continue
		}
		for _, x := range p.Steps {
			if x.Done() || x.Due.DaysSince(today) > remindDays {
				continue
			}
			d := Due{Plan: p.ID, Step: x}
			if i := slices.IndexFunc(team, func(m Member) bool { return m.Account == x.Owner }); i >= 0 {
				d.Owner = team[i]
			}
			out = append(out, d)
		}
	}
	return out, nil
}

// Register has owners told of steps whose day nears, by tell: once for each day that a step was given.
func (s *Service) Register(r *job.Runner, now func() time.Time, tell func(ctx context.Context, tx *postgres.Tx, at time.Time, d Due) error) {
	const twiceADay = 12 * time.Hour // survives one morning without a server
	r.Sweep("exits", twiceADay, job.EachService(func(organisation, service uuid.UUID) job.Args { return RemindArgs{organisation, service} }))
	job.Register(r, access.Hall, func(ctx context.Context, tx *postgres.Tx, _ RemindArgs) error {
		at := now()
		due, err := s.Near(ctx, tx, at)
		for _, d := range due {
			if err := tell(ctx, tx, at, d); err != nil {
				return err
			}
		}
		return err
	})
}
