package mentoring

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Offer writes the actor's own profile. Places that are more than before go to who waits.
func (s *Service) Offer(ctx context.Context, a access.Actor, at time.Time, in ProfileIn) error {
	has, err := s.d.Standing(ctx, a, at)
	if err != nil {
		return err
	}
	if err := refuse(s.pack.CheckProfile(in, s.d.Areas, has.Holds)); err != nil {
		return err
	}
	team, err := s.team(ctx, a.Service)
	if err != nil {
		return err
	}
	days := make([]int32, 0, len(in.Days))
	for _, d := range in.Days {
		n, _ := strconv.Atoi(d)       // one of Days
		days = append(days, int32(n)) //nolint:gosec // a day of the week
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: "mentoring.offered", Kind: "account", Object: a.Account}, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.SaveMentor(ctx, db.SaveMentorParams{ServiceID: a.Service, AccountID: a.Account, Paused: in.Taking == "no", Places: int32(in.Places), Offers: in.Offers, How: in.How, Days: days, At: at}) //nolint:gosec // bounded by CheckProfile
		if err != nil {
			return 0, fmt.Errorf("save mentor: %w", err)
		}
		return n, settle(ctx, tx, q, team, a.Account, at)
	})
}

// settle gives places that are free to who waits for a mentor, and tells the mentor that somebody asks.
func settle(ctx context.Context, tx *postgres.Tx, q *db.Queries, team map[uuid.UUID]Member, mentor uuid.UUID, at time.Time) error {
	given, err := q.Settle(ctx, mentor)
	if err != nil {
		return fmt.Errorf("give places: %w", err)
	}
	if given == 0 {
		return nil
	}
	return tell(ctx, tx, team, mentor, toldAsked, at)
}

// Ask asks a mentor for a place, or joins who waits for one, and says which. The same question again changes nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, id, mentor uuid.UUID, wants []string) (m Mentorship, err error) {
	p, err := s.Mentor(ctx, a, mentor)
	if err != nil {
		return m, err
	}
	if err := refuse(CheckAsk(wants, p)); err != nil {
		return m, err
	}
	team, err := s.team(ctx, a.Service)
	if err != nil {
		return m, err
	}
	err = s.do(ctx, a, audit.Entry{At: at, Action: "mentoring.asked", Kind: "mentorship", Object: id}, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		if err := q.LockMentor(ctx, mentor.String()); err != nil {
			return 0, fmt.Errorf("wait for the mentor: %w", err)
		}
		n, err := q.Ask(ctx, db.AskParams{ServiceID: a.Service, ID: id, Mentor: mentor, MentorName: p.Name, MenteeAccount: a.Account, MenteeName: a.Name, Wants: wants, At: at})
		if err != nil {
			return 0, fmt.Errorf("ask mentor: %w", err)
		}
		all, err := pairs(ctx, q, a, nil)
		if err != nil {
			return 0, err
		}
		i := slices.IndexFunc(all, func(x Mentorship) bool { return x.Mentor == mentor && !x.Mentors && !x.Over() })
		if i < 0 { // they stopped taking anybody a moment ago
			return 0, changed()
		}
		if m = all[i]; n == 0 || m.State != Asked {
			return n, nil
		}
		return n, tell(ctx, tx, team, mentor, toldAsked, at)
	})
	return m, err
}

// Answer takes or declines who asked. A reason is not asked for.
func (s *Service) Answer(ctx context.Context, a access.Actor, at time.Time, m Mentorship, yes bool) error {
	state, action := Declined, "mentoring.declined"
	if yes {
		state, action = On, "mentoring.accepted"
	}
	return s.move(ctx, a, at, m, action, toldAnswered, func(q *db.Queries) (int64, error) {
		return q.Answer(ctx, db.AnswerParams{ServiceID: a.Service, ID: m.ID, Account: a.Account, State: state, At: &at})
	})
}

// Withdraw takes back what the actor asked.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, at time.Time, m Mentorship) error {
	return s.move(ctx, a, at, m, "mentoring.withdrawn", "", func(q *db.Queries) (int64, error) {
		return q.Withdraw(ctx, db.WithdrawParams{ServiceID: a.Service, ID: m.ID, Account: a.Account})
	})
}

// End ends a mentorship of the actor's, with thanks from the list, which the other reads.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, m Mentorship, thanks string) error {
	if err := refuse(s.pack.CheckThanks(thanks)); err != nil {
		return err
	}
	return s.move(ctx, a, at, m, "mentoring.ended", toldEnded, func(q *db.Queries) (int64, error) {
		return q.End(ctx, db.EndParams{ServiceID: a.Service, ID: m.ID, Account: &a.Account, Thanks: &thanks, At: &at})
	})
}

// move changes the state of a mentorship under the mentor's lock, gives a place that is free to who waits, and tells the other.
func (s *Service) move(ctx context.Context, a access.Actor, at time.Time, m Mentorship, action, template string, fn func(*db.Queries) (int64, error)) error {
	team, err := s.team(ctx, a.Service)
	if err != nil {
		return err
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: action, Kind: "mentorship", Object: m.ID}, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		if err := q.LockMentor(ctx, m.Mentor.String()); err != nil {
			return 0, fmt.Errorf("wait for the mentor: %w", err)
		}
		n, err := fn(q)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", action, err)
		}
		if n == 0 {
			return 0, changed()
		}
		if err := settle(ctx, tx, q, team, m.Mentor, at); err != nil || template == "" {
			return n, err
		}
		return n, tell(ctx, tx, team, m.OtherAccount(), template, at)
	})
}

// Mentorships lists the actor's own, and what they asked and were asked.
func (s *Service) Mentorships(ctx context.Context, a access.Actor) (out []Mentorship, err error) {
	err = s.read(ctx, a, func(q *db.Queries) error {
		out, err = pairs(ctx, q, a, nil)
		return err
	})
	return out, err
}

func pairs(ctx context.Context, q *db.Queries, a access.Actor, id *uuid.UUID) ([]Mentorship, error) {
	rows, err := q.ListPairs(ctx, db.ListPairsParams{ServiceID: a.Service, ID: id})
	if err != nil {
		return nil, fmt.Errorf("list mentorships: %w", err)
	}
	out := make([]Mentorship, len(rows))
	for i, r := range rows {
		out[i] = Mentorship{ID: r.ID, Mentor: r.MentorAccount, Mentee: r.MenteeAccount, MentorName: r.MentorName, MenteeName: r.MenteeName, Wants: r.Wants, State: r.State, AskedAt: r.AskedAt,
			AnsweredAt: postgres.Value(r.AnsweredAt), EndedAt: postgres.Value(r.EndedAt), EndedBy: postgres.Value(r.EndedBy), Thanks: postgres.Value(r.Thanks), Next: civil.FromNull(r.NextOn), NextSet: postgres.Value(r.NextSetAt),
			NextVersion: int(r.NextVersion), Said: r.Said, Mentors: r.MentorAccount == a.Account}
	}
	return out, nil
}

func pair(ctx context.Context, q *db.Queries, a access.Actor, id uuid.UUID) (Mentorship, error) {
	all, err := pairs(ctx, q, a, &id)
	if err != nil {
		return Mentorship{}, err
	}
	if len(all) == 0 {
		return Mentorship{}, fault.Missing("mentorship")
	}
	return all[0], nil
}
