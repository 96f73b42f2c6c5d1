package appointment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

const (
	// holdFor is how long an offer stands: long enough for somebody to see a text message, short enough that the
	// time can still go to the next person.
	holdFor = 24 * time.Hour
	// offerNotice is the least time before a slot at which it is still offered: people must be able to come.
	offerNotice = 2 * time.Hour
	// lapseMargin is how long after its end an offer is looked at again: the job is due by the clock of the
	// database and held by that of the server, and a minute is more than two such clocks may differ.
	lapseMargin = time.Minute
)

// Reoffered says whether a time that is given back at an instant is offered to others.
func Reoffered(starts, at time.Time) bool { return starts.Sub(at) >= offerNotice }

// FreedArgs has a slot that came free offered to the case that needs it most.
type FreedArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Slot         uuid.UUID `json:"slot"`
}

// Kind names the job.
func (FreedArgs) Kind() string { return "appointment.freed" }

// Tenant is where the job works.
func (a FreedArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// Register gives the runner the jobs of the slice.
func (s *Service) Register(r *job.Runner) {
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, a FreedArgs) error {
		return s.Offer(ctx, tx, s.d.Now(), a)
	})
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, a RemindArgs) error {
		return s.Remind(ctx, tx, s.d.Now(), a)
	})
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, a NotAssessedArgs) error {
		return s.NotAssessed(ctx, tx, s.d.Now(), a)
	})
	s.daily(r)
}

// Offer holds a free slot for the waiting case that comes first, and tells the person. An offer that nobody takes
// lapses by itself: the slot is then free to everybody, and is looked at again, to be offered to whoever comes
// first then. Nobody is offered it twice, so a slot goes down the list until it is taken, the list is at its end,
// or it is too near. The lock makes offers of one slot wait for each other: there is never more than one.
func (s *Service) Offer(ctx context.Context, tx *postgres.Tx, at time.Time, in FreedArgs) error {
	q := db.New(tx)
	if err := q.LockSlot(ctx, db.LockSlotParams{ServiceID: in.Service, ID: in.Slot}); err != nil {
		return fmt.Errorf("lock slot: %w", err)
	}
	slot, err := q.FindSlot(ctx, db.FindSlotParams{ServiceID: in.Service, ID: in.Slot})
	if err != nil {
		return missing("slot", err)
	}
	taken, err := q.SlotTaken(ctx, db.SlotTakenParams{ServiceID: in.Service, SlotID: in.Slot})
	if err != nil {
		return fmt.Errorf("look at slot: %w", err)
	}
	held := slot.OfferedUntil != nil && slot.OfferedUntil.After(at)
	if held { // for nobody, when the case has found another time or has ended
		held, err = q.HoldIsWanted(ctx, db.HoldIsWantedParams{ServiceID: in.Service, CasefileID: *slot.OfferedCasefileID})
		if err != nil {
			return fmt.Errorf("look at offer: %w", err)
		}
	}
	if taken || held || slot.CancelledAt != nil || !Reoffered(slot.StartsAt, at) {
		return nil
	}
	c, found, err := s.next(ctx, q, in, slot.Role, at)
	if err != nil || !found {
		return err
	}
	until := at.Add(holdFor)
	if last := slot.StartsAt.Add(-time.Hour); last.Before(until) {
		until = last
	}
	if err := q.HoldSlot(ctx, db.HoldSlotParams{ServiceID: in.Service, ID: in.Slot, CasefileID: &c.ID, Until: &until}); err != nil {
		return fmt.Errorf("hold slot: %w", err)
	}
	err = q.NoteOffer(ctx, db.NoteOfferParams{ServiceID: in.Service, SlotID: in.Slot, OrganisationID: c.Organisation, PersonID: c.Person, CasefileID: c.ID, OfferedAt: at, Until: until})
	if err != nil {
		return fmt.Errorf("note offer: %w", err)
	}
	if err := job.Add(ctx, tx, in, until.Add(lapseMargin)); err != nil {
		return err
	}
	event := uuid.NewSHA1(in.Slot, c.ID[:]) // this slot for this case: said once
	if err := tellWhen(ctx, tx, c, "appointment_offered", event, Time{StartsAt: slot.StartsAt, Mode: slot.Mode, Site: slot.Site}, at); err != nil {
		return err
	}
	return s.record(ctx, tx, c, in.Slot, activity.AppointmentOffered, at, "")
}

// next picks the waiting case by priority, then by the day its target is missed, then by how long it has waited.
func (s *Service) next(ctx context.Context, q *db.Queries, in FreedArgs, role string, at time.Time) (Case, bool, error) {
	rows, err := q.ListWaiting(ctx, db.ListWaitingParams{ServiceID: in.Service, Role: &role, At: &at, SlotID: in.Slot})
	if err != nil {
		return Case{}, false, fmt.Errorf("list waiting cases: %w", err)
	}
	if len(rows) == 0 {
		return Case{}, false, nil
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	stops, err := q.ListPauses(ctx, db.ListPausesParams{ServiceID: in.Service, Cases: ids})
	if err != nil {
		return Case{}, false, fmt.Errorf("list pauses: %w", err)
	}
	pauses := map[uuid.UUID][]clock.Pause{}
	for _, p := range stops {
		x := clock.Pause{From: p.StartsAt}
		x.To = postgres.Value(p.EndsAt)
		pauses[p.CasefileID] = append(pauses[p.CasefileID], x)
	}
	targetRows, err := q.ListTargets(ctx, db.ListTargetsParams{ServiceID: in.Service, OnDay: locale.Day(at).UTC()})
	if err != nil {
		return Case{}, false, fmt.Errorf("list targets: %w", err)
	}
	targets := triage.Targets{}
	for _, t := range targetRows {
		targets[t.Measure] = int(t.WorkingDays)
	}
	order := func(r db.ListWaitingRow) triage.Order {
		o := triage.Order{ReceivedAt: r.ReceivedAt, Case: r.ID}
		o.Priority = postgres.Value(r.Priority)
		if days, ok := targets.Of(triage.Measure(flow.AwaitingBooking, o.Priority)); ok {
			o.Due, _ = clock.Due(s.d.Calendar, r.ReceivedAt, days, pauses[r.ID], at)
		}
		return o
	}
	best := slices.MinFunc(rows, func(a, b db.ListWaitingRow) int { return order(a).Compare(order(b)) })
	return Case{ID: best.ID, Organisation: best.OrganisationID, Person: best.PersonID, Source: best.Source, reason: best.Reason, Priority: order(best).Priority, State: flow.AwaitingBooking}, true, nil
}

// reoffer has the slots that were held for a case offered to others: it has a time, or needs none any more.
func reoffer(ctx context.Context, tx *postgres.Tx, c Case, taken uuid.UUID, at time.Time) error {
	held, err := db.New(tx).ListHeld(ctx, db.ListHeldParams{ServiceID: tx.Actor.Service, CasefileID: &c.ID, Taken: taken, At: &at})
	if err != nil {
		return fmt.Errorf("list offers of a case: %w", err)
	}
	for _, slot := range held {
		if err := job.Add(ctx, tx, FreedArgs{c.Organisation, tx.Actor.Service, slot}, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}
