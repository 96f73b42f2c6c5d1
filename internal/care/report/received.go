package report

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Received is what the employer has of a report: nothing but what was released to this very reader.
type Received struct {
	Referral, Person uuid.UUID
	Seen             flow.Seen
	Reports          []ReceivedVersion // newest first
	Adjustments      []AdjustmentState // of the newest
	Answered         string            // what the reader said of the newest, one of Answers; "" if nothing
	source           string
	service          uuid.UUID
}

// ReceivedVersion is one released version.
type ReceivedVersion struct {
	ID      uuid.UUID
	Content Content
	Author  string
	At      time.Time
}

// AdjustmentState is one adjustment and what the manager did with it.
type AdjustmentState struct {
	Released uuid.UUID
	N        int
	Adjustment
	Status string
	Reason string
	At     time.Time
}

// Statuses are what a manager can say of an adjustment.
var Statuses = []string{"done", "not_possible", "later"}

// Relation gives what the actor is to a referral: its viewer, or nothing (employer wall, which shows viewers only).
func (s *Service) Relation(ctx context.Context, actor access.Actor, referral uuid.UUID) (o access.Object, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := find(ctx, tx, referral)
		if err != nil {
			return err
		}
		o = access.Object{Kind: "referral", ID: r.ID, Subject: r.PersonID, State: r.State, Ground: "viewer"}
		if slices.Contains(r.Viewers, actor.Person) {
			o.Relations = []access.Relation{access.Viewer}
		}
		return nil
	})
	return o, err
}

func find(ctx context.Context, tx *postgres.Tx, referral uuid.UUID) (db.FindReferralRow, error) {
	r, err := db.New(tx).FindReferral(ctx, db.FindReferralParams{OrganisationID: tx.Actor.Organisation, ID: referral})
	if errors.Is(err, pgx.ErrNoRows) {
		return r, fault.Missing("referral")
	}
	if err != nil {
		return r, fmt.Errorf("find referral: %w", err)
	}
	return r, nil
}

// Receive reads what was released to the actor about a referral. The first reading leaves a receipt, each an
// audit row.
func (s *Service) Receive(ctx context.Context, actor access.Actor, at time.Time, referral uuid.UUID) (out Received, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if out, err = s.received(ctx, tx, at, referral); err != nil {
			return err
		}
		action := "report.notice_read"
		for _, v := range out.Reports {
			action = "report.read"
			if _, err := db.New(tx).InsertReceipt(ctx, db.InsertReceiptParams{OrganisationID: actor.Organisation, ServiceID: out.service, ReleasedID: v.ID,
				PersonID: actor.Person, FirstReadAt: at}); err != nil {
				return fmt.Errorf("leave a receipt: %w", err)
			}
		}
		if len(out.Reports) > 0 {
			if out.Answered, err = db.New(tx).AnsweredBy(ctx, db.AnsweredByParams{OrganisationID: actor.Organisation, ReleasedID: out.Reports[0].ID, PersonID: actor.Person}); err != nil {
				return fmt.Errorf("find what the reader said: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "referral", Object: referral, Subject: out.Person, Ground: "viewer"})
	})
	return out, err
}

// received reads what the actor may still open: who changed their post since the release finds nothing.
func (s *Service) received(ctx context.Context, tx *postgres.Tx, at time.Time, referral uuid.UUID) (out Received, err error) {
	q, organisation := db.New(tx), tx.Actor.Organisation
	r, err := find(ctx, tx, referral)
	if err != nil {
		return out, err
	}
	still, err := s.entitled(ctx, tx, Where{organisation, r.ServiceID}, referral, at, []uuid.UUID{tx.Actor.Person})
	if err != nil {
		return out, err
	}
	if len(still) == 0 {
		return out, fault.Missing("referral")
	}
	out = Received{Referral: r.ID, Person: r.PersonID, Seen: flow.Seen(r.State), source: r.Kind, service: r.ServiceID}
	rows, err := q.ListReceived(ctx, db.ListReceivedParams{OrganisationID: organisation, ReferralID: referral})
	if err != nil {
		return out, fmt.Errorf("list released reports: %w", err)
	}
	for _, x := range rows {
		c, err := Decode(x.Content)
		if err != nil {
			return out, err
		}
		out.Reports = append(out.Reports, ReceivedVersion{x.ID, c, x.AuthorName, x.ReleasedAt})
	}
	adjustments, err := q.ListAdjustments(ctx, db.ListAdjustmentsParams{OrganisationID: organisation, ReferralID: referral})
	if err != nil {
		return out, fmt.Errorf("list adjustments: %w", err)
	}
	for _, a := range adjustments {
		if len(out.Reports) == 0 || a.ReleasedID != out.Reports[0].ID {
			continue
		}
		x := AdjustmentState{Released: a.ReleasedID, N: int(a.N), Adjustment: Adjustment{a.Kind, a.Detail, civil.FromNull(a.StartsOn), civil.FromNull(a.EndsOn)}, Status: a.Status, Reason: a.StatusReason}
		x.At = postgres.Value(a.StatusAt)
		out.Adjustments = append(out.Adjustments, x)
	}
	return out, nil
}

// ListAdjustments reads the adjustments of the newest released version; reading is audited.
func (s *Service) ListAdjustments(ctx context.Context, actor access.Actor, at time.Time, referral uuid.UUID) (out Received, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if out, err = s.received(ctx, tx, at, referral); err != nil {
			return err
		}
		if len(out.Reports) == 0 {
			return fault.Missing("released report")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "adjustment.read", Kind: "referral", Object: referral, Subject: out.Person, Ground: "viewer"})
	})
	return out, err
}

// AdjustmentAnswer is what a manager says of one adjustment; an empty status says nothing.
type AdjustmentAnswer struct{ Status, Reason string }

// StatusName and ReasonName are the form fields of the i-th adjustment, from 0.
func StatusName(i int) string { return fmt.Sprintf("status-%d", i+1) }

// ReasonName is the field of the reason.
func ReasonName(i int) string { return fmt.Sprintf("reason-%d", i+1) }

// AnswerAdjustments records what was done with each adjustment, in their order. An answer may change later: the
// audit trail keeps each.
func (s *Service) AnswerAdjustments(ctx context.Context, actor access.Actor, at time.Time, referral uuid.UUID, answers []AdjustmentAnswer) (faults fault.Fields, err error) {
	if faults = checkAnswers(answers); len(faults) > 0 {
		return faults, nil
	}
	return nil, s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := s.received(ctx, tx, at, referral)
		if err != nil {
			return err
		}
		if len(answers) != len(r.Adjustments) {
			return flow.ErrMove // a newer version arrived meanwhile
		}
		for i, a := range answers {
			if a.Status == "" {
				continue
			}
			if err := s.answer(ctx, tx, at, r, r.Adjustments[i], a); err != nil {
				return err
			}
		}
		return nil
	})
}

func checkAnswers(answers []AdjustmentAnswer) (f fault.Fields) {
	for i, a := range answers {
		switch {
		case a.Status != "" && !slices.Contains(Statuses, a.Status):
			f.Add(StatusName(i), "report.status.empty")
		case a.Status == "not_possible" && a.Reason == "":
			f.Add(ReasonName(i), "report.status.reason")
		case len([]rune(a.Reason)) > maxReason:
			f.Add(ReasonName(i), "form.too_long", "n", maxReason)
		}
	}
	return f
}

// maxReason bounds why an adjustment is not possible: a few sentences.
const maxReason = 1000

func (s *Service) answer(ctx context.Context, tx *postgres.Tx, at time.Time, r Received, x AdjustmentState, a AdjustmentAnswer) error {
	if a.Status != "not_possible" {
		a.Reason = ""
	}
	account := tx.Actor.Account
	n, err := db.New(tx).AnswerAdjustment(ctx, db.AnswerAdjustmentParams{Status: a.Status, StatusReason: postgres.Null(a.Reason), StatusBy: &account, StatusAt: &at,
		OrganisationID: tx.Actor.Organisation, ReleasedID: x.Released, N: int32(x.N)})
	if err != nil {
		return fmt.Errorf("answer adjustment: %w", err)
	}
	if n == 0 {
		return nil // the same answer again
	}
	err = audit.Append(ctx, tx, audit.Entry{At: at, Action: "adjustment.answered", Kind: "referral", Object: r.Referral, Subject: r.Person, Ground: "viewer",
		Detail: map[string]string{"n": fmt.Sprint(x.N), "status": a.Status}})
	if err != nil {
		return err
	}
	// The employer login knows no case: the referral stands for it in the ledger, as when it was submitted.
	return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: activity.AdjustmentAnswered, At: at, Organisation: tx.Actor.Organisation, Service: r.service,
		Person: r.Person, Case: r.Referral, Actor: account, Codes: activity.Codes{Source: r.source, Outcome: a.Status}})
}

// Answers are what a recipient can say when asked whether a report answered their questions.
var Answers = []string{"yes", "partly", "no"}

// AnswerReport keeps what the actor says of the newest report that they received about a referral, once: a second answer changes
// nothing. released is the one that they were looking at; a newer one that came meanwhile has to be read first.
func (s *Service) AnswerReport(ctx context.Context, actor access.Actor, at time.Time, referral, released uuid.UUID, answer string) (faults fault.Fields, err error) {
	if !slices.Contains(Answers, answer) {
		faults.Add("answered", "report.answered.empty")
		return faults, nil
	}
	return nil, s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := s.received(ctx, tx, at, referral)
		if err != nil {
			return err
		}
		if len(r.Reports) == 0 {
			return fault.Missing("released report")
		}
		if r.Reports[0].ID != released {
			return flow.ErrMove
		}
		n, err := db.New(tx).AnswerReport(ctx, db.AnswerReportParams{Answered: &answer, AnsweredAt: &at, OrganisationID: actor.Organisation, ReleasedID: released, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("answer report: %w", err)
		}
		if n == 0 {
			return nil // they have said it before
		}
		err = audit.Append(ctx, tx, audit.Entry{At: at, Action: string(activity.ReportAnswered), Kind: "referral", Object: r.Referral, Subject: r.Person, Ground: "viewer",
			Detail: map[string]string{"answered": answer}})
		if err != nil {
			return err
		}
		return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: activity.ReportAnswered, At: at, Organisation: actor.Organisation, Service: r.service,
			Person: r.Person, Case: r.Referral, Actor: actor.Account, Codes: activity.Codes{Source: r.source, Outcome: answer}})
	})
}
