package development

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/development/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// MaxQuestions is how many one may ask at once: more than three, and a colleague puts it off.
const MaxQuestions = 3

// The states of a request: of the object that rules decide about.
const (
	Waiting  = "waiting"
	Answered = "answered"
)

// Request is what somebody asked a colleague.
type Request struct {
	ID                   uuid.UUID
	Asker, Asked         uuid.UUID
	AskerName, AskedName string
	AskedAt, AnsweredAt  time.Time // AnsweredAt is zero while it waits
	Questions, Answers   []string  // of one that was loaded
	Mine                 bool      // the reader asked
}

// Path is where it is answered and read.
func (r Request) Path() string { return "/development/feedback/" + r.ID.String() }

// IsAnswered says whether it is.
func (r Request) IsAnswered() bool { return !r.AnsweredAt.IsZero() }

// AskIn is a request as it is made.
type AskIn struct {
	ID        uuid.UUID
	Of        uuid.UUID            // account
	Questions [MaxQuestions]string // some may be empty
}

func (in AskIn) questions() (out []string) {
	for _, q := range in.Questions {
		if q != "" {
			out = append(out, q)
		}
	}
	return out
}

// CheckAsk says what is wrong with it, but for whether the colleague is one.
func CheckAsk(in AskIn) (f fault.Fields) {
	for i, q := range in.Questions {
		name, key := "q"+strconv.Itoa(i+1), ""
		if i == 0 && len(in.questions()) == 0 {
			key = "development.question.empty"
		}
		said(&f, name, q, key, MaxLine)
	}
	return f
}

// Ask asks a colleague of the same service.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, in AskIn) (fault.Fields, error) {
	f := CheckAsk(in)
	c, found, err := s.colleague(ctx, a, in.Of)
	if err != nil {
		return nil, err
	}
	if !found {
		f.Add("of", "development.of.empty")
	}
	if len(f) > 0 {
		return f, nil
	}
	questions, err := s.seal(sealed.DevelopmentQuestions, a.Service, in.ID, in.questions())
	if err != nil {
		return nil, err
	}
	return nil, s.do(ctx, a, at, "development.feedback_asked", "development_feedback", in.ID, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).InsertFeedback(ctx, db.InsertFeedbackParams{ServiceID: a.Service, ID: in.ID, AskerAccount: a.Account, AskerName: a.Name, AskedAccount: in.Of, AskedName: c.Name, AskedAt: at, Questions: questions})
		if err != nil {
			return 0, fmt.Errorf("insert feedback: %w", err)
		}
		return n, nil
	})
}

// CheckAnswers says what is wrong with the answers to a request: each question has one.
func CheckAnswers(r Request, answers []string) (f fault.Fields) {
	for i := range r.Questions {
		var text string
		if i < len(answers) {
			text = answers[i]
		}
		said(&f, "a"+strconv.Itoa(i+1), text, "development.answer.empty", MaxText)
	}
	return f
}

// Give answers a loaded request of which the actor was asked. The second time changes nothing.
func (s *Service) Give(ctx context.Context, a access.Actor, at time.Time, r Request, answers []string) error {
	if r.Mine {
		return fault.Missing("feedback")
	}
	if err := refuse(CheckAnswers(r, answers)); err != nil {
		return err
	}
	words, err := s.seal(sealed.DevelopmentAnswers, a.Service, r.ID, answers[:len(r.Questions)])
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "development.feedback_given", "development_feedback", r.ID, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).AnswerFeedback(ctx, db.AnswerFeedbackParams{ServiceID: a.Service, ID: r.ID, AskedAccount: a.Account, Answers: words, At: &at})
		if err != nil {
			return 0, fmt.Errorf("answer feedback: %w", err)
		}
		return n, nil
	})
}

// LoadRequest finds a request that the actor made or was asked by.
func (s *Service) LoadRequest(ctx context.Context, a access.Actor, r *http.Request) (o access.Object, err error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return o, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err := db.New(tx).FindFeedback(ctx, db.FindFeedbackParams{ServiceID: a.Service, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("feedback")
		}
		if err != nil {
			return fmt.Errorf("find feedback: %w", err)
		}
		q := request(a, db.ListFeedbackRow{ID: x.ID, AskerAccount: x.AskerAccount, AskerName: x.AskerName, AskedAccount: x.AskedAccount, AskedName: x.AskedName, AskedAt: x.AskedAt, AnsweredAt: x.AnsweredAt})
		if err := s.open(sealed.DevelopmentQuestions, a.Service, id, x.Questions, &q.Questions); err != nil {
			return err
		}
		if err := s.open(sealed.DevelopmentAnswers, a.Service, id, x.Answers, &q.Answers); err != nil {
			return err
		}
		o = access.Object{Kind: "development_feedback", ID: id, State: Waiting, Relations: []access.Relation{access.Viewer}, Value: q}
		if q.Mine {
			o.Relations = []access.Relation{access.Author}
		}
		if q.IsAnswered() {
			o.State = Answered
		}
		return nil
	})
	return o, err
}

// Looked writes that answers of a colleague were read.
func (s *Service) Looked(ctx context.Context, a access.Actor, at time.Time, r Request) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "development.feedback_read", Kind: "development_feedback", Object: r.ID})
	})
}

func request(a access.Actor, x db.ListFeedbackRow) Request {
	r := Request{ID: x.ID, Asker: x.AskerAccount, Asked: x.AskedAccount, AskerName: x.AskerName, AskedName: x.AskedName, AskedAt: x.AskedAt, Mine: x.AskerAccount == a.Account}
	if x.AnsweredAt != nil {
		r.AnsweredAt = *x.AnsweredAt
	}
	return r
}

// requests lists what the actor asked, and what the actor was asked; without their words.
func requests(ctx context.Context, tx *postgres.Tx) (asked, of []Request, err error) {
	rows, err := db.New(tx).ListFeedback(ctx, tx.Actor.Service)
	if err != nil {
		return nil, nil, fmt.Errorf("list feedback: %w", err)
	}
	for _, x := range rows {
		if r := request(tx.Actor, x); r.Mine {
			asked = append(asked, r)
		} else {
			of = append(of, r)
		}
	}
	return asked, of, nil
}
