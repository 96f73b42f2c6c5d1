package practice

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
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// open makes an entry of its row, with its author's words.
func (s *Service) open(service uuid.UUID, r db.ListCPDRow) (e CPD, err error) {
	e = CPD{ID: r.ID, On: civil.Of(r.OnDate), Kind: r.Kind, Minutes: int(r.Minutes)}
	if e.What, err = s.d.Box.Open(sealed.CPDWhat, service, r.ID, r.What); err != nil {
		return e, err
	}
	e.Reflection, err = s.d.Box.Open(sealed.CPDReflection, service, r.ID, r.Text)
	return e, err
}

// ListCPD gives the actor their own development, the newest first.
func (s *Service) ListCPD(ctx context.Context, a access.Actor) (out []CPD, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListCPD(ctx, db.ListCPDParams{ServiceID: a.Service, AccountID: a.Account})
		if err != nil {
			return fmt.Errorf("list development: %w", err)
		}
		for _, r := range rows {
			e, err := s.open(a.Service, r)
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// FindCPD gives the actor an entry of their own.
func (s *Service) FindCPD(ctx context.Context, a access.Actor, id uuid.UUID) (e CPD, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindCPD(ctx, db.FindCPDParams{ServiceID: a.Service, AccountID: a.Account, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("development")
		}
		if err != nil {
			return fmt.Errorf("find development: %w", err)
		}
		e, err = s.open(a.Service, db.ListCPDRow(r))
		return err
	})
	return e, err
}

// KeepCPD adds an entry of the actor's own, once for its id.
func (s *Service) KeepCPD(ctx context.Context, a access.Actor, at time.Time, in CPD) (fault.Fields, error) {
	if f := in.Check(locale.Day(at)); len(f) > 0 {
		return f, nil
	}
	what, text, err := s.seal(a.Service, in)
	if err != nil {
		return nil, err
	}
	return nil, s.do(ctx, a, audit.Entry{At: at, Action: "practice.cpd_kept", Kind: "practice_cpd", Object: in.ID}, func(tx *postgres.Tx) (bool, error) {
		q := db.New(tx)
		n, err := q.InsertCPD(ctx, db.InsertCPDParams{ServiceID: a.Service, ID: in.ID, AccountID: a.Account, OnDate: in.On.UTC(), Kind: in.Kind, Minutes: int32(in.Minutes), At: at.UTC()})
		if err != nil {
			return false, fmt.Errorf("insert development: %w", err)
		}
		if n == 0 {
			return false, nil
		}
		if err := q.InsertReflection(ctx, db.InsertReflectionParams{ServiceID: a.Service, ID: in.ID, AccountID: a.Account, What: what, Text: text}); err != nil {
			return false, fmt.Errorf("insert reflection: %w", err)
		}
		return true, nil
	})
}

// ChangeCPD writes an entry of the actor's own anew.
func (s *Service) ChangeCPD(ctx context.Context, a access.Actor, at time.Time, in CPD) (fault.Fields, error) {
	if f := in.Check(locale.Day(at)); len(f) > 0 {
		return f, nil
	}
	what, text, err := s.seal(a.Service, in)
	if err != nil {
		return nil, err
	}
	return nil, s.do(ctx, a, audit.Entry{At: at, Action: "practice.cpd_changed", Kind: "practice_cpd", Object: in.ID}, func(tx *postgres.Tx) (bool, error) {
		q := db.New(tx)
		n, err := q.UpdateCPD(ctx, db.UpdateCPDParams{ServiceID: a.Service, AccountID: a.Account, ID: in.ID, OnDate: in.On.UTC(), Kind: in.Kind, Minutes: int32(in.Minutes)})
		if err != nil {
			return false, fmt.Errorf("update development: %w", err)
		}
		if n == 0 {
			return false, fault.Missing("development")
		}
		if _, err := q.UpdateReflection(ctx, db.UpdateReflectionParams{ServiceID: a.Service, AccountID: a.Account, ID: in.ID, What: what, Text: text}); err != nil {
			return false, fmt.Errorf("update reflection: %w", err)
		}
		return true, nil
	})
}

func (s *Service) seal(service uuid.UUID, in CPD) (what, text []byte, err error) {
	if what, err = s.d.Box.Seal(sealed.CPDWhat, service, in.ID, in.What); err != nil || in.Reflection == "" {
		return what, nil, err
	}
	text, err = s.d.Box.Seal(sealed.CPDReflection, service, in.ID, in.Reflection)
	return what, text, err
}

// RemoveCPD takes an entry of the actor's own out; the words are deleted.
func (s *Service) RemoveCPD(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "practice.cpd_removed", Kind: "practice_cpd", Object: id}, func(tx *postgres.Tx) (bool, error) {
		q, when := db.New(tx), at.UTC()
		n, err := q.RemoveCPD(ctx, db.RemoveCPDParams{ServiceID: a.Service, AccountID: a.Account, ID: id, At: &when})
		if err != nil {
			return false, fmt.Errorf("remove development: %w", err)
		}
		if n == 0 {
			return false, nil
		}
		if err := q.DeleteReflection(ctx, db.DeleteReflectionParams{ServiceID: a.Service, AccountID: a.Account, ID: id}); err != nil {
			return false, fmt.Errorf("delete reflection: %w", err)
		}
		return true, nil
	})
}

// ListSupervision gives the actor the supervision they took, the newest first.
func (s *Service) ListSupervision(ctx context.Context, a access.Actor) (out []Session, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListSupervision(ctx, db.ListSupervisionParams{ServiceID: a.Service, AccountID: a.Account})
		if err != nil {
			return fmt.Errorf("list supervision: %w", err)
		}
		for _, r := range rows {
			out = append(out, Session{ID: r.ID, On: civil.Of(r.OnDate), Supervisor: postgres.Value(r.SupervisorAccount), With: r.WithWhom, Minutes: int(r.Minutes)})
		}
		return nil
	})
	return out, err
}

// ListGiven gives the actor the supervision that colleagues say they took with them, the newest first.
func (s *Service) ListGiven(ctx context.Context, a access.Actor) (out []Given, err error) {
	members, err := s.members(ctx, a.Service)
	if err != nil {
		return nil, err
	}
	names := map[uuid.UUID]string{}
	for _, m := range members {
		names[m.Account] = m.Name
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListGiven(ctx, db.ListGivenParams{ServiceID: a.Service, AccountID: a.Account})
		if err != nil {
			return fmt.Errorf("list supervision given: %w", err)
		}
		for _, r := range rows {
			out = append(out, Given{On: civil.Of(r.OnDate), Whose: names[r.AccountID], Minutes: int(r.Minutes)})
		}
		return nil
	})
	return out, err
}

// Colleagues are the others of the actor's service, by name: with whom they may take supervision.
func (s *Service) Colleagues(ctx context.Context, a access.Actor) ([]Member, error) {
	all, err := s.members(ctx, a.Service)
	return slices.DeleteFunc(all, func(m Member) bool { return m.Account == a.Account }), err
}

// Supervised records supervision that the actor took, once for its id. Who gave it sees it too, if they are a colleague.
func (s *Service) Supervised(ctx context.Context, a access.Actor, at time.Time, in Session) (fault.Fields, error) {
	members, err := s.members(ctx, a.Service)
	if err != nil {
		return nil, err
	}
	if in.Supervisor != uuid.Nil {
		in.With = "" // nobody is called what the page says
	}
	for _, m := range members {
		if m.Account == in.Supervisor && m.Account != a.Account {
			in.With = m.Name
		}
	}
	if f := in.Check(locale.Day(at)); len(f) > 0 {
		return f, nil
	}
	clinician := slices.ContainsFunc(members, func(m Member) bool { return m.Account == a.Account && m.Acting.IsClinician() })
	return nil, s.do(ctx, a, audit.Entry{At: at, Action: "practice.supervised", Kind: "practice_supervision", Object: in.ID}, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).InsertSupervision(ctx, db.InsertSupervisionParams{ServiceID: a.Service, ID: in.ID, AccountID: a.Account, OnDate: in.On.UTC(), WithWhom: in.With, SupervisorAccount: postgres.Null(in.Supervisor), Minutes: int32(in.Minutes), Clinician: clinician, At: at.UTC()})
		if err != nil {
			return false, fmt.Errorf("insert supervision: %w", err)
		}
		return n > 0, nil
	})
}

// RemoveSupervision takes out what the actor entered wrongly.
func (s *Service) RemoveSupervision(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "practice.supervision_removed", Kind: "practice_supervision", Object: id}, func(tx *postgres.Tx) (bool, error) {
		when := at.UTC()
		n, err := db.New(tx).RemoveSupervision(ctx, db.RemoveSupervisionParams{ServiceID: a.Service, AccountID: a.Account, ID: id, At: &when})
		if err != nil {
			return false, fmt.Errorf("remove supervision: %w", err)
		}
		return n > 0, nil
	})
}

// Register records the actor's own entry in a register, in place of what they said of it before.
func (s *Service) Register(ctx context.Context, a access.Actor, at time.Time, in Registration) (fault.Fields, error) {
	in, f := in.Check(s.pack, locale.Day(at))
	if len(f) > 0 {
		return f, nil
	}
	return nil, s.entry(ctx, a, at, "practice.registered", in)
}

// EndRegistration says that the actor is no longer in a register.
func (s *Service) EndRegistration(ctx context.Context, a access.Actor, at time.Time, body string, id uuid.UUID) error {
	p, err := s.Self(ctx, a, at)
	if err != nil {
		return err
	}
	for _, r := range p.Registrations {
		if r.Body == body {
			r.ID, r.Ended = id, true
			return s.entry(ctx, a, at, "practice.registration_ended", r)
		}
	}
	return nil
}

func (s *Service) entry(ctx context.Context, a access.Actor, at time.Time, action string, in Registration) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: action, Kind: "account", Object: a.Account, Detail: map[string]string{"body": in.Body}}, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).InsertRegistration(ctx, db.InsertRegistrationParams{ServiceID: a.Service, ID: in.ID, AccountID: a.Account, Body: in.Body, Number: in.Number, ExpiresOn: in.Expires.UTC(), RevalidatesOn: in.Revalidates.Null(), Ended: in.Ended, At: at.UTC()})
		if err != nil {
			return false, fmt.Errorf("insert registration: %w", err)
		}
		if n == 0 {
			return false, nil
		}
		return true, s.changed(ctx, tx, a.Account, at)
	})
}
