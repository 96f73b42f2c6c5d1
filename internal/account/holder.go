package account

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Holder is somebody who holds a role at a service.
type Holder struct {
	Account      uuid.UUID
	Name         string
	Role         access.Role
	Organisation uuid.UUID // with Person: their workforce record; zero for none
	Person       uuid.UUID
	Decides      bool // a senior clinician: may decide on disclosures without consent
}

// Clinicians lists the registered staff of a service, by name: a clinic is planned for one of them.
func (s *Service) Clinicians(ctx context.Context, service uuid.UUID) ([]Holder, error) {
	return s.holders(ctx, service, access.Clinicians...)
}

// Team lists everybody who works in a service, once for each role they hold in it.
func (s *Service) Team(ctx context.Context, service uuid.UUID) ([]Holder, error) {
	return s.holders(ctx, service, access.Team...)
}

func (s *Service) holders(ctx context.Context, service uuid.UUID, held ...access.Role) (out []Holder, err error) {
	var roles []string
	for _, r := range held {
		roles = append(roles, string(r))
	}
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListHolders(ctx, db.ListHoldersParams{ServiceID: service, Roles: roles, OnDay: s.d.Now()})
		if err != nil {
			return fmt.Errorf("list the holders of roles: %w", err)
		}
		for _, r := range rows {
			h := Holder{Account: r.ID, Name: r.DisplayName, Role: access.Role(r.Role), Decides: r.DecidesDisclosures}
			if r.OrganisationID != nil && r.PersonID != nil {
				h.Organisation, h.Person = *r.OrganisationID, *r.PersonID
			}
			out = append(out, h)
		}
		return nil
	})
	return out, err
}

// Guardians gives the work e-mails of an organisation's Caldicott guardians: they are told of every broken glass.
func (s *Service) Guardians(ctx context.Context, organisation uuid.UUID) (logins []string, err error) {
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		logins, err = db.New(tx).ListLoginsOf(ctx, db.ListLoginsOfParams{OrganisationID: organisation, Role: string(access.Caldicott), OnDay: s.d.Now()})
		if err != nil {
			return fmt.Errorf("list guardians: %w", err)
		}
		return nil
	})
	return logins, err
}

// Leads gives the work e-mails of those who lead the OH service of an organisation: they are told what is due.
func (s *Service) Leads(ctx context.Context, organisation uuid.UUID) (logins []string, err error) {
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		logins, err = db.New(tx).ListLeads(ctx, db.ListLeadsParams{OrganisationID: organisation, Role: string(access.Lead), OnDay: s.d.Now()})
		if err != nil {
			return fmt.Errorf("list leads: %w", err)
		}
		return nil
	})
	return logins, err
}

// HR lists the workforce records of those who hold the role HR at an organisation: they may receive its reports.
func (s *Service) HR(ctx context.Context, organisation uuid.UUID) (people []uuid.UUID, err error) {
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		people, err = db.New(tx).ListPeopleOf(ctx, db.ListPeopleOfParams{OrganisationID: organisation, Role: string(access.HR), OnDay: s.d.Now()})
		if err != nil {
			return fmt.Errorf("list HR: %w", err)
		}
		return nil
	})
	return people, err
}
