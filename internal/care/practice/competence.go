package practice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Held is a colleague's competence as whoever may act on it sees it.
type Held struct {
	Member
	Competence Competence
	State      State
	Signer     Signer // the actor
}

// held reads one competence of a member, and what the actor is to it.
func (s *Service) held(ctx context.Context, tx *postgres.Tx, m Member, c Competence, today civil.Date) (h Held, err error) {
	h.Member, h.Competence, h.Signer = m, c, Signer{Account: tx.Actor.Account, Lead: tx.Actor.Role == access.Lead}
	if h.State, err = s.state(ctx, tx, m.Account, c.Key, today); err != nil {
		return h, err
	}
	mine, err := s.state(ctx, tx, tx.Actor.Account, c.Key, today)
	h.Signer.Holds = mine.Standing == Unsupervised
	return h, err
}

func (s *Service) state(ctx context.Context, tx *postgres.Tx, account uuid.UUID, key string, today civil.Date) (State, error) {
	rows, err := db.New(tx).ListEvents(ctx, db.ListEventsParams{ServiceID: tx.Actor.Service, AccountID: &account})
	if err != nil {
		return State{}, fmt.Errorf("list events: %w", err)
	}
	var list []Event
	for _, r := range rows {
		if r.Competence == key {
			list = append(list, event(r))
		}
	}
	return StateOf(list, today), nil
}

// FindHeld loads a competence of somebody of the service, if it is the actor's or they may sign it off or take it back.
func (s *Service) FindHeld(ctx context.Context, a access.Actor, now time.Time, account uuid.UUID, key string) (h Held, err error) {
	c, known := s.pack.Competence(key)
	if !known {
		return h, fault.Missing("competence")
	}
	m, err := s.member(ctx, a.Service, account)
	if err != nil {
		return h, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		h, err = s.held(ctx, tx, m, c, locale.Day(now))
		return err
	})
	if err == nil && account != a.Account && !h.Signer.MaySignOff(account) && (h.State.Standing != Unsupervised || !h.Signer.MayWithdraw(h.State.Signed)) {
		return Held{}, fault.Missing("competence")
	}
	return h, err
}

// Asking lists colleagues who wait for a sign-off that the actor may give.
func (s *Service) Asking(ctx context.Context, a access.Actor, now time.Time) (out []Held, err error) {
	members, err := s.members(ctx, a.Service)
	if err != nil {
		return nil, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		t, err := s.read(ctx, tx, members, nil, now)
		if err != nil {
			return err
		}
		signer := Signer{Account: a.Account, Lead: a.Role == access.Lead}
		mine := map[string]State{}
		for _, p := range t.People {
			if p.Account == a.Account {
				mine = p.States
			}
		}
		for _, p := range t.People {
			for _, c := range t.Pack.Competencies {
				signer.Holds = mine[c.Key].Standing == Unsupervised
				if p.State(c.Key).Asked && signer.MaySignOff(p.Account) {
					out = append(out, Held{Member: p.Member, Competence: c, State: p.State(c.Key), Signer: signer})
				}
			}
		}
		return nil
	})
	return out, err
}

// Move takes a step with one's own competence: begin, or ask to be signed off. Again does nothing.
func (s *Service) Move(ctx context.Context, a access.Actor, at time.Time, key string, to Kind) error {
	c, known := s.pack.Competence(key)
	if !known || to != Started && to != Ready {
		return fault.Missing("competence")
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	today := locale.Day(at)
	entry := audit.Entry{At: at, Action: "practice.started", Kind: "account", Object: a.Account, Detail: map[string]string{"competence": key}}
	if to == Ready {
		entry.Action = "practice.ready"
	}
	return s.do(ctx, a, entry, func(tx *postgres.Tx) (bool, error) {
		now, err := s.state(ctx, tx, a.Account, key, today)
		if err != nil || !slices.Contains(now.Next(), to) {
			return false, err
		}
		return s.insert(ctx, tx, at, c, Event{ID: id, Account: a.Account, Kind: to, On: today})
	})
}

// SignOff says that a colleague may practise a competence unsupervised.
func (s *Service) SignOff(ctx context.Context, a access.Actor, at time.Time, account uuid.UUID, key string, in SignIn) (fault.Fields, error) {
	h, err := s.FindHeld(ctx, a, at, account, key)
	if err != nil {
		return nil, err
	}
	if !h.Signer.MaySignOff(account) {
		return nil, fault.Missing("competence")
	}
	if h.has(in.ID) {
		return nil, nil // sent twice
	}
	if !h.State.Asked {
		return nil, fault.New(fault.Conflict, "practice.sign.not_asked")
	}
	if f := in.Check(locale.Day(at)); len(f) > 0 {
		return f, nil
	}
	entry := audit.Entry{At: at, Action: "practice.signed_off", Kind: "account", Object: account, Detail: map[string]string{"competence": key}}
	return nil, s.do(ctx, a, entry, func(tx *postgres.Tx) (bool, error) {
		now, err := s.held(ctx, tx, h.Member, h.Competence, locale.Day(at))
		if err != nil {
			return false, err
		}
		if !now.Signer.MaySignOff(account) || !now.State.Asked {
			return false, fault.New(fault.Conflict, "practice.sign.not_asked")
		}
		return s.insert(ctx, tx, at, h.Competence, Event{ID: in.ID, Account: account, Kind: SignedOff, On: in.On, Expires: in.Expires})
	})
}

// SignProgramme signs a colleague off within the transaction of another command, which saw them complete a programme in house for the
// competence and has found that they are of the team. Whoever takes the programme asks by that; the signer practises the competence
// unsupervised today, which leading the service does not replace, and is never the colleague.
func (s *Service) SignProgramme(ctx context.Context, tx *postgres.Tx, at time.Time, account uuid.UUID, key string, in SignIn) (fault.Fields, error) {
	c, known := s.pack.Competence(key)
	if !known {
		return nil, fault.Missing("competence")
	}
	h, err := s.held(ctx, tx, Member{Account: account}, c, locale.Day(at))
	if err != nil {
		return nil, err
	}
	if h.Signer.Lead = false; !h.Signer.MaySignOff(account) {
		return nil, fault.Missing("competence")
	}
	if f := in.Check(locale.Day(at)); len(f) > 0 {
		return f, nil
	}
	if new, err := s.insert(ctx, tx, at, c, Event{ID: in.ID, Account: account, Kind: SignedOff, On: in.On, Expires: in.Expires}); err != nil || !new {
		return nil, err
	}
	return nil, audit.Append(ctx, tx, audit.Entry{At: at, Action: "practice.signed_off", Kind: "account", Object: account, Detail: map[string]string{"competence": key}})
}

// Withdraw takes a sign-off back.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, at time.Time, account uuid.UUID, key string, id uuid.UUID, reason string) (f fault.Fields, err error) {
	h, err := s.FindHeld(ctx, a, at, account, key)
	if err != nil {
		return nil, err
	}
	if h.has(id) {
		return nil, nil // sent twice
	}
	if h.State.Standing != Unsupervised || !h.Signer.MayWithdraw(h.State.Signed) {
		return nil, fault.New(fault.Conflict, "practice.withdraw.nothing")
	}
	if f.Text("reason", "practice.withdraw.reason.empty", reason, maxReason); len(f) > 0 {
		return f, nil
	}
	entry := audit.Entry{At: at, Action: "practice.withdrawn", Kind: "account", Object: account, Detail: map[string]string{"competence": key}}
	return nil, s.do(ctx, a, entry, func(tx *postgres.Tx) (bool, error) {
		return s.insert(ctx, tx, at, h.Competence, Event{ID: id, Account: account, Kind: Withdrawn, On: locale.Day(at), Reason: reason})
	})
}

func (h Held) has(id uuid.UUID) bool {
	return slices.ContainsFunc(h.State.Events, func(e Event) bool { return e.ID == id })
}

func (s *Service) insert(ctx context.Context, tx *postgres.Tx, at time.Time, c Competence, e Event) (bool, error) {
	var reason *string
	if e.Kind == Withdrawn {
		reason = &e.Reason
	}
	n, err := db.New(tx).InsertEvent(ctx, db.InsertEventParams{ServiceID: tx.Actor.Service, ID: e.ID, AccountID: e.Account, Competence: c.Key, Kind: string(e.Kind), OnDate: e.On.UTC(), ExpiresOn: e.Expires.Null(),
		Reason: reason, PackVersion: int32(s.pack.Version), ByAccount: tx.Actor.Account, ByName: tx.Actor.Name, At: at.UTC()})
	if err != nil {
		return false, fmt.Errorf("insert event: %w", err)
	}
	if n == 0 {
		return false, nil
	}
	return true, s.changed(ctx, tx, e.Account, at)
}
