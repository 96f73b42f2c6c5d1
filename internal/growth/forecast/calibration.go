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

// Tally is what became of the forecasts that were registered before their start and have fallen due. Every one of them is
// in it: what cannot be settled is said beside what came true, and cannot make a bad forecast disappear.
type Tally struct {
	Due      int // settled
	True     int // of these, what was foretold came, or more
	By       map[Judgement]int
	Unjudged int // due, and cannot be judged
	Never    int // the action never started
	Stopped  int // the action was stopped before the forecast fell due
}

// Unsettled is how many are due and neither came true nor did not.
func (t Tally) Unsettled() int { return t.Unjudged + t.Never + t.Stopped }

// Calibration is how good our forecasts have been: those of the plan's actions, whose start the server sets, and apart from them those
// whose start somebody typed.
type Calibration struct {
	Tally
	Alone     Tally
	Confident int     // of the settled of the plan, with a confidence
	Brier     float64 // mean squared distance between confidence and what came: 0 is perfect, 0.25 is a coin
	Steps     []Step
	Early     int // not due yet
	Late      int // registered too late to count
	Withdrawn int // before their start
}

// Step is one word of confidence: how often it came true.
type Step struct {
	Confidence Confidence
	Due, True  int
}

// Calibrate counts. Pure.
func Calibrate(all []Judged, words []Confidence) Calibration {
	c := Calibration{Tally: Tally{By: map[Judgement]int{}}, Alone: Tally{By: map[Judgement]int{}}}
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
		}
		tally := &c.Tally
		if !j.Held() {
			tally = &c.Alone
		}
		if !tally.add(j.Outcome) || !j.Held() || j.Percent == 0 {
			continue
		}
		came := 0.0
		if j.Outcome.Came() {
			came = 1
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

// add counts one that is due, and says whether it is settled.
func (t *Tally) add(o Outcome) bool {
	switch {
	case o.Judgement == Never:
		t.Never++
	case o.Judgement == Stopped:
		t.Stopped++
	case !o.Settled():
		t.Unjudged++
	default:
		t.Due++
		t.By[o.Judgement]++
		if o.Came() {
			t.True++
		}
		return true
	}
	return false
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
		if n := c.Unsettled(); n > 0 {
			f.Value += locale.T(ctx, "forecast.calibration.value.more", "n", n)
		}
	case len(all) > 0:
		f.State = figure.Nothing
	default:
		f.State = figure.NotCollected
	}
	return f, err
}
