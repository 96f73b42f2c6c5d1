package own

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Look is what somebody did on one day, once or more often: rows of the audit log about the person that differ in their
// time only.
type Look struct {
	Day         time.Time // in London
	First, Last time.Time
	N           int
	Self        bool // the person themselves
	Name        string
	Role        access.Role
	Place       string // the service for OH staff, else the organisation
	Action      string
	Denied      bool
	Why         Why
}

// PerPage is how many lines a page shows.
const PerPage = 50

// Looks gives one page of the log about the actor, counted from 1, newest first, how many rows the log has, and whether
// there is another page. To look at the log is no look at the record, so it adds no row.
func (s *Service) Looks(ctx context.Context, a access.Actor, page int) (looks []Look, total int, more bool, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.CountLooks(ctx, a.Person)
		if err != nil {
			return fmt.Errorf("count looks: %w", err)
		}
		total = int(n)
		rows, err := q.ListLooks(ctx, db.ListLooksParams{PersonID: a.Person, Skip: int32((page - 1) * PerPage), Most: PerPage + 1})
		if err != nil {
			return fmt.Errorf("list looks: %w", err)
		}
		if more = len(rows) > PerPage; more {
			rows = rows[:PerPage]
		}
		knows, err := bonds(ctx, q, a)
		if err != nil {
			return err
		}
		places := places{q: q, names: map[uuid.UUID]string{}}
		for _, r := range rows {
			l := Look{Day: r.Day, First: r.FirstAt, Last: r.LastAt, N: int(r.N), Name: r.ActorName, Role: access.Role(r.Role), Action: r.Action,
				Denied: r.Outcome == "denied"}
			l.Self = r.ActorPerson != nil && *r.ActorPerson == a.Person && l.Role == access.Person
			if l.Place, err = places.of(ctx, l.Role, r.ServiceID, r.OrganisationID, r.LastAt); err != nil {
				return err
			}
			var who uuid.UUID
			if r.ActorPerson != nil {
				who = *r.ActorPerson
			}
			l.Why = why(l, r.Ground, knows[who])
			looks = append(looks, l)
		}
		return nil
	})
	return looks, total, more, err
}

// bonds says who referred the person and to whom they have reported.
func bonds(ctx context.Context, q *db.Queries, a access.Actor) (map[uuid.UUID]bond, error) {
	knows := map[uuid.UUID]bond{}
	managers, err := q.ListMyManagers(ctx, db.ListMyManagersParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if err != nil {
		return nil, fmt.Errorf("list managers: %w", err)
	}
	for _, id := range managers {
		knows[id] = bond{manages: true}
	}
	referrers, err := q.ListMyReferrers(ctx, db.ListMyReferrersParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if err != nil {
		return nil, fmt.Errorf("list referrers: %w", err)
	}
	for _, id := range referrers {
		knows[id] = bond{manages: knows[id].manages, referred: true}
	}
	return knows, nil
}

// places finds the names of services and organisations, each once.
type places struct {
	q     *db.Queries
	names map[uuid.UUID]string
}

func (p places) of(ctx context.Context, role access.Role, service, organisation *uuid.UUID, at time.Time) (string, error) {
	id := organisation
	if role.AtService() && service != nil {
		id = service
	}
	if id == nil || role == access.System {
		return "", nil
	}
	if name, ok := p.names[*id]; ok {
		return name, nil
	}
	var name string
	var err error
	if id == service {
		name, err = p.q.ServiceName(ctx, *id)
	} else {
		name, err = p.q.OrganisationName(ctx, db.OrganisationNameParams{OrganisationID: *id, OnDay: at})
	}
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return "", fmt.Errorf("find place: %w", err)
	}
	p.names[*id] = name
	return name, nil
}
