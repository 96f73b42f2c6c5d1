package watch

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit/watch/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// hall looks something up behind the hall wall: the one place where the guardian's ids meet names.
func (s *Service) hall(ctx context.Context, actor access.Actor, at time.Time, fn func(q *db.Queries, organisations []uuid.UUID) error) error {
	return s.d.DB.InTenant(ctx, actor.At(access.Hall), func(tx *postgres.Tx) error {
		q := db.New(tx)
		organisations, err := q.ListOrganisations(ctx, db.ListOrganisationsParams{ServiceID: actor.Service, OnDay: at})
		if err != nil {
			return fmt.Errorf("list organisations: %w", err)
		}
		return fn(q, append(organisations, actor.Organisation))
	})
}

// find turns an employee number, or an id from the audit itself, into people and their accounts.
func (s *Service) find(ctx context.Context, actor access.Actor, at time.Time, typed string) (people, accounts []uuid.UUID, err error) {
	if id, err := uuid.Parse(typed); err == nil {
		return []uuid.UUID{id}, []uuid.UUID{id}, nil
	}
	err = s.hall(ctx, actor, at, func(q *db.Queries, organisations []uuid.UUID) (err error) {
		if people, err = q.ListPeopleByNumber(ctx, db.ListPeopleByNumberParams{EmployeeNumber: typed, Organisations: organisations}); err != nil {
			return fmt.Errorf("find employee number: %w", err)
		}
		if accounts, err = q.ListAccountsOf(ctx, people); err != nil {
			return fmt.Errorf("find accounts: %w", err)
		}
		return nil
	})
	return people, accounts, err
}

// name puts names beside the ids of events.
func (s *Service) name(ctx context.Context, actor access.Actor, at time.Time, events []Event) error {
	var people, accounts []uuid.UUID
	for _, e := range events {
		people, accounts = append(people, e.Subject, e.ActorPerson), append(accounts, e.ActorAccount)
	}
	return s.hall(ctx, actor, at, func(q *db.Queries, organisations []uuid.UUID) error {
		known, err := q.ListNamesOfPeople(ctx, db.ListNamesOfPeopleParams{Ids: people, Organisations: organisations})
		if err != nil {
			return fmt.Errorf("name people: %w", err)
		}
		colleagues, err := q.ListNamesOfAccounts(ctx, accounts)
		if err != nil {
			return fmt.Errorf("name accounts: %w", err)
		}
		names := map[uuid.UUID]string{}
		for _, p := range known {
			names[p.ID] = p.Name + " (" + p.EmployeeNumber + ")"
		}
		for _, a := range colleagues {
			names[a.ID] = a.DisplayName
		}
		for i := range events {
			e := &events[i]
			e.SubjectName = names[e.Subject]
			if e.Actor == "" { // the event itself has no name: it is older than names, or somebody acted for themselves
				e.Actor = names[e.ActorAccount]
			}
			if e.Actor == "" { // somebody who came by a one-time link has no account
				e.Actor = names[e.ActorPerson]
			}
		}
		return nil
	})
}
