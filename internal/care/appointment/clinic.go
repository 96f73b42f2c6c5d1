package appointment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Clinic is a weekly plan.
type Clinic struct {
	ID            uuid.UUID
	Name, Site    string
	Mode          string
	Role          string // the clinician's
	Weekday       time.Weekday
	Start         time.Duration // after midnight in London
	SlotMinutes   int
	Slots         int
	Clinician     uuid.UUID
	ClinicianName string
	From          time.Time // first day; a date
	To            time.Time // day after the last; zero for no end
}

// lastEnd keeps a typing slip from planning a night: clinics end by ten in the evening.
const lastEnd = 22 * time.Hour

// latest end of a clinic's texts and counts, as the table has them
const (
	maxSlots = 40
	maxName  = 80
)

func (c Clinic) end() time.Duration {
	return c.Start + time.Duration(c.Slots*c.SlotMinutes)*time.Minute
}

// overlaps says whether two clinics want the same clinician at the same time.
func (c Clinic) overlaps(o Clinic) bool {
	return c.ID != o.ID && c.Clinician == o.Clinician && c.Weekday == o.Weekday && c.Start < o.end() && o.Start < c.end() &&
		(o.To.IsZero() || c.From.Before(o.To)) && (c.To.IsZero() || o.From.Before(c.To))
}

// check finds what is wrong with a clinic; others are the service's.
func (c Clinic) check(others []Clinic) (faults fault.Fields) {
	if c.Name == "" || len([]rune(c.Name)) > maxName {
		faults.Add("name", "appointment.clinic.name.empty", "n", maxName)
	}
	if c.Site == "" || len([]rune(c.Site)) > maxName {
		faults.Add("site", "appointment.clinic.site.empty", "n", maxName)
	}
	if !known(Modes, c.Mode) {
		faults.Add("mode", "appointment.clinic.mode.empty")
	}
	if c.Clinician == uuid.Nil {
		faults.Add("clinician", "appointment.clinic.clinician.empty")
	}
	if c.Weekday < time.Monday || c.Weekday > time.Friday {
		faults.Add("weekday", "appointment.clinic.weekday.empty")
	}
	if c.Start <= 0 {
		faults.Add("start", "appointment.clinic.start.wrong")
	}
	if t, ok := Lists().Type(c.Role); ok && (c.SlotMinutes < t.Shortest || c.SlotMinutes > t.Longest) {
		faults.Add("minutes", "appointment.clinic.minutes.wrong", "min", t.Shortest, "max", t.Longest)
	}
	if c.Slots < 1 || c.Slots > maxSlots || c.end() > lastEnd {
		faults.Add("slots", "appointment.clinic.slots.wrong", "max", maxSlots)
	}
	if c.From.IsZero() {
		faults.Add("from", "appointment.clinic.from.empty")
	} else if !c.To.IsZero() && !c.From.Before(c.To) {
		faults.Add("to", "appointment.clinic.to.wrong")
	}
	if len(faults) == 0 && slices.ContainsFunc(others, c.overlaps) {
		faults.Add("start", "appointment.clinic.overlap")
	}
	return faults
}

// SaveClinic plans a clinic, or changes the plan, and makes its sessions up to Ahead. Sessions that are already
// made stay as they are: people may be booked into them.
func (s *Service) SaveClinic(ctx context.Context, actor access.Actor, at time.Time, c Clinic) (faults fault.Fields, err error) {
	staff, err := s.d.Clinicians(ctx, actor.Service)
	if err != nil {
		return nil, fmt.Errorf("list clinicians: %w", err)
	}
	i := slices.IndexFunc(staff, func(x Clinician) bool { return x.Account == c.Clinician })
	if i < 0 {
		c.Clinician = uuid.Nil
	} else {
		c.ClinicianName, c.Role = staff[i].Name, string(staff[i].Role)
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		all, err := clinics(ctx, q, actor.Service)
		if err != nil {
			return err
		}
		if faults = c.check(all); len(faults) > 0 {
			return nil
		}
		err = q.SaveClinic(ctx, db.SaveClinicParams{ServiceID: actor.Service, ID: c.ID, Name: c.Name, Site: c.Site, Mode: c.Mode, Role: c.Role,
			Weekday: int32(c.Weekday), StartsAt: pgtype.Time{Microseconds: c.Start.Microseconds(), Valid: true}, SlotMinutes: int32(c.SlotMinutes), Slots: int32(c.Slots),
			ClinicianAccount: c.Clinician, ClinicianName: c.ClinicianName, ValidFrom: c.From, ValidTo: postgres.Null(c.To)})
		if err != nil {
			return fmt.Errorf("save clinic: %w", err)
		}
		if _, err := s.generate(ctx, q, actor.Service, []Clinic{c}, at, at.Add(Ahead)); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "clinic.saved", Kind: "clinic", Object: c.ID})
	})
	return faults, err
}

// Clinics lists the plans of a service.
func (s *Service) Clinics(ctx context.Context, actor access.Actor) (out []Clinic, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		out, err = clinics(ctx, db.New(tx), actor.Service)
		return err
	})
	return out, err
}

// FindClinic loads a clinic for a loader.
func (s *Service) FindClinic(ctx context.Context, actor access.Actor, id uuid.UUID) (access.Object, error) {
	var c Clinic
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindClinic(ctx, db.FindClinicParams{ServiceID: actor.Service, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("clinic")
		}
		c = clinicOf(r)
		return err
	})
	return access.Object{Kind: "clinic", ID: id, Value: c}, err
}

// Staff lists who can hold a clinic.
func (s *Service) Staff(ctx context.Context, actor access.Actor) ([]Clinician, error) {
	return s.d.Clinicians(ctx, actor.Service)
}

func clinics(ctx context.Context, q *db.Queries, service uuid.UUID) ([]Clinic, error) {
	rows, err := q.ListClinics(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("list clinics: %w", err)
	}
	out := make([]Clinic, len(rows))
	for i, r := range rows {
		out[i] = clinicOf(r)
	}
	return out, nil
}

func clinicOf(r db.Clinic) Clinic {
	c := Clinic{ID: r.ID, Name: r.Name, Site: r.Site, Mode: r.Mode, Role: r.Role, Weekday: time.Weekday(r.Weekday),
		Start: time.Duration(r.StartsAt.Microseconds) * time.Microsecond, SlotMinutes: int(r.SlotMinutes), Slots: int(r.Slots),
		Clinician: r.ClinicianAccount, ClinicianName: r.ClinicianName, From: r.ValidFrom}
	c.To = postgres.Value(r.ValidTo)
	return c
}
