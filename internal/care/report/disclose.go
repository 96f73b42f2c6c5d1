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
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
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
	Asked             uuid.UUID // the account of whom the first asks to be the second
	AskedName         string
	FirstAt, SecondAt time.Time
	whom              uuid.UUID // the person it is about
	organisation      uuid.UUID // their employer
}

// Colleague is somebody of the service who may be asked to decide on a disclosure.
type Colleague struct {
	Account      uuid.UUID
	Name         string
	Role         access.Role
	Organisation uuid.UUID // with Person: their workforce record; zero for none
	Person       uuid.UUID
	Decides      bool // a senior clinician, whom the service named to decide on disclosures
}

// Seconds lists whom the actor may ask to decide with them about somebody: the other senior nurses and physicians
// of the service, and never the person themselves.
func (s *Service) Seconds(ctx context.Context, actor access.Actor, about uuid.UUID) ([]Colleague, error) {
	list, err := s.d.Colleagues(ctx, actor.Service)
	if err != nil {
		return nil, fmt.Errorf("list colleagues: %w", err)
	}
	known := map[uuid.UUID]bool{actor.Account: true}
	return slices.DeleteFunc(list, func(c Colleague) bool {
		twice := known[c.Account] // who holds both roles is one colleague
		may := c.senior() && c.Person != about
		known[c.Account] = twice || may
		return twice || !may
	}), nil
}

func (c Colleague) senior() bool {
	return c.Decides && (c.Role == access.Nurse || c.Role == access.Physician)
}

// MayDecide says whether the actor is one of the senior clinicians who decide on disclosures, in the role they act in.
func (s *Service) MayDecide(ctx context.Context, actor access.Actor) (bool, error) {
	list, err := s.d.Colleagues(ctx, actor.Service)
	if err != nil {
		return false, fmt.Errorf("list colleagues: %w", err)
	}
	return slices.ContainsFunc(list, func(c Colleague) bool { return c.Account == actor.Account && c.Role == actor.Role && c.senior() }), nil
}

// Check finds what is missing or too much.
func (d Disclosure) Check() (f fault.Fields) {
	need := func(name, v string, max int) {
		f.Text(name, "report.disclosure."+name+".empty", v, max)
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

// Propose records the first clinician's decision, and lets the colleague whom they name know that something waits for
// them: the message says nothing about whom or what. Nothing may be said to anybody until a second confirms it.
func (s *Service) Propose(ctx context.Context, actor access.Actor, at time.Time, in Disclosure) (fault.Fields, error) {
	if f := in.Check(); len(f) > 0 {
		return f, nil
	}
	if may, err := s.MayDecide(ctx, actor); err != nil || !may {
		return nil, errors.Join(err, fault.New(fault.Forbidden, ""))
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
		asked, err := s.asked(ctx, actor, c.PersonID, in.Asked)
		if err != nil {
			return err
		}
		row := db.InsertDisclosureParams{ServiceID: actor.Service, ID: in.ID, CasefileID: in.Case, OrganisationID: c.OrganisationID, PersonID: c.PersonID,
			Recipient: in.Recipient, Ground: in.Ground, FirstAccount: actor.Account, FirstAt: at, ToldPerson: in.ToldPerson,
			AskedAccount: asked.Account, AskedName: asked.Name}
		for _, part := range []struct {
			column sealed.Column
			text   string
			to     *[]byte
		}{{sealed.DisclosureStatement, in.Statement, &row.Statement}, {sealed.DisclosureRationale, in.Rationale, &row.Rationale}, {sealed.DisclosureNotTold, in.NotToldReason, &row.NotToldReason}} {
			if part.text == "" {
				continue // the person was told: there is no reason why not
			}
			if *part.to, err = s.d.Box.Seal(part.column, actor.Service, in.ID, part.text); err != nil {
				return err
			}
		}
		err = q.InsertDisclosure(ctx, row)
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.New(fault.Conflict, "fault.conflict")
		}
		if err != nil {
			return fmt.Errorf("record disclosure: %w", err)
		}
		// Who has no workforce record has no address either: then the team is told.
		out := message.Out{Key: "decision_asked:" + in.ID.String(), Service: actor.Service, Capacity: message.Service, Template: "decision_asked", At: at}
		if asked.Person != uuid.Nil {
			out.Organisation, out.To, out.Capacity = asked.Organisation, asked.Person, message.Work
		}
		err = message.Queue(ctx, tx, out)
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "disclosure.proposed", Kind: "disclosure", Object: in.ID, Subject: c.PersonID, Ground: "case",
			Detail: map[string]string{"ground": in.Ground}})
	})
}

// asked finds the colleague who is named; a page offers no other.
func (s *Service) asked(ctx context.Context, actor access.Actor, about, account uuid.UUID) (Colleague, error) {
	list, err := s.Seconds(ctx, actor, about)
	if err != nil {
		return Colleague{}, err
	}
	i := slices.IndexFunc(list, func(c Colleague) bool { return c.Account == account })
	if i < 0 {
		return Colleague{}, fault.Missing("colleague")
	}
	return list[i], nil
}

// FindDisclosure reads one, with what the actor is to it: its author, or a clinician who may be the second. Once decided
// it waits for nobody: only who decided still has anything to do with it. To the person it is about it does not exist here.
func (s *Service) FindDisclosure(ctx context.Context, actor access.Actor, caseID, id uuid.UUID) (o access.Object, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := s.disclosure(ctx, tx, caseID, id)
		if err != nil {
			return err
		}
		if d.whom == actor.Person {
			return fault.Missing("disclosure")
		}
		o = access.Object{Kind: "disclosure", ID: d.ID, Subject: d.whom, Value: d}
		if d.First == actor.Account {
			o.Ground, o.Relations = "author", []access.Relation{access.Author}
			return nil
		}
		if o.Ground, err = s.second(ctx, tx, d); o.Ground != "" {
			o.Relations = []access.Relation{access.Care}
		}
		return err
	})
	return o, err
}

// second says on what ground the transaction's actor may be the second clinician, or is: a senior clinician who is
// the one asked, or looks after the person. Break-glass is no such ground: it reads a record, and this is a decision. Empty for nobody.
func (s *Service) second(ctx context.Context, tx *postgres.Tx, d Disclosure) (ground string, err error) {
	actor := tx.Actor
	switch {
	case d.First == actor.Account || d.whom == actor.Person:
		return "", nil
	case d.Second != uuid.Nil:
		if d.Second == actor.Account {
			ground = "second_opinion"
		}
		return ground, nil
	}
	may, err := s.MayDecide(ctx, actor)
	switch {
	case err != nil || !may:
		return "", err
	case d.Asked == actor.Account:
		return "second_opinion", nil
	}
	relation, ground, err := casefile.Relation(ctx, tx, s.d.Clock(), d.organisation, d.whom)
	if relation != access.Care {
		ground = ""
	}
	return ground, err
}

func (s *Service) disclosure(ctx context.Context, tx *postgres.Tx, caseID, id uuid.UUID) (Disclosure, error) {
	r, err := db.New(tx).FindDisclosure(ctx, db.FindDisclosureParams{ServiceID: tx.Actor.Service, CasefileID: caseID, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Disclosure{}, fault.Missing("disclosure")
	}
	if err != nil {
		return Disclosure{}, fmt.Errorf("find disclosure: %w", err)
	}
	d := Disclosure{ID: r.ID, Case: r.CasefileID, Recipient: r.Recipient, Ground: r.Ground,
		ToldPerson: r.ToldPerson, First: r.FirstAccount, FirstAt: r.FirstAt, whom: r.PersonID,
		Asked: r.AskedAccount, AskedName: r.AskedName, organisation: r.OrganisationID}
	for _, part := range []struct {
		column sealed.Column
		from   []byte
		to     *string
	}{{sealed.DisclosureStatement, r.Statement, &d.Statement}, {sealed.DisclosureRationale, r.Rationale, &d.Rationale}, {sealed.DisclosureNotTold, r.NotToldReason, &d.NotToldReason}} {
		if *part.to, err = s.d.Box.Open(part.column, tx.Actor.Service, id, part.from); err != nil {
			return Disclosure{}, err
		}
	}
	if r.SecondAccount != nil {
		d.Second, d.SecondAt = *r.SecondAccount, *r.SecondAt
	}
	return d, nil
}

// OpenedDisclosure writes the audit row of a clinician who opens a proposal.
func (s *Service) OpenedDisclosure(ctx context.Context, actor access.Actor, at time.Time, o access.Object) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "disclosure.opened", Kind: o.Kind, Object: o.ID, Subject: o.Subject, Ground: o.Ground})
	})
}

// MayOpen says whether an account that looks after the person still has anything to do with it.
func (d Disclosure) MayOpen(account uuid.UUID) bool {
	return d.SecondAt.IsZero() || d.First == account || d.Second == account
}

// ConfirmDisclosure is the second clinician's decision; the first cannot give it, here or in the database.
func (s *Service) ConfirmDisclosure(ctx context.Context, actor access.Actor, at time.Time, caseID, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := s.disclosure(ctx, tx, caseID, id)
		if err != nil {
			return err
		}
		if d.Second == actor.Account {
			return nil // the same click twice
		}
		ground, err := s.second(ctx, tx, d)
		if err != nil {
			return err
		}
		if ground == "" {
			return fault.Missing("disclosure")
		}
		n, err := db.New(tx).ConfirmDisclosure(ctx, db.ConfirmDisclosureParams{SecondAccount: &actor.Account, SecondAt: &at, ServiceID: actor.Service, ID: id})
		if err != nil {
			return fmt.Errorf("confirm disclosure: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "fault.conflict")
		}
		if d.ToldPerson {
			err := message.Queue(ctx, tx, message.Out{Key: "disclosure_made:" + id.String(), Organisation: d.organisation, Service: actor.Service,
				To: d.whom, Capacity: message.Self, Template: "disclosure_made", LinkPurpose: "my", At: at})
			if err != nil {
				return err
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "disclosure.confirmed", Kind: "disclosure", Object: id, Subject: d.whom, Ground: ground,
			Detail: map[string]string{"ground": d.Ground}})
	})
}

// ListDisclosures lists the disclosures of a case, without their texts (clinical wall).
func (s *Service) ListDisclosures(ctx context.Context, actor access.Actor, caseID uuid.UUID) (out []Disclosure, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListDisclosures(ctx, db.ListDisclosuresParams{ServiceID: actor.Service, CasefileID: caseID})
		if err != nil {
			return fmt.Errorf("list disclosures: %w", err)
		}
		for _, r := range rows {
			d := Disclosure{ID: r.ID, Case: caseID, Recipient: r.Recipient, Ground: r.Ground, ToldPerson: r.ToldPerson, First: r.FirstAccount, FirstAt: r.FirstAt,
				Asked: r.AskedAccount, AskedName: r.AskedName}
			d.Second, d.SecondAt = postgres.Value(r.SecondAccount), postgres.Value(r.SecondAt)
			out = append(out, d)
		}
		return nil
	})
	return out, err
}
