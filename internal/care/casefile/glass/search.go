package glass

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// mostFound bounds a search: who finds more than this many has not searched for one person.
const mostFound = 20

// Query is what one knows of somebody.
type Query struct {
	Name           string // the beginning of "family given"
	Born           time.Time
	EmployeeNumber string
}

// Check refuses a search that names fewer than two identifiers, or a name of one letter.
func (q Query) Check() (faults fault.Fields) {
	n := 0
	if q.Name != "" {
		n++
		if len([]rune(q.Name)) < 2 {
			faults.Add("name", "glass.name.short")
		}
	}
	if !q.Born.IsZero() {
		n++
	}
	if q.EmployeeNumber != "" {
		n++
	}
	if n < 2 {
		faults.Add("name", "glass.search.two")
	}
	return faults
}

// Person is who somebody is.
type Person struct {
	Organisation, ID                      uuid.UUID
	FamilyName, GivenName, EmployeeNumber string
	Born                                  time.Time
	Employer                              string
}

// Name is how the person is called.
func (p Person) Name() string { return p.GivenName + " " + p.FamilyName }

// Search finds people of the organisations that the service serves. more says that the list was cut.
func (s *Service) Search(ctx context.Context, a access.Actor, at time.Time, in Query) (found []Person, more bool, err error) {
	if len(in.Check()) > 0 {
		return nil, false, fault.New(fault.Invalid, "fault.not_found")
	}
	from, to := s.d.NameRange(in.Name)
	params := db.SearchPeopleParams{NameFrom: from, NameTo: to, EmployeeNumber: in.EmployeeNumber, Most: mostFound + 1}
	if !in.Born.IsZero() {
		params.Born = &in.Born
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).SearchPeople(ctx, params)
		if err != nil {
			return fmt.Errorf("search people: %w", err)
		}
		for _, r := range rows {
			found = append(found, Person{Organisation: r.OrganisationID, ID: r.ID, FamilyName: r.FamilyName, GivenName: r.GivenName,
				EmployeeNumber: r.EmployeeNumber, Born: r.DateOfBirth})
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "person.searched", Kind: "person"})
	})
	if len(found) > mostFound {
		return found[:mostFound], true, err
	}
	return found, false, err
}

// File is a person's page: who they are, and their cases when the actor has a relationship.
type File struct {
	Person
	Related bool
	Glass   bool // related by break-glass only
	Cases   []Entry
}

// Entry is one case of a person.
type Entry struct {
	ID            uuid.UUID
	Source, State string
	Received      time.Time
}

// LoadPerson is the loader of /people/{organisation}/{person}. Nobody finds themselves there.
func (s *Service) LoadPerson(ctx context.Context, a access.Actor, r *http.Request) (object access.Object, err error) {
	organisation, err := web.PathID(r, "organisation")
	if err != nil {
		return access.Object{}, err
	}
	id, err := web.PathID(r, "person")
	if err != nil {
		return access.Object{}, err
	}
	if id == a.Person {
		return access.Object{}, fault.Missing("person")
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.FindPerson(ctx, db.FindPersonParams{OrganisationID: organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("person")
		}
		if err != nil {
			return fmt.Errorf("find person: %w", err)
		}
		now := s.d.Now()
		employer, err := q.OrganisationName(ctx, db.OrganisationNameParams{OrganisationID: organisation, OnDay: now})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find employer: %w", err)
		}
		relation, ground, err := casefile.Relation(ctx, tx, now, organisation, id)
		if err != nil {
			return err
		}
		object = access.Object{Kind: "person", ID: id, Subject: id, Ground: ground, Value: Person{Organisation: organisation, ID: id,
			FamilyName: p.FamilyName, GivenName: p.GivenName, EmployeeNumber: p.EmployeeNumber, Born: p.DateOfBirth, Employer: employer}}
		if relation != "" {
			object.Relations = []access.Relation{relation}
		}
		return nil
	})
	return object, err
}

// File reads a loaded person's page, and writes first that it was opened.
func (s *Service) File(ctx context.Context, a access.Actor, at time.Time, o access.Object) (File, error) {
	p, ok := o.Value.(Person)
	if !ok {
		return File{}, fmt.Errorf("file of a %s: not a loaded person", o.Kind)
	}
	f := File{Person: p, Related: len(o.Relations) > 0 || a.Role == access.OHAdmin, Glass: len(o.Relations) > 0 && o.Relations[0] == access.Glass}
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "person.opened", Kind: "person", Object: p.ID, Subject: p.ID, Ground: o.Ground}); err != nil {
			return err
		}
		if !f.Related {
			return nil
		}
		rows, err := db.New(tx).ListCasesOf(ctx, db.ListCasesOfParams{ServiceID: a.Service, OrganisationID: p.Organisation, PersonID: p.ID})
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		for _, r := range rows {
			f.Cases = append(f.Cases, Entry{r.ID, r.Source, r.State, r.ReceivedAt})
		}
		return nil
	})
	return f, err
}
