package exit

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Told is how a contract ends as its client reads it: nobody is named, and nothing is counted.
type Told struct {
	ID            uuid.UUID
	Provider      string
	StartedOn     civil.Date
	Last          civil.Date // the last day for new referrals
	Until         civil.Date // the first day on which the doors are closed; zero while they are open
	Receiver      string     // "" where nobody has said, or no other provider takes over
	Nobody        bool
	ObjectionDays int
	Steps         []ToldStep // in the order of their days
}

// ToldStep is one thing to do. It has no field that could name anybody.
type ToldStep struct {
	Key    string
	Due    civil.Date
	Owned  bool // somebody at the service has it
	DoneOn civil.Date
}

// State is one of "done", "late", "to_do".
func (s ToldStep) State(today civil.Date) string {
	return Step{Due: s.Due, DoneOn: s.DoneOn}.State(today)
}

// Earliest is the first day on which records may go: zero where staff were not told yet, or where nobody takes them.
func (t Told) Earliest() civil.Date {
	for _, s := range t.Steps {
		if s.Key == "told" && !s.DoneOn.IsZero() && !t.Nobody {
			return s.DoneOn.AddDays(t.ObjectionDays + 1) // the last of those days is still theirs
		}
	}
	return civil.Date{}
}

// Ours lists the exit plans of contracts of the actor's own organisation, the newest contract first.
func (s *Service) Ours(ctx context.Context, a access.Actor, now time.Time) (out []Told, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListTold(ctx, db.ListToldParams{OnDay: locale.Day(now).UTC(), OrganisationID: a.Organisation})
		if err != nil {
			return fmt.Errorf("list how contracts end: %w", err)
		}
		for _, r := range rows {
			if n := len(out); n == 0 || out[n-1].ID != r.PlanID {
				t := Told{ID: r.PlanID, Provider: r.Provider, StartedOn: locale.Day(r.StartedAt), Until: civil.FromNull(r.ValidTo), Receiver: r.Receiver, Nobody: r.Nobody, ObjectionDays: int(r.ObjectionDays)}
				if r.RefersUntil != nil {
					t.Last = civil.Of(*r.RefersUntil).AddDays(-1) // it is the first day without
				}
				out = append(out, t)
			}
			t := &out[len(out)-1]
			x := ToldStep{Key: r.Step, Due: civil.Of(r.DueOn), Owned: r.Owned}
			if r.Done {
				x.DoneOn = civil.Of(r.DoneOn)
			}
			t.Steps = append(t.Steps, x)
		}
		return nil
	})
	return out, err
}
