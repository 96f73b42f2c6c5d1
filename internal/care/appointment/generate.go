package appointment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Ahead is how far sessions are made: twelve weeks hold a first appointment within every target and its review.
const Ahead = 12 * 7 * 24 * time.Hour

// Made says what Generate did.
type Made struct {
	Sessions, Slots int
	// Unknown says that days after Until were left out, because their bank holidays are not known yet.
	Unknown bool
	Until   civil.Date
}

// Generate makes the sessions and slots of every clinic of the actor's service from the day of at to until. What
// is there already stays, so it can run every day.
func (s *Service) Generate(ctx context.Context, actor access.Actor, at, until time.Time) (m Made, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		all, err := clinics(ctx, q, actor.Service)
		if err != nil {
			return err
		}
		if m, err = s.generate(ctx, q, actor.Service, all, at, until); err != nil || m.Sessions == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "clinic.generated", Kind: "service", Object: actor.Service})
	})
	return m, err
}

func (s *Service) generate(ctx context.Context, q *db.Queries, service uuid.UUID, all []Clinic, at, until time.Time) (m Made, err error) {
	m.Until = locale.Day(until)
	if _, last := s.d.Calendar.Known(); m.Until.After(last) {
		m.Until, m.Unknown = last, true
	}
	for _, c := range all {
		for d := later(locale.Day(at), civil.Of(c.From)); !d.After(m.Until) && (c.To.IsZero() || d.Before(civil.Of(c.To))); d = d.AddDays(1) {
			if d.Weekday() != c.Weekday || !s.d.Calendar.IsWorking(d) {
				continue
			}
			n, err := addSession(ctx, q, service, c, d)
			if err != nil {
				return m, err
			}
			if n > 0 {
				m.Sessions++
				m.Slots += n
			}
		}
	}
	return m, nil
}

func later(a, b civil.Date) civil.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func addSession(ctx context.Context, q *db.Queries, service uuid.UUID, c Clinic, d civil.Date) (slots int, err error) {
	session := uuid.New()
	n, err := q.AddSession(ctx, db.AddSessionParams{ServiceID: service, ID: session, ClinicID: c.ID, OnDate: d.UTC(),
		ClinicianAccount: c.Clinician, ClinicianName: c.ClinicianName, Site: c.Site, Mode: c.Mode, Role: c.Role})
	if err != nil {
		return 0, fmt.Errorf("add session: %w", err)
	}
	if n == 0 {
		return 0, nil
	}
	starts := slotTimes(d, c.Start, c.SlotMinutes, c.Slots)
	ids := make([]uuid.UUID, len(starts))
	for i := range ids {
		ids[i] = uuid.New()
	}
	n, err = q.AddSlots(ctx, db.AddSlotsParams{ServiceID: service, Ids: ids, SessionID: session, ClinicianAccount: c.Clinician, Role: c.Role, Starts: starts, Minutes: int32(c.SlotMinutes)})
	if err != nil {
		return 0, fmt.Errorf("add slots: %w", err)
	}
	return int(n), nil
}

// slotTimes gives the instants of a session's slots. The session begins at its wall time in London; from there
// on slots follow each other in real minutes, so over a clock change none overlaps another and none is lost.
func slotTimes(d civil.Date, start time.Duration, minutes, n int) []time.Time {
	first := time.Date(d.Year, d.Month, d.Day, int(start.Hours()), int(start.Minutes())%60, 0, 0, locale.London)
	out := make([]time.Time, n)
	for i := range out {
		out[i] = first.Add(time.Duration(i*minutes) * time.Minute)
	}
	return out
}

// extendArgs makes the sessions of a service as far ahead as Ahead says.
type extendArgs struct {
	Service uuid.UUID `json:"service"`
}

// extendEvery: sessions are made twelve weeks ahead, so once a day is often enough.
const extendEvery = 24 * time.Hour

func (extendArgs) Kind() string                                { return "clinic.extend" }
func (a extendArgs) Tenant() (organisation, service uuid.UUID) { return uuid.Nil, a.Service }

// daily registers the jobs that keep clinics planned ahead.
func (s *Service) daily(r *job.Runner) {
	r.Sweep("clinic", extendEvery, job.EachService(func(_, service uuid.UUID) job.Args { return extendArgs{service} }))
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, a extendArgs) error {
		q, now := db.New(tx), s.d.Now()
		all, err := clinics(ctx, q, a.Service)
		if err != nil {
			return err
		}
		_, err = s.generate(ctx, q, a.Service, all, now, now.Add(Ahead))
		return err
	})
}
