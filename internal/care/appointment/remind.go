package appointment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RemindArgs has a person reminded of an appointment some days before it.
type RemindArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Appointment  uuid.UUID `json:"appointment"`
	Days         int       `json:"days"`
}

// Kind names the job.
func (RemindArgs) Kind() string { return "appointment.remind" }

// Tenant is where the job works.
func (a RemindArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// reminder is the instant of the reminder so many days before: by the calendar, so a change of the clocks in
// between moves it no more than it moves the appointment.
func (p *Reminders) reminder(starts time.Time, days int) time.Time {
	d := locale.Day(starts).AddDays(-days)
	return time.Date(d.Year, d.Month, d.Day, p.Hour, 0, 0, 0, locale.London)
}

// due says whether the reminder so many days before may go at an instant. It may not when the list no longer has
// it, when it is early, when the appointment has begun, or when it comes so late that the next one is due too: a
// server that was down for a week then reminds once.
func (p *Reminders) due(starts, at time.Time, days int) bool {
	i := slices.Index(p.DaysBefore, days)
	if p.Draft || i < 0 || at.Before(p.reminder(starts, days)) || !at.Before(starts) {
		return false
	}
	return i+1 == len(p.DaysBefore) || at.Before(p.reminder(starts, p.DaysBefore[i+1]))
}

// Times lists when the person is reminded of an appointment. A day that was over when it was booked has no
// reminder: the message about the booking has just said it.
func (p *Reminders) Times(starts, booked time.Time) (out []time.Time) {
	if p.Draft {
		return nil
	}
	for _, days := range p.DaysBefore {
		if at := p.reminder(starts, days); at.After(booked) && at.Before(starts) {
			out = append(out, at)
		}
	}
	return out
}

// planReminders leaves the reminders of a booking to be sent when they are due.
func planReminders(ctx context.Context, tx *postgres.Tx, c Case, id uuid.UUID, starts, at time.Time) error {
	p := ReminderPack()
	for _, days := range p.DaysBefore {
		when := p.reminder(starts, days)
		if !slices.Contains(p.Times(starts, at), when) {
			continue
		}
		if err := job.Add(ctx, tx, RemindArgs{c.Organisation, tx.Actor.Service, id, days}, when); err != nil {
			return err
		}
	}
	return nil
}

// Remind tells the person when their appointment is, if it still stands. One that was cancelled, moved (the new
// time has reminders of its own), missed or attended has none. The appointment and the day make the message once,
// however often the job is tried. It goes to the person alone, whoever referred them.
func (s *Service) Remind(ctx context.Context, tx *postgres.Tx, at time.Time, in RemindArgs) error {
	c, a, err := lock(ctx, tx, in.Appointment)
	if err != nil {
		return err
	}
	if a.State != "booked" || !ReminderPack().due(a.StartsAt, at, in.Days) {
		return nil
	}
	event := uuid.NewSHA1(a.ID, fmt.Appendf(nil, "%d days before", in.Days))
	return tellWhen(ctx, tx, c, "appointment_reminder", event, Time{StartsAt: a.StartsAt, Mode: a.Mode, Site: a.Site}, at)
}
