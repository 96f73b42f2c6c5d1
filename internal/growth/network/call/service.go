package call

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
	"github.com/rowan-ohwb/rowan/internal/growth/network/call/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps calls, and hands over answers to them.
type Service struct{ db *postgres.DB }

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d} }

// errChanged answers a command that found the call otherwise than it was shown.
var errChanged = fault.New(fault.Conflict, "call.changed")

// Kept gives the nation's own calls.
func (s *Service) Kept(ctx context.Context, a access.Actor) (out []Call, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = kept(ctx, tx)
		return err
	})
	return out, err
}

func kept(ctx context.Context, tx *postgres.Tx) (out []Call, err error) {
	rows, err := db.New(tx).ListKept(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list calls: %w", err)
	}
	for _, r := range rows {
		c := callOf(db.ListAskedRow{OrganisationID: r.OrganisationID, ID: r.ID, Kind: r.Kind, Asks: r.Asks, Title: r.Title, About: r.About, Questions: r.Questions, ClosesOn: r.ClosesOn, State: r.State, Version: r.Version, PublishedOn: r.PublishedOn, Said: r.Said, Did: r.Did, AnsweredOn: r.AnsweredOn})
		c.Replies = int(r.Replies)
		out = append(out, c)
	}
	return out, nil
}

func callOf(r db.ListAskedRow) Call {
	return Call{In: In{ID: r.ID, Kind: Kind(r.Kind), Asks: r.Asks, Title: r.Title, About: r.About, Questions: strings.Join(r.Questions, "\n"), Closes: civil.Of(r.ClosesOn), Version: int(r.Version)},
		Nation: r.OrganisationID, Asked: questions(r.Questions), State: State(r.State), Published: civil.FromNull(r.PublishedOn), Said: r.Said, Did: r.Did, Told: civil.FromNull(r.AnsweredOn)}
}

func pick(all []Call, err error, id uuid.UUID) (Call, error) {
	if err != nil {
		return Call{}, err
	}
	i := slices.IndexFunc(all, func(c Call) bool { return c.ID == id })
	if i < 0 {
		return Call{}, fault.Missing("call")
	}
	return all[i], nil
}

// Find gives one of the nation's own calls, with what was answered.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (c Call, replies []Reply, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := kept(ctx, tx)
		if c, err = pick(all, err, id); err != nil {
			return err
		}
		rows, err := db.New(tx).ListReplies(ctx, db.ListRepliesParams{OrganisationID: a.Organisation, CallID: id})
		if err != nil {
			return fmt.Errorf("list answers: %w", err)
		}
		for _, r := range rows {
			replies = append(replies, Reply{r.Who, r.Answers, civil.Of(r.HandedOn)})
		}
		return nil
	})
	return c, replies, err
}

// Asked gives what the nation asks of an organisation, with what it has handed over; nation is its name, "" where there is none above.
func (s *Service) Asked(ctx context.Context, a access.Actor, now time.Time) (out []Call, nation string, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, nation, err = Asked(ctx, tx, now)
		return err
	})
	return out, nation, err
}

// Asked is the same in the caller's transaction.
func Asked(ctx context.Context, tx *postgres.Tx, now time.Time) (out []Call, nation string, err error) {
	n, ok, err := organisation.NationOf(ctx, tx, tx.Actor.Organisation, now)
	if err != nil || !ok {
		return nil, "", err
	}
	q := db.New(tx)
	rows, err := q.ListAsked(ctx, n.ID)
	if err != nil {
		return nil, "", fmt.Errorf("list calls: %w", err)
	}
	own, err := q.ListOwn(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, "", fmt.Errorf("list what was handed over: %w", err)
	}
	for _, r := range rows {
		c := callOf(r)
		for _, o := range own {
			if o.CallID == c.ID {
				c.Reply = &Reply{Answers: o.Answers, On: locale.Day(o.HandedAt)}
			}
		}
		out = append(out, c)
	}
	return out, n.Name, nil
}

// FindAsked gives one call that the nation asks of an organisation.
func (s *Service) FindAsked(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (c Call, nation string, err error) {
	all, nation, err := s.Asked(ctx, a, now)
	c, err = pick(all, err, id)
	return c, nation, err
}

// do changes one of the nation's own calls with its audit row; nothing changed is a conflict.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, id uuid.UUID, change func(*db.Queries, Call) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := kept(ctx, tx)
		c, err := pick(all, err, id)
		if err != nil {
			return err
		}
		n, err := change(db.New(tx), c)
		switch {
		case err != nil && fault.KindOf(err) != fault.Internal:
			return err
		case err != nil:
			return fmt.Errorf("%s: %w", action, err)
		case n == 0:
			return errChanged
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "call", Object: id})
	})
}

// Add writes a draft. The same id again does nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, in In) error {
	if f := in.Check(a.Role, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertCall(ctx, db.InsertCallParams{OrganisationID: a.Organisation, ID: in.ID, Kind: string(in.Kind), Asks: in.Asks, Title: strings.TrimSpace(in.Title), About: strings.TrimSpace(in.About), Questions: stored(in), ClosesOn: in.Closes.UTC(), At: now, ByName: a.Name})
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "call.saved", Kind: "call", Object: in.ID})
	})
}

// stored are the questions as they are kept: none is an empty list.
func stored(in In) []string { return append([]string{}, in.lines()...) }

// Change writes a draft anew, in the version that the form showed.
func (s *Service) Change(ctx context.Context, a access.Actor, now time.Time, in In) error {
	return s.do(ctx, a, now, "call.saved", in.ID, func(q *db.Queries, c Call) (int64, error) {
		in.Kind = c.Kind
		if f := in.Check(a.Role, locale.Day(now)); len(f) > 0 {
			return 0, fault.New(fault.Conflict, f[0].Key)
		}
		return q.ChangeCall(ctx, db.ChangeCallParams{OrganisationID: a.Organisation, ID: in.ID, Version: int32(in.Version), Asks: in.Asks, Title: strings.TrimSpace(in.Title), About: strings.TrimSpace(in.About), Questions: stored(in), ClosesOn: in.Closes.UTC(), At: now, ByName: a.Name}) //nolint:gosec // a version
	})
}

// Publish shows a draft to organisations.
func (s *Service) Publish(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, version int) error {
	return s.do(ctx, a, now, "call.published", id, func(q *db.Queries, c Call) (int64, error) {
		if c.Closes.Before(locale.Day(now)) {
			return 0, fault.New(fault.Conflict, "call.over")
		}
		return q.PublishCall(ctx, db.PublishCallParams{OrganisationID: a.Organisation, ID: id, Version: int32(version), OnDay: locale.Day(now).UTC()}) //nolint:gosec // a version
	})
}

// Withdraw takes a call away.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.do(ctx, a, now, "call.withdrawn", id, func(q *db.Queries, _ Call) (int64, error) {
		return q.WithdrawCall(ctx, db.WithdrawCallParams{OrganisationID: a.Organisation, ID: id})
	})
}

// Tell says what came of a call that is over.
func (s *Service) Tell(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, said, did string) error {
	return s.do(ctx, a, now, "call.told", id, func(q *db.Queries, c Call) (int64, error) {
		if f := CheckTold(said, did); len(f) > 0 {
			return 0, fault.New(fault.Conflict, f[0].Key)
		}
		if !c.Waits(locale.Day(now)) {
			return 0, nil
		}
		return q.TellCall(ctx, db.TellCallParams{OrganisationID: a.Organisation, ID: id, Said: strings.TrimSpace(said), Did: strings.TrimSpace(did), OnDay: locale.Day(now).UTC()})
	})
}

// Hand hands an organisation's answer over, once: to the nation with its name or without, and to itself as it left.
func (s *Service) Hand(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, answers []string, named bool) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, _, err := Asked(ctx, tx, now)
		c, err := pick(all, err, id)
		if err != nil {
			return err
		}
		today := locale.Day(now)
		if c.Kind != Survey || !c.Open(today) || c.Reply != nil {
			return errChanged
		}
		if f := c.CheckAnswers(answers, true, "yes", today); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		who := ""
		if named {
			o, err := organisation.On(ctx, tx, a.Organisation, now)
			if err != nil {
				return err
			}
			who = o.Name
		}
		q := db.New(tx)
		n, err := q.InsertOwn(ctx, db.InsertOwnParams{OrganisationID: a.Organisation, CallID: id, NationID: c.Nation, Answers: answers, Named: named, At: now, ByName: a.Name})
		if err != nil {
			return fmt.Errorf("keep an answer: %w", err)
		}
		if n == 0 {
			return errChanged
		}
		if err := q.HandOver(ctx, db.HandOverParams{NationID: c.Nation, ID: uuid.New(), CallID: id, Who: who, Answers: answers, OnDay: today.UTC()}); err != nil {
			return fmt.Errorf("hand an answer over: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "call.handed", Kind: "call", Object: id})
	})
}
