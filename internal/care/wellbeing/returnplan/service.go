package returnplan

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/phased"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Links makes and opens sealed links; platform/seal does.
type Links interface {
	MintLink(seal.Link) (string, error)
	OpenLink(token, purpose string, now time.Time) (seal.Link, error)
}

// Deps is what the slice needs.
type Deps struct {
	DB       *postgres.DB
	Links    Links
	Calendar *workday.Calendar
	Now      func() time.Time
}

// Service keeps the hours of returns to work.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, Lists()} }

// Pack gives the rules that hold.
func (s *Service) Pack() Pack { return s.pack }

// Calendar gives the days of a plan; known is false where the bank holidays of some are not known.
func (s *Service) Calendar(p phased.Plan) (days []phased.Day, known bool) {
	return p.Calendar(s.d.Calendar)
}

// View is what a page about somebody's hours shows.
type View struct {
	Person      uuid.UUID
	Name, Title string // of somebody of the actor's team; "" of the actor themselves
	Side        string // who reads
	Plan        *Plan  // the one that is open
	Past        []Plan
	Contract    int // minutes a week today
	Manager     uuid.UUID
	Advised     bool       // occupational health advised it, in a report that the reader may read
	AdvisedFrom civil.Date // from when; zero where it does not say
}

// MayEnd says whether the reader may end the plan that is open: a manager only what does not hold.
func (v View) MayEnd(today civil.Date) bool {
	if v.Plan == nil {
		return false
	}
	_, holds := v.Plan.Holds()
	return v.Side == ByPerson || !holds || v.Plan.Over(today)
}

// Mine reads the actor's own hours.
func (s *Service) Mine(ctx context.Context, a access.Actor, now time.Time) (v View, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		v, err = view(ctx, tx, a.Person, now)
		return err
	})
	return v, err
}

// Load finds somebody of the actor's team, with their hours; everybody else is missing.
func (s *Service) Load(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "person")
	if err != nil {
		return access.Object{}, err
	}
	var v View
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		reports, err := delegation.Reports(ctx, tx, s.d.Now())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(reports, func(c delegation.Colleague) bool { return c.ID == id })
		if i < 0 {
			return fault.Missing("person")
		}
		if v, err = view(ctx, tx, id, s.d.Now()); err != nil {
			return err
		}
		v.Name, v.Title = reports[i].Name, reports[i].Title
		return nil
	})
	if err != nil {
		return access.Object{}, err
	}
	return access.Object{Kind: "person", ID: id, Subject: id, Relations: []access.Relation{access.Line}, Value: v}, nil
}

// side is for whom an actor speaks: the person themselves behind the portal, their manager behind the employer's wall.
func side(a access.Actor) string {
	if a.Wall == access.Portal {
		return ByPerson
	}
	return ByManager
}

func view(ctx context.Context, tx *postgres.Tx, person uuid.UUID, now time.Time) (v View, err error) {
	q, org := db.New(tx), tx.Actor.Organisation
	v.Person, v.Side = person, side(tx.Actor)
	plans, err := plans(ctx, tx, person)
	if err != nil {
		return v, err
	}
	for i, p := range plans {
		if p.Ended.IsZero() {
			v.Plan = &plans[i]
		} else {
			v.Past = append(v.Past, p)
		}
	}
	post, err := q.FindPost(ctx, db.FindPostParams{OrganisationID: org, PersonID: person, OnDay: locale.Day(now).UTC()})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return v, fmt.Errorf("find post: %w", err)
	}
	v.Contract, v.Manager = int(post.Contract), postgres.Value(post.ManagerPersonID)
	from, err := q.FindAdvice(ctx, db.FindAdviceParams{OrganisationID: org, PersonID: person})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return v, fmt.Errorf("find advice: %w", err)
	}
	v.Advised, v.AdvisedFrom = err == nil, civil.FromNull(from)
	return v, nil
}

// plans reads somebody's plans, the newest first.
func plans(ctx context.Context, tx *postgres.Tx, person uuid.UUID) (out []Plan, err error) {
	q, org, people := db.New(tx), tx.Actor.Organisation, []uuid.UUID{person}
	rows, err := q.ListPlans(ctx, db.ListPlansParams{OrganisationID: org, People: people})
	if err != nil {
		return nil, fmt.Errorf("list plans: %w", err)
	}
	proposed, err := q.ListVersions(ctx, db.ListVersionsParams{OrganisationID: org, People: people})
	if err != nil {
		return nil, fmt.Errorf("list hours: %w", err)
	}
	versions := map[uuid.UUID][]Version{}
	for _, r := range proposed {
		v := Version{N: int(r.N), By: r.ProposedBy, Reason: postgres.Value(r.Reason), At: r.ProposedAt, PersonAt: postgres.Value(r.PersonAt), ManagerAt: postgres.Value(r.ManagerAt),
			RefusedAt: postgres.Value(r.RefusedAt), RefusedBy: postgres.Value(r.RefusedBy), Manager: r.ManagerPersonID,
			Plan: phased.Plan{Start: civil.Of(r.StartsOn), Contract: int(r.Contract), Dips: r.Dips}}
		for _, m := range r.Weeks {
			v.Plan.Weeks = append(v.Plan.Weeks, int(m))
		}
		for _, d := range r.Days {
			v.Plan.Days = append(v.Plan.Days, time.Weekday(d))
		}
		versions[r.PlanID] = append(versions[r.PlanID], v)
	}
	for _, r := range rows {
		out = append(out, Plan{ID: r.ID, Person: r.PersonID, Opened: r.OpenedAt, Ended: postgres.Value(r.EndedAt), Versions: versions[r.ID]})
	}
	return out, nil
}
