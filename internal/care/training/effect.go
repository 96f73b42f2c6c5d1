package training

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/contrast"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/training/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The measures by which a course is judged.
const (
	Completeness = "completeness" // of the referral's optional parts, in per cent: more is better
	Earliness    = "earliness"    // days off at the referral, the first counted, of those who were off: fewer is better
)

// Measures lists them.
var Measures = []string{Completeness, Earliness}

// More says whether more of a measure is better.
func More(measure string) bool { return measure == Completeness }

// Judgement is what came of a course by one measure: groups of 8 or more, their number to the nearest 5, the rest to a tenth.
type Judgement struct {
	Measure         string
	At              time.Time
	Trained, Others int
	TrainedBefore   float64
	TrainedAfter    float64
	OthersBefore    float64
	OthersAfter     float64
	Difference      float64
	Low, High       float64
}

// Verdict says it in one word.
func (j Judgement) Verdict() contrast.Verdict { return contrast.Judge(j.Low, j.High, More(j.Measure)) }

// anew is how many more must have come before a course is judged anew: 8, and what rounding the last number may have added.
const anew = 8 + disclosure.Rounding

// weigh compares the managers who came, each by the day they first did, with those who never did. Whoever came to another course that
// is to change referrals is no comparison, and left out. ok is false for too few.
func weigh(measure string, all []activity.Referred, came map[string]time.Time, elsewhere map[string]bool, window int) (c contrast.Contrast, ok bool) {
	units, done := map[string]int{}, map[int]int{}
	var seen []contrast.Seen
	for _, r := range all {
		if _, here := came[r.Actor]; !here && elsewhere[r.Actor] {
			continue
		}
		u, known := units[r.Actor]
		if !known {
			u = len(units)
			units[r.Actor] = u
			if day, was := came[r.Actor]; was {
				done[u] = locale.Day(day).DayNumber()
			}
		}
		value := float64(r.Completeness)
		if measure == Earliness {
			if value = float64(r.AbsentDays); r.AbsentDays == 0 {
				continue // at work: there is no absence to be early in
			}
		}
		seen = append(seen, contrast.Seen{Unit: u, Day: locale.Day(r.At).DayNumber(), Value: value})
	}
	trained, others := contrast.Changes(seen, done, window)
	if !disclosure.Statistic(len(trained), disclosure.General) || !disclosure.Statistic(len(others), disclosure.General) {
		return c, false
	}
	return contrast.Compare(trained, others)
}

// Judge stores what came of a course, behind the worker wall, where both groups are large enough to be shown and enough have come since
// the last time. Only what may be shown is stored.
func (s *Service) Judge(ctx context.Context, tx *postgres.Tx, service, course uuid.UUID, at time.Time) error {
	q := db.New(tx)
	rows, err := q.ListCame(ctx, db.ListCameParams{ServiceID: service, CourseID: course})
	if err != nil {
		return fmt.Errorf("list who came: %w", err)
	}
	if !disclosure.Statistic(len(rows), disclosure.General) {
		return nil
	}
	others, err := q.ListCameElsewhere(ctx, db.ListCameElsewhereParams{ServiceID: service, CourseID: course})
	if err != nil {
		return fmt.Errorf("list who came elsewhere: %w", err)
	}
	key := func(person uuid.UUID) string { return string(s.d.Keys.Pseudonym(service, "actor", person)) }
	came, elsewhere := make(map[string]time.Time, len(rows)), make(map[string]bool, len(others))
	for _, r := range rows {
		came[key(r.PersonID)] = r.First
	}
	for _, id := range others {
		elsewhere[key(id)] = true
	}
	all, err := activity.ReadReferred(ctx, tx, s.d.Keys, service)
	if err != nil {
		return err
	}
	for _, measure := range Measures {
		last, err := q.LastEffect(ctx, db.LastEffectParams{ServiceID: service, CourseID: course, Measure: measure})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find the last judgement: %w", err)
		}
		c, ok := weigh(measure, all, came, elsewhere, s.pack.Window)
		if !ok || last.N > 0 && c.Treated < int(last.Trained)+anew {
			continue
		}
		if err := q.InsertEffect(ctx, db.InsertEffectParams{ServiceID: service, CourseID: course, Measure: measure, N: last.N + 1, At: at,
			Trained: int32(disclosure.Round(c.Treated)), Others: int32(disclosure.Round(c.Others)), //nolint:gosec // people
			TrainedBefore: tenth(c.TreatedMean.Before), TrainedAfter: tenth(c.TreatedMean.After), OthersBefore: tenth(c.OthersMean.Before), OthersAfter: tenth(c.OthersMean.After),
			Difference: tenth(c.Difference), Low: tenth(c.Low), High: tenth(c.High)}); err != nil {
			return fmt.Errorf("insert judgement: %w", err)
		}
	}
	return nil
}

func tenth(x float64) float64 { return math.Round(10*x) / 10 }

// Outcome is a course with what came of it; a measure that is not among the judgements has too few to show.
type Outcome struct {
	Course
	Judgements map[string]Judgement
}

// Outcome reads it.
func (s *Service) Outcome(ctx context.Context, a access.Actor, id uuid.UUID) (o Outcome, err error) {
	o.Judgements = map[string]Judgement{}
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		if o.Course, err = course(ctx, q, a.Service, id); err != nil {
			return err
		}
		rows, err := q.ListEffects(ctx, db.ListEffectsParams{ServiceID: a.Service, CourseID: id})
		if err != nil {
			return fmt.Errorf("list judgements: %w", err)
		}
		for _, r := range rows {
			o.Judgements[r.Measure] = Judgement{Measure: r.Measure, At: r.CountedAt, Trained: int(r.Trained), Others: int(r.Others), TrainedBefore: r.TrainedBefore, TrainedAfter: r.TrainedAfter,
				OthersBefore: r.OthersBefore, OthersAfter: r.OthersAfter, Difference: r.Difference, Low: r.Low, High: r.High}
		}
		return nil
	})
	return o, err
}
