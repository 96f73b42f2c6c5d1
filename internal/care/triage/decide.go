package triage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// seenAccept is the code beside an accepted referral. It wipes what an earlier return said, and it is the same
// for a merge.
const seenAccept = "ACCEPT"

// Decide records a clinician's decision and does what it says. The same decision again, a double click, changes
// nothing.
func (s *Service) Decide(ctx context.Context, actor access.Actor, at time.Time, in Decision) (faults fault.Fields, err error) {
	if !actor.Role.IsClinician() {
		return nil, fault.Missing("case") // the table says so too; a priority is never an administrator's
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, in.Case)
		if err != nil {
			return err
		}
		q := db.New(tx)
		if again, err := decided(ctx, q, actor.Service, in.ID, in.Case); again || err != nil {
			return err
		}
		open, err := openCases(ctx, q, actor.Service, c)
		if err != nil {
			return err
		}
		o, bad := in.check(c.Source, open)
		if faults = bad; len(bad) > 0 {
			return nil
		}
		rationale, err := s.d.Box.Seal(sealed.TriageRationale, actor.Service, in.ID, in.Rationale)
		if err != nil {
			return err
		}
		err = q.InsertDecision(ctx, db.InsertDecisionParams{ServiceID: actor.Service, ID: in.ID, CasefileID: c.ID, Outcome: o.Code, Priority: &in.Priority,
			Rationale: rationale, MessageToReferrer: postgres.Null(in.Message), ByAccount: actor.Account, At: at})
		if err != nil {
			return fmt.Errorf("insert decision: %w", err)
		}
		c.Priority = in.Priority
		if err := s.record(ctx, tx, c, activity.ReferralTriaged, at, activity.Codes{Priority: in.Priority, Outcome: o.Code}); err != nil {
			return err
		}
		if err := s.urgent(ctx, tx, c, at); err != nil {
			return err
		}
		return s.act(ctx, tx, c, at, in, o)
	})
	return faults, err
}

func (s *Service) act(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, in Decision, o Outcome) error {
	if o.Act == Accept || o.Act == Merge {
		return s.accept(ctx, tx, c, at, in, o)
	}
	if err := db.New(tx).SetPriority(ctx, db.SetPriorityParams{ServiceID: tx.Actor.Service, ID: c.ID, Priority: &c.Priority}); err != nil {
		return fmt.Errorf("set priority: %w", err)
	}
	if o.Act == Return {
		return s.sendBack(ctx, tx, c, at, in.ID, o.Code, in.Message)
	}
	return s.decline(ctx, tx, c, at, in, o)
}

// accept takes a referral on, or joins it to an open case. The referrer must not be able to tell which: state,
// code, message and moment are the same, and either way a report about the referral is opened.
func (s *Service) accept(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, in Decision, o Outcome) error {
	q := db.New(tx)
	set := db.SetTriagedParams{ServiceID: tx.Actor.Service, ID: c.ID, Priority: &c.Priority, Pathway: postgres.Null(o.Pathway)}
	step := flow.Step{Service: tx.Actor.Service, Case: c.ID, To: flow.AwaitingBooking, At: at, SeenReason: seenAccept}
	reportCase := c.ID
	if o.Act == Merge {
		set.MergedInto = &in.Into
		step.To = flow.Merged
		reportCase = in.Into
	} else {
		due, err := s.firstSeen(ctx, q, tx.Actor.Service, c, at)
		if err != nil {
			return err
		}
		set.DueOn = due
	}
	if err := q.SetTriaged(ctx, set); err != nil {
		return fmt.Errorf("set priority and pathway: %w", err)
	}
	if err := flow.Move(ctx, tx, step); err != nil {
		return err
	}
	if o.Act == Merge {
		if err := q.MoveMerged(ctx, db.MoveMergedParams{ServiceID: tx.Actor.Service, ID: &c.ID, Target: &in.Into}); err != nil {
			return fmt.Errorf("move what was merged before: %w", err)
		}
	}
	if c.Referral != nil {
		err := q.OpenReport(ctx, db.OpenReportParams{ServiceID: tx.Actor.Service, ID: uuid.New(), CasefileID: reportCase, ReferralID: *c.Referral, OpenedAt: at})
		if err != nil {
			return fmt.Errorf("open report: %w", err)
		}
	}
	if err := s.tellReferrer(ctx, tx, c, at, "referral_accepted", in.ID); err != nil {
		return err
	}
	if o.Act == Merge {
		return s.record(ctx, tx, c, activity.CaseMerged, at, activity.Codes{Priority: c.Priority})
	}
	if err := s.tellPerson(ctx, tx, c, at, acceptedMessage(o), in.ID); err != nil {
		return err
	}
	return s.record(ctx, tx, c, activity.ReferralAccepted, at, activity.Codes{Priority: c.Priority, Outcome: o.Code})
}

// acceptedMessage tells the person to choose a time, unless there is none to choose.
func acceptedMessage(o Outcome) string {
	if o.Pathway == Paper {
		return "case_accepted_paper"
	}
	return "case_accepted"
}

// firstSeen is the day by which the person should be seen.
func (s *Service) firstSeen(ctx context.Context, q *db.Queries, service uuid.UUID, c Case, at time.Time) (*time.Time, error) {
	targets, err := targets(ctx, q, service, at)
	if err != nil {
		return nil, err
	}
	days, ok := targets.Of(Measure(flow.AwaitingBooking, c.Priority))
	if !ok {
		return nil, nil
	}
	stops, err := pauses(ctx, q, service, []uuid.UUID{c.ID})
	if err != nil {
		return nil, err
	}
	due, _ := clock.Due(s.d.Calendar, c.ReceivedAt, days, stops[c.ID], at)
	on := due.UTC()
	return &on, nil
}

func (s *Service) decline(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, in Decision, o Outcome) error {
	err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: c.ID, To: flow.Closed, At: at, Closing: o.Closing,
		Seen: flow.SeenDeclined, SeenReason: o.Code, SeenNote: seenWords(ctx, in.Message)})
	if err != nil {
		return err
	}
	if err := s.tellReferrer(ctx, tx, c, at, "referral_declined", in.ID); err != nil {
		return err
	}
	if err := s.tellPerson(ctx, tx, c, at, "case_declined", in.ID); err != nil {
		return err
	}
	if err := s.record(ctx, tx, c, activity.ReferralDeclined, at, activity.Codes{Outcome: o.Code}); err != nil {
		return err
	}
	return s.record(ctx, tx, c, activity.CaseClosed, at, activity.Codes{Outcome: o.Closing})
}

// urgent makes the same-day task of a P0: it does not wait in the queue.
func (s *Service) urgent(ctx context.Context, tx *postgres.Tx, c Case, at time.Time) error {
	if c.Priority != "P0" {
		return nil
	}
	err := db.New(tx).InsertTask(ctx, db.InsertTaskParams{ServiceID: tx.Actor.Service, ID: uuid.New(), CasefileID: c.ID, Kind: "see_person",
		Priority: "P0", CreatedAt: at, DueAt: endOfDay(at)})
	if err != nil {
		return fmt.Errorf("insert urgent task: %w", err)
	}
	return nil
}

// seenWords is a fixed text in the words the referrer reads.
func seenWords(ctx context.Context, code string) string {
	if code == "" {
		return ""
	}
	return locale.T(ctx, "triage.seen."+code)
}

// Last is what the actor has just decided, of whom: the queue says it once more.
type Last struct {
	Case
	Outcome string
}

// Bookable says whether an appointment is to be booked next.
func (l Last) Bookable() bool { return l.State == flow.AwaitingBooking && l.Pathway != Paper }

// Last reads the decision about a case, if the actor made it; Outcome is empty otherwise. It shows them nothing that they
// did not have before them.
func (s *Service) Last(ctx context.Context, actor access.Actor, id uuid.UUID) (l Last, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := db.New(tx).FindLastDecision(ctx, db.FindLastDecisionParams{ServiceID: actor.Service, CasefileID: id})
		if errors.Is(err, pgx.ErrNoRows) || err == nil && d.ByAccount != actor.Account {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find the last decision: %w", err)
		}
		l.Outcome = d.Outcome
		l.Case, err = find(ctx, tx, id)
		return err
	})
	return l, err
}

// decided says whether a decision was made before, under the id that its page carries.
func decided(ctx context.Context, q *db.Queries, service, id, of uuid.UUID) (bool, error) {
	was, err := q.FindDecision(ctx, db.FindDecisionParams{ServiceID: service, ID: id})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return false, fmt.Errorf("find decision: %w", err)
	}
	return err == nil && was == of, nil
}
