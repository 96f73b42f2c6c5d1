package triage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// File is all that is there to decide on.
type File struct {
	Case
	Standing  clock.Standing
	HasTarget bool
	Post      *Post
	Versions  []referral.Version // what the referrer wrote, the first version first
	Shared    []Comment          // the person's words for OH and the referrer
	Private   []Comment          // the person's words for OH alone; empty for an administrator
	Contact   string             // self-referral: how the person asked to be reached
	Own       string             // self-referral: what the person wrote; empty for an administrator
	Decisions []Past
	Open      []OpenCase
}

// Post is what the person's work asks of them.
type Post struct {
	Title, Band, StaffGroup, Site, Department, Team, Hours, Shifts string
	EPP, PatientContact, Drives, LoneWorker, SafetyCritical        bool
}

// Comment is what the person wrote.
type Comment struct {
	Text string
	At   time.Time
}

// Past is an earlier decision about the case.
type Past struct {
	Outcome, Priority, Rationale, Message string
	At                                    time.Time
}

// OpenCase is another live case of the same person.
type OpenCase struct {
	ID             uuid.UUID
	Source, Reason string
	State          flow.State
	ReceivedAt     time.Time
}

// Open reads a case for triage. It leaves a trace in the audit trail before it answers. An administrator sees
// what a referrer wrote, and not what the person told OH alone: their task does not need it.
func (s *Service) Open(ctx context.Context, actor access.Actor, now time.Time, id uuid.UUID) (f File, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.note(ctx, tx, c, "referral.opened", now, nil); err != nil {
			return err
		}
		f, err = s.file(ctx, tx, c, now)
		return err
	})
	return f, err
}

func (s *Service) file(ctx context.Context, tx *postgres.Tx, c Case, now time.Time) (f File, err error) {
	q, service := db.New(tx), tx.Actor.Service
	f.Case = c
	if f.Post, err = post(ctx, q, c, now); err != nil {
		return f, err
	}
	if f.Standing, f.HasTarget, err = s.standing(ctx, q, service, c, now); err != nil {
		return f, err
	}
	past, err := q.ListDecisions(ctx, db.ListDecisionsParams{ServiceID: service, CasefileID: c.ID})
	if err != nil {
		return f, fmt.Errorf("list decisions: %w", err)
	}
	clinician := tx.Actor.Role.IsClinician()
	for _, p := range past {
		d := Past{Outcome: p.Outcome, Priority: postgres.Value(p.Priority), Message: postgres.Value(p.MessageToReferrer), At: p.At}
		if clinician || d.Priority == "" { // a rationale is clinical; what an administrator missed is not
			if d.Rationale, err = s.d.Box.Open(sealed.TriageRationale, service, p.ID, p.Rationale); err != nil {
				return f, err
			}
		}
		f.Decisions = append(f.Decisions, d)
	}
	if clinician {
		if f.Open, err = openCases(ctx, q, service, c); err != nil {
			return f, err
		}
	}
	if c.SelfReferral != nil {
		self, err := q.FindSelfReferral(ctx, db.FindSelfReferralParams{ServiceID: service, ID: *c.SelfReferral})
		if err != nil {
			return f, fmt.Errorf("find self-referral: %w", err)
		}
		f.Contact = self.Contact
		if clinician {
			if f.Own, err = s.d.Box.Open(sealed.SelfReferral, service, *c.SelfReferral, self.Text); err != nil {
				return f, err
			}
		}
	}
	if c.Referral != nil {
		err = f.written(ctx, q, s.d.Box, service, *c.Referral, clinician)
	}
	return f, err
}

// written reads the referrer's words, how they changed, and the person's comments on them.
func (f *File) written(ctx context.Context, q *db.Queries, box sealed.Box, service, id uuid.UUID, clinician bool) error {
	versions, err := q.ListVersions(ctx, db.ListVersionsParams{ServiceID: service, ReferralID: id})
	if err != nil {
		return fmt.Errorf("list versions: %w", err)
	}
	for _, v := range versions {
		r := referral.Version{Number: int(v.Version), At: v.At}
		if err := json.Unmarshal(v.Text, &r.Text); err != nil {
			return fmt.Errorf("read version %d: %w", v.Version, err)
		}
		f.Versions = append(f.Versions, r)
	}
	shared, err := q.ListSharedComments(ctx, db.ListSharedCommentsParams{ServiceID: service, ReferralID: id})
	if err != nil {
		return fmt.Errorf("list comments: %w", err)
	}
	for _, m := range shared {
		f.Shared = append(f.Shared, Comment{m.Text, m.At})
	}
	if !clinician {
		return nil
	}
	private, err := q.ListOHComments(ctx, db.ListOHCommentsParams{ServiceID: service, ReferralID: id})
	if err != nil {
		return fmt.Errorf("list comments for OH: %w", err)
	}
	for _, m := range private {
		text, err := box.Open(sealed.OHComment, service, m.ID, m.Text)
		if err != nil {
			return err
		}
		f.Private = append(f.Private, Comment{text, m.At})
	}
	return nil
}

func (s *Service) standing(ctx context.Context, q *db.Queries, service uuid.UUID, c Case, now time.Time) (clock.Standing, bool, error) {
	t, err := targets(ctx, q, service, now)
	if err != nil {
		return clock.Standing{}, false, err
	}
	days, ok := t.Of(Measure(c.State, c.Priority))
	if !ok {
		return clock.Standing{}, false, nil
	}
	stops, err := pauses(ctx, q, service, []uuid.UUID{c.ID})
	if err != nil {
		return clock.Standing{}, false, err
	}
	return clock.Stand(s.d.Calendar, c.ReceivedAt, days, stops[c.ID], now), true, nil
}

func post(ctx context.Context, q *db.Queries, c Case, now time.Time) (*Post, error) {
	r, err := q.FindPost(ctx, db.FindPostParams{OrganisationID: c.Organisation, PersonID: c.Person, OnDay: locale.Day(now).UTC()})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find post: %w", err)
	}
	return &Post{Title: r.Title, Band: r.Band, StaffGroup: r.StaffGroup, Site: r.Site, Department: r.Department, Team: r.Team, Hours: r.Hours, Shifts: r.ShiftPattern,
		EPP: r.Epp, PatientContact: r.PatientContact, Drives: r.Drives, LoneWorker: r.LoneWorker, SafetyCritical: r.SafetyCritical}, nil
}

func openCases(ctx context.Context, q *db.Queries, service uuid.UUID, c Case) ([]OpenCase, error) {
	rows, err := q.ListOpenCases(ctx, db.ListOpenCasesParams{ServiceID: service, OrganisationID: c.Organisation, PersonID: c.Person, ThisCase: c.ID})
	if err != nil {
		return nil, fmt.Errorf("list open cases: %w", err)
	}
	out := make([]OpenCase, len(rows))
	for i, r := range rows {
		out[i] = OpenCase{ID: r.ID, Source: r.Source, Reason: r.Reason, State: flow.State(r.State), ReceivedAt: r.ReceivedAt}
	}
	return out, nil
}
