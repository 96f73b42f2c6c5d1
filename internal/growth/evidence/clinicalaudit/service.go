package clinicalaudit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Audit is one clinical audit.
type Audit struct {
	ID          uuid.UUID
	First       uuid.UUID // the audit it repeats; zero for a first
	Topic       string
	Standard    string
	Target      int // per cent
	On          civil.Date
	Sample      int // records looked at
	Denominator int // of these, to which the standard applied
	Numerator   int // of these, that met it
	Found       string
	Actions     string
	Owner       string
	Again       civil.Date // zero: no re-audit planned
	Cleared     string
	By          string
	At          time.Time
	WithdrawnAt time.Time
	WithdrawnBy string
}

// Withdrawn says whether it no longer stands.
func (a Audit) Withdrawn() bool { return !a.WithdrawnAt.IsZero() }

// New is an audit to record.
type New struct {
	ID, First                              uuid.UUID
	Topic, Standard, Found, Actions, Owner string
	Cleared                                string // why words that look like a person are none
	Target, Sample, Denominator, Numerator int
	On, Again                              civil.Date
}

// Line is a first audit with those that repeat it, in the order in which they were done. Withdrawn ones are left out.
type Line struct{ Audits []Audit }

// First is the audit that the others repeat.
func (l Line) First() Audit { return l.Audits[0] }

// Last is the latest.
func (l Line) Last() Audit { return l.Audits[len(l.Audits)-1] }

// Overdue says whether the next re-audit should have been done before today.
func (l Line) Overdue(today civil.Date) bool {
	again := l.Last().Again
	return !again.IsZero() && again.Before(today)
}

// Service keeps the audits.
type Service struct{ db *postgres.DB }

// NewService makes the service.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// List gives every audit in the order in which they were done, withdrawn ones too.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Audit, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = list(ctx, tx)
		return err
	})
	return out, err
}

func list(ctx context.Context, tx *postgres.Tx) (out []Audit, err error) {
	rows, err := db.New(tx).ListAudits(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list audits: %w", err)
	}
	for _, x := range rows {
		y := Audit{ID: x.ID, Topic: x.Topic, Standard: x.Standard, Target: int(x.TargetPercent), On: civil.Of(x.AuditedOn), Sample: int(x.Sample), Denominator: int(x.Denominator),
			Numerator: int(x.Numerator), Found: x.Findings, Actions: x.Actions, Owner: x.Owner, Cleared: x.Cleared, By: x.Author, At: x.At}
		if x.FirstID != nil {
			y.First = *x.FirstID
		}
		if x.ReauditOn != nil {
			y.Again = civil.Of(*x.ReauditOn)
		}
		if x.WithdrawnAt != nil {
			y.WithdrawnAt, y.WithdrawnBy = *x.WithdrawnAt, *x.WithdrawnBy
		}
		out = append(out, y)
	}
	return out, nil
}

// Lines groups audits with those that they repeat, the overdue ones first, then by the day of the last audit, the
// newest first. A line whose first audit was withdrawn begins with the next.
func Lines(all []Audit, today civil.Date) (out []Line) {
	at := map[uuid.UUID]int{}
	for _, a := range all {
		if a.Withdrawn() {
			continue
		}
		key := a.First
		if key == uuid.Nil {
			key = a.ID
		}
		i, ok := at[key]
		if !ok {
			i, at[key] = len(out), len(out)
			out = append(out, Line{})
		}
		out[i].Audits = append(out[i].Audits, a)
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		switch x, y := a.Overdue(today), b.Overdue(today); {
		case x && !y:
			return -1
		case y && !x:
			return 1
		}
		return b.Last().On.Compare(a.Last().On)
	})
	return out
}

// Record keeps an audit. One that repeats a re-audit is put to the first of its line. The same id again changes nothing.
func (s *Service) Record(ctx context.Context, a access.Actor, now time.Time, n New) error {
	if f := n.Check(locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		p := db.InsertAuditParams{OrganisationID: a.Organisation, ID: n.ID, Topic: strings.TrimSpace(n.Topic), Standard: strings.TrimSpace(n.Standard), TargetPercent: int32(n.Target),
			AuditedOn: n.On.UTC(), Sample: int32(n.Sample), Denominator: int32(n.Denominator), Numerator: int32(n.Numerator), Findings: strings.TrimSpace(n.Found),
			Actions: strings.TrimSpace(n.Actions), Owner: strings.TrimSpace(n.Owner), ReauditOn: n.Again.Null(), Author: a.Name, At: now.UTC()}
		if len(n.Suspects(locale.Day(now))) > 0 {
			p.Cleared = strings.TrimSpace(n.Cleared)
		}
		if n.First != uuid.Nil {
			first, err := find(ctx, tx, n.First)
			if err != nil {
				return err
			}
			if first.First != uuid.Nil {
				first.ID = first.First
			}
			p.FirstID = &first.ID
		}
		rows, err := db.New(tx).InsertAudit(ctx, p)
		if err != nil {
			return fmt.Errorf("insert audit: %w", err)
		}
		if rows == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "clinical_audit.recorded", Kind: "clinical_audit", Object: n.ID})
	})
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Audit, error) {
	all, err := list(ctx, tx)
	if err != nil {
		return Audit{}, err
	}
	i := slices.IndexFunc(all, func(x Audit) bool { return x.ID == id })
	if i < 0 {
		return Audit{}, fault.Missing("audit")
	}
	return all[i], nil
}

// Withdraw takes an audit back that should not stand.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		at := now.UTC()
		rows, err := db.New(tx).WithdrawAudit(ctx, db.WithdrawAuditParams{OrganisationID: a.Organisation, ID: id, WithdrawnAt: &at, WithdrawnBy: &a.Name})
		if err != nil {
			return fmt.Errorf("withdraw audit: %w", err)
		}
		if rows == 0 {
			return fault.Missing("audit")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "clinical_audit.withdrawn", Kind: "clinical_audit", Object: id})
	})
}
