package casefile

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// seenMonths is how long an attended appointment keeps a relationship while the case is open: a year covers
// the longest usual course of reviews, and a clinician who has not met the person for longer has no task with them.
const seenMonths = 12

// Relation says what the transaction's actor is to a person at a moment, and on what ground: access.Care with
// "case", "step", "appointment" or "task", access.Glass with "glass:<id>", or "" when there is none. Nobody has
// a relation to themselves on this side, and only clinicians have any.
func Relation(ctx context.Context, tx *postgres.Tx, at time.Time, organisation, person uuid.UUID) (relation access.Relation, ground string, err error) {
	a := tx.Actor
	if !a.Role.IsClinician() || a.Account == uuid.Nil || a.Person == person {
		return "", "", nil
	}
	r, err := db.New(tx).FindRelation(ctx, db.FindRelationParams{ServiceID: a.Service, OrganisationID: organisation, PersonID: person,
		Account: &a.Account, SeenSince: at.AddDate(0, -seenMonths, 0), At: at})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("find relation: %w", err)
	}
	if r.Ground == "glass" {
		return access.Glass, "glass:" + r.ObjectID.String(), nil
	}
	return access.Care, r.Ground, nil
}

// LoadCase is the loader of every page under /cases/{id}: Value is the Case, Relations has Care or Glass, or Author for
// somebody who wrote in a case that is closed, or led it last: they answer for what is withheld in it.
func (s *Service) LoadCase(ctx context.Context, a access.Actor, r *http.Request) (object access.Object, err error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		object, err = asObject(ctx, tx, s.d.Now(), id)
		return err
	})
	return object, err
}

// asObject is a case as the access table sees it.
func asObject(ctx context.Context, tx *postgres.Tx, at time.Time, id uuid.UUID) (access.Object, error) {
	c, err := Find(ctx, tx, id)
	if err != nil {
		return access.Object{}, err
	}
	if tx.Actor.Person == c.Person {
		return access.Object{}, fault.Missing("case")
	}
	o := access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, State: string(c.State), Value: c}
	relation, ground, err := Relation(ctx, tx, at, c.Organisation, c.Person)
	if err != nil {
		return access.Object{}, err
	}
	if relation == "" && !c.State.Live() && tx.Actor.Role.IsClinician() {
		keeps, err := db.New(tx).KeepsEntries(ctx, db.KeepsEntriesParams{ServiceID: tx.Actor.Service, CasefileID: c.ID, Account: tx.Actor.Account})
		if err != nil {
			return access.Object{}, fmt.Errorf("find who wrote: %w", err)
		}
		if keeps {
			relation, ground = access.Author, "author"
		}
	}
	if relation != "" {
		o.Relations, o.Ground = []access.Relation{relation}, ground
	} else if tx.Actor.Role == access.OHAdmin {
		o.Ground = "administration"
	}
	return o, nil
}

// Looked writes that the actor opened something of a loaded case. Pages that show a record and do not go
// through Record call it before they answer.
func (s *Service) Looked(ctx context.Context, a access.Actor, at time.Time, o access.Object, action string) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return looked(ctx, tx, at, o, action) })
}

func looked(ctx context.Context, tx *postgres.Tx, at time.Time, o access.Object, action string) error {
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: o.Kind, Object: o.ID, Subject: o.Subject, Ground: o.Ground})
}
