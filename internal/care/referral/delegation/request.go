package delegation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// MaxDays is a quarter: whoever acts longer is the manager, and the staff feed should say so. The table checks it too.
const MaxDays = 92

// MaxReason bounds the reason, in characters.
const MaxReason = 300

// Request is what a manager asks for. ID comes from the page, so a second press asks once.
type Request struct {
	ID, Person   uuid.UUID
	Reason       string
	Starts, Ends civil.Date
}

// Check says what is wrong with a request on a day.
func (r Request) Check(today civil.Date) (f fault.Fields) {
	f.Text("reason", "delegation.reason.empty", r.Reason, MaxReason)
	switch {
	case r.Starts.IsZero():
		f.Add("starts", "delegation.starts.empty")
	case r.Starts.Before(today):
		f.Add("starts", "delegation.starts.past")
	}
	switch {
	case r.Ends.IsZero():
		f.Add("ends", "delegation.ends.empty")
	case !r.Starts.IsZero() && !r.Ends.After(r.Starts):
		f.Add("ends", "delegation.ends.before")
	case !r.Starts.IsZero() && r.Ends.DaysSince(r.Starts) > MaxDays:
		f.Add("ends", "delegation.ends.long", "n", MaxDays)
	}
	return f
}

// Ask asks to act as somebody's manager.
func (s *Service) Ask(ctx context.Context, actor access.Actor, at time.Time, in Request) (fault.Fields, error) {
	if f := in.Check(locale.Day(at)); len(f) > 0 {
		return f, nil
	}
	return nil, s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if _, err := q.FindStaff(ctx, db.FindStaffParams{OrganisationID: actor.Organisation, ID: in.Person, OnDay: locale.Day(at).UTC()}); errors.Is(err, pgx.ErrNoRows) || in.Person == actor.Person {
			return fault.Missing("person")
		} else if err != nil {
			return fmt.Errorf("find person: %w", err)
		}
		n, err := q.InsertDelegation(ctx, db.InsertDelegationParams{OrganisationID: actor.Organisation, ID: in.ID, Manager: actor.Person, PersonID: in.Person,
			Reason: in.Reason, StartsOn: in.Starts.UTC(), EndsOn: in.Ends.UTC(), At: at})
		if err != nil {
			return fmt.Errorf("insert delegation: %w", err)
		}
		if n == 0 {
			return nil // asked already
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "delegation.asked", Kind: "delegation", Object: in.ID, Subject: in.Person}); err != nil {
			return err
		}
		// HR finds it on its page; the OH team has an address and is told.
		return message.Queue(ctx, tx, message.Out{Key: "delegation_asked:" + in.ID.String(), Organisation: actor.Organisation, Service: actor.Service,
			Capacity: message.Service, Template: "delegation_asked", At: at})
	})
}

// Asked is one delegation as those who decide, or the manager, see it.
type Asked struct {
	ID              uuid.UUID
	Manager, Person string
	Reason, State   string
	Starts, Ends    civil.Date
	At              time.Time
}

// Waiting lists requests to decide, then those decided in the last four weeks, for HR or an OH administrator.
func (s *Service) Waiting(ctx context.Context, actor access.Actor, at time.Time) (out []Asked, err error) {
	since := at.AddDate(0, 0, -28)
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListDelegations(ctx, &since)
		if err != nil {
			return fmt.Errorf("list delegations: %w", err)
		}
		for _, r := range rows {
			out = append(out, Asked{r.ID, r.ManagerName, r.PersonName, r.Reason, r.State, civil.Of(r.StartsOn), civil.Of(r.EndsOn), r.RequestedAt})
		}
		return nil
	})
	return out, err
}

// Own lists what the actor asked for and is not over.
func (s *Service) Own(ctx context.Context, actor access.Actor, at time.Time) (out []Asked, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListOwnDelegations(ctx, db.ListOwnDelegationsParams{OrganisationID: actor.Organisation, Manager: actor.Person, OnDay: locale.Day(at).UTC()})
		if err != nil {
			return fmt.Errorf("list own delegations: %w", err)
		}
		for _, r := range rows {
			out = append(out, Asked{ID: r.ID, Person: r.PersonName, State: r.State, Starts: civil.Of(r.StartsOn), Ends: civil.Of(r.EndsOn)})
		}
		return nil
	})
	return out, err
}

// Decide confirms or refuses a request. The same answer again changes nothing.
func (s *Service) Decide(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, confirm bool) error {
	state := "refused"
	if confirm {
		state = "confirmed"
	}
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q, role := db.New(tx), string(actor.Role)
		d, err := q.DecideDelegation(ctx, db.DecideDelegationParams{ID: id, State: state, At: &at, DecidedBy: &actor.Person, DecidedRole: &role})
		if errors.Is(err, pgx.ErrNoRows) {
			return again(ctx, q, actor, id, state)
		}
		if err != nil {
			return fmt.Errorf("decide delegation: %w", err)
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "delegation." + state, Kind: "delegation", Object: id, Subject: d.PersonID}); err != nil {
			return err
		}
		if confirm {
			if err := message.Queue(ctx, tx, message.Out{Key: "delegation_made:" + id.String(), Organisation: d.OrganisationID, Service: actor.Service,
				To: d.PersonID, Capacity: message.Self, Template: "delegation_made", At: at}); err != nil {
				return err
			}
		}
		return message.Queue(ctx, tx, message.Out{Key: "delegation_" + state + ":" + id.String(), Organisation: d.OrganisationID, Service: actor.Service,
			To: d.ManagerPersonID, Capacity: message.Work, Template: "delegation_" + state, At: at})
	})
}

// again tells a second press of the same button from a request that is not there, or not for this actor.
func again(ctx context.Context, q *db.Queries, actor access.Actor, id uuid.UUID, state string) error {
	d, err := q.FindDelegation(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing("delegation")
	}
	if err != nil {
		return fmt.Errorf("find delegation: %w", err)
	}
	switch {
	case d.State == state && d.DecidedBy != nil && *d.DecidedBy == actor.Person:
		return nil
	case d.State == "requested":
		return fault.New(fault.Conflict, "delegation.yours")
	}
	return fault.New(fault.Conflict, "fault.conflict")
}
