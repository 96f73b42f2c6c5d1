package story

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/story/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Action is an action of the plan that a story may be about.
type Action struct {
	ID    uuid.UUID
	Title string
}

// Deps is what the slice is wired to.
type Deps struct {
	DB      *postgres.DB
	Figures *figure.Library
	// Actions lists the actions of the plan.
	Actions func(ctx context.Context, a access.Actor) ([]Action, error)
	// Effects lists every forecast that was judged.
	Effects func(ctx context.Context, a access.Actor, now time.Time) ([]Effect, error)
	// Citable says whether a figure may be told to everybody; nil where every one may.
	Citable func(ctx context.Context, a access.Actor, f figure.Figure) (bool, error)
	// Cost says in words what an action that has begun by now is planned to cost; "" where no plan says it.
	Cost func(ctx context.Context, a access.Actor, now time.Time, action uuid.UUID) (string, error)
}

// Service keeps case studies.
type Service struct {
	d       Deps
	figures *figure.Service
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, figure.New(d.DB, d.Figures)} }

// may says whether a reader sees a story: communications, who are the employer's, see what is meant for the public, and nobody else
// but those who write sees what is not published.
func may(a access.Actor, s Story, today civil.Date) bool {
	switch a.Role {
	case access.Lead, access.OHAdmin:
		return true
	case access.Communications:
		return s.Place == Public && s.State != Withdrawn
	}
	return s.Shown(today)
}

// List gives the stories that the reader may see: what waits first.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Story, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListStories(ctx, db.ListStoriesParams{OrganisationID: a.Organisation, ServiceID: a.Service})
		if err != nil {
			return fmt.Errorf("list stories: %w", err)
		}
		for _, r := range rows {
			if x := storyOf(r); may(a, x, locale.Day(now)) {
				out = append(out, x)
			}
		}
		return effects(ctx, tx, out)
	})
	return out, err
}

// Find gives one story, with what its forecasts say today where that is something else.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (x Story, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err = find(ctx, tx, id)
		if err == nil && !may(a, x, locale.Day(now)) {
			err = fault.Missing("story")
		}
		return err
	})
	if err != nil || len(x.Effects) == 0 {
		return x, err
	}
	live, err := s.d.Effects(ctx, a, now)
	for i, e := range x.Effects {
		for _, l := range live {
			if l.Forecast == e.Forecast {
				x.Effects[i].Today = l.Today
			}
		}
	}
	return x, err
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Story, error) {
	r, err := db.New(tx).FindStory(ctx, db.FindStoryParams{OrganisationID: tx.Actor.Organisation, ServiceID: tx.Actor.Service, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Story{}, fault.Missing("story")
	}
	if err != nil {
		return Story{}, fmt.Errorf("find story: %w", err)
	}
	one := []Story{storyOf(r)}
	err = effects(ctx, tx, one)
	return one[0], err
}

// effects puts in what was measured.
func effects(ctx context.Context, tx *postgres.Tx, all []Story) error {
	var ids []uuid.UUID
	for _, x := range all {
		ids = append(ids, x.ID)
	}
	rows, err := db.New(tx).ListEffects(ctx, db.ListEffectsParams{OrganisationID: tx.Actor.Organisation, Stories: ids})
	if err != nil {
		return fmt.Errorf("list effects: %w", err)
	}
	for _, r := range rows {
		for i := range all {
			if all[i].ID == r.StoryID {
				all[i].Effects = append(all[i].Effects, Effect{Forecast: r.ForecastID, Judgement: r.Judgement, Fingerprint: r.Fingerprint, Before: r.MeanBefore, After: r.MeanAfter, Low: r.Low, High: r.High,
					Title: r.Title, Foretold: r.Foretold, Tag: r.Tag, Sentence: r.Sentence, Caution: r.Caution, Explanations: r.Explanations, Figure: r.Figure, Version: r.Version, Source: r.Source,
					Months: days(r.Months), Readings: r.Readings, Withheld: days(r.Withheld), Start: civil.Of(r.StartOn), Due: civil.Of(r.DueMonth), ForetoldLow: r.ForetoldLow, ForetoldHigh: r.ForetoldHigh,
					ChanceText: r.ChanceText, ForetoldText: r.ForetoldText, Judged: r.JudgedAt})
			}
		}
	}
	return nil
}

func days(all []time.Time) []civil.Date {
	out := make([]civil.Date, len(all))
	for i, t := range all {
		out[i] = civil.Of(t)
	}
	return out
}

func storyOf(r db.Story) Story {
	x := Story{In: In{ID: r.ID, Place: r.Place, Driver: r.Driver, Title: r.Title, Need: r.Need, Done: r.Done, Failed: r.Failed, Contact: r.Contact, Review: civil.Of(r.ReviewOn), Ends: civil.Of(r.EndsOn), Version: int(r.Version)},
		Follows: postgres.Value(r.Follows), Citation: postgres.Value(r.CitationID), Cited: r.Cited, Action: postgres.Value(r.ActionID), ActionTitle: r.Action, Cost: r.Cost, Forecast: postgres.Value(r.ForecastID),
		State: State(r.State), Returned: r.Returned, Changed: r.ChangedAt, By: r.ChangedBy, writers: r.Writers, CheckedAt: postgres.Value(r.CheckedAt), CheckedBy: postgres.Value(r.CheckedBy),
		PublishedBy: postgres.Value(r.PublishedBy), EndedBy: postgres.Value(r.EndedBy), EndedWhy: r.EndedWhy}
	if r.PublishedAt != nil {
		x.PublishedOn = locale.Day(*r.PublishedAt)
	}
	if r.EndedAt != nil {
		x.EndedOn = locale.Day(*r.EndedAt)
	}
	return x
}

// Needed is the figure of the need of a story, as it was cited and today; false where it has none.
func (s *Service) Needed(ctx context.Context, a access.Actor, now time.Time, x Story) (figure.Checked, bool, error) {
	if x.Citation == uuid.Nil {
		return figure.Checked{}, false, nil
	}
	c, err := s.figures.Cited(ctx, a, now, x.Citation)
	return c, err == nil, err
}

// Choices are what the measured part of a story may be made of.
type Choices struct {
	Figures []figure.Figure
	Actions []Action
	Effects []Effect
}

// Choices lists them.
func (s *Service) Choices(ctx context.Context, a access.Actor, now time.Time) (c Choices, err error) {
	if c.Figures, err = s.d.Figures.List(ctx, a, now); err != nil {
		return c, err
	}
	if c.Actions, err = s.d.Actions(ctx, a); err != nil {
		return c, err
	}
	c.Effects, err = s.d.Effects(ctx, a, now)
	return c, err
}

// Published is what whoever is not signed in may read of a service (hall).
func (s *Service) Published(ctx context.Context, a access.Actor, service uuid.UUID, now time.Time) (out []Story, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		rows, err := q.ListShown(ctx, db.ListShownParams{ServiceID: service, Today: locale.Day(now).UTC()})
		if err != nil {
			return fmt.Errorf("list shown stories: %w", err)
		}
		var ids []uuid.UUID
		for _, r := range rows {
			ids = append(ids, r.ID)
			out = append(out, Story{In: In{ID: r.ID, Place: Public, Driver: r.Driver, Title: r.Title, Need: r.Need, Done: r.Done, Failed: r.Failed, Contact: r.Contact, Review: civil.Of(r.ReviewOn), Ends: civil.Of(r.EndsOn)},
				Cited: r.Cited, Cost: r.Cost, Forecast: postgres.Value(r.ForecastID), State: Published, PublishedOn: locale.Day(postgres.Value(r.PublishedAt))})
		}
		found, err := q.ListShownEffects(ctx, ids)
		if err != nil {
			return fmt.Errorf("list shown effects: %w", err)
		}
		for _, r := range found {
			for i := range out {
				if out[i].ID == r.StoryID {
					out[i].Effects = append(out[i].Effects, Effect{Forecast: r.ForecastID, Judgement: r.Judgement, Low: postgres.Value(r.ToldLow), High: postgres.Value(r.ToldHigh), Title: r.Title, Foretold: r.Foretold,
						Tag: r.Tag, Sentence: r.Sentence, Caution: r.Caution, Explanations: r.Explanations, Figure: r.Figure, Version: r.Version, Source: r.Source, Months: days(r.Months), Readings: r.Readings, Withheld: days(r.Withheld),
						Start: civil.Of(r.StartOn), Due: civil.Of(r.DueMonth), ForetoldLow: r.ForetoldLow, ForetoldHigh: r.ForetoldHigh, ChanceText: r.ChanceText, ForetoldText: r.ForetoldText, Judged: r.JudgedAt})
				}
			}
		}
		return nil
	})
	return out, err
}

// Judged lists every verdict that was kept.
func (s *Service) Judged(ctx context.Context, a access.Actor, now time.Time) ([]Effect, error) {
	return s.d.Effects(ctx, a, now)
}
