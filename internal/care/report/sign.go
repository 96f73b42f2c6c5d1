package report

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Sign signs a draft.
type Sign struct {
	Case    uuid.UUID
	Version int
}

// Sign signs a draft and gives it to the person to read. Where an early choice of theirs is live it also sets
// the release in motion; otherwise nothing leaves until they agree. Signing the same version again does nothing.
func (s *Service) Sign(ctx context.Context, actor access.Actor, at time.Time, in Sign) (faults fault.Fields, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := s.desk(ctx, tx, in.Case)
		if err != nil {
			return err
		}
		if last := d.Standing.LatestSigned(); last.N == in.Version {
			return nil
		}
		if !d.Begun || d.Version != in.Version || d.State != flow.ReportDraft {
			return flow.ErrMove
		}
		if !d.MaySign {
			return fault.New(fault.Conflict, "report.sign.not_yours")
		}
		today := locale.Day(at)
		if faults = d.Faults(actor.Role, today); len(faults) > 0 {
			return nil
		}
		d.Content.Header.SignedOn = today
		return s.sign(ctx, tx, at, d)
	})
	return faults, err
}

func (s *Service) sign(ctx context.Context, tx *postgres.Tx, at time.Time, d Desk) error {
	q := db.New(tx)
	b, err := d.Content.Encode()
	if err != nil {
		return err
	}
	n, err := q.SignVersion(ctx, db.SignVersionParams{Content: b, AuthorAccount: tx.Actor.Account, AuthorName: tx.Actor.Name, SignedAt: at,
		ServiceID: d.Service, ReportID: d.ID, Version: int32(d.Version)})
	if err != nil {
		return early(fmt.Errorf("sign version: %w", err))
	}
	if n != 1 {
		return flow.ErrMove
	}
	for _, to := range []flow.State{flow.ReportSigned, flow.WithPerson} {
		if err := flow.Move(ctx, tx, flow.Step{Service: d.Service, Case: d.Case, To: to, At: at}); err != nil {
			return err
		}
	}
	if err := q.EndTasks(ctx, db.EndTasksParams{ServiceID: d.Service, CasefileID: d.Case, DoneAt: &at}); err != nil {
		return fmt.Errorf("end tasks: %w", err)
	}
	if err := s.pause(ctx, tx, d.File, at); err != nil {
		return err
	}
	if err := s.count(ctx, tx, d.File, at, activity.ReportSigned, d.Content.Fitness); err != nil {
		return err
	}
	if err := s.record(ctx, tx, d.File, at, "report.signed", "case", map[string]string{"version": fmt.Sprint(d.Version)}); err != nil {
		return err
	}
	return s.handOver(ctx, tx, at, d)
}

// handOver tells the person, and sets what time will do: an early release, and the notice at the end of their time.
func (s *Service) handOver(ctx context.Context, tx *postgres.Tx, at time.Time, d Desk) error {
	err := message.Queue(ctx, tx, message.Out{Key: fmt.Sprintf("report_ready:%s:%d", d.ID, d.Version), Organisation: d.Organisation, Service: d.Service,
		To: d.Person, Capacity: message.Self, Template: "report_ready", LinkPurpose: "my", LinkObject: d.ID, At: at})
	if err != nil {
		return err
	}
	f, err := file(ctx, tx, d.ID) // again, with the signature just made
	if err != nil {
		return err
	}
	tenant := Where{Organisation: d.Organisation, Service: d.Service}
	if goes, _, ok := f.Standing.Early(d.Version); ok {
		if err := job.Add(ctx, tx, ReleaseArgs{Where: tenant, Report: d.ID, Version: d.Version}, goes); err != nil {
			return err
		}
	}
	return job.Add(ctx, tx, NotReportedArgs{Where: tenant, Report: d.ID, Version: d.Version}, f.NoticeAt(d.Version))
}

// NoticeAt is when the referrer may be told that a version was not released: at its deadline, but never before a
// release that is only waiting for its day.
func (f File) NoticeAt(version int) time.Time {
	due := Deadline(f.Standing.version(version).SignedAt, f.ReviewDays)
	if goes, _, ok := f.Standing.Early(version); ok && due.Before(goes.Add(time.Hour)) {
		due = Deadline(goes, 0)
	}
	return due
}

// Deadline is when the person's time is over: eight in the morning of the working day after the last of so many
// working days. It is a time at which nobody answers a page, so the notice tells nothing about the person.
func Deadline(signed time.Time, reviewDays int) time.Time {
	last, _ := workday.England().Add(locale.Day(signed), reviewDays+1)
	return time.Date(last.Year, last.Month, last.Day, 8, 0, 0, 0, locale.London)
}

// Again tells somebody who can be reached from now on of every report that waits for them, with a link that opens at it.
func (s *Service) Again(ctx context.Context, tx *postgres.Tx, who message.Again) error {
	ids, err := db.New(tx).ListOpenOf(ctx, db.ListOpenOfParams{ServiceID: tx.Actor.Service, OrganisationID: who.Organisation, PersonID: who.Person})
	if err != nil {
		return fmt.Errorf("list the reports about a person: %w", err)
	}
	for _, id := range ids {
		f, err := file(ctx, tx, id)
		if err != nil {
			return err
		}
		if !f.Waits() {
			continue
		}
		out := who.Out(f.Service, "report_ready", fmt.Sprintf("%s:%d", f.ID, f.Standing.LatestSigned().N))
		out.LinkObject = f.ID
		if err := message.Queue(ctx, tx, out); err != nil {
			return err
		}
	}
	return nil
}

// SendLink sends the link to a report that waits for the person once more, to their safe contact (clinical wall). click is
// made by the page: the same click twice sends one.
func (s *Service) SendLink(ctx context.Context, actor access.Actor, at time.Time, caseID, click uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := s.desk(ctx, tx, caseID)
		if err != nil {
			return err
		}
		if !d.Waits() || d.Reach.Safe == "" {
			return flow.ErrMove
		}
		ok, err := s.d.CountLink(ctx, d.Organisation, d.Person)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "report.link.often")
		}
		err = message.Queue(ctx, tx, message.Out{Key: "report_link:" + click.String(), Organisation: d.Organisation, Service: d.Service, To: d.Person,
			Capacity: message.Self, Template: "report_ready", LinkPurpose: "my", LinkObject: d.ID, At: at})
		if err != nil {
			return err
		}
		return s.record(ctx, tx, d.File, at, "report.link_sent", "case", nil)
	})
}

// pause stops the clocks of the case while the person reads.
func (s *Service) pause(ctx context.Context, tx *postgres.Tx, f File, at time.Time) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	if err := db.New(tx).StartPause(ctx, db.StartPauseParams{ServiceID: f.Service, ID: id, CasefileID: f.Case, StartsAt: at}); err != nil {
		return fmt.Errorf("stop the clocks: %w", err)
	}
	return s.count(ctx, tx, f, at, activity.ClockPaused, "with_person")
}

// resume lets them run again, if they stood still for this reason.
func (s *Service) resume(ctx context.Context, tx *postgres.Tx, f File, at time.Time) error {
	n, err := db.New(tx).EndPause(ctx, db.EndPauseParams{ServiceID: f.Service, CasefileID: f.Case, EndsAt: &at})
	if err != nil {
		return fmt.Errorf("start the clocks: %w", err)
	}
	if n == 0 {
		return nil
	}
	return s.count(ctx, tx, f, at, activity.ClockResumed, "with_person")
}
