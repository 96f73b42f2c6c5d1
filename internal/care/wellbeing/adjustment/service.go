package adjustment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB  *postgres.DB
	Box sealed.Box
	Now func() time.Time
}

// Service keeps passports and what is answered to them.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, Lists()} }

// Pack gives the lists that hold.
func (s *Service) Pack() Pack { return s.pack }

// asks reads what some people asked for, with the answers and, of what the actor may see, how it went.
func asks(ctx context.Context, tx *postgres.Tx, people []uuid.UUID) (map[uuid.UUID][]Ask, error) {
	q, org := db.New(tx), tx.Actor.Organisation
	rows, err := q.ListAsks(ctx, db.ListAsksParams{OrganisationID: org, People: people})
	if err != nil {
		return nil, fmt.Errorf("list asks: %w", err)
	}
	given, err := q.ListAnswers(ctx, db.ListAnswersParams{OrganisationID: org, People: people})
	if err != nil {
		return nil, fmt.Errorf("list answers: %w", err)
	}
	answers := map[uuid.UUID][]Answer{}
	for _, r := range given {
		answers[r.AskID] = append(answers[r.AskID], Answer{r.Answer, postgres.Value(r.Reason), civil.FromNull(r.FromOn), civil.FromNull(r.ReviewOn), r.At})
	}
	went, err := helped(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	out := map[uuid.UUID][]Ask{}
	for _, r := range rows {
		a := Ask{ID: r.ID, Person: r.PersonID, Manager: r.ManagerPersonID, Code: r.Code, At: r.AskedAt, Carried: civil.FromNull(r.CarriedOn), Ended: postgres.Value(r.EndedAt), Answers: answers[r.ID]}
		for _, h := range went[r.PersonID] {
			if h.About == r.ID {
				h.Code = r.Code
				a.Helped = append(a.Helped, h)
			}
		}
		out[r.PersonID] = append(out[r.PersonID], a)
	}
	return out, nil
}

// helped reads what was asked of some people after some weeks.
func helped(ctx context.Context, tx *postgres.Tx, people []uuid.UUID) (map[uuid.UUID][]Helped, error) {
	rows, err := db.New(tx).ListHelped(ctx, db.ListHelpedParams{OrganisationID: tx.Actor.Organisation, People: people})
	if err != nil {
		return nil, fmt.Errorf("list how it went: %w", err)
	}
	out := map[uuid.UUID][]Helped{}
	for _, r := range rows {
		out[r.PersonID] = append(out[r.PersonID], Helped{Kind: r.Kind, About: r.AboutID, Week: int(r.Week), Asked: civil.Of(r.AskedOn), Answer: postgres.Value(r.Answer), Stands: postgres.Value(r.Stands), Shared: r.Shared})
	}
	return out, nil
}

// manager is whom the actor asks; the nil id where nobody is on record.
func manager(ctx context.Context, tx *postgres.Tx, now time.Time) (uuid.UUID, error) {
	id, err := db.New(tx).FindManager(ctx, db.FindManagerParams{OrganisationID: tx.Actor.Organisation, PersonID: tx.Actor.Person, OnDay: locale.Day(now).UTC()})
	if errors.Is(err, pgx.ErrNoRows) || err == nil && id == nil {
		return uuid.Nil, nil
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("find manager: %w", err)
	}
	return *id, nil
}

// managers are whom the actor's live posts name.
func managers(ctx context.Context, tx *postgres.Tx, now time.Time) (out []uuid.UUID, err error) {
	rows, err := db.New(tx).ListManagers(ctx, db.ListManagersParams{OrganisationID: tx.Actor.Organisation, PersonID: tx.Actor.Person, OnDay: locale.Day(now).UTC()})
	if err != nil {
		return nil, fmt.Errorf("list managers: %w", err)
	}
	for _, r := range rows {
		out = append(out, *r)
	}
	return out, nil
}

// find gives one ask of a list.
func find(all []Ask, id uuid.UUID) (Ask, bool) {
	i := slices.IndexFunc(all, func(a Ask) bool { return a.ID == id })
	if i < 0 {
		return Ask{}, false
	}
	return all[i], true
}

func refuse(f fault.Fields) error {
	if len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return nil
}

func (s *Service) in(ctx context.Context, a access.Actor, do func(tx *postgres.Tx, q *db.Queries) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return do(tx, db.New(tx)) })
}

// note writes the audit row of what the actor did about themselves or somebody of their team.
func note(ctx context.Context, tx *postgres.Tx, at time.Time, action, kind string, object, subject uuid.UUID) error {
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: object, Subject: subject})
}
