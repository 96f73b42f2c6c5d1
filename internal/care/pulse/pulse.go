package pulse

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/pulse/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The permissions of this slice.
const (
	Read   access.Permission = "pulse.read"
	Answer access.Permission = "pulse.answer"
	Set    access.Permission = "pulse.set"
)

// asked are the roles that are asked: everybody who works in the service but the lead, who reads the result.
var asked = append(append([]access.Role{}, access.Clinicians...), access.OHAdmin)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Clinical, Data: access.D7, Purpose: "See the pulse question, and what came of those before", Allow: access.Allow(access.Any, append(asked, access.Lead)...)},
	{Permission: Answer, Wall: access.Clinical, Data: access.D7, Purpose: "Say how one is, once and without a name", Allow: access.Allow(access.Any, asked...)},
	{Permission: Set, Wall: access.Clinical, Data: access.D0, Purpose: "Ask the team how it is", Allow: access.Allow(access.Any, access.Lead)},
}

// Service keeps questions and answers.
type Service struct{ db *postgres.DB }

// New makes the service.
func New(db *postgres.DB) *Service { return &Service{db} }

// Scores are the answers, from worst to best.
var Scores = []string{"1", "2", "3", "4", "5"}

// Bounds of a question and its period, in days with the first and the last: in fewer than two weeks part-time staff miss it, and a
// question that is open for longer than six asks about no time in particular.
const (
	MaxQuestion = 200
	MinDays     = 14
	MaxDays     = 42
)

// QuestionIn is a question as it is set.
type QuestionIn struct {
	ID            uuid.UUID
	Text          string
	Opens, Closes civil.Date
}

// Question is one that was set.
type Question struct {
	QuestionIn
	By string
}

// Open says whether it can be answered: on its first and last day too.
func (q Question) Open(today civil.Date) bool {
	return !today.Before(q.Opens) && !today.After(q.Closes)
}

// Result is what came of a question.
type Result struct {
	Question
	Few     bool    // fewer than 8 answers: nothing else is known
	Answers int     // to the nearest 5
	Mean    float64 // to the nearest half
}

// Board is what the pulse page shows.
type Board struct {
	Now      *Question // the one that is open
	Answered bool      // by the reader
	Coming   []Question
	Results  []Result // the newest first
	all      []Question
}

// Asked says whether there is such a question, open or not.
func (b Board) Asked(id uuid.UUID) bool {
	return slices.ContainsFunc(b.all, func(q Question) bool { return q.ID == id })
}

// CheckQuestion says what is wrong with a question beside those that are set.
func (b Board) CheckQuestion(in QuestionIn, today civil.Date) (f fault.Fields) {
	f.Text("question", "pulse.question.empty", in.Text, MaxQuestion)
	switch {
	case in.Opens.IsZero():
		f.Add("opens", "pulse.opens.empty")
	case in.Opens.Before(today):
		f.Add("opens", "pulse.opens.past")
	}
	switch days := in.Closes.DaysSince(in.Opens) + 1; {
	case in.Closes.IsZero():
		f.Add("closes", "pulse.closes.empty")
	case !in.Opens.IsZero() && (days < MinDays || days > MaxDays):
		f.Add("closes", "pulse.closes.bad", "min", MinDays, "max", MaxDays)
	}
	for _, q := range b.all {
		if len(f) == 0 && !in.Opens.After(q.Closes) && !in.Closes.Before(q.Opens) {
			f.Add("opens", "pulse.opens.overlap", "from", q.Opens.Long(), "to", q.Closes.Long())
		}
	}
	return f
}

// Find reads the page.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (b Board, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err = find(ctx, tx, now)
		return err
	})
	return b, err
}

func find(ctx context.Context, tx *postgres.Tx, now time.Time) (b Board, err error) {
	q, a, today := db.New(tx), tx.Actor, locale.Day(now)
	rows, err := q.ListPulses(ctx, a.Service)
	if err != nil {
		return b, fmt.Errorf("list pulses: %w", err)
	}
	for _, r := range rows {
		x := Question{QuestionIn{r.ID, r.Question, civil.Of(r.OpensOn), civil.Of(r.ClosesOn)}, r.ByName}
		b.all = append(b.all, x)
		switch {
		case x.Open(today):
			b.Now = &x
		case x.Opens.After(today):
			b.Coming = append(b.Coming, x)
		}
	}
	if b.Now != nil {
		if b.Answered, err = q.Answered(ctx, db.AnsweredParams{ServiceID: a.Service, PulseID: b.Now.ID, AccountID: a.Account}); err != nil {
			return b, fmt.Errorf("find voice: %w", err)
		}
	}
	results, err := q.ListResults(ctx, a.Service)
	if err != nil {
		return b, fmt.Errorf("list results: %w", err)
	}
	for _, r := range results {
		x := Result{Question: Question{QuestionIn: QuestionIn{r.PulseID, r.Question, civil.Of(r.OpensOn), civil.Of(r.ClosesOn)}}, Few: r.Answers == nil}
		if r.Answers != nil && r.Mean != nil {
			x.Answers, x.Mean = int(*r.Answers), *r.Mean
		}
		b.Results = append(b.Results, x)
	}
	return b, nil
}

// Ask sets a question. The same id again changes nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, in QuestionIn) (f fault.Fields, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if err := q.LockPulses(ctx, a.Service.String()); err != nil {
			return fmt.Errorf("wait for the pulses: %w", err)
		}
		b, err := find(ctx, tx, at)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(b.all, func(x Question) bool { return x.ID == in.ID }) {
			return nil
		}
		if f = b.CheckQuestion(in, locale.Day(at)); len(f) > 0 {
			return nil
		}
		if _, err := q.InsertPulse(ctx, db.InsertPulseParams{ServiceID: a.Service, ID: in.ID, OrganisationID: a.Organisation, Question: strings.TrimSpace(in.Text), OpensOn: in.Opens.UTC(), ClosesOn: in.Closes.UTC(), SetAt: at, ByName: a.Name}); err != nil {
			return fmt.Errorf("insert pulse: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "pulse.asked", Kind: "pulse", Object: in.ID})
	})
	return f, err
}

// Give keeps the actor's answer to the open question, once: the second changes nothing. That somebody answers and what is answered
// are written in two transactions; when the second is refused the first is given back. It may be: the period can end between them,
// and then the person is told, as after it. When nobody knows whether the second was kept (the connection broke at its commit) the
// first stays: an answer too few does less harm than one person's two.
func (s *Service) Give(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, score int) error {
	if score < 1 || score > len(Scores) {
		return fault.New(fault.Invalid, "pulse.score.empty")
	}
	first := false
	err := s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err := find(ctx, tx, at)
		if err != nil {
			return err
		}
		if !b.Asked(id) {
			return fault.Missing("pulse")
		}
		if b.Now == nil || b.Now.ID != id {
			return closed()
		}
		n, err := db.New(tx).InsertVoice(ctx, db.InsertVoiceParams{ServiceID: a.Service, PulseID: id, AccountID: a.Account})
		first = n > 0
		return err
	})
	if err != nil || !first {
		return err
	}
	added := false
	// The house keeps it, so that not even the settings of the transaction know who answers.
	err = s.db.InTenant(ctx, access.SystemActor(a.Wall, a.Organisation, a.Service), func(tx *postgres.Tx) error {
		err := db.New(tx).AddAnswer(ctx, db.AddAnswerParams{PulseID: id, Score: int32(score)}) //nolint:gosec // 1 to 5
		added = err == nil
		return err
	})
	if err == nil || added {
		return err
	}
	if postgres.Code(err) == postgres.PulseOver {
		err = closed()
	}
	back := s.db.InTenant(context.WithoutCancel(ctx), a, func(tx *postgres.Tx) error {
		return db.New(tx).DeleteVoice(ctx, db.DeleteVoiceParams{ServiceID: a.Service, PulseID: id, AccountID: a.Account})
	})
	if back != nil {
		return fmt.Errorf("give back that somebody answers: %w", errors.Join(err, back))
	}
	return err
}

func closed() error { return fault.New(fault.Conflict, "pulse.closed") }

// countEvery is how often the worker looks: a period is over at the end of a day.
const countEvery = time.Hour

// Jobs has the answers counted when a period is over.
func Jobs(r *job.Runner, now func() time.Time) {
	r.Sweep("pulse", countEvery, func(ctx context.Context, tx *postgres.Tx) ([]job.Args, error) { return nil, Count(ctx, tx, now()) })
}

// Count makes the results of every question whose period is over, behind the worker wall, and deletes the tallies.
func Count(ctx context.Context, tx *postgres.Tx, at time.Time) error {
	q := db.New(tx)
	due, err := q.ListUncounted(ctx, locale.Day(at).UTC())
	if err != nil {
		return fmt.Errorf("list pulses that are over: %w", err)
	}
	for _, p := range due {
		if err := q.LockAnswers(ctx, p.ID.String()); err != nil {
			return fmt.Errorf("wait for who answers: %w", err)
		}
		x, err := q.CountAnswers(ctx, db.CountAnswersParams{ServiceID: p.ServiceID, PulseID: p.ID})
		if err != nil {
			return fmt.Errorf("count answers: %w", err)
		}
		answers, mean := Tell(int(x.N), int(x.Total))
		if _, err := q.InsertResult(ctx, db.InsertResultParams{ServiceID: p.ServiceID, OrganisationID: p.OrganisationID, PulseID: p.ID, Question: p.Question, OpensOn: p.OpensOn, ClosesOn: p.ClosesOn, Answers: answers, Mean: mean, CountedAt: at}); err != nil {
			return fmt.Errorf("insert result: %w", err)
		}
		if err := q.DeleteTally(ctx, db.DeleteTallyParams{ServiceID: p.ServiceID, PulseID: p.ID}); err != nil {
			return fmt.Errorf("delete tally: %w", err)
		}
	}
	return nil
}

// Tell says of n answers with their sum what may be told: nothing of fewer than 8. The mean is to the nearest half. In a team of
// this size a smaller difference is chance, a top mark does not tell that everybody gave it, and two results that one person more
// or less separates look the same.
func Tell(n, sum int) (answers *int32, mean *float64) {
	if !disclosure.Statistic(n, disclosure.General) {
		return nil, nil
	}
	rounded := int32(disclosure.Round(n)) //nolint:gosec // of a team
	m := math.Round(2*float64(sum)/float64(n)) / 2
	return &rounded, &m
}
