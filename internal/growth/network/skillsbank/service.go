package skillsbank

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
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Competence is what can be looked for.
type Competence struct{ Key, Name string }

// Service keeps the skills bank.
type Service struct {
	db           *postgres.DB
	competencies []Competence
}

// New makes the service. The competencies are those that professionals are signed off for.
func New(d *postgres.DB, competencies []Competence) *Service { return &Service{d, competencies} }

// Competencies are what can be looked for.
func (s *Service) Competencies() []Competence { return s.competencies }

// Named names a competence.
func (s *Service) Named(key string) string {
	for _, c := range s.competencies {
		if c.Key == key {
			return c.Name
		}
	}
	return key
}

// Board is what may be read of the skills bank: by an organisation what those that take part share, by the ICS needs and sessions.
type Board struct {
	Own      uuid.UUID
	Ring     organisation.Member // the ICS; the own organisation where it does not take part
	Takes    bool                // the own organisation takes part
	Partners []organisation.Member
	Offers   []Offer
	Needs    []Need
	Sessions []Session
}

// Name of an organisation.
func (b Board) Name(id uuid.UUID) string {
	for _, p := range b.Partners {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// Mine are the offers of the own team, the first made first.
func (b Board) Mine() (out []Offer) {
	for _, o := range b.Offers {
		if o.Organisation == b.Own {
			out = append(out, o)
		}
	}
	return out
}

// Looks says whether the own organisation has ever posted a need.
func (b Board) Looks() bool {
	return slices.ContainsFunc(b.Needs, func(n Need) bool { return n.Organisation == b.Own })
}

// Need finds one.
func (b Board) Need(id uuid.UUID) (Need, bool) {
	i := slices.IndexFunc(b.Needs, func(n Need) bool { return n.ID == id })
	if i < 0 {
		return Need{}, false
	}
	return b.Needs[i], true
}

// Offer finds one.
func (b Board) Offer(organisation, id uuid.UUID) (Offer, bool) {
	i := slices.IndexFunc(b.Offers, func(o Offer) bool { return o.ID == id && o.Organisation == organisation })
	if i < 0 {
		return Offer{}, false
	}
	return b.Offers[i], true
}

// Session finds one of the own organisation, given or taken.
func (b Board) Session(id uuid.UUID) (Session, bool) {
	i := slices.IndexFunc(b.Sessions, func(s Session) bool { return s.ID == id && b.party(s) })
	if i < 0 {
		return Session{}, false
	}
	return b.Sessions[i], true
}

func (b Board) party(s Session) bool { return s.Organisation == b.Own || s.Giver == b.Own }

// Parties are the sessions of the own organisation.
func (b Board) Parties() (out []Session) {
	for _, s := range b.Sessions {
		if b.party(s) {
			out = append(out, s)
		}
	}
	return out
}

// Stands says whether a session that is not over can still take place: both organisations take part, and the offer is live and holds the
// competence on its day.
func (b Board) Stands(s Session, today civil.Date) bool {
	n, known := b.Need(s.Need)
	o, there := b.Offer(s.Giver, s.Offer)
	return known && there && b.Name(s.Giver) != "" && b.Name(s.Organisation) != "" && o.Live(today) && o.Holds(n.Competence, s.On)
}

// Board reads it.
func (s *Service) Board(ctx context.Context, a access.Actor, now time.Time) (b Board, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err = board(ctx, tx, now)
		return err
	})
	return b, err
}

func board(ctx context.Context, tx *postgres.Tx, now time.Time) (b Board, err error) {
	q, day := db.New(tx), locale.Day(now).UTC()
	b.Own = tx.Actor.Organisation
	ring, err := q.Ring(ctx)
	if err != nil {
		return b, fmt.Errorf("find the ICS: %w", err)
	}
	if b.Ring, err = organisation.On(ctx, tx, ring, day); err != nil {
		return b, err
	}
	ids, err := q.Partners(ctx)
	if err != nil {
		return b, fmt.Errorf("list who takes part: %w", err)
	}
	for _, id := range ids {
		m, err := organisation.On(ctx, tx, id, day)
		if err != nil {
			return b, err
		}
		b.Partners, b.Takes = append(b.Partners, m), b.Takes || id == b.Own
	}
	slices.SortFunc(b.Partners, func(x, y organisation.Member) int { return strings.Compare(x.Name+x.ID.String(), y.Name+y.ID.String()) })
	if b.Offers, err = offers(ctx, q, b); err != nil {
		return b, err
	}
	if b.Needs, err = needs(ctx, q, b); err != nil {
		return b, err
	}
	b.Sessions, err = sessions(ctx, q)
	return b, err
}

func offers(ctx context.Context, q *db.Queries, b Board) (out []Offer, err error) {
	rows, err := q.ListOffers(ctx)
	if err != nil {
		return nil, fmt.Errorf("list offers: %w", err)
	}
	held, err := q.ListHeld(ctx)
	if err != nil {
		return nil, fmt.Errorf("list what offers hold: %w", err)
	}
	by := map[[2]uuid.UUID][]Holding{}
	for _, h := range held {
		k := [2]uuid.UUID{h.OrganisationID, h.OfferID}
		by[k] = append(by[k], Holding{h.Competence, civil.Of(h.UntilOn)})
	}
	for _, r := range rows {
		out = append(out, Offer{Organisation: r.OrganisationID, ID: r.ID, Where: b.Name(r.OrganisationID), Role: r.Role, Band: r.Band, Slots: r.Slots, Places: r.Places, From: civil.Of(r.FromOn), Until: civil.Of(r.UntilOn),
			State: r.State, DecidedBy: r.DecidedBy, Held: by[[2]uuid.UUID{r.OrganisationID, r.ID}], Name: postgres.Value(r.Name), Account: postgres.Value(r.AccountID)})
	}
	return out, nil
}

func needs(ctx context.Context, q *db.Queries, b Board) (out []Need, err error) {
	rows, err := q.ListNeeds(ctx)
	if err != nil {
		return nil, fmt.Errorf("list needs: %w", err)
	}
	for _, r := range rows {
		out = append(out, Need{NeedIn{r.ID, r.Competence, r.Place, r.Remote, r.Slots, civil.Of(r.FromOn), civil.Of(r.UntilOn), int(r.Hours)}, r.OrganisationID, b.Name(r.OrganisationID), r.ClosedAt != nil})
	}
	return out, nil
}

func sessions(ctx context.Context, q *db.Queries) (out []Session, err error) {
	rows, err := q.ListSessions(ctx)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	for _, r := range rows {
		out = append(out, Session{r.OrganisationID, r.ID, r.NeedID, r.OfferOrganisationID, r.OfferID, State(r.State), civil.Of(r.OnDate), r.Slot, int(r.Hours), r.GiverAt != nil, r.TakerAt != nil})
	}
	return out, nil
}

// change runs a command of an organisation that takes part, in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) change(ctx context.Context, a access.Actor, now time.Time, e audit.Entry, fn func(*db.Queries, Board) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err := board(ctx, tx, now)
		if err != nil {
			return err
		}
		n, err := fn(db.New(tx), b)
		if err != nil || n == 0 {
			return err
		}
		e.At = now
		return audit.Append(ctx, tx, e)
	})
}

// errOver answers what was settled meanwhile, or can no longer be.
var errOver = fault.New(fault.Conflict, "skills.over")

// errNoPart answers whose organisation does not take part.
var errNoPart = fault.New(fault.Conflict, "skills.no_part")

// Decide agrees to an offer of somebody of the own team, or refuses it. Nobody agrees to their own.
func (s *Service) Decide(ctx context.Context, a access.Actor, now time.Time, offer uuid.UUID, agree bool) error {
	state := "refused"
	if agree {
		state = "agreed"
	}
	return s.change(ctx, a, now, audit.Entry{Action: "skillsbank." + state, Kind: "skills_offer", Object: offer}, func(q *db.Queries, b Board) (int64, error) {
		o, ok := b.Offer(a.Organisation, offer)
		switch {
		case !ok:
			return 0, fault.Missing("offer")
		case o.State != "waits" || agree && !b.Takes:
			return 0, errOver
		case o.Account == a.Account:
			return 0, fault.New(fault.Conflict, "skills.own")
		}
		return settled(q.DecideOffer(ctx, db.DecideOfferParams{State: state, At: &now, ByName: &a.Name, OrganisationID: a.Organisation, ID: offer}))
	})
}

// settled makes a conflict of a command that came too late.
func settled(n int64, err error) (int64, error) {
	if err == nil && n == 0 {
		err = errOver
	}
	return n, err
}

// Post posts a need. The same id again does nothing.
func (s *Service) Post(ctx context.Context, a access.Actor, now time.Time, in NeedIn) error {
	if f := in.Check(s.competencies, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.change(ctx, a, now, audit.Entry{Action: "skillsbank.need_posted", Kind: "skills_need", Object: in.ID}, func(q *db.Queries, b Board) (int64, error) {
		if !b.Takes {
			return 0, errNoPart
		}
		return q.InsertNeed(ctx, db.InsertNeedParams{OrganisationID: a.Organisation, ID: in.ID, Competence: in.Competence, Place: strings.TrimSpace(in.Place), Remote: in.Remote, Slots: halfday.Clean(in.Slots),
			FromOn: in.From.UTC(), UntilOn: in.Until.UTC(), Hours: int32(in.Hours), At: now, ByName: a.Name}) //nolint:gosec // Check bounds it
	})
}

// Close says that nobody is looked for any more.
func (s *Service) Close(ctx context.Context, a access.Actor, now time.Time, need uuid.UUID) error {
	return s.change(ctx, a, now, audit.Entry{Action: "skillsbank.need_closed", Kind: "skills_need", Object: need}, func(q *db.Queries, b Board) (int64, error) {
		if n, ok := b.Need(need); !ok || n.Organisation != a.Organisation {
			return 0, fault.Missing("need")
		}
		return settled(q.CloseNeed(ctx, db.CloseNeedParams{At: &now, OrganisationID: a.Organisation, ID: need}))
	})
}

// Ask asks somebody of another organisation to come. The person is asked first.
func (s *Service) Ask(ctx context.Context, a access.Actor, now time.Time, need, giver, offer uuid.UUID, in AskIn) error {
	today := locale.Day(now)
	return s.change(ctx, a, now, audit.Entry{Action: "skillsbank.asked", Kind: "skills_request", Object: in.ID}, func(q *db.Queries, b Board) (int64, error) {
		n, o, err := b.Pair(need, giver, offer, today)
		if err != nil {
			return 0, err
		}
		if f := in.Check(n, o, today); len(f) > 0 {
			return 0, fault.New(fault.Invalid, f[0].Key)
		}
		return q.InsertSession(ctx, db.InsertSessionParams{OrganisationID: a.Organisation, ID: in.ID, NeedID: need, OfferOrganisationID: giver, OfferID: offer, OnDate: in.On.UTC(), Slot: in.Part, Hours: int32(in.Hours), At: now}) //nolint:gosec // Check bounds it
	})
}

// Pair finds an own need and an offer that fits it.
func (b Board) Pair(need, giver, offer uuid.UUID, today civil.Date) (n Need, o Offer, err error) {
	n, ok := b.Need(need)
	if !ok || n.Organisation != b.Own {
		return n, o, fault.Missing("need")
	}
	if o, ok = b.Offer(giver, offer); !ok || giver == b.Own {
		return n, o, fault.Missing("offer")
	}
	if fits, _ := Match(n, []Offer{o}, today); len(fits) == 0 || !n.Open(today) || !b.Takes {
		return n, o, errOver
	}
	return n, o, nil
}

// Agree agrees to a session for one of its two sides; once both did it is booked.
func (s *Service) Agree(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.change(ctx, a, now, audit.Entry{Action: "skillsbank.session_agreed", Kind: "skills_request", Object: id}, func(q *db.Queries, b Board) (int64, error) {
		x, ok := b.Session(id)
		if !ok {
			return 0, fault.Missing("session")
		}
		today := locale.Day(now)
		if _, ok := x.agree(a.Organisation); !ok || x.On.Before(today) || !b.Stands(x, today) {
			return 0, errOver
		}
		return settled(q.AgreeSession(ctx, db.AgreeSessionParams{Giver: x.Giver == a.Organisation, At: now, OrganisationID: x.Organisation, ID: id}))
	})
}

// TookPlace says how many hours were worked in a booked session whose day has come; the side that had the help says it.
func (s *Service) TookPlace(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, hours int) error {
	if f := CheckDone(hours); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.end(ctx, a, now, id, Done, hours, func(x Session) bool { return x.Organisation == a.Organisation && x.Tellable(locale.Day(now)) })
}

// Cancel calls a session off, for either side.
func (s *Service) Cancel(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.end(ctx, a, now, id, Cancelled, 0, func(x Session) bool { return !x.Over() })
}

func (s *Service) end(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, to State, hours int, may func(Session) bool) error {
	return s.change(ctx, a, now, audit.Entry{Action: "skillsbank.session_" + string(to), Kind: "skills_request", Object: id}, func(q *db.Queries, b Board) (int64, error) {
		x, ok := b.Session(id)
		if !ok {
			return 0, fault.Missing("session")
		}
		if !may(x) {
			return 0, errOver
		}
		if to == Cancelled {
			hours = x.Hours
		}
		return settled(q.EndSession(ctx, db.EndSessionParams{State: string(to), Hours: int32(hours), At: &now, OrganisationID: x.Organisation, ID: id, Was: []string{string(x.State)}})) //nolint:gosec // bounded
	})
}

// Overview is the skills bank as the ICS sees it.
type Overview struct {
	Board
	Of int // organisations of the ICS
}

// Overview reads it for the ICS.
func (s *Service) Overview(ctx context.Context, a access.Actor, now time.Time) (o Overview, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if o.Board, err = board(ctx, tx, now); err != nil {
			return err
		}
		members, err := organisation.MembersOf(ctx, tx, a.Organisation, locale.Day(now).UTC())
		if err != nil {
			return err
		}
		o.Of = max(len(members), len(o.Partners))
		return nil
	})
	return o, err
}
