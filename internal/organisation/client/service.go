package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps the contracts of OH services.
type Service struct {
	db       *postgres.DB
	accounts *account.Service
	pack     Pack
}

// NewService makes the service.
func NewService(db *postgres.DB, accounts *account.Service) *Service {
	return &Service{db, accounts, pack.BuiltIn[Pack]("services")}
}

// Pack gives the lists to choose from.
func (s *Service) Pack() Pack { return s.pack }

// Contract is a client with its contract.
type Contract struct {
	Organisation uuid.UUID
	Name, ODS    string
	Kind         organisation.Kind
	Host         bool // hosts the service itself
	Terms        Terms
	Until        civil.Date // the first day on which the doors are closed; zero while they are open
}

// Taking says whether new referrals are taken on a day.
func (c Contract) Taking(on civil.Date) bool {
	return !c.Terms.From.After(on) && (c.Terms.Last.IsZero() || !c.Terms.Last.Before(on)) && c.Open(on)
}

// Open says whether the doors are open: what was begun is finished.
func (c Contract) Open(on civil.Date) bool { return c.Until.IsZero() || c.Until.After(on) }

// State is one of "coming", "taking", "ending" (no new referrals, what was begun is finished) and "closed".
func (c Contract) State(on civil.Date) string {
	switch {
	case !c.Open(on):
		return "closed"
	case c.Terms.From.After(on):
		return "coming"
	case !c.Taking(on):
		return "ending"
	}
	return "taking"
}

// soon is how long before the last day a contract is marked: to renew or hand over takes months.
const soon = 6

// Soon says whether the last day is near.
func (c Contract) Soon(on civil.Date) bool {
	return c.Taking(on) && !c.Terms.Last.IsZero() && c.Terms.Last.Before(on.AddMonths(soon))
}

// List lists the contracts of the actor's service.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Contract, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = list(ctx, tx, locale.Day(now), nil)
		return err
	})
	return out, err
}

// Find reads the newest contract of one client.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (c Contract, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err = find(ctx, tx, locale.Day(now), id)
		return err
	})
	return c, err
}

// FindIn reads it in the caller's transaction.
func FindIn(ctx context.Context, tx *postgres.Tx, on civil.Date, id uuid.UUID) (Contract, error) {
	return find(ctx, tx, on, id)
}

func find(ctx context.Context, tx *postgres.Tx, on civil.Date, id uuid.UUID) (Contract, error) {
	all, err := list(ctx, tx, on, &id)
	if err != nil {
		return Contract{}, err
	}
	if len(all) == 0 {
		return Contract{}, fault.Missing("contract")
	}
	return all[0], nil
}

func list(ctx context.Context, tx *postgres.Tx, on civil.Date, id *uuid.UUID) ([]Contract, error) {
	rows, err := db.New(tx).ListContracts(ctx, db.ListContractsParams{OnDay: on.UTC(), ServiceID: tx.Actor.Service, OrganisationID: id})
	if err != nil {
		return nil, fmt.Errorf("list contracts: %w", err)
	}
	out := make([]Contract, len(rows))
	for i, r := range rows {
		t := Terms{Model: r.Model, Integration: r.Integration, Services: r.Services, From: civil.Of(r.ValidFrom)}
		if r.RefersUntil != nil {
			t.Last = civil.Of(*r.RefersUntil).AddDays(-1)
		}
		out[i] = Contract{Organisation: r.OrganisationID, Name: r.Name, ODS: r.OdsCode, Kind: organisation.Kind(r.Kind), Host: r.Host, Terms: t, Until: civil.FromNull(r.ValidTo)}
	}
	return out, nil
}

// until is the day after the last one; nil for none.
func until(last civil.Date) *time.Time {
	if last.IsZero() {
		return nil
	}
	return last.AddDays(1).Null()
}

// Add makes a client: organisation, contract, and the invited account of who looks after its staff. What is wrong with it is given
// back; the same form twice adds one.
func (s *Service) Add(ctx context.Context, a access.Actor, at time.Time, n New) (bad fault.Fields, err error) {
	today := locale.Day(at)
	if bad = s.pack.Check(n, today); len(bad) > 0 {
		return bad, nil
	}
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if _, err := find(ctx, tx, today, n.ID); err == nil {
			return nil // the same form again
		}
		if bad, err = taken(ctx, q, n); err != nil || len(bad) > 0 {
			return err
		}
		parent, err := q.FindParent(ctx, db.FindParentParams{ServiceID: a.Service, OnDay: today.UTC()})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find the system: %w", err)
		}
		// Whoever is invited today is asked to sign in today: the name holds from now on, whenever the contract begins.
		from := today
		if n.Terms.From.Before(today) {
			from = n.Terms.From
		}
		if err := organisation.Add(ctx, tx, organisation.New{ID: n.ID, Kind: n.Kind, Name: n.Name, ODS: n.ODS, Parent: postgres.Value(parent), From: from.UTC()}); err != nil {
			return err
		}
		if err := q.InsertContract(ctx, db.InsertContractParams{ServiceID: a.Service, OrganisationID: n.ID, ValidFrom: n.Terms.From.UTC(), RefersUntil: until(n.Terms.Last),
			Model: &n.Terms.Model, Integration: &n.Terms.Integration, Services: n.Terms.Services}); err != nil {
			return fmt.Errorf("insert contract: %w", err)
		}
		holder := account.NewAccount{ID: uuid.NewSHA1(n.ID, []byte("first")), Login: n.Email, Name: n.Given + " " + n.Family, Invited: true,
			Grants: []account.NewGrant{{Role: access.HR, Organisation: n.ID}}}
		if err := s.accounts.CreateIn(ctx, tx, at, []account.NewAccount{holder}); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "client.added", Kind: "contract", Object: n.ID})
	})
	return bad, err
}

// taken says what is somebody else's already.
func taken(ctx context.Context, q *db.Queries, n New) (bad fault.Fields, err error) {
	if n.ODS != "" {
		there, err := q.TakenCode(ctx, &n.ODS)
		if err != nil {
			return nil, fmt.Errorf("look for an ODS code: %w", err)
		}
		if there {
			bad.Add("ods", "client.ods.taken")
		}
	}
	there, err := q.TakenLogin(ctx, account.Fold(n.Email))
	if err != nil {
		return nil, fmt.Errorf("look for a login: %w", err)
	}
	if there {
		bad.Add("email", "client.email.taken")
	}
	return bad, nil
}

// Invited lists who was invited to a client and has not come yet, with the link for each. Of the host nobody is listed: whoever
// keeps its contracts must not open the invitation of its guardian or administrator.
func (s *Service) Invited(ctx context.Context, a access.Actor, now time.Time, c Contract) ([]account.Invited, error) {
	if c.Organisation == a.Organisation {
		return nil, nil
	}
	return s.accounts.Waiting(ctx, a, now, c.Organisation)
}

// change runs a command on the newest contract of a client.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, action string, fn func(*db.Queries, Contract) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := find(ctx, tx, locale.Day(at), id)
		if err != nil {
			return err
		}
		n, err := fn(db.New(tx), c)
		if err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "client.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "contract", Object: id})
	})
}

// SetTerms changes model, integration and services.
func (s *Service) SetTerms(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, t Terms) error {
	return s.change(ctx, a, at, id, "client.terms_set", func(q *db.Queries, c Contract) (int64, error) {
		t.From, t.Last = c.Terms.From, c.Terms.Last
		if bad := s.pack.CheckTerms(t, locale.Day(at)); len(bad) > 0 {
			return 0, fault.New(fault.Invalid, bad[0].Key)
		}
		return q.SetTerms(ctx, db.SetTermsParams{Model: &t.Model, Integration: &t.Integration, Services: t.Services, ServiceID: a.Service, OrganisationID: id, ValidFrom: c.Terms.From.UTC(), OnDay: locale.Day(at).Null()})
	})
}

// End sets the last day on which a new referral is taken.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, last civil.Date) error {
	return s.change(ctx, a, at, id, "client.ended", func(q *db.Queries, c Contract) (int64, error) {
		if bad := CheckLast(last, c.Terms.From, locale.Day(at)); len(bad) > 0 {
			return 0, fault.New(fault.Invalid, bad[0].Key)
		}
		return q.SetLast(ctx, db.SetLastParams{RefersUntil: until(last), ServiceID: a.Service, OrganisationID: id, ValidFrom: c.Terms.From.UTC(), OnDay: locale.Day(at).Null()})
	})
}

// Close closes the doors from tomorrow on. ready says in the same transaction why they must stay open: the plan of the exit does
// (package exit), so nothing closes a contract without it.
func (s *Service) Close(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, ready func(*postgres.Tx, Contract) error) error {
	today := locale.Day(at)
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := find(ctx, tx, today, id)
		if err != nil {
			return err
		}
		if c.Host {
			return fault.Missing("contract") // a service does not leave its own house
		}
		if err := ready(tx, c); err != nil {
			return err
		}
		n, err := db.New(tx).CloseContract(ctx, db.CloseContractParams{ValidTo: today.AddDays(1).Null(), ServiceID: a.Service, OrganisationID: id, ValidFrom: c.Terms.From.UTC(), OnDay: today.Null()})
		if err != nil {
			return fmt.Errorf("close contract: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "client.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "client.closed", Kind: "contract", Object: id})
	})
}
