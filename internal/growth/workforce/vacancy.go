package workforce

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Sources lists where somebody may come from: the national jobs site, our own organisation, an agency, a school or
// university, word of mouth, elsewhere.
var Sources = []string{"national", "inside", "agency", "school", "word", "other"}

// Stage is how far a vacancy has come.
type Stage string

// The stages. A vacancy begins advertised, and ends started or stopped.
const (
	Advertised Stage = "advertised"
	Closed     Stage = "closed" // to applications
	Offered    Stage = "offered"
	Started    Stage = "started"
	Stopped    Stage = "stopped"
	Later      Stage = "later"    // another first day: still offered
	Declined   Stage = "declined" // after an offer: it is as far as before
)

// VacancyIn is a vacancy as it is opened: for a post, or for one that is planned.
type VacancyIn struct {
	ID           uuid.UUID
	Post, Change uuid.UUID
	Left         *bool // of a post: somebody left it, and it is advertised for that the first time
	Source       string
	Advertised   civil.Date
}

// Vacancy is one head being recruited.
type Vacancy struct {
	VacancyIn
	Closed, Offered, Starts, Started, Stopped civil.Date
	Applicants                                int
	Reason                                    string // why it was stopped
	Changed                                   time.Time
	By                                        string
}

// Path is where it is moved on.
func (v Vacancy) Path() string { return "/workforce/pipeline/" + v.ID.String() }

// Stage is how far it has come, and Since the day it came there.
func (v Vacancy) Stage() (Stage, civil.Date) {
	switch {
	case !v.Stopped.IsZero():
		return Stopped, v.Stopped
	case !v.Started.IsZero():
		return Started, v.Started
	case !v.Offered.IsZero():
		return Offered, v.Offered
	case !v.Closed.IsZero():
		return Closed, v.Closed
	}
	return Advertised, v.Advertised
}

// Open says that nobody has started and it goes on.
func (v Vacancy) Open() bool { return v.Started.IsZero() && v.Stopped.IsZero() }

// Overdue says that somebody should have started before a day and nobody has said so: that person is not counted on.
func (v Vacancy) Overdue(today civil.Date) bool {
	return v.Open() && !v.Starts.IsZero() && v.Starts.Before(today)
}

// Next lists what may happen to it.
func (v Vacancy) Next() []Stage {
	stage, _ := v.Stage()
	switch stage {
	case Advertised:
		return []Stage{Closed, Offered, Stopped}
	case Closed:
		return []Stage{Offered, Stopped}
	case Offered:
		return []Stage{Started, Later, Declined, Stopped}
	}
	return nil
}

// DaysToFill are the days from advert to start.
func (v Vacancy) DaysToFill() int { return v.Started.DaysSince(v.Advertised) }

// Move is what happened to a vacancy.
type Move struct {
	To         Stage
	On         civil.Date
	Applicants *int       // when it closed, or was offered straight away
	Starts     civil.Date // agreed when it was offered
	Reason     string     // why it was stopped
	Years      float64    // in the band already, when somebody started
}

// longestReason is a sentence or two.
const longestReason = 300

// mostApplicants is more than any vacancy gets.
const mostApplicants = 5000

// CheckVacancy says what is wrong with a new vacancy.
func (t Team) CheckVacancy(in VacancyIn, today civil.Date) (f fault.Fields) {
	if !slices.ContainsFunc(t.Fillable(), func(x Fillable) bool { return x.Post == in.Post && x.Change == in.Change }) {
		f.Add("for", "workforce.for.empty")
	} else if in.Post != uuid.Nil && in.Left == nil {
		f.Add("left", "workforce.left.empty")
	}
	if !slices.Contains(Sources, in.Source) {
		f.Add("source", "workforce.source.empty")
	}
	switch {
	case in.Advertised.IsZero():
		f.Add("advertised", "workforce.advertised.empty")
	case in.Advertised.After(today):
		f.Add("advertised", "workforce.past")
	}
	return f
}

// CheckMove says what is wrong with what happened to it.
func (v Vacancy) CheckMove(m Move, today civil.Date) (f fault.Fields) {
	if !slices.Contains(v.Next(), m.To) {
		f.Add("to", "workforce.to.empty")
	}
	_, since := v.Stage()
	switch {
	case m.On.IsZero():
		f.Add("on", "workforce.on.empty")
	case m.On.After(today):
		f.Add("on", "workforce.past")
	case m.On.Before(since):
		f.Add("on", "workforce.on.before", "day", since.Long())
	}
	if n := m.Applicants; n == nil && m.To == Closed || n != nil && (*n < 0 || *n > mostApplicants) {
		f.Add("applicants", "workforce.applicants.empty")
	}
	switch m.To {
	case Offered, Later:
		if m.Starts.IsZero() {
			f.Add("starts", "workforce.starts.empty")
		} else if m.Starts.Before(m.On) {
			f.Add("starts", "workforce.starts.before")
		}
	case Started:
		if !(m.Years >= 0 && m.Years <= mostYears) {
			f.Add("entry", "workforce.years.bad")
		}
	case Stopped:
		f.Text("reason", "workforce.reason.empty", m.Reason, longestReason)
	}
	return f
}

// OpenVacancy begins to recruit. The same id again changes nothing.
func (s *Service) OpenVacancy(ctx context.Context, a access.Actor, at time.Time, in VacancyIn) error {
	return s.do(ctx, a, at, "workforce.vacancy_opened", "workforce_vacancy", in.ID, func(tx *postgres.Tx) (bool, error) {
		t, err := s.team(ctx, tx, at)
		if err != nil {
			return false, err
		}
		if _, there := t.Vacancy(in.ID); there {
			return false, nil
		}
		if err := refuse(t.CheckVacancy(in, locale.Day(at))); err != nil {
			return false, err
		}
		if in.Post == uuid.Nil {
			in.Left = nil // nobody can leave what is planned
		}
		n, err := db.New(tx).InsertVacancy(ctx, db.InsertVacancyParams{OrganisationID: a.Organisation, ID: in.ID, PostID: postgres.Null(in.Post), ChangeID: postgres.Null(in.Change), SomebodyLeft: in.Left, Source: in.Source, AdvertisedOn: in.Advertised.UTC(), ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("insert vacancy: %w", err)
		}
		return n > 0, nil
	})
}

// MoveVacancy says what happened to a vacancy. Who starts fills the post, or takes one head of what is planned into the
// establishment, as a post of its own.
func (s *Service) MoveVacancy(ctx context.Context, a access.Actor, at, seen time.Time, vacancy uuid.UUID, m Move) error {
	return s.do(ctx, a, at, "workforce.vacancy_moved", "workforce_vacancy", vacancy, func(tx *postgres.Tx) (bool, error) {
		t, err := s.team(ctx, tx, at)
		if err != nil {
			return false, err
		}
		v, there := t.Vacancy(vacancy)
		if !there {
			return false, fault.Missing("vacancy")
		}
		if err := refuse(v.CheckMove(m, locale.Day(at))); err != nil {
			return false, err
		}
		switch m.To {
		case Closed:
			v.Closed, v.Applicants = m.On, *m.Applicants
		case Offered, Later:
			v.Offered, v.Starts = cmp.Or(v.Offered, m.On), m.Starts
			if v.Closed.IsZero() && m.Applicants != nil { // it closed with the offer
				v.Closed, v.Applicants = m.On, *m.Applicants
			}
		case Declined:
			v.Offered, v.Starts = civil.Date{}, civil.Date{}
		case Started:
			v.Started = m.On
		case Stopped:
			v.Stopped, v.Reason = m.On, strings.TrimSpace(m.Reason)
		}
		p := db.MoveVacancyParams{OrganisationID: a.Organisation, ID: v.ID, Seen: postgres.Stamp(seen), ClosedOn: v.Closed.Null(), OfferedOn: v.Offered.Null(), StartsOn: v.Starts.Null(), StartedOn: v.Started.Null(), StoppedOn: v.Stopped.Null(),
			Reason: v.Reason, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name}
		if !v.Closed.IsZero() {
			p.Applicants = new(int32(v.Applicants))
		}
		n, err := db.New(tx).MoveVacancy(ctx, p)
		if changed, err := settled(n, "move vacancy", err); err != nil || m.To != Started {
			return changed, err
		}
		return true, s.fill(ctx, tx, at, t, v, m.Years)
	})
}

// fill puts who started into the establishment, with the years in the band that they bring.
func (s *Service) fill(ctx context.Context, tx *postgres.Tx, at time.Time, t Team, v Vacancy, years float64) error {
	q, o := db.New(tx), tx.Actor.Organisation
	if v.Post != uuid.Nil {
		p, there := t.Post(v.Post)
		if !there {
			return fault.New(fault.Conflict, "workforce.conflict")
		}
		mean, on := p.joined(v.Started, years)
		n, err := q.FillPost(ctx, db.FillPostParams{OrganisationID: o, ID: p.ID, Seen: postgres.Stamp(p.Changed), Years: mean, YearsOn: on.UTC(), ChangedAt: postgres.Stamp(at), ChangedBy: tx.Actor.Name})
		_, err = settled(n, "fill post", err)
		return err
	}
	c, there := t.Change(v.Change)
	if !there {
		return fault.New(fault.Conflict, "workforce.conflict")
	}
	n, err := q.TakeChange(ctx, db.TakeChangeParams{OrganisationID: o, ID: c.ID, ChangedAt: postgres.Stamp(at), ChangedBy: tx.Actor.Name})
	if _, err := settled(n, "take planned post", err); err != nil {
		return err
	}
	post, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("make an id: %w", err)
	}
	_, err = insertPost(ctx, tx, at, PostIn{ID: post, Title: c.Title, Role: c.Role, Band: c.Band, WTE: c.WTE, Heads: 1, InPost: 1, Years: years, YearsOn: v.Started, Salary: c.Salary, Funding: "recurrent"}, c.ID, v.Started)
	return err
}

// vacancies lists them, newest first.
func vacancies(ctx context.Context, tx *postgres.Tx) ([]Vacancy, error) {
	rows, err := db.New(tx).ListVacancies(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list vacancies: %w", err)
	}
	out := make([]Vacancy, len(rows))
	for i, r := range rows {
		v := Vacancy{VacancyIn: VacancyIn{ID: r.ID, Left: r.SomebodyLeft, Source: r.Source, Advertised: civil.Of(r.AdvertisedOn)}, Closed: civil.FromNull(r.ClosedOn), Offered: civil.FromNull(r.OfferedOn), Starts: civil.FromNull(r.StartsOn), Started: civil.FromNull(r.StartedOn),
			Stopped: civil.FromNull(r.StoppedOn), Reason: r.Reason, Changed: r.ChangedAt, By: r.ChangedBy}
		if r.PostID != nil {
			v.Post = *r.PostID
		}
		if r.ChangeID != nil {
			v.Change = *r.ChangeID
		}
		if r.Applicants != nil {
			v.Applicants = int(*r.Applicants)
		}
		out[i] = v
	}
	return out, nil
}
