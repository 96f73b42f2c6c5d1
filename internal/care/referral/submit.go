package referral

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Submit sends a draft: a new referral, or the next version of one. It answers what is missing instead when
// something is. The draft is gone afterwards, so a second press finds none and the page looks for the referral.
func (s *Service) Submit(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) (missing []sheet.Part, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := lockDraft(ctx, tx, id)
		if err != nil {
			return err
		}
		if missing = d.Answers.Missing(locale.Day(at), d.Answers.Changed); len(missing) > 0 {
			return nil
		}
		if d.Amending() {
			err = s.amend(ctx, tx, d, at)
		} else {
			err = s.submit(ctx, tx, d, at)
		}
		if err != nil {
			return err
		}
		if _, err := db.New(tx).DeleteDraft(ctx, db.DeleteDraftParams{OrganisationID: actor.Organisation, ID: id}); err != nil {
			return fmt.Errorf("delete draft: %w", err)
		}
		return nil
	})
	return missing, err
}

func (s *Service) submit(ctx context.Context, tx *postgres.Tx, d Draft, at time.Time) error {
	a, t := tx.Actor, d.Answers.Text
	if err := Taken(ctx, tx, at); err != nil {
		return err
	}
	if d.Kind != kindOf(a) { // begun in another role of the same person
		return fault.Missing("draft")
	}
	if err := mayRefer(ctx, tx, t.Person.ID, at); err != nil {
		return err
	}
	viewers := []uuid.UUID{a.Person}
	for _, v := range t.Viewers {
		if v.ID != a.Person && v.ID != t.Person.ID {
			viewers = append(viewers, v.ID)
		}
	}
	text, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("encode referral: %w", err)
	}
	q := db.New(tx)
	if err := q.InsertReferral(ctx, db.InsertReferralParams{OrganisationID: a.Organisation, ServiceID: a.Service, ID: d.ID, Kind: d.Kind,
		PersonID: t.Person.ID, Referrer: a.Person, Viewers: viewers, Text: text, At: at}); err != nil {
		return fmt.Errorf("insert referral: %w", err)
	}
	r := Referral{Organisation: a.Organisation, Service: a.Service, ID: d.ID, Kind: d.Kind, Person: t.Person.ID, Version: 1}
	if err := s.remember(ctx, tx, r, text, at, "referral.submitted", activity.ReferralSubmitted, t); err != nil {
		return err
	}
	for _, v := range viewers[1:] {
		if err := message.Queue(ctx, tx, message.Out{Key: fmt.Sprintf("referral_named:%s:%s", r.ID, v), Organisation: r.Organisation, Service: r.Service,
			To: v, Capacity: message.Work, Template: "referral_named", At: at}); err != nil {
			return err
		}
	}
	return job.Add(ctx, tx, ReceiveArgs{r.Organisation, r.Service, r.ID}, time.Time{})
}

// remember keeps a version, says in audit and ledger that it was written, and tells the person.
func (s *Service) remember(ctx context.Context, tx *postgres.Tx, r Referral, text []byte, at time.Time, action string, kind activity.Kind, t sheet.Text) error {
	q := db.New(tx)
	if err := q.InsertVersion(ctx, db.InsertVersionParams{OrganisationID: r.Organisation, ServiceID: r.Service, ReferralID: r.ID, Version: int32(r.Version),
		PersonID: r.Person, Text: text, Author: tx.Actor.Person, At: at}); err != nil {
		return fmt.Errorf("insert version: %w", err)
	}
	if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "referral", Object: r.ID, Subject: r.Person,
		Detail: map[string]string{"version": fmt.Sprint(r.Version), "kind": r.Kind}}); err != nil {
		return err
	}
	codes := activity.Codes{Source: r.Kind, Reason: t.Reason, Completeness: t.Completeness(), AbsentDays: min(t.AbsentDays(locale.Day(at)), activity.LongestAbsence)}
	if err := Placed(ctx, tx, r.Person, at, &codes); err != nil {
		return err
	}
	if err := s.d.Ledger.Append(ctx, tx, activity.Row{Kind: kind, At: at, Organisation: r.Organisation, Service: r.Service,
		Person: r.Person, Case: r.ID, Actor: tx.Actor.Person, Codes: codes}); err != nil {
		return err
	}
	template := "referral_made"
	if r.Version > 1 {
		template = "referral_amended"
	}
	return message.Queue(ctx, tx, message.Out{Key: fmt.Sprintf("%s:%s:%d", template, r.ID, r.Version), Organisation: r.Organisation, Service: r.Service,
		To: r.Person, Capacity: message.Self, Template: template, LinkPurpose: "my", At: at})
}

// amend makes the next version. Somebody else's version in between is a conflict: the draft was made from a
// text that is no longer the latest.
func (s *Service) amend(ctx context.Context, tx *postgres.Tx, d Draft, at time.Time) error {
	q := db.New(tx)
	row, err := lock(ctx, tx, d.Answers.Amends)
	if err != nil {
		return err
	}
	if row.ReferrerPersonID != tx.Actor.Person {
		return fault.Missing("referral")
	}
	if !isOpen(row.State) || int(row.Version) != d.Answers.From {
		return fault.New(fault.Conflict, "referral.amend.late")
	}
	latest, err := load(ctx, tx, row.ID)
	if err != nil {
		return err
	}
	if latest.Same(d.Answers.Text) {
		return ErrSame
	}
	text, err := json.Marshal(d.Answers.Text)
	if err != nil {
		return fmt.Errorf("encode referral: %w", err)
	}
	r := Referral{Organisation: row.OrganisationID, Service: row.ServiceID, ID: row.ID, Kind: row.Kind, Person: row.PersonID, Version: d.Answers.From + 1}
	if err := q.AmendReferral(ctx, db.AmendReferralParams{OrganisationID: r.Organisation, ID: r.ID, Text: text, Version: int32(r.Version)}); err != nil {
		return fmt.Errorf("amend referral: %w", err)
	}
	if err := s.remember(ctx, tx, r, text, at, "referral.amended", activity.ReferralAmended, d.Answers.Text); err != nil {
		return err
	}
	if flow.Seen(row.State) != flow.SeenReturned {
		return nil
	}
	// An answer to a question of OH goes back to them at once; the case follows by job.
	if err := q.ResubmitReferral(ctx, db.ResubmitReferralParams{OrganisationID: r.Organisation, ID: r.ID, At: at}); err != nil {
		return fmt.Errorf("resubmit referral: %w", err)
	}
	return job.Add(ctx, tx, ResubmitArgs{r.Organisation, r.Service, r.ID}, time.Time{})
}

// ErrSame refuses an amendment that changes nothing: it would tell the person of a change that they cannot find.
var ErrSame = fault.New(fault.Conflict, "referral.amend.same")

// Same says whether a text would amend the referral without changing an answer. Where OH returned it because the
// person did not know of it, the answer is that they were told, be it on the same day in the same way.
func (r Referral) Same(t sheet.Text) bool {
	return !r.Untold() && len(sheet.Changes(r.Text, t)) == 0
}

// Untold says whether OH waits for the person to be told.
func (r Referral) Untold() bool { return r.State == flow.SeenReturned && r.StateReason == NotTold }

// NotTold is the triage outcome with which OH returns a referral that the person did not know of.
const NotTold = "RETURN-NOTICE"

// StartAmendment makes a draft of the next version. Its id follows from the version, so a second press takes
// up the same draft.
func (s *Service) StartAmendment(ctx context.Context, actor access.Actor, at time.Time, r Referral) (uuid.UUID, error) {
	id := uuid.NewSHA1(r.ID, fmt.Appendf(nil, "version %d", r.Version+1))
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		latest, err := load(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if latest.Version != r.Version || !latest.Open() {
			return fault.New(fault.Conflict, "referral.amend.late")
		}
		if latest.Untold() {
			latest.Text.Told = sheet.Told{Shown: latest.Text.Told.Shown} // the referrer's word was not good enough: the hard stop holds again
		}
		return insertDraft(ctx, tx, id, kindOf(actor), Answers{Text: latest.Text, Done: sheet.Parts, Amends: latest.ID, From: latest.Version}, at)
	})
	return id, err
}

// Placed adds the codes of a person's main post to a ledger row; a person without one has none.
func Placed(ctx context.Context, tx *postgres.Tx, person uuid.UUID, at time.Time, c *activity.Codes) error {
	rows, err := db.New(tx).OwnPost(ctx, db.OwnPostParams{OrganisationID: tx.Actor.Organisation, PersonID: person, OnDay: locale.Day(at).UTC()})
	if err != nil {
		return fmt.Errorf("find post: %w", err)
	}
	for _, p := range rows {
		c.StaffGroup, c.Band, c.Site, c.Team = p.StaffGroup, p.Band, p.Site, p.Team
	}
	return nil
}
