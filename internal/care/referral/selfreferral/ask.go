package selfreferral

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// MaxText bounds what somebody writes, in characters.
const MaxText = 2000

// Contacts are the ways somebody may want to be reached; the address itself is the verified safe contact.
var Contacts = []string{"phone", "text", "email", "post"}

// urgentReason is the code of a case that began with "I need help today".
const urgentReason = "URG"

// Ask is a self-referral. ID comes from the page, so a second press asks once.
type Ask struct {
	ID                    uuid.UUID
	Reason, Text, Contact string
}

// Reasons lists the codes that somebody may use of themself.
func Reasons() (out []sheet.Code) {
	for _, c := range sheet.Lists().Reasons.Items {
		if c.Self != "" {
			out = append(out, c)
		}
	}
	return out
}

// Check says what is wrong with it.
func (a Ask) Check() (f fault.Fields) {
	if !slices.ContainsFunc(Reasons(), func(c sheet.Code) bool { return c.Code == a.Reason }) {
		f.Add("reason", "my.refer.reason.empty")
	}
	f.Text("text", "my.refer.text.empty", a.Text, MaxText)
	if !slices.Contains(Contacts, a.Contact) {
		f.Add("contact", "my.refer.contact.empty")
	}
	return f
}

// Send makes the self-referral and its case.
func (s *Service) Send(ctx context.Context, actor access.Actor, at time.Time, in Ask) (fault.Fields, error) {
	if f := in.Check(); len(f) > 0 {
		return f, nil
	}
	return nil, s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if err := referral.Taken(ctx, tx, at); err != nil {
			return err
		}
		made, err := s.open(ctx, tx, at, in, nil)
		if err != nil || !made {
			return err
		}
		return message.Queue(ctx, tx, message.Out{Key: "self_referral_received:" + in.ID.String(), Organisation: actor.Organisation, Service: actor.Service,
			Capacity: message.Service, Template: "self_referral_received", At: at})
	})
}

// open makes a self-referral with its case; false when the id was used before.
func (s *Service) open(ctx context.Context, tx *postgres.Tx, at time.Time, in Ask, priority *string) (bool, error) {
	a, q := tx.Actor, db.New(tx)
	if a.Service == uuid.Nil {
		return false, fault.New(fault.Conflict, "referral.no_service")
	}
	text, err := s.d.Box.Seal(sealed.SelfReferral, a.Service, in.ID, in.Text)
	if err != nil {
		return false, err
	}
	n, err := q.InsertSelfReferral(ctx, db.InsertSelfReferralParams{ServiceID: a.Service, ID: in.ID, OrganisationID: a.Organisation, PersonID: a.Person,
		Reason: in.Reason, Text: text, Contact: in.Contact, At: at})
	if err != nil {
		return false, fmt.Errorf("insert self-referral: %w", err)
	}
	if n == 0 {
		return false, nil
	}
	if err := q.InsertCase(ctx, db.InsertCaseParams{ServiceID: a.Service, ID: in.ID, OrganisationID: a.Organisation, PersonID: a.Person, Source: "self",
		SelfReferralID: &in.ID, StateAt: at, ReceivedAt: at, Reason: in.Reason, Priority: priority}); err != nil {
		return false, fmt.Errorf("insert case: %w", err)
	}
	if err := flow.Open(ctx, tx, a.Service, in.ID, at); err != nil {
		return false, err
	}
	if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "referral.submitted", Kind: "self_referral", Object: in.ID, Subject: a.Person, Ground: "own", Detail: map[string]string{"kind": "self"}}); err != nil {
		return false, err
	}
	codes := activity.Codes{Source: "self", Reason: in.Reason}
	codes.Priority = postgres.Value(priority)
	if err := referral.Placed(ctx, tx, a.Person, at, &codes); err != nil {
		return false, err
	}
	return true, s.d.Ledger.Append(ctx, tx, activity.Row{Kind: activity.ReferralSubmitted, At: at, Organisation: a.Organisation, Service: a.Service,
		Person: a.Person, Case: in.ID, Actor: a.Person, Codes: codes})
}

// HelpToday raises a P0 task on the person's latest open case, or on a new one with the task's id. The OH team
// is told. A second press of the same page finds the task there.
func (s *Service) HelpToday(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		cases, err := q.ListOwnCases(ctx, db.ListOwnCasesParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("list own cases: %w", err)
		}
		service, target := actor.Service, uuid.Nil
		for _, c := range cases {
			if flow.State(c.State).Live() && target == uuid.Nil {
				service, target = c.ServiceID, c.ID
			}
		}
		if target == uuid.Nil {
			priority := "P0"
			if _, err := s.open(ctx, tx, at, Ask{ID: id, Reason: urgentReason, Contact: "phone"}, &priority); err != nil {
				return err
			}
			target = id
		}
		n, err := q.InsertUrgentTask(ctx, db.InsertUrgentTaskParams{ServiceID: service, ID: id, CasefileID: target, At: at, DueAt: endOfDay(at)})
		if err != nil {
			return fmt.Errorf("insert task: %w", err)
		}
		if n == 0 {
			return nil
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "help.asked", Kind: "task", Object: id, Subject: actor.Person, Ground: "own"}); err != nil {
			return err
		}
		return message.Queue(ctx, tx, message.Out{Key: "help_asked:" + id.String(), Organisation: actor.Organisation, Service: service,
			Capacity: message.Service, Template: "help_asked", At: at})
	})
}

// endOfDay is the last second of the London day: P0 is the same day, whatever the hour.
func endOfDay(at time.Time) time.Time {
	y, m, d := at.In(locale.London).Date()
	return time.Date(y, m, d, 23, 59, 59, 0, locale.London)
}
