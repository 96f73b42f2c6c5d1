package training

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/care/training/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Evaluation finds the place of the actor's that they are to say what they think of.
func (s *Service) Evaluation(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (m Mine, err error) {
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		all, err := places(ctx, q, a)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(m Mine) bool { return m.ID == id })
		if i < 0 || all[i].State != Attended {
			return fault.Missing("place")
		}
		if m = all[i]; m.Evaluated || !s.pack.Evaluable(m.Session, now) {
			return fault.New(fault.Conflict, "training.evaluate.over")
		}
		return nil
	})
	return m, err
}

// Said is what somebody adds to their scores.
type Said struct {
	Comment  string
	Quotable bool
}

// Check bounds it, as every comment of the service's feedback.
func (s Said) Check() (f fault.Fields) {
	f.Long("comment", s.Comment, feedback.MaxComment)
	return f
}

// Evaluate keeps what somebody who came thinks of the course, once: four scores in the tally of the course, and three of them with what
// they wrote as feedback of the service, which knows neither the person nor the course. That they answer and what they answer are written in two
// transactions, as for a pulse (care/pulse): when the second is refused the first is given back, and when nobody knows it stays.
func (s *Service) Evaluate(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, scores map[string]int, said Said) error {
	if err := refuse(append(s.pack.CheckScores(scores), said.Check()...)); err != nil {
		return err
	}
	m, err := s.Evaluation(ctx, a, at, id)
	if err != nil {
		return err
	}
	first := false
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		n, err := q.Evaluated(ctx, db.EvaluatedParams{ServiceID: a.Service, ID: id, OrganisationID: a.Organisation, PersonID: a.Person})
		first = n > 0
		return err
	})
	if err != nil || !first {
		return err
	}
	list := make([]int32, Questions)
	for i, q := range s.pack.Asked {
		list[i] = int32(scores[q]) //nolint:gosec // 1 to 5
	}
	added := false
	note := func(ctx context.Context, answered bool) error {
		if s.d.Feedback == nil {
			return nil
		}
		return s.d.Feedback.NoteCourse(ctx, a.Organisation, a.Service, id, answered)
	}
	if err = note(ctx, true); err == nil {
		// The house keeps it, so that not even the settings of the transaction know who answers.
		err = s.read(ctx, access.SystemActor(a.Wall, a.Organisation, a.Service), func(tx *postgres.Tx, q *db.Queries) error {
			err := q.AddAnswer(ctx, db.AddAnswerParams{Course: m.Course, Scores: list})
			if err == nil && s.d.Feedback != nil {
				err = feedback.KeepCourse(ctx, tx, at, feedback.Answer{Communication: scores["clear"], Specific: scores["useful"], Mattered: scores["confident"], Comment: said.Comment, Quotable: said.Quotable})
			}
			added = err == nil
			return err
		})
	}
	if err == nil || added {
		return err
	}
	back := s.read(context.WithoutCancel(ctx), a, func(_ *postgres.Tx, q *db.Queries) error {
		return errors.Join(note(context.WithoutCancel(ctx), false), q.NotEvaluated(context.WithoutCancel(ctx), db.NotEvaluatedParams{ServiceID: a.Service, ID: id, OrganisationID: a.Organisation, PersonID: a.Person}))
	})
	if back != nil {
		return fmt.Errorf("give back that somebody answers: %w", errors.Join(err, back))
	}
	return err
}

// Count makes a result of every tally of 8 or more answers, behind the worker wall, and begins the tally anew.
func Count(ctx context.Context, tx *postgres.Tx, at time.Time) error {
	q := db.New(tx)
	due, err := q.TakeTallies(ctx, int32(disclosure.General.Rule().Threshold)) //nolint:gosec // 8
	if err != nil {
		return fmt.Errorf("take tallies: %w", err)
	}
	for _, t := range due {
		var answers *int32
		var means []float64
		for i := range Questions {
			n, sum := 0, 0
			for score, c := range t.Counts[5*i : 5*i+5] {
				n, sum = n+int(c), sum+(score+1)*int(c)
			}
			told, mean := pulse.Tell(n, sum)
			if told == nil {
				return fmt.Errorf("a tally of %d answers was taken", n)
			}
			answers, means = told, append(means, *mean)
		}
		if err := q.InsertResult(ctx, db.InsertResultParams{ServiceID: t.ServiceID, CourseID: t.CourseID, At: at, Answers: *answers, Means: means}); err != nil {
			return fmt.Errorf("insert result: %w", err)
		}
	}
	return nil
}
