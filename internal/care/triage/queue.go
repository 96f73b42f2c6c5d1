package triage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

const (
	// perPage is what fits on two screens.
	perPage = 25
	// queueLimit bounds the work of one page: a service for 10,000 staff has about a hundred cases waiting, a
	// whole ICS a thousand. The database hands over the most urgent first.
	queueLimit = 2000
)

// Item is one row of the queue.
type Item struct {
	Case
	Standing  clock.Standing
	HasTarget bool
}

// ToCheck is, beside the states, what a case may wait for: nobody has found its referral complete yet.
const ToCheck = "to_check"

// Filter narrows the queue; empty fields take everything.
type Filter struct {
	State   string // a flow.State, or ToCheck
	Pathway string
	Page    int // from 1
}

// Page is one page of the queue.
type Page struct {
	Items       []Item
	Total       int // with the filter
	Page, Pages int
	Cut         bool // the bound left out the least urgent
	ToTriage    int  // nobody has decided yet, whatever the filter
	ToCheck     int  // of those, nobody has checked yet that they are complete
}

// Queue lists the cases that wait, the most pressing first.
func (s *Service) Queue(ctx context.Context, actor access.Actor, now time.Time, f Filter) (Page, error) {
	var items []Item
	p := Page{Page: max(f.Page, 1)}
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) (err error) {
		items, err = s.waiting(ctx, tx, now)
		return err
	})
	if err != nil {
		return Page{}, err
	}
	p.Cut = len(items) == queueLimit
	for _, i := range items {
		if i.State == flow.Received {
			p.ToTriage++
		}
		if i.Unchecked() {
			p.ToCheck++
		}
	}
	items = slices.DeleteFunc(items, func(i Item) bool {
		return f.State != "" && !i.waitsFor(f.State) || f.Pathway != "" && i.Pathway != f.Pathway
	})
	slices.SortFunc(items, func(a, b Item) int { return a.order().Compare(b.order()) })
	p.Total = len(items)
	p.Pages = max((p.Total+perPage-1)/perPage, 1)
	p.Page = min(p.Page, p.Pages)
	p.Items = items[(p.Page-1)*perPage : min(p.Page*perPage, p.Total)]
	return p, nil
}

func (i Item) waitsFor(state string) bool {
	if state == ToCheck {
		return i.Unchecked()
	}
	return string(i.State) == state
}

func (i Item) order() Order {
	o := Order{Priority: i.Priority, ReceivedAt: i.ReceivedAt, Case: i.ID}
	if i.HasTarget {
		o.Due, o.Late = i.Standing.Due, i.Standing.Late() && !i.Standing.Paused
	}
	return o
}

func (s *Service) waiting(ctx context.Context, tx *postgres.Tx, now time.Time) ([]Item, error) {
	q := db.New(tx)
	rows, err := q.ListQueue(ctx, db.ListQueueParams{ServiceID: tx.Actor.Service, Reader: tx.Actor.Person, Bound: queueLimit})
	if err != nil {
		return nil, fmt.Errorf("list queue: %w", err)
	}
	targets, err := targets(ctx, q, tx.Actor.Service, now)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	pauses, err := pauses(ctx, q, tx.Actor.Service, ids)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(rows))
	for i, r := range rows {
		items[i].Case = Case{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID, Name: name(r.GivenName, r.FamilyName), Source: r.Source, Reason: r.Reason,
			Priority: postgres.Value(r.Priority), Pathway: postgres.Value(r.Pathway), State: flow.State(r.State), StateAt: r.StateAt, ReceivedAt: r.ReceivedAt, CompleteAt: r.CompleteAt}
		if r.Seen { // a review: its day was planned when the person was seen
			if r.DueOn != nil {
				items[i].Standing, items[i].HasTarget = s.planned(*r.DueOn, now), true
			}
			continue
		}
		if days, ok := targets.Of(Measure(flow.State(r.State), postgres.Value(r.Priority))); ok {
			items[i].Standing, items[i].HasTarget = clock.Stand(s.d.Calendar, r.ReceivedAt, days, pauses[r.ID], now), true
		}
	}
	return items, nil
}

func (s *Service) planned(on, now time.Time) clock.Standing {
	due := civil.Of(on)
	left, known := s.d.Calendar.Between(locale.Day(now), due)
	if left == 0 && due.Before(locale.Day(now)) {
		left = -1
	}
	return clock.Standing{Due: due, Left: left, Known: known}
}

func targets(ctx context.Context, q *db.Queries, service uuid.UUID, now time.Time) (Targets, error) {
	rows, err := q.ListTargets(ctx, db.ListTargetsParams{ServiceID: service, OnDay: locale.Day(now).UTC()})
	if err != nil {
		return nil, fmt.Errorf("list targets: %w", err)
	}
	t := Targets{}
	for _, r := range rows {
		t[r.Measure] = int(r.WorkingDays)
	}
	return t, nil
}

func pauses(ctx context.Context, q *db.Queries, service uuid.UUID, cases []uuid.UUID) (map[uuid.UUID][]clock.Pause, error) {
	rows, err := q.ListPauses(ctx, db.ListPausesParams{ServiceID: service, Cases: cases})
	if err != nil {
		return nil, fmt.Errorf("list pauses: %w", err)
	}
	out := map[uuid.UUID][]clock.Pause{}
	for _, r := range rows {
		p := clock.Pause{From: r.StartsAt}
		p.To = postgres.Value(r.EndsAt)
		out[r.CasefileID] = append(out[r.CasefileID], p)
	}
	return out, nil
}
