package mentoring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Say keeps whether a mentorship helped the mentee, once. That they answer and what they answer are written in two transactions, as for
// a pulse (care/pulse): when the second is refused the first is given back, and when nobody knows it stays.
func (s *Service) Say(ctx context.Context, a access.Actor, at time.Time, m Mentorship, score int) error {
	if err := refuse(CheckScore(score)); err != nil {
		return err
	}
	if !s.pack.MaySay(m, at) {
		return fault.New(fault.Conflict, "mentoring.help.over")
	}
	first := false
	err := s.read(ctx, a, func(q *db.Queries) error {
		n, err := q.Voice(ctx, db.VoiceParams{ServiceID: a.Service, MentorshipID: m.ID, AccountID: a.Account})
		first = n > 0
		return err
	})
	if err != nil || !first {
		return err
	}
	added := false
	// The house keeps it, so that not even the settings of the transaction know who answers.
	err = s.read(ctx, access.SystemActor(a.Wall, a.Organisation, a.Service), func(q *db.Queries) error {
		err := q.AddAnswer(ctx, int32(score)) //nolint:gosec // 1 to 5
		added = err == nil
		return err
	})
	if err == nil || added {
		return err
	}
	back := s.read(context.WithoutCancel(ctx), a, func(q *db.Queries) error {
		return q.NoVoice(ctx, db.NoVoiceParams{ServiceID: a.Service, MentorshipID: m.ID, AccountID: a.Account})
	})
	if back != nil {
		return fmt.Errorf("give back that somebody answers: %w", errors.Join(err, back))
	}
	return err
}

// Month is what was counted of a service in a month: to the nearest 5, nil for fewer than 8.
type Month struct {
	On                           time.Time
	Mentorships, Waiting, Gained *int32
}

// Result is whether mentoring helped, of 8 or more answers.
type Result struct {
	At      time.Time
	Answers int
	Mean    float64
}

// Board is what the lead sees. Mentors are those whom the whole team sees, so they are counted as they are.
type Board struct {
	Mentors int
	Months  []Month  // the newest first
	Results []Result // likewise
}

// Board reads it.
func (s *Service) Board(ctx context.Context, a access.Actor) (b Board, err error) {
	all, err := s.Mentors(ctx, a)
	if err != nil {
		return b, err
	}
	for _, p := range all {
		if p.Taking {
			b.Mentors++
		}
	}
	err = s.read(ctx, a, func(q *db.Queries) error {
		months, err := q.ListMonths(ctx, a.Service)
		if err != nil {
			return fmt.Errorf("list months: %w", err)
		}
		for _, r := range months {
			b.Months = append(b.Months, Month{r.CountedAt, r.Mentorships, r.Waiting, r.Gained})
		}
		results, err := q.ListResults(ctx, a.Service)
		if err != nil {
			return fmt.Errorf("list results: %w", err)
		}
		for _, r := range results {
			b.Results = append(b.Results, Result{r.CountedAt, int(r.Answers), r.Mean})
		}
		return nil
	})
	return b, err
}

// lookArgs counts a service and finds of whom both are to be reminded; remindArgs reminds two.
type (
	lookArgs struct {
		Organisation uuid.UUID `json:"organisation"`
		Service      uuid.UUID `json:"service"`
	}
	remindArgs struct {
		Organisation uuid.UUID `json:"organisation"`
		Service      uuid.UUID `json:"service"`
		Mentorship   uuid.UUID `json:"mentorship"`
		Mentor       uuid.UUID `json:"mentor"`
		Mentee       uuid.UUID `json:"mentee"`
	}
)

func (lookArgs) Kind() string                                  { return "mentoring.look" }
func (a lookArgs) Tenant() (organisation, service uuid.UUID)   { return a.Organisation, a.Service }
func (remindArgs) Kind() string                                { return "mentoring.remind" }
func (a remindArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// A reminder is a matter of days; twice a day survives one morning without a server.
const sweepEvery = 12 * time.Hour

// Jobs has mentorships counted and the two of each reminded.
func (s *Service) Jobs(r *job.Runner) {
	r.Sweep("mentoring", sweepEvery, job.EachService(func(organisation, service uuid.UUID) job.Args { return lookArgs{organisation, service} }))
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, _ lookArgs) error {
		if err := Count(ctx, tx, s.d.Now()); err != nil {
			return err
		}
		return s.look(ctx, tx, s.d.Now())
	})
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, a remindArgs) error {
		team, err := s.team(ctx, a.Service)
		if err != nil {
			return err
		}
		for _, who := range []uuid.UUID{a.Mentor, a.Mentee} {
			if err := tell(ctx, tx, team, who, toldDue, s.d.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// idsOfDue is how many ids the database answers for each mentorship.
const idsOfDue = 3

// look finds of whom both are to be reminded, and notes that they are.
func (s *Service) look(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	due, err := db.New(tx).ListDue(ctx, db.ListDueParams{Today: locale.Day(now).UTC(), Near: int32(s.pack.Near), Quiet: int32(s.pack.Quiet)}) //nolint:gosec // days of the pack
	if err != nil {
		return fmt.Errorf("list who is to be reminded: %w", err)
	}
	for ; len(due) >= idsOfDue; due = due[idsOfDue:] {
		if err := job.Add(ctx, tx, remindArgs{tx.Actor.Organisation, tx.Actor.Service, due[0], due[1], due[2]}, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// Count makes a result of a tally of 8 or more answers and counts the month of a service, once, behind the worker wall.
func Count(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	q, service, today := db.New(tx), tx.Actor.Service, locale.Day(now)
	tallies, err := q.TakeTally(ctx, db.TakeTallyParams{ServiceID: service, Least: int32(disclosure.General.Rule().Threshold)}) //nolint:gosec // 8
	if err != nil {
		return fmt.Errorf("take tally: %w", err)
	}
	for _, counts := range tallies {
		n, sum := 0, 0
		for i, c := range counts {
			n, sum = n+int(c), sum+(i+1)*int(c)
		}
		answers, mean := pulse.Tell(n, sum)
		if answers == nil {
			return fmt.Errorf("a tally of %d answers was taken", n)
		}
		if err := q.InsertResult(ctx, db.InsertResultParams{ServiceID: service, At: now, Answers: *answers, Mean: *mean}); err != nil {
			return fmt.Errorf("insert result: %w", err)
		}
	}
	counted, err := q.CountService(ctx, today.UTC())
	if err != nil {
		return fmt.Errorf("count mentorships: %w", err)
	}
	month := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	if _, err := q.InsertMonth(ctx, db.InsertMonthParams{ServiceID: service, Month: month.UTC(), At: now, Mentorships: Told(counted[0]), Waiting: Told(counted[1]), Gained: Told(counted[2])}); err != nil {
		return fmt.Errorf("keep month: %w", err)
	}
	return nil
}

// Told is a count as it is kept: to the nearest 5, nil for fewer than 8. Nought is few, too: that nobody waits says of each that they do not.
func Told(exact int32) *int32 {
	if !disclosure.Statistic(int(exact), disclosure.General) {
		return nil
	}
	n := int32(disclosure.Round(int(exact))) //nolint:gosec // of a team
	return &n
}
