package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/reach"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Desk is what the clinician has before them: the report, and the draft to go on with.
type Desk struct {
	File
	PersonName string
	Reach      reach.Ways
	State      flow.State
	Version    int // of the draft; the next one when none has been begun
	Begun      bool
	Content    Content
	MaySign    bool
	Receipts   map[int]time.Time // first reading by a recipient, by version
	Asked      sheet.Text        // the referral that the report answers
}

// Writing says whether there is something to write now: the first version, a draft, or a correction. Otherwise the
// report is with the person, and a new version, which they would have to agree to again, is begun on purpose only.
func (d Desk) Writing() bool {
	return d.Begun || d.State == flow.ReportDraft || d.Standing.LatestSigned().N == 0
}

// With is the desk with what was just typed, kept already or not.
func (d Desk) With(typed Content) Desk {
	typed.Header = d.Content.Header
	d.Content = typed.onlyAsked(d.Content.Answers)
	return d
}

// Faults finds what keeps the draft from being signed: a correction that waits for an answer, then the text.
func (d Desk) Faults(role access.Role, today civil.Date) (f fault.Fields) {
	for _, c := range d.Corrections {
		if c.Answer == "" {
			f.Add("correction", "report.correction.unanswered")
			break
		}
	}
	return append(f, d.Content.Check(role, today)...)
}

// Desk reads the report of a case for its clinician. A case without one (a self-referral) answers missing.
func (s *Service) Desk(ctx context.Context, actor access.Actor, at time.Time, caseID uuid.UUID) (d Desk, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if d, err = s.desk(ctx, tx, caseID); err != nil {
			return err
		}
		receipts, err := db.New(tx).ListReceipts(ctx, db.ListReceiptsParams{ServiceID: d.Service, ReportID: d.ID})
		if err != nil {
			return fmt.Errorf("list receipts: %w", err)
		}
		d.Receipts = map[int]time.Time{}
		for _, r := range receipts {
			if _, known := d.Receipts[int(r.Version)]; !known {
				d.Receipts[int(r.Version)] = r.FirstReadAt
			}
		}
		return s.record(ctx, tx, d.File, at, "report.opened", "case", nil)
	})
	return d, err
}

func (s *Service) desk(ctx context.Context, tx *postgres.Tx, caseID uuid.UUID) (d Desk, err error) {
	q, actor := db.New(tx), tx.Actor
	r, err := q.FindReportForCase(ctx, db.FindReportForCaseParams{ServiceID: actor.Service, CasefileID: caseID})
	if errors.Is(err, pgx.ErrNoRows) {
		return d, fault.Missing("report")
	}
	if err != nil {
		return d, fmt.Errorf("find the report of a case: %w", err)
	}
	if d.File, err = file(ctx, tx, r.ID); err != nil {
		return d, err
	}
	d.PersonName, d.State = r.PersonName, flow.State(r.State)
	d.Reach = reach.Of(r.SafeContactKind, r.SafeContact, r.SafeContactVerifiedAt, r.Mobile, r.PersonalEmail, r.WorkEmail)
	if err := json.Unmarshal(r.ReferralText, &d.Asked); err != nil {
		return d, fmt.Errorf("read a referral: %w", err)
	}
	author := actor.Account
	if draft := d.Standing.Draft(); draft.N > 0 {
		d.Version, d.Begun, d.Content = draft.N, true, d.Texts[draft.N].Content
		author = d.Texts[draft.N].Author
	} else if last := d.Standing.LatestSigned(); last.N > 0 {
		d.Version, d.Content = last.N+1, d.Texts[last.N].Content
		author = d.Texts[last.N].Author
	} else {
		d.Version = 1
		if d.Content, err = firstDraft(ctx, q, actor.Service, caseID, d.Asked); err != nil {
			return d, err
		}
	}
	written := d.Content.Header
	if err := d.header(ctx, q, r, actor); err != nil {
		return d, err
	}
	delegated, err := q.Delegated(ctx, db.DelegatedParams{ServiceID: actor.Service, CasefileID: caseID, Account: &actor.Account})
	if err != nil {
		return d, fmt.Errorf("look for a delegation: %w", err)
	}
	var owner uuid.UUID
	if r.OwnerAccount != nil {
		owner = *r.OwnerAccount
	}
	if d.MaySign = MaySign(actor, author, owner, delegated); d.Begun && !d.MaySign {
		d.Content.Header = written // who only reads sees whose it is
	}
	return d, nil
}

// header fills in what is not typed.
func (d *Desk) header(ctx context.Context, q *db.Queries, r db.FindReportForCaseRow, actor access.Actor) error {
	h := Header{Person: r.PersonName, Post: r.PostTitle, Clinician: actor.Name, ClinicianRole: string(actor.Role), Registration: actor.Registration}
	seen, err := q.LastSeen(ctx, db.LastSeenParams{ServiceID: d.Service, CasefileID: d.Case})
	switch {
	case err == nil:
		h.SeenOn, h.Mode = locale.Day(seen.StartsAt), seen.Mode
	case !errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("find the last appointment: %w", err)
	}
	d.Content.Header = h
	return nil
}

// The questions of packs/referral-questions.yaml that a report answers in a field of its own as well.
const (
	askedWhen     = "Q02" // when are they likely to return
	askedWork     = "Q07" // is work contributing
	askedEquality = "Q08" // is the Equality Act likely to apply
)

// firstDraft has a box for each question of the referral, and what the clinician found last.
func firstDraft(ctx context.Context, q *db.Queries, service, caseID uuid.UUID, asked sheet.Text) (c Content, err error) {
	for _, code := range asked.Questions {
		c.Answers = append(c.Answers, Answer{Code: code, Question: sheet.Lists().Questions.Name(code)})
	}
	for _, own := range asked.Own {
		c.Answers = append(c.Answers, Answer{Code: "OWN", Question: own})
	}
	// What nobody asked is not answered, unless the clinician wants to.
	if !slices.Contains(asked.Questions, askedEquality) {
		c.EqualityAct = notAddressed
	}
	if !slices.Contains(asked.Questions, askedWork) {
		c.WorkRelated = notAddressed
	}
	o, err := q.LastOutcome(ctx, db.LastOutcomeParams{ServiceID: service, CasefileID: caseID})
	if errors.Is(err, pgx.ErrNoRows) {
		return c, nil
	}
	if err != nil {
		return c, fmt.Errorf("find the last outcome: %w", err)
	}
	c.Fitness, c.FitnessDetail = o.Fitness, postgres.Value(o.Timescale)
	if i := slices.IndexFunc(c.Answers, func(a Answer) bool { return a.Code == askedWhen }); i >= 0 {
		c.Answers[i].Text = c.FitnessDetail // "how long" was said once already
	}
	c.EffectiveOn, c.ReviewOn = civil.FromNull(o.EffectiveOn), civil.FromNull(o.ReviewOn)
	if err := json.Unmarshal(o.Adjustments, &c.Adjustments); err != nil {
		return c, fmt.Errorf("read the adjustments of an outcome: %w", err)
	}
	return c, nil
}

// Save is a draft as it is typed; nothing need be complete, so a page may save by itself.
type Save struct {
	Case    uuid.UUID
	Version int
	Content Content
}

// Save keeps a draft. The first save of a version moves the case to report_draft.
func (s *Service) Save(ctx context.Context, actor access.Actor, at time.Time, in Save) (fault.Fields, error) {
	if f := in.Content.Bounds(); len(f) > 0 {
		return f, nil
	}
	return nil, s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		_, err := s.save(ctx, tx, at, in)
		return err
	})
}

func (s *Service) save(ctx context.Context, tx *postgres.Tx, at time.Time, in Save) (d Desk, err error) {
	q := db.New(tx)
	if d, err = s.desk(ctx, tx, in.Case); err != nil {
		return d, err
	}
	if d.Version != in.Version || !d.MaySign {
		return d, flow.ErrMove
	}
	d = d.With(in.Content)
	b, err := d.Content.Encode()
	if err != nil {
		return d, err
	}
	if d.Begun {
		n, err := q.UpdateDraft(ctx, db.UpdateDraftParams{Content: b, SavedAt: at, ServiceID: d.Service, ReportID: d.ID, Version: int32(d.Version)})
		if err == nil && n != 1 {
			err = flow.ErrMove
		}
		return d, err
	}
	err = q.InsertVersion(ctx, db.InsertVersionParams{ServiceID: d.Service, ReportID: d.ID, Version: int32(d.Version), OrganisationID: d.Organisation,
		PersonID: d.Person, Content: b, AuthorAccount: tx.Actor.Account, AuthorName: tx.Actor.Name, SavedAt: at})
	if err != nil {
		return d, early(fmt.Errorf("begin a version: %w", err))
	}
	d.Begun = true
	if d.State != flow.ReportDraft {
		if err := s.backToDraft(ctx, tx, d.File, at); err != nil {
			return d, err
		}
	}
	return d, s.record(ctx, tx, d.File, at, "report.begun", "case", map[string]string{"version": fmt.Sprint(d.Version)})
}

// backToDraft moves the case to report_draft; the clocks run again.
func (s *Service) backToDraft(ctx context.Context, tx *postgres.Tx, f File, at time.Time) error {
	if err := s.resume(ctx, tx, f, at); err != nil {
		return err
	}
	return flow.Move(ctx, tx, flow.Step{Service: f.Service, Case: f.Case, To: flow.ReportDraft, At: at})
}

// onlyAsked keeps the questions as the manager asked them: a form carries answers alone.
func (c Content) onlyAsked(asked []Answer) Content {
	answers := make([]Answer, len(asked))
	for i, a := range asked {
		answers[i] = a
		answers[i].Text, answers[i].Declined = "", false
		if i < len(c.Answers) {
			answers[i].Text, answers[i].Declined = c.Answers[i].Text, c.Answers[i].Declined
		}
	}
	c.Answers = answers
	return c
}
