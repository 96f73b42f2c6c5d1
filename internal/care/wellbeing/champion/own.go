package champion

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Colleague is a champion as others find them.
type Colleague struct{ Name, Department, Team string }

// Mine is what somebody sees of their own.
type Mine struct {
	Last        *Champion // what they asked last; nil for nothing
	On          bool      // they are a champion today
	Training    string
	Due         civil.Date
	Counts      []Tally // of this month and those before, the newest first
	Near        []Colleague
	Others      []Colleague
	Kits        []Kit
	Department  string
	HasPost     bool
	WithManager bool // somebody can agree
}

// May says whether they can ask: not while they wait or are one.
func (m Mine) May() bool {
	return m.HasPost && m.WithManager && !m.On && (m.Last == nil || m.Last.State != Asked)
}

// monthsBack is how many earlier months somebody sees of their counts, and can still put right one of.
const monthsBack = 6

// Find reads the actor's own page.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (m Mine, err error) {
	today := locale.Day(now)
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		post, found, err := post(ctx, q, a, today)
		if err != nil {
			return err
		}
		m.HasPost, m.WithManager, m.Department = found, found && post.ManagerPersonID != nil, post.Department
		own, err := own(ctx, tx, a)
		if err != nil {
			return err
		}
		if len(own) > 0 {
			m.Last = &own[0]
			m.On = m.Last.Active(today)
			m.Training, m.Due = s.pack.Training(m.Last.Last(), today)
		}
		if m.On {
			rows, err := q.ListOwnCounts(ctx, db.ListOwnCountsParams{OrganisationID: a.Organisation, PersonID: a.Person, Since: month(today).AddMonths(-monthsBack).UTC()})
			if err != nil {
				return fmt.Errorf("list own counts: %w", err)
			}
			m.Counts = tallies(rows, func(r db.ListOwnCountsRow) (time.Time, string, int32) { return r.Month, r.Code, r.N })
			if m.Kits, err = kits(ctx, tx); err != nil {
				return err
			}
		}
		all, err := q.ListActive(ctx, db.ListActiveParams{OrganisationID: a.Organisation, OnDay: today.Null()})
		if err != nil {
			return fmt.Errorf("list champions: %w", err)
		}
		for _, c := range all {
			switch x := (Colleague{c.Name, c.Department, c.Team}); {
			case c.PersonID == a.Person:
			case found && c.Department == post.Department:
				m.Near = append(m.Near, x)
			default:
				m.Others = append(m.Others, x)
			}
		}
		return nil
	})
	return m, err
}

func post(ctx context.Context, q *db.Queries, a access.Actor, on civil.Date) (p db.FindPostRow, found bool, err error) {
	p, err = q.FindPost(ctx, db.FindPostParams{OrganisationID: a.Organisation, PersonID: a.Person, OnDay: on.UTC()})
	if errors.Is(err, pgx.ErrNoRows) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("find post: %w", err)
	}
	return p, true, nil
}

// own lists what the actor asked, the newest first, the newest with its training.
func own(ctx context.Context, tx *postgres.Tx, a access.Actor) ([]Champion, error) {
	q := db.New(tx)
	rows, err := q.ListOwn(ctx, db.ListOwnParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if err != nil {
		return nil, fmt.Errorf("list own: %w", err)
	}
	out := make([]Champion, len(rows))
	for i, r := range rows {
		out[i] = Champion{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID, Name: r.Name, Department: r.Department, Team: r.Team, State: r.State, Asked: locale.Day(r.AskedAt), Decided: locale.DayIf(r.DecidedAt),
			Hours: int(postgres.Value(r.Hours)), Ends: civil.FromNull(r.EndsOn), EndedBy: postgres.Value(r.EndedBy), Thanked: locale.DayIf(r.ThankedAt), ThankedBy: postgres.Value(r.ThankedBy)}
	}
	if len(out) == 0 {
		return nil, nil
	}
	trained, err := q.ListTrained(ctx, db.ListTrainedParams{OrganisationID: a.Organisation, ChampionID: out[0].ID})
	if err != nil {
		return nil, fmt.Errorf("list training: %w", err)
	}
	for _, t := range trained {
		out[0].Trained = append(out[0].Trained, Training{civil.Of(t.DoneOn), t.Kind, t.ByName})
	}
	return out, nil
}

// CheckAsk says what is wrong with asking: they must have read what a champion is not.
func CheckAsk(understood bool) (f fault.Fields) {
	if !understood {
		f.Add("understood", "champion.understood.empty")
	}
	return f
}

// Ask asks to be a champion. Their manager is told. link is the one they followed, or nil.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, id, link uuid.UUID) error {
	today := locale.Day(at)
	c := Champion{ID: id, Organisation: a.Organisation, Person: a.Person}
	return s.do(ctx, a, entry(at, "champion.asked", c), func(tx *postgres.Tx) (int64, error) {
		q := db.New(tx)
		p, found, err := post(ctx, q, a, today)
		if err != nil {
			return 0, err
		}
		if !found || p.ManagerPersonID == nil {
			return 0, fault.New(fault.Conflict, "champion.no_manager")
		}
		mine, err := own(ctx, tx, a)
		if err != nil {
			return 0, err
		}
		if len(mine) > 0 && (mine[0].State == Asked || mine[0].Active(today)) {
			if mine[0].ID == id {
				return 0, nil // the same form twice
			}
			return 0, fault.New(fault.Conflict, "champion.already")
		}
		if link != uuid.Nil { // one that is closed meanwhile, or of another organisation, does not matter
			if l, err := q.FindLink(ctx, db.FindLinkParams{ID: link, OnDay: today.UTC()}); err != nil || l.OrganisationID != a.Organisation {
				link = uuid.Nil
			}
		}
		n, err := q.InsertChampion(ctx, db.InsertChampionParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, Name: a.Name, Department: p.Department, Team: p.Team, At: at, LinkID: postgres.Null(link)})
		if err != nil {
			return 0, fmt.Errorf("insert champion: %w", err)
		}
		if n == 0 {
			return 0, nil
		}
		return n, tell(ctx, tx, "champion_asked", c, *p.ManagerPersonID, at)
	})
}

// Withdraw takes back what the manager has not answered yet.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, at time.Time) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "champion.withdrawn", Kind: "champion", Subject: a.Person}, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).Withdraw(ctx, db.WithdrawParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil {
			return 0, fmt.Errorf("withdraw: %w", err)
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "champion.answered")
		}
		return n, nil
	})
}

// StepDown ends being a champion on a day, or moves the day that they had set. was is the day that the form showed.
func (s *Service) StepDown(ctx context.Context, a access.Actor, at time.Time, was, on civil.Date) error {
	if err := refuse(CheckEnd(on, locale.Day(at))); err != nil {
		return err
	}
	return s.stop(ctx, a, at, func(Champion) (civil.Date, civil.Date) { return was, on })
}

// StayOn takes that day back.
func (s *Service) StayOn(ctx context.Context, a access.Actor, at time.Time) error {
	return s.stop(ctx, a, at, func(c Champion) (civil.Date, civil.Date) { return c.Ends, civil.Date{} })
}

func (s *Service) stop(ctx context.Context, a access.Actor, at time.Time, days func(Champion) (was, on civil.Date)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		mine, err := own(ctx, tx, a)
		if err != nil {
			return err
		}
		if len(mine) == 0 || !mine[0].Active(locale.Day(at)) {
			return fault.Missing("champion")
		}
		was, on := days(mine[0])
		return end(ctx, tx, mine[0], at, was, on, BySelf)
	})
}

// end sets the last day, moves it, or takes it back; each their own.
func end(ctx context.Context, tx *postgres.Tx, c Champion, at time.Time, was, on civil.Date, by string) error {
	if was == on && c.Ends == on {
		return nil // it stands already
	}
	ended, action := &by, "champion.stepped_down"
	if on.IsZero() {
		ended, action = nil, "champion.stays"
	}
	n, err := db.New(tx).StepDown(ctx, db.StepDownParams{OrganisationID: c.Organisation, ID: c.ID, EndsOn: on.Null(), EndedBy: ended, OnDay: locale.Day(at).Null(), By: &by, Was: was.Null()})
	if err != nil {
		return fmt.Errorf("step down: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "champion.ending")
	}
	return audit.Append(ctx, tx, entry(at, action, c))
}

// Countable says whether the counts of a month can be given today: this month's and the last one's.
func Countable(m, today civil.Date) bool {
	return m == month(today) || m == closed(today)
}

// closed is the first month that can still change. The sums of those before it stay as they are: nobody finds one champion's numbers
// by looking before they give them and again afterwards.
func closed(today civil.Date) civil.Date { return month(today).AddMonths(-1) }

// Count keeps the actor's own numbers of a month.
func (s *Service) Count(ctx context.Context, a access.Actor, at time.Time, m civil.Date, n map[string]int) error {
	today := locale.Day(at)
	if err := refuse(s.pack.CheckCounts(n)); err != nil {
		return err
	}
	if !Countable(m, today) {
		return fault.Missing("month")
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		mine, err := own(ctx, tx, a)
		if err != nil {
			return err
		}
		if len(mine) == 0 || !mine[0].Active(today) {
			return fault.Missing("champion")
		}
		changed := int64(0)
		for _, c := range s.pack.Counts {
			k, err := db.New(tx).SetCount(ctx, db.SetCountParams{OrganisationID: a.Organisation, PersonID: a.Person, Month: m.UTC(), Code: c.Code, N: int32(n[c.Code])}) //nolint:gosec // bounded by CheckCounts
			if err != nil {
				return fmt.Errorf("set count: %w", err)
			}
			changed += k
		}
		if changed == 0 {
			return nil
		}
		return audit.Append(ctx, tx, entry(at, "champion.counted", mine[0]))
	})
}
