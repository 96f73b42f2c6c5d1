package forecast

import (
	"context"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Calibration is how good our forecasts have been.
type Calibration struct {
	Due       int // registered before their start, and settled
	True      int // of these, consistent
	By        map[Judgement]int
	Confident int     // of these, with a confidence
	Brier     float64 // mean squared distance between confidence and what came: 0 is perfect, 0.25 is a coin
	Steps     []Step
	Early     int // not due yet
	Late      int // registered too late to count
	Withdrawn int // before their start
	Unjudged  int // due, with too few months
}

// Step is one word of confidence: how often it came true.
type Step struct {
	Confidence Confidence
	Due, True  int
}

// Calibrate counts. Pure.
func Calibrate(all []Judged, words []Confidence) Calibration {
	c := Calibration{By: map[Judgement]int{}}
	steps := make([]Step, len(words))
	for i, w := range words {
		steps[i].Confidence = w
	}
	var squares float64
	for _, j := range all {
		switch {
		case j.Late():
			c.Late++
			continue
		case !j.Counts():
			c.Withdrawn++
			continue
		case j.Outcome.Judgement == TooEarly:
			c.Early++
			continue
		case !j.Outcome.Settled():
			c.Unjudged++
			continue
		}
		c.Due++
		c.By[j.Outcome.Judgement]++
		came := 0.0
		if j.Outcome.Judgement == Consistent {
			c.True++
			came = 1
		}
		if j.Percent == 0 {
			continue
		}
		c.Confident++
		miss := float64(j.Percent)/100 - came
		squares += miss * miss
		for i := range steps {
			if steps[i].Confidence.Code == j.Confidence {
				steps[i].Due++
				steps[i].True += int(came)
			}
		}
	}
	if c.Confident > 0 {
		c.Brier, c.Steps = squares/float64(c.Confident), steps
	}
	return c
}

// Calibration counts the forecasts of the organisation.
func (s *Service) Calibration(ctx context.Context, a access.Actor, now time.Time) (Calibration, []Judged, error) {
	all, err := s.List(ctx, a, now)
	return Calibrate(all, s.packs.Confidence), all, err
}

// FigureKind is the kind of the slice's figure.
const FigureKind = "forecast"

// CalibrationRef names the figure of all forecasts so far.
var CalibrationRef = figure.Ref{Kind: FigureKind, Name: "calibration"}

// Book offers the calibration as a figure.
func (s *Service) Book() figure.Book { return book{s} }

type book struct{ s *Service }

func (b book) Kinds() []string { return []string{FigureKind} }

func (b book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, err := b.Figure(ctx, a, now, CalibrationRef, civil.Date{})
	if err != nil || f.State == figure.NotCollected {
		return nil, err
	}
	return []figure.Figure{f}, nil
}

// Figure is of all forecasts so far: it has no period, so one that falls due makes a citation stale.
func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	if ref != CalibrationRef || !period.IsZero() {
		return figure.Figure{}, fault.Missing("figure")
	}
	c, all, err := b.s.Calibration(ctx, a, now)
	f := figure.Figure{Ref: ref, Title: locale.T(ctx, "forecast.calibration.title"), PeriodText: locale.T(ctx, "forecast.calibration.period"), Version: locale.T(ctx, "forecast.calibration.version"),
		Definition: locale.T(ctx, "forecast.calibration.definition"), Source: locale.T(ctx, "forecast.calibration.source"), SourceAt: now, More: "/effect/calibration"}
	switch {
	case c.Due > 0:
		share := 100 * float64(c.True) / float64(c.Due)
		f.State, f.Number = figure.Known, &share
		f.Value = locale.T(ctx, "forecast.calibration.value", "true", strconv.Itoa(c.True), "n", c.Due)
	case len(all) > 0:
		f.State = figure.Nothing
	default:
		f.State = figure.NotCollected
	}
	return f, err
}
