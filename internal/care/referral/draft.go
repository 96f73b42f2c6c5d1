package referral

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
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Answers is what a draft holds. Amends and From are set when it is to become the next version of a referral.
type Answers struct {
	sheet.Text
	Done    []sheet.Part `json:"done,omitempty"`
	Changed civil.Date   `json:"changed,omitzero"` // the day of the last change: nobody was shown it before that
	Amends  uuid.UUID    `json:"amends,omitzero"`
	From    int          `json:"from,omitempty"`
}

// Draft is a referral that is being written.
type Draft struct {
	ID      uuid.UUID
	Kind    string
	Answers Answers
	SavedAt time.Time
}

// Amending says whether it is to become the next version of a referral that was sent.
func (d Draft) Amending() bool { return d.Answers.Amends != uuid.Nil }

// Referral is the id that the draft has, or will have, once sent.
func (d Draft) Referral() uuid.UUID {
	if d.Amending() {
		return d.Answers.Amends
	}
	return d.ID
}

// Locked says whether a part cannot be changed: who may see a referral is fixed once it was sent, because the
// person agreed to what they were told.
func (d Draft) Locked(p sheet.Part) bool { return d.Amending() && p == sheet.Viewers }

// Start begins a draft about a person, under the id that the page offered. A draft about the same person that
// the actor already has is taken up again.
func (s *Service) Start(ctx context.Context, actor access.Actor, at time.Time, id, person uuid.UUID) (uuid.UUID, error) {
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		drafts, err := listDrafts(ctx, tx)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if d.Answers.Person.ID == person && d.Kind == kindOf(actor) && !d.Amending() {
				id = d.ID
				return nil
			}
		}
		if err := mayRefer(ctx, tx, person, at); err != nil {
			return err
		}
		if err := Taken(ctx, tx, at); err != nil {
			return err
		}
		q := db.New(tx)
		p, err := q.FindStaff(ctx, db.FindStaffParams{OrganisationID: actor.Organisation, ID: person, OnDay: locale.Day(at).UTC()})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("person")
		}
		if err != nil {
			return fmt.Errorf("find person: %w", err)
		}
		facts := sheet.Facts(p.StaffGroup, postgres.Value(p.ShiftPattern), sheet.Post{EPP: p.Epp, Patients: p.PatientContact, Drives: p.Drives, Alone: p.LoneWorker, Critical: p.SafetyCritical})
		a := Answers{Text: sheet.Text{
			Person: sheet.Person{ID: p.ID, Name: p.GivenName + " " + p.FamilyName, Title: p.Title, Band: p.Band, StaffGroup: p.StaffGroup,
				Department: p.Department, Team: p.Team, Site: p.Site, Hours: p.Hours},
			Referrer: sheet.Named{ID: actor.Person, Name: actor.Name},
			Demands:  sheet.Lists().Demands.Ticked(facts...),
			Hazards:  sheet.Lists().Hazards.Ticked(facts...),
		}}
		if me, err := q.FindStaff(ctx, db.FindStaffParams{OrganisationID: actor.Organisation, ID: actor.Person, OnDay: locale.Day(at).UTC()}); err == nil {
			a.Referrer.Name, a.Referrer.Title = me.GivenName+" "+me.FamilyName, me.Title
		} else if !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find referrer: %w", err)
		}
		return insertDraft(ctx, tx, id, kindOf(actor), a, at)
	})
	return id, err
}

func kindOf(a access.Actor) string {
	if a.Role == access.HR {
		return HR
	}
	return Management
}

// mayRefer holds the rule of who may refer whom: nobody themself, HR anybody of the organisation, a manager
// those who report to them or are lent to them on the day.
func mayRefer(ctx context.Context, tx *postgres.Tx, person uuid.UUID, at time.Time) error {
	a := tx.Actor
	if person == a.Person {
		return fault.Missing("person")
	}
	if a.Role == access.HR {
		return nil
	}
	mine, err := delegation.Reports(ctx, tx, at)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(mine, func(c delegation.Colleague) bool { return c.ID == person }) {
		return fault.Missing("person")
	}
	return nil
}

// Taken says whether the actor's service takes new referrals from their organisation today: not before the contract, nor once it has
// ended. What was sent before goes on.
func Taken(ctx context.Context, tx *postgres.Tx, at time.Time) error {
	a := tx.Actor
	if a.Service == uuid.Nil {
		return fault.New(fault.Conflict, "referral.no_service")
	}
	takes, err := organisation.TakesReferrals(ctx, tx, a.Organisation, a.Service, locale.Day(at).UTC())
	if err != nil {
		return err
	}
	if !takes {
		return fault.New(fault.Conflict, "referral.contract_over")
	}
	return nil
}

func insertDraft(ctx context.Context, tx *postgres.Tx, id uuid.UUID, kind string, a Answers, at time.Time) error {
	b, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	if err := db.New(tx).InsertDraft(ctx, db.InsertDraftParams{OrganisationID: tx.Actor.Organisation, ID: id, Author: tx.Actor.Person, PersonID: &a.Person.ID, Kind: kind, Answers: b, At: at}); err != nil {
		return fmt.Errorf("insert draft: %w", err)
	}
	return nil
}

// Draft finds a draft of the actor's.
func (s *Service) Draft(ctx context.Context, actor access.Actor, id uuid.UUID) (d Draft, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindDraft(ctx, db.FindDraftParams{OrganisationID: actor.Organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("draft")
		}
		if err != nil {
			return fmt.Errorf("find draft: %w", err)
		}
		d, err = draft(db.ListDraftsRow(row))
		return err
	})
	return d, err
}

// Drafts lists what the actor began in their role, the latest first.
func (s *Service) Drafts(ctx context.Context, actor access.Actor) (out []Draft, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		out, err = listBegun(ctx, tx)
		return err
	})
	return out, err
}

// listBegun lists the drafts that belong to the actor's role.
func listBegun(ctx context.Context, tx *postgres.Tx) ([]Draft, error) {
	all, err := listDrafts(ctx, tx)
	return slices.DeleteFunc(all, func(d Draft) bool { return d.Kind != kindOf(tx.Actor) }), err
}

func listDrafts(ctx context.Context, tx *postgres.Tx) (out []Draft, err error) {
	rows, err := db.New(tx).ListDrafts(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	for _, row := range rows {
		d, err := draft(row)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func draft(row db.ListDraftsRow) (Draft, error) {
	d := Draft{ID: row.ID, Kind: row.Kind, SavedAt: row.UpdatedAt}
	if err := json.Unmarshal(row.Answers, &d.Answers); err != nil {
		return d, fmt.Errorf("read draft: %w", err)
	}
	return d, nil
}

// Save changes one part of a draft. Faults of form are the page's; a part that was saved once counts as looked at.
// A change after the person was told undoes that they were.
func (s *Service) Save(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, part sheet.Part, change func(*sheet.Text)) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := lockDraft(ctx, tx, id)
		if err != nil {
			return err
		}
		if d.Locked(part) {
			return fault.Missing("part")
		}
		was := d.Answers.Digest()
		change(&d.Answers.Text)
		if d.Answers.Digest() != was {
			d.Answers.Changed = locale.Day(at)
		}
		d.Answers.Undo()
		if !slices.Contains(d.Answers.Done, part) {
			d.Answers.Done = append(d.Answers.Done, part)
		}
		b, err := json.Marshal(d.Answers)
		if err != nil {
			return fmt.Errorf("encode draft: %w", err)
		}
		if _, err := db.New(tx).SaveDraft(ctx, db.SaveDraftParams{OrganisationID: actor.Organisation, ID: id, Answers: b, At: at}); err != nil {
			return fmt.Errorf("save draft: %w", err)
		}
		return nil
	})
}

func lockDraft(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Draft, error) {
	row, err := db.New(tx).LockDraft(ctx, db.LockDraftParams{OrganisationID: tx.Actor.Organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Draft{}, fault.Missing("draft")
	}
	if err != nil {
		return Draft{}, fmt.Errorf("lock draft: %w", err)
	}
	return draft(db.ListDraftsRow(row))
}

// Discard throws a draft away.
func (s *Service) Discard(ctx context.Context, actor access.Actor, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if _, err := db.New(tx).DeleteDraft(ctx, db.DeleteDraftParams{OrganisationID: actor.Organisation, ID: id}); err != nil {
			return fmt.Errorf("delete draft: %w", err)
		}
		return nil
	})
}

// Phone is how to call the service that serves the actor's employer: "" where none does.
func (s *Service) Phone(ctx context.Context, actor access.Actor) (phone string, err error) {
	if actor.Service == uuid.Nil {
		return "", nil
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindService(ctx, actor.Service)
		if err != nil {
			return fmt.Errorf("find service: %w", err)
		}
		phone = row.Phone
		return nil
	})
	return phone, err
}

// Named finds the words for people of the organisation who are to see the report.
func (s *Service) Named(ctx context.Context, actor access.Actor, at time.Time, ids []uuid.UUID) (out []sheet.Named, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		for _, id := range ids {
			p, err := db.New(tx).FindStaff(ctx, db.FindStaffParams{OrganisationID: actor.Organisation, ID: id, OnDay: locale.Day(at).UTC()})
			if errors.Is(err, pgx.ErrNoRows) {
				continue // left since, or forged
			}
			if err != nil {
				return fmt.Errorf("find viewer: %w", err)
			}
			out = append(out, sheet.Named{ID: p.ID, Name: p.GivenName + " " + p.FamilyName, Title: p.Title})
		}
		return nil
	})
	return out, err
}
