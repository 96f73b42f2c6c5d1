package joints

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// TestHistories: a measure keeps its history under another title, and loses it only when something else is counted; a
// forecast is offered what has months, and told what has none.
func TestHistories(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx, now, lead := context.Background(), time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC), w.OHLead.As(access.Lead, access.Growth)
	measures, lost := series.New(series.Deps{DB: db}), absence.New(absence.Deps{DB: db})
	take := func(rows ...string) {
		t.Helper()
		file := "measure,date,group,numerator,denominator,state,title,counts,unit,per,direction,source,frequency,control\n" + strings.Join(rows, "\n") + "\n"
		if r, err := measures.Import(ctx, lead, now, "m.csv", strings.NewReader(file), false); err != nil || r.Rejects.N > 0 {
			t.Fatalf("%+v %v", r, err)
		}
	}
	take("visits,,,,,,Visits,Visits to the gym,visits,0,increase,Gym,month,general", "visits,2026-09,,40,,,,,,,,,,", "visits,2026-10,,50,,,,,,,,,,",
		"talks,,,,,,Talks,Talks held,talks,0,increase,Diary,quarter,general", "talks,2026-07,,40,,,,,,,,,,")
	histories := Histories(indicator.New(indicator.Deps{DB: db}), measures, lost)
	months := func() (int, error) {
		s, err := histories["series"](ctx, lead, now, "visits", "visits, version 1", civil.MustParse("2026-09-01"))
		return len(s.Months), err
	}
	take("visits,,,,,,Visits to the gym,Visits to the gym,visits,0,neutral,Gate,month,general")
	if n, err := months(); err != nil || n != 2 {
		t.Errorf("under another title: %d months, %v", n, err)
	}
	s := forecast.New(forecast.Deps{DB: db, Figures: figure.NewLibrary(measures.Figures(), lost.Figures()), Histories: histories})
	movable, others, err := s.Movable(ctx, lead, now)
	if err != nil || fmt.Sprint(titles(movable), titles(others)) != "[Visits to the gym] [Talks]" {
		t.Errorf("%v %v %v", titles(movable), titles(others), err)
	}
	take("visits,,,,,,Visits to the gym,People in the gym,visits,0,increase,Gate,month,general")
	if _, err := months(); fault.KindOf(err) != fault.NotFound {
		t.Errorf("when something else is counted: %v", err)
	}
	if _, err := histories["absence"](ctx, lead, now, "rate", "", civil.MustParse("2026-09-01")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("absence before any file: %v", err)
	}
}

func titles(all []figure.Figure) (out []string) {
	for _, f := range all {
		out = append(out, f.Title)
	}
	return out
}

// TestForetold: the pack says what could not be settled, and which forecasts nobody but their author dated.
func TestForetold(t *testing.T) {
	held := forecast.Forecast{Title: "Triage", Action: uuid.New(), Due: civil.MustParse("2026-09-01")}
	stopped := held
	stopped.Stopped = civil.MustParse("2026-03-02")
	judged := []forecast.Judged{
		{Forecast: held, Outcome: forecast.Outcome{Judgement: forecast.Never}},
		{Forecast: stopped, Outcome: forecast.Outcome{Judgement: forecast.Stopped}},
		{Forecast: held, Outcome: forecast.Outcome{Judgement: forecast.Consistent}, Today: &forecast.Outcome{Judgement: forecast.NoClaim}},
		{Forecast: forecast.Forecast{Title: "Reminders", StartsOn: civil.MustParse("2026-01-01"), Due: civil.MustParse("2026-09-01")}, Outcome: forecast.Outcome{Judgement: forecast.Less}},
	}
	s := foretold(context.Background(), forecast.Calibrate(judged, nil), judged)
	var got []string
	for _, row := range s.Table.Rows {
		got = append(got, row[2])
	}
	want := []string{"Action never started", "Action stopped on 2 March 2026", "Consistent with the forecast (reads otherwise today)", "Moved, but less than foretold (without an action)"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	want = []string{"Of 1 forecast that was registered before its action started and is settled, 1 came true. 1 more was for an action that never started. 1 more was for an action that was stopped.",
		"Apart from these, of 1 settled forecast without an action of the plan, 0 came true."}
	if !slices.Equal(s.Lines, want) {
		t.Errorf("%q", s.Lines)
	}
}

// TestPlanned: the pack relies on figures for what it counts of the plan, and they say what the plan says.
func TestPlanned(t *testing.T) {
	h := strategytest.New(t)
	library, ctx := figure.NewLibrary(h.Plan.Book()), context.Background()
	if none, err := library.List(ctx, h.Guardian, strategytest.Now); err != nil || len(none) != 0 {
		t.Errorf("before there is an action: %+v, %v", none, err)
	}
	h.Fill(t)
	all, err := h.Plan.Find(ctx, h.Guardian)
	if err != nil {
		t.Fatal(err)
	}
	s := planned(ctx, nil, all, locale.Day(strategytest.Now))
	if len(s.Lines) != 1 || len(s.Relies) != 3 {
		t.Errorf("%+v", s)
	}
	for i, want := range []string{"1 action", "0 actions", "0 actions"} {
		f, err := library.Find(ctx, h.Guardian, strategytest.Now, s.Relies[i], civil.Date{})
		if err != nil || f.Value != want || f.SourceAt.IsZero() || f.Definition == "" || strings.Contains(f.Title+f.Definition+f.Version+f.Source, "strategy.") {
			t.Errorf("%s: %+v, %v", s.Relies[i], f, err)
		}
	}
	late, err := library.Find(ctx, h.Guardian, strategytest.Now.AddDate(3, 0, 0), s.Relies[2], civil.Date{})
	if err != nil || late.Value != "1 action" {
		t.Errorf("three years on: %+v, %v", late, err)
	}
	if _, err := library.Find(ctx, h.Guardian, strategytest.Now, s.Relies[0], civil.MustParse("2026-10-01")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a day of the past: %v", err)
	}
}
