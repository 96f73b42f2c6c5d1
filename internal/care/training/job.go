package training

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/training/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// tellArgs tells who was given a place in a session, whoever took it and who waited for it, and reminds who has one when it is near. A
// job does, since whoever freed a place does not learn who has it now.
type tellArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Session      uuid.UUID `json:"session"`
}

func (tellArgs) Kind() string                                { return "training.tell" }
func (a tellArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// judgeArgs judges a course.
type judgeArgs struct {
	Service uuid.UUID `json:"service"`
	Course  uuid.UUID `json:"course"`
}

func (judgeArgs) Kind() string                                { return "training.judge" }
func (a judgeArgs) Tenant() (organisation, service uuid.UUID) { return uuid.Nil, a.Service }

// sweepEvery is how often the worker looks: a reminder is of a day.
const sweepEvery = time.Hour

// Jobs has who was given a place told, who has one reminded, and courses counted and judged.
func (s *Service) Jobs(r *job.Runner) {
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, a tellArgs) error {
		return s.Tell(ctx, tx, a.Session, s.d.Now())
	})
	r.Sweep("training", sweepEvery, s.sweep)
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a judgeArgs) error {
		return s.Judge(ctx, tx, a.Service, a.Course, s.d.Now())
	})
}

// sweep counts, and looks of which sessions to remind and which courses are to be judged.
func (s *Service) sweep(ctx context.Context, tx *postgres.Tx) (due []job.Args, err error) {
	at := s.d.Now()
	soon, err := db.New(tx).ListSoon(ctx, db.ListSoonParams{Now: at, Until: s.soon(at)})
	if err != nil {
		return nil, fmt.Errorf("list sessions to remind of: %w", err)
	}
	for _, x := range soon {
		due = append(due, tellArgs{x.OrganisationID, x.ServiceID, x.ID})
	}
	if err := Count(ctx, tx, at); err != nil {
		return nil, err
	}
	courses, err := db.New(tx).ListJudged(ctx)
	if err != nil {
		return nil, fmt.Errorf("list courses to judge: %w", err)
	}
	for _, c := range courses {
		due = append(due, judgeArgs{c.ServiceID, c.ID})
	}
	return due, nil
}

// soon is until when a session is near.
func (s *Service) soon(at time.Time) time.Time { return at.AddDate(0, 0, s.pack.Remind) }

// Tell tells who was given a place in a session, and reminds who has one of its day, each once.
func (s *Service) Tell(ctx context.Context, tx *postgres.Tx, session uuid.UUID, at time.Time) error {
	q, service := db.New(tx), tx.Actor.Service
	given, err := q.ListUntold(ctx, db.ListUntoldParams{ServiceID: service, SessionID: session})
	if err != nil {
		return fmt.Errorf("list who is to be told: %w", err)
	}
	for _, r := range given {
		p := Place{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID}
		if err := message.Queue(ctx, tx, p.told("training_place", r.StartsAt, service, at)); err != nil {
			return err
		}
		if err := q.MarkTold(ctx, db.MarkToldParams{ServiceID: service, ID: r.ID}); err != nil {
			return fmt.Errorf("note who was told: %w", err)
		}
	}
	near, err := q.ListToRemind(ctx, db.ListToRemindParams{ServiceID: service, SessionID: session, Now: at, Until: s.soon(at), Days: int32(s.pack.Remind)}) //nolint:gosec // days of the pack
	if err != nil {
		return fmt.Errorf("list who is to be reminded: %w", err)
	}
	for _, r := range near {
		p := Place{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID}
		if err := message.Queue(ctx, tx, p.told("training_soon", r.StartsAt, service, at)); err != nil {
			return err
		}
		if err := q.MarkReminded(ctx, db.MarkRemindedParams{ServiceID: service, ID: r.ID}); err != nil {
			return fmt.Errorf("note who was reminded: %w", err)
		}
	}
	return nil
}
