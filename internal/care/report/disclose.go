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
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Grounds are the only ones on which something may be told without consent (clinical.md 1.8, C10).
var Grounds = []string{"law", "serious_risk_to_others"}

// maxStatement bounds the statement: a minimum fits in a few sentences, and a report does not.
const maxStatement = 600

// Disclosure is a minimum statement to a named recipient without the person's consent.
type Disclosure struct {
	ID, Case          uuid.UUID
	Recipient, Ground string
	Statement         string
	Rationale         string
	ToldPerson        bool
	NotToldReason     string
	First, Second     uuid.UUID // accounts; Second is zero until a second clinician has decided
	FirstAt, SecondAt time.Time
	whom              uuid.UUID // the person it is about
}

// Check finds what is missing or too much.
func (d Disclosure) Check() (f fault.Fields) {
	need := func(name, v string, max int) {
		switch {
		case v == "":
			f.Add(name, "report.disclosure."+name+".empty")
		case len([]rune(v)) > max:
			f.Add(name, "form.too_long", "n", max)
		}
	}
	need("recipient", d.Recipient, 200)
	if !slices.Contains(Grounds, d.Ground) {
		f.Add("ground", "report.disclosure.ground.empty")
	}
	need("statement", d.Statement, maxStatement)
	need("rationale", d.Rationale, maxText)
	if !d.ToldPerson {
		need("not_told_reason", d.NotToldReason, maxText)
	}
	return f
}

// Propose records the first clinician's decision. Nothing may be said to anybody until a second confirms it.
func (s *Service) Propose(ctx context.Context, actor access.Actor, at time.Time, in Disclosure) (fault.Fields, error) {
	if f := in.Check(); len(f) > 0 {
		return f, nil
	}
	return nil, s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		c, err := q.FindCase(ctx, db.FindCaseParams{ServiceID: actor.Service, ID: in.Case})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("case")
		}
		if err != nil {
			return fmt.Errorf("find case: %w", err)
		}
		err = q.InsertDisclosure(ctx, db.InsertDisclosureParams{ServiceID: actor.Service, ID: in.ID, CasefileID: in.Case, OrganisationID: c.OrganisationID, PersonID: c.PersonID,
			Recipient: in.Recipient, Ground: in.Ground, Statement: in.Statement, Rationale: in.Rationale, FirstAccount: actor.Account, FirstAt: at,
			ToldPerson: in.ToldPerson, NotToldReason: postgres.Null(in.NotToldReason)})
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.New(fault.Conflict, "fault.conflict")
		}
		if err != nil {
			return fmt.Errorf("record disclosure: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "disclosure.proposed", Kind: "disclosure", Object: in.ID, Subject: c.PersonID, Ground: "case",
			Detail: map[string]string{"ground": in.Ground}})
	})
}

// FindDisclosure reads one, with what the actor is to it: its author, or the second clinician it waits for. Once decided
// it waits for nobody: only who decided still has anything to do with it. To the person it is about it does not exist here.
func (s *Service) FindDisclosure(ctx context.Context, actor access.Actor, caseID, id uuid.UUID) (o access.Object, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := disclosure(ctx, tx, caseID, id)
		if err != nil {
			return err
		}
		if d.whom == actor.Person {
			return fault.Missing("disclosure")
		}
		o = access.Object{Kind: "disclosure", ID: d.ID, Subject: d.whom, Ground: "second_opinion", Value: d}
		switch {
		case d.First == actor.Account:
			o.Ground, o.Relations = "author", []access.Relation{access.Author}
		case d.Second == uuid.Nil || d.Second == actor.Account:
			o.Relations = []access.Relation{access.Care}
		}
		return nil
	})
	return o, err
}

func disclosure(ctx context.Context, tx *postgres.Tx, caseID, id uuid.UUID) (Disclosure, error) {
	r, err := db.New(tx).FindDisclosure(ctx, db.FindDisclosureParams{ServiceID: tx.Actor.Service, CasefileID: caseID, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Disclosure{}, fault.Missing("disclosure")
	}
	if err != nil {
		return Disclosure{}, fmt.Errorf("find disclosure: %w", err)
	}
	d := Disclosure{ID: r.ID, Case: r.CasefileID, Recipient: r.Recipient, Ground: r.Ground, Statement: r.Statement, Rationale: r.Rationale,
		ToldPerson: r.ToldPerson, NotToldReason: r.NotToldReason, First: r.FirstAccount, FirstAt: r.FirstAt, whom: r.PersonID}
	if r.SecondAccount != nil {
		d.Second, d.SecondAt = *r.SecondAccount, *r.SecondAt
	}
	return d, nil
}

// ReadDisclosure writes the audit row of a clinician who opens a proposal.
func (s *Service) ReadDisclosure(ctx context.Context, actor access.Actor, at time.Time, d Disclosure) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "disclosure.opened", Kind: "disclosure", Object: d.ID, Subject: d.whom, Ground: "second_opinion"})
	})
}

// ConfirmDisclosure is the second clinician's decision; the first cannot give it, here or in the database.
func (s *Service) ConfirmDisclosure(ctx context.Context, actor access.Actor, at time.Time, caseID, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := disclosure(ctx, tx, caseID, id)
		if err != nil {
			return err
		}
		if d.Second == actor.Account {
			return nil // the same click twice
		}
		n, err := db.New(tx).ConfirmDisclosure(ctx, db.ConfirmDisclosureParams{SecondAccount: &actor.Account, SecondAt: &at, ServiceID: actor.Service, ID: id})
		if err != nil {
			return fmt.Errorf("confirm disclosure: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "fault.conflict")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "disclosure.confirmed", Kind: "disclosure", Object: id, Subject: d.whom, Ground: "second_opinion",
			Detail: map[string]string{"ground": d.Ground}})
	})
}

// ListDisclosures lists the disclosures of a case (clinical wall).
func (s *Service) ListDisclosures(ctx context.Context, actor access.Actor, caseID uuid.UUID) (out []Disclosure, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListDisclosures(ctx, db.ListDisclosuresParams{ServiceID: actor.Service, CasefileID: caseID})
		if err != nil {
			return fmt.Errorf("list disclosures: %w", err)
		}
		for _, r := range rows {
			d := Disclosure{ID: r.ID, Case: caseID, Recipient: r.Recipient, Ground: r.Ground, Statement: r.Statement, ToldPerson: r.ToldPerson, First: r.FirstAccount, FirstAt: r.FirstAt}
			d.SecondAt = postgres.Value(r.SecondAt)
			out = append(out, d)
		}
		return nil
	})
	return out, err
}
