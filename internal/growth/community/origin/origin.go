// Package origin keeps where a template that a service copied from a community of practice is from: who shared it, under which licence,
// and on which day it was to be looked at again. It is written with the copy and never changed, whatever becomes of the original.
package origin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Origin is where one copy is from.
type Origin struct {
	Object, Post uuid.UUID
	Form, Path   string // what it is, and where the copy is
	Title        string
	Author, Home string // who shared it; where they work, as they agreed to show it
	Licence      string
	Review       civil.Date
	Copied       time.Time
	By           string
}

// Due says that its original was to be looked at again by now.
func (o Origin) Due(today civil.Date) bool { return !o.Review.IsZero() && !o.Review.After(today) }

// Service reads origins.
type Service struct{ db *postgres.DB }

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d} }

// Keep writes where a copy is from, in the transaction of whoever notes the copy; it says whether it was not there before.
func Keep(ctx context.Context, tx *postgres.Tx, o Origin) (bool, error) {
	n, err := db.New(tx).InsertCopy(ctx, db.InsertCopyParams{OrganisationID: tx.Actor.Organisation, ObjectID: o.Object, PostID: o.Post, Form: o.Form, Path: o.Path, Title: o.Title, AuthorName: o.Author, AuthorHome: o.Home,
		Licence: o.Licence, ReviewOn: o.Review.Null(), At: postgres.Stamp(o.Copied), ByName: tx.Actor.Name})
	if err != nil {
		return false, fmt.Errorf("keep where a copy is from: %w", err)
	}
	return n > 0, nil
}

// Of gives where something of the actor's organisation is from; nil where it was not copied.
func (s *Service) Of(ctx context.Context, a access.Actor, object uuid.UUID) (o *Origin, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindCopy(ctx, db.FindCopyParams{OrganisationID: a.Organisation, ObjectID: object})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find where a copy is from: %w", err)
		}
		x := origin(r)
		o = &x
		return nil
	})
	return o, err
}

// List gives all that the actor's organisation copied, the newest first.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Origin, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListCopies(ctx, a.Organisation)
		for _, r := range rows {
			out = append(out, origin(r))
		}
		return err
	})
	return out, err
}

func origin(r db.CommunityCopy) Origin {
	return Origin{Object: r.ObjectID, Post: r.PostID, Form: r.Form, Path: r.Path, Title: r.Title, Author: r.AuthorName, Home: r.AuthorHome, Licence: r.Licence, Review: civil.FromNull(r.ReviewOn), Copied: r.CopiedAt, By: r.CopiedBy}
}
