package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Say is one thing a person says about their report.
type Say struct {
	Report     uuid.UUID
	Kind       EventKind
	Way        Way         // of a choice
	Days       int         // of AfterDays
	Version    int         // the version they have before them; of a choice and a withdrawal 0
	Recipients []uuid.UUID // of an agreement: to whom; everybody of the report when none is named
	Correction uuid.UUID
	Text       string // what is wrong, when they ask for a correction
}

// Words are the exact words of what is said: the page shows them, the telephone script reads them out, and the
// event keeps them, with the names of those to whom a person agrees.
func Words(ctx context.Context, in Say, recipients []string) string {
	key := "report.words." + string(in.Kind)
	if in.Kind == Choice {
		key += "." + string(in.Way)
	}
	return locale.T(ctx, key, "who", strings.Join(recipients, "; "), "days", in.Days, "version", in.Version)
}

// Say records what a person says on their own page (portal wall), and what follows from it.
func (s *Service) Say(ctx context.Context, actor access.Actor, at time.Time, in Say) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		f, err := file(ctx, tx, in.Report)
		if err != nil {
			return err
		}
		return s.say(ctx, tx, f, at, in, at, nil)
	})
}

// Heard is how OH came to know of what a person said elsewhere.
type Heard struct {
	Method string // telephone, post, in_person
	At     time.Time
}

// Methods are the ways of Heard.
var Methods = []string{"telephone", "post", "in_person"}

// SayAssisted records what a person said by telephone, by post or in person (clinical wall): its own kind of
// event, with the recorder, shown to the person as such. A correction is not said this way: the clinician who
// hears of one begins a new version at once.
func (s *Service) SayAssisted(ctx context.Context, actor access.Actor, at time.Time, caseID uuid.UUID, in Say, heard Heard) error {
	if in.Kind == CorrectionAsked || !slices.Contains(Methods, heard.Method) || heard.At.IsZero() || heard.At.After(at) {
		return fault.New(fault.Invalid, "fault.conflict")
	}
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		f, err := file(ctx, tx, in.Report)
		if err != nil {
			return err
		}
		if f.Case != caseID {
			return fault.Missing("report")
		}
		return s.say(ctx, tx, f, heard.At, in, at, &heard)
	})
}

// say appends the event with its words and sets in motion what it allows. at is when it was said, now when it is
// written down: the same on the person's own page.
func (s *Service) say(ctx context.Context, tx *postgres.Tx, f File, at time.Time, in Say, now time.Time, heard *Heard) error {
	q := db.New(tx)
	if err := q.LockReport(ctx, f.ID); err != nil {
		return fmt.Errorf("lock report: %w", err)
	}
	// Read again under the lock: a double click finds what the first one said.
	f, err := file(ctx, tx, f.ID)
	if err != nil {
		return err
	}
	to, names, ok := f.to(in)
	if !ok {
		return fault.Missing("recipient")
	}
	if last, ok := f.Standing.Last(); ok && in.repeats(last, to) {
		return nil
	}
	if err := in.timely(f.Standing); err != nil {
		return err
	}
	e := db.InsertEventParams{ServiceID: f.Service, ReportID: f.ID, OrganisationID: f.Organisation, PersonID: f.Person,
		Kind: string(in.Kind), Choice: postgres.Null(string(in.Way)), Days: postgres.Null(int32(in.Days)), Version: postgres.Null(int32(in.Version)),
		Recipients: to, Method: "online", Words: Words(ctx, in, names), At: at}
	ground := "own"
	if heard != nil {
		e.Assisted, e.Method, e.RecorderAccount, ground = true, heard.Method, &tx.Actor.Account, "assisted"
	}
	if err := q.InsertEvent(ctx, e); err != nil {
		return early(fmt.Errorf("record consent event: %w", err))
	}
	detail := map[string]string{"method": e.Method}
	if in.Version > 0 {
		detail["version"] = fmt.Sprint(in.Version)
	}
	if err := s.record(ctx, tx, f, now, "consent."+string(in.Kind), ground, detail); err != nil {
		return err
	}
	return s.follow(ctx, tx, f, at, in)
}

// follow adds the job that what was said sets in motion. Refusing and withdrawing set nothing in motion: the
// notice comes when it would come anyway, so its time tells nothing.
func (s *Service) follow(ctx context.Context, tx *postgres.Tx, f File, at time.Time, in Say) error {
	tenant := Where{Organisation: f.Organisation, Service: f.Service}
	switch in.Kind {
	case Given:
		return job.Add(ctx, tx, ReleaseArgs{Where: tenant, Report: f.ID, Version: in.Version}, time.Time{})
	case CorrectionAsked:
		err := db.New(tx).InsertCorrection(ctx, db.InsertCorrectionParams{ServiceID: f.Service, ID: in.Correction, ReportID: f.ID, Version: int32(in.Version),
			OrganisationID: f.Organisation, PersonID: f.Person, Text: in.Text, At: at})
		if postgres.Code(err) == postgres.UniqueViolation {
			return flow.ErrMove
		}
		if err != nil {
			return early(fmt.Errorf("record correction: %w", err))
		}
		return job.Add(ctx, tx, CorrectionArgs{Where: tenant, Report: f.ID, Version: in.Version}, time.Time{})
	}
	return nil
}

// to gives whom a word lets the report go to, and whose names it says: of an agreement those who are named, else
// everybody. ok is false where somebody is named who is no recipient of the report.
func (f File) to(in Say) (ids []uuid.UUID, names []string, ok bool) {
	all := f.Standing.Recipients
	switch {
	case !within(in.Recipients, all):
		return nil, nil, false
	case in.Kind == Given && len(in.Recipients) > 0:
		for i, id := range all { // in the order of the report, each once
			if slices.Contains(in.Recipients, id) {
				ids, names = append(ids, id), append(names, f.RecipientNames[i])
			}
		}
		return ids, names, true
	case in.Kind == Given || in.Kind == Choice && in.Way != AfterRead:
		return all, f.RecipientNames, true
	}
	return []uuid.UUID{}, f.RecipientNames, true
}

// repeats says whether the person has just said the same of the same people.
func (in Say) repeats(last Event, to []uuid.UUID) bool {
	return slices.Equal(last.Recipients, to) && last.Kind == in.Kind && last.Way == in.Way && last.Days == in.Days && last.Version == in.Version && in.Kind != CorrectionAsked
}

// timely refuses what cannot be said any more, or yet: the page was old. The database refuses the same.
func (in Say) timely(s Standing) error {
	signed := s.LatestSigned().N
	switch in.Kind {
	case Choice:
		if signed > 0 || !slices.Contains(Ways, in.Way) || (in.Way == AfterDays) != (in.Days >= 1 && in.Days <= MaxDays) {
			return flow.ErrMove
		}
	case Given, Refused, CorrectionAsked:
		if signed == 0 || signed != in.Version || (in.Kind == Given && s.Draft().N > 0) {
			return flow.ErrMove
		}
	case Withdrawn:
		if last, ok := s.Last(); !ok || last.Kind == Withdrawn || last.Kind == Refused {
			return flow.ErrMove
		}
	default:
		return fault.Missing("kind of answer")
	}
	return nil
}
