// Package storytest sets the scene for tests of case studies: a service with an action, and forecasts of it that were judged.
package storytest

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Now is when the tests happen.
var Now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// Waits is the one figure there is.
var Waits = figure.Ref{Kind: "test", Name: "waits"}

// House is a service with what its stories are made of.
type House struct {
	t                            testing.TB
	DB                           *postgres.DB
	W                            *world.World
	S                            *story.Service
	Library                      *figure.Library
	Lead, Admin, Comms, Guardian access.Actor
	Action                       uuid.UUID
	Effects                      []story.Effect // two of the action, one that stands alone, and what Judge adds
}

// New makes it.
func New(t testing.TB) *House {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	h := &House{t: t, DB: db, W: w, Library: figure.NewLibrary(shelf{}), Action: uuid.New(), Lead: w.OHLead.As(access.Lead, access.Growth), Admin: w.OHAdmin.As(access.OHAdmin, access.Growth),
		Comms: w.HR.As(access.Communications, access.Growth), Guardian: w.Guardian.As(access.Guardian, access.Growth)}
	for _, a := range []*access.Actor{&h.Comms, &h.Guardian} {
		a.Service = w.Service
	}
	h.S = story.New(story.Deps{DB: db, Figures: h.Library,
		Actions: func(context.Context, access.Actor) ([]story.Action, error) {
			return []story.Action{{ID: h.Action, Title: "Thursday clinic"}}, nil
		},
		Effects: func(context.Context, access.Actor, time.Time) ([]story.Effect, error) { return h.Effects, nil },
		Cost:    func(context.Context, access.Actor, time.Time, uuid.UUID) (string, error) { return "£1,000", nil }})
	h.Judge(h.Action, "consistent")
	h.Judge(h.Action, "no_claim")
	h.Judge(uuid.Nil, "less")
	return h
}

// OK fails the test on an error.
func (h *House) OK(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// Find gives a story.
func (h *House) Find(id uuid.UUID) story.Story {
	h.t.Helper()
	x, err := h.S.Find(h.t.Context(), h.Lead, Now, id)
	h.OK(err)
	return x
}

// Public is what whoever is not signed in reads.
func (h *House) Public(at time.Time) []story.Story {
	h.t.Helper()
	all, err := h.S.Published(h.t.Context(), access.Actor{Role: access.Anonymous, Wall: access.Hall}, h.W.Service, at)
	h.OK(err)
	return all
}

// In is a story that can be saved.
func In() story.In {
	review, ends := story.Days(locale.Day(Now))
	return story.In{ID: uuid.New(), Place: story.Inside, Driver: "D2", Title: "Seen sooner", Need: "People waited too long", Done: "A clinic on Thursdays", Failed: "Nobody came in the evening", Contact: "Staff Health", Review: review, Ends: ends}
}

// Judge adds a forecast with its verdict, in the database too.
func (h *House) Judge(action uuid.UUID, judgement string) uuid.UUID {
	h.t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, world.Super(h.t))
	h.OK(err)
	defer func() { _ = conn.Close(ctx) }()
	months := []civil.Date{civil.MustParse("2026-01-01"), civil.MustParse("2026-02-01"), civil.MustParse("2026-04-01")}
	e := story.Effect{Forecast: uuid.New(), Action: action, Judgement: judgement, Fingerprint: uuid.NewString(), Before: 12, After: 8, Low: 10, High: 14, Title: "Thursday clinic", Foretold: "Waits fall by 4 days", Tag: "Word of " + judgement,
		Sentence: "It fell.", Explanations: []string{"Fewer referrals"}, Figure: "Waits", Version: "K02, version 1", Source: "Rowan", Months: months, Readings: []float64{12, 11, 8}, Start: months[1], Due: months[2], ForetoldLow: 7,
		ForetoldHigh: 9, ChanceText: "by chance 10 to 14", ForetoldText: "as foretold 7 to 9", Judged: Now.AddDate(0, 0, len(h.Effects)-30)}
	citation := uuid.New()
	for _, x := range []struct {
		sql  string
		args []any
	}{
		{`insert into citation (organisation_id, id, kind, name, title, state, value, period_text, definition, version, source, digest, cited_at, cited_by) values ($1, $2, 'test', 'waits', 'Waits', 'known', '12', '', '', 'v', 's', 'd', $3, 'x')`,
			[]any{h.W.Trust, citation, Now}},
		{`insert into forecast (organisation_id, id, action_id, title, starts_on, citation_id, direction, change, due_month, explanations, registered_at, registered_by) values ($1, $2, nullif($3::uuid, '00000000-0000-0000-0000-000000000000'), 'x', '2026-02-01', $4, 'decrease', 4, '2026-04-01', '{y}', $5, 'x')`,
			[]any{h.W.Trust, e.Forecast, action, citation, Now}},
		{`insert into forecast_verdict (organisation_id, forecast_id, judgement, start_on, months, readings, fingerprint, mean_before, mean_after, low, high, months_before, months_after, judged_at) values ($1, $2, $3, '2026-02-01', '{}', '{}', $4, 12, 8, 10, 14, 12, 6, $5)`,
			[]any{h.W.Trust, e.Forecast, judgement, e.Fingerprint, Now}},
	} {
		_, err := conn.Exec(ctx, x.sql, x.args...)
		h.OK(err)
	}
	h.Effects = append(h.Effects, e)
	return e.Forecast
}

// shelf has one figure.
type shelf struct{}

func (shelf) Kinds() []string { return []string{Waits.Kind} }

func (s shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, err := s.Figure(ctx, a, now, Waits, civil.Date{})
	return []figure.Figure{f}, err
}

func (shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	if ref != Waits {
		return figure.Figure{}, fault.Missing("figure")
	}
	if period == (civil.Date{Year: 2026, Month: 1, Day: 1}) {
		return figure.Figure{Ref: Waits, Title: "Waits", State: figure.Known, Value: "15 days", Period: period, PeriodText: "January 2026", Definition: "d", Version: "version 1", Source: "a test"}, nil
	}
	if !period.IsZero() {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: Waits, Title: "Waits", State: figure.Known, Value: "12 days", PeriodText: "October 2026", Definition: "d", Version: "version 1", Source: "a test"}, nil
}
