package collection

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice is wired to.
type Deps struct {
	DB    *postgres.DB
	Calls *call.Service
	// Published lists the case studies that an organisation shows on a day.
	Published func(ctx context.Context, a access.Actor, now time.Time) ([]Offered, error)
}

// Service collects case studies.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// errChanged answers a command that found things otherwise than they were shown.
var errChanged = fault.New(fault.Conflict, "collection.changed")

// List gives the case studies that stand in the nation, by driver.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Study, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		rows, err := q.ListCollected(ctx, db.ListCollectedParams{OrganisationID: a.Organisation, Today: locale.Day(now).UTC()})
		if err != nil {
			return fmt.Errorf("list case studies: %w", err)
		}
		var ids []uuid.UUID
		for _, r := range rows {
			out = append(out, Study{ID: r.ID, Driver: r.Driver, Title: r.Title, Need: r.Need, Done: r.Done, Failed: r.Failed, Contact: r.Contact, Ends: civil.Of(r.EndsOn),
				Cited: r.Cited, Cost: r.Cost, Forecast: postgres.Value(r.ForecastID), Call: r.CallID, From: r.FromName, Handed: r.HandedAt, By: r.HandedBy})
			ids = append(ids, r.ID)
		}
		effects, err := q.ListEffects(ctx, db.ListEffectsParams{OrganisationID: a.Organisation, Studies: ids})
		if err != nil {
			return fmt.Errorf("list effects: %w", err)
		}
		for _, r := range effects {
			i := slices.Index(ids, r.StudyID)
			out[i].Effects = append(out[i].Effects, effectOf(r))
		}
		return nil
	})
	return out, err
}

func effectOf(r db.NationStudyEffect) Effect {
	days := func(all []time.Time) []civil.Date {
		out := make([]civil.Date, len(all))
		for i, m := range all {
			out[i] = civil.Of(m)
		}
		return out
	}
	return Effect{Forecast: r.ForecastID, Judgement: r.Judgement, Before: r.ToldBefore, After: r.ToldAfter, Low: r.ToldLow, High: r.ToldHigh,
		Title: r.Title, Foretold: r.Foretold, Tag: r.Tag, Sentence: r.Sentence, Caution: r.Caution, Explanations: r.Explanations, Figure: r.Figure, Version: r.Version, Source: r.Source,
		Months: days(r.Months), Readings: r.Readings, Withheld: days(r.Withheld), Start: civil.Of(r.StartOn), Due: civil.Of(r.DueMonth), ForetoldLow: r.ForetoldLow, ForetoldHigh: r.ForetoldHigh, ChanceText: r.ChanceText, ForetoldText: r.ForetoldText, Judged: r.JudgedAt}
}

// Find gives one case study that stands.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (Study, error) {
	all, err := s.List(ctx, a, now)
	if err != nil {
		return Study{}, err
	}
	i := slices.IndexFunc(all, func(x Study) bool { return x.ID == id })
	if i < 0 {
		return Study{}, fault.Missing("study")
	}
	return all[i], nil
}

// Handed gives what an organisation has handed over.
func (s *Service) Handed(ctx context.Context, a access.Actor) (out []Handed, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = handed(ctx, tx)
		return err
	})
	return out, err
}

func handed(ctx context.Context, tx *postgres.Tx) (out []Handed, err error) {
	rows, err := db.New(tx).ListHanded(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list what was handed over: %w", err)
	}
	for _, r := range rows {
		out = append(out, Handed{r.ID, r.CallID, r.StoryID, r.Title, civil.Of(r.EndsOn), r.HandedAt, r.HandedBy, civil.FromNull(r.EndedOn)})
	}
	return out, nil
}

// Offer gives a call for case studies that is open, with the published ones that the organisation has not handed over.
func (s *Service) Offer(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (c call.Call, nation string, out []Offered, err error) {
	if c, nation, err = s.d.Calls.FindAsked(ctx, a, now, id); err != nil {
		return c, nation, nil, err
	}
	today := locale.Day(now)
	if c.Kind != call.Cases || !c.Open(today) {
		return c, nation, nil, errChanged
	}
	all, err := s.d.Published(ctx, a, now)
	if err != nil {
		return c, nation, nil, err
	}
	gone, err := s.Handed(ctx, a)
	for _, x := range all {
		if !slices.ContainsFunc(gone, func(h Handed) bool { return h.Story == x.ID && h.Ended.IsZero() }) {
			out = append(out, x)
		}
	}
	return c, nation, out, err
}

// Hand hands a published case study over, with everything that was measured. It names the organisation: a study says whom to ask. The
// same id again does nothing.
func (s *Service) Hand(ctx context.Context, a access.Actor, now time.Time, of, study, id uuid.UUID) error {
	c, _, offered, err := s.Offer(ctx, a, now, of)
	if err != nil {
		return err
	}
	gone, err := s.Handed(ctx, a)
	if err != nil || slices.ContainsFunc(gone, func(h Handed) bool { return h.ID == id && h.Story == study }) {
		return err
	}
	if !slices.ContainsFunc(offered, func(x Offered) bool { return x.ID == study }) {
		return fault.Missing("story")
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		o, err := organisation.On(ctx, tx, a.Organisation, now)
		if err != nil {
			return err
		}
		q := db.New(tx)
		n, err := q.HandStudy(ctx, db.HandStudyParams{NationID: c.Nation, ID: id, CallID: of, FromName: o.Name, OrganisationID: a.Organisation, ServiceID: a.Service, StoryID: study, At: now, ByName: a.Name, Today: locale.Day(now).UTC()})
		switch {
		case postgres.Code(err) == postgres.Locked, err == nil && n == 0:
			return errChanged
		case err != nil:
			return fmt.Errorf("hand a case study over: %w", err)
		}
		if err := q.HandEffects(ctx, db.HandEffectsParams{NationID: c.Nation, StudyID: id, OrganisationID: a.Organisation, StoryID: study}); err != nil {
			return fmt.Errorf("hand over what was measured: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "collection.handed", Kind: "study", Object: id})
	})
}

// TakeBack takes a case study back: the nation sees it no more.
func (s *Service) TakeBack(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := handed(ctx, tx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(h Handed) bool { return h.ID == id }) {
			return fault.Missing("study")
		}
		n, err := db.New(tx).TakeBack(ctx, db.TakeBackParams{OrganisationID: a.Organisation, ID: id, OnDay: locale.Day(now).UTC()})
		if err != nil {
			return fmt.Errorf("take a case study back: %w", err)
		}
		if n == 0 {
			return errChanged
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "collection.taken_back", Kind: "study", Object: id})
	})
}
