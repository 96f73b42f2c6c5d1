package forecast

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Series is a figure month by month.
type Series struct {
	Months []civil.Date // complete, in order
	Values []spc.Number
	Amount Amount
}

// History gives a figure from a month on, under the version that a citation names. fault.Missing if it has no months.
type History func(ctx context.Context, a access.Actor, now time.Time, name, version string, from civil.Date) (Series, error)

// Progress is how far an action of the plan has come. The server sets the days of start and stop; zero if there was none.
type Progress struct {
	Title                     string
	Planned, Started, Stopped civil.Date
}

// Begin is the day it started or, while it has not, is to start.
func (p Progress) Begin() civil.Date {
	if !p.Started.IsZero() {
		return p.Started
	}
	return p.Planned
}

// Actions is the plan, as far as this slice asks it. fault.Missing for an action that is not there.
type Actions interface {
	Action(ctx context.Context, a access.Actor, id uuid.UUID) (Progress, error)
}

// Finding is an indicator that a monthly review has to look at.
type Finding struct {
	Ref                       figure.Ref
	Title, Sentence           string
	Missed, Concern, Improved bool
}

// Deps is what the slice needs.
type Deps struct {
	DB        *postgres.DB
	Figures   *figure.Library
	Histories map[string]History // by the kind of figure; a forecast can be about these
	Findings  func(ctx context.Context, a access.Actor, month civil.Date) (found []Finding, earlier bool, err error)
	Actions   Actions // nil where there is no plan: then every forecast stands alone
}

// Service registers and judges.
type Service struct {
	d     Deps
	packs packs
}

// New makes the service. The packs are compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	p, err := loadPacks(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d: d, packs: p}
}

// Confidences lists what a forecast may say of its confidence.
func (s *Service) Confidences() []Confidence { return s.packs.Confidence }

// Forecast is what was registered.
type Forecast struct {
	ID           uuid.UUID
	Action       uuid.UUID // Nil if it stands alone
	Title        string
	StartsOn     civil.Date // as registered
	Started      civil.Date // of an action: the day the server set; zero until it starts
	Stopped      civil.Date // of an action: the day it was given up; zero if it was not
	Cited        figure.Citation
	Direction    spc.Direction
	Change       float64    // how far, always positive
	From, To     *float64   // if it was put so
	Due          civil.Date // first day of the month
	Explanations []string
	Confidence   string
	Percent      int // 0 if none was given
	At           time.Time
	By           string
	Withdrawn    *Withdrawal
}

// Withdrawal is why a forecast was withdrawn.
type Withdrawal struct {
	Reason, By string
	At         time.Time
}

// Held says that an action of the plan carries it, so that the server and nobody else set the day of the start.
func (f Forecast) Held() bool { return f.Action != uuid.Nil }

// Start is the day it started. An action of the plan that nobody has started has none; one that stands alone starts on the
// day that was registered.
func (f Forecast) Start() civil.Date {
	if f.Held() {
		return f.Started
	}
	return f.StartsOn
}

// Begin is the day it started or, while it has not, was to start.
func (f Forecast) Begin() civil.Date {
	if start := f.Start(); !start.IsZero() {
		return start
	}
	return f.StartsOn
}

// end is the first day after the due month.
func (f Forecast) end() civil.Date { return f.Due.AddMonths(1) }

// Late says that it was not registered before the start.
func (f Forecast) Late() bool {
	start := f.Start()
	return !start.IsZero() && !locale.Day(f.At).Before(start)
}

// Counts says whether it belongs in the calibration. One that never started counts too, unless it was withdrawn before it fell
// due: or to wait and then to withdraw would be a way out.
func (f Forecast) Counts() bool {
	last := f.Start()
	if last.IsZero() {
		last = f.end()
	}
	return !f.Late() && (f.Withdrawn == nil || !locale.Day(f.Withdrawn.At).Before(last))
}

// Signed is the change with its direction.
func (f Forecast) Signed() float64 {
	if f.Direction == spc.Decrease {
		return -f.Change
	}
	return f.Change
}

// Judged is a forecast with what can be said of it today.
type Judged struct {
	Forecast
	Outcome   Outcome  // what was kept or, until then, what today's months say
	Kept      *Kept    // nil until it is settled
	Today     *Outcome // what today's months would say, if they are not those of the verdict
	Rewritten Rewritten
	Series    Series         // today's months; those of the verdict where the figure is gone
	Check     figure.Checked // its figure, as cited and today
}

// before is how far back of the start the baseline goes: three years, as every chart.
const before = 36

// Find gives one forecast, judged.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (Judged, error) {
	var f Forecast
	var h held
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindForecast(ctx, db.FindForecastParams{OrganisationID: a.Organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("forecast")
		}
		if err != nil {
			return fmt.Errorf("find forecast: %w", err)
		}
		f = fromRow(db.ListForecastsRow(row))
		if h, err = loadHeld(ctx, tx); err != nil {
			return err
		}
		return cited(ctx, tx, []*Forecast{&f})
	})
	if err != nil {
		return Judged{}, err
	}
	j, err := s.judge(ctx, a, now, f, h)
	if err != nil {
		return j, err
	}
	j.Check, err = figure.New(s.d.DB, s.d.Figures).Check(ctx, a, now, f.Cited)
	return j, err
}

// List gives every forecast, judged, newest first.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) ([]Judged, error) {
	all, h, err := s.registered(ctx, a)
	if err != nil {
		return nil, err
	}
	out := make([]Judged, len(all))
	for i, f := range all {
		if out[i], err = s.judge(ctx, a, now, *f, h); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Of gives what was registered for an action, newest first. Nothing is judged.
func (s *Service) Of(ctx context.Context, a access.Actor, action uuid.UUID) (out []Forecast, err error) {
	all, _, err := s.registered(ctx, a)
	for _, f := range all {
		if f.Action == action {
			out = append(out, *f)
		}
	}
	return out, err
}

func (s *Service) registered(ctx context.Context, a access.Actor) (all []*Forecast, h held, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListForecasts(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list forecasts: %w", err)
		}
		for _, r := range rows {
			f := fromRow(r)
			all = append(all, &f)
		}
		if h, err = loadHeld(ctx, tx); err != nil {
			return err
		}
		return cited(ctx, tx, all)
	})
	return all, h, err
}

// judge asks the plan and the figure's months, and judges. A verdict is kept when it is first given, so none is ever shown that
// was not; what the months say later stands beside it.
func (s *Service) judge(ctx context.Context, a access.Actor, now time.Time, f Forecast, h held) (Judged, error) {
	if f.Held() && s.d.Actions != nil {
		p, err := s.d.Actions.Action(ctx, a, f.Action)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return Judged{}, err
		}
		f.Started, f.Stopped = p.Started, p.Stopped
	}
	j := Judged{Forecast: f}
	var err error
	j.Series, err = s.history(ctx, a, now, f)
	gone := fault.KindOf(err) == fault.NotFound
	if err != nil && !gone {
		return j, err
	}
	if j.Outcome, err = Judge(f, j.Series, locale.Day(now)); err != nil {
		return j, err
	}
	if gone && j.Outcome.Judgement == Impossible {
		j.Outcome.Reason = Gone
	}
	read := j.Series.reading(f, f.Due, now)
	kept, is := h.verdicts[f.ID]
	switch {
	case is && kept.Fingerprint != read.Fingerprint:
		today := j.Outcome
		j.Kept, j.Outcome, j.Today = &kept, kept.Outcome, &today
	case is:
		j.Kept, j.Outcome = &kept, kept.Outcome
	case j.Outcome.Settled():
		j.Kept = &Kept{Reading: read, Outcome: j.Outcome, Start: f.Start()}
		if err := s.keep(ctx, a, f, *j.Kept); err != nil {
			return j, err
		}
	}
	judged := j.Series
	if j.Kept != nil {
		judged = j.Kept.series()
	}
	j.Rewritten = h.baselines[f.ID].against(judged)
	if gone && j.Kept != nil {
		j.Series = judged
	}
	return j, nil
}

// history is the figure of a forecast, from so far back that its baseline is in it.
func (s *Service) history(ctx context.Context, a access.Actor, now time.Time, f Forecast) (Series, error) {
	read := s.d.Histories[f.Cited.Ref.Kind]
	if read == nil { // a book that is no longer there
		return Series{}, fault.Missing("history")
	}
	return read(ctx, a, now, f.Cited.Ref.Name, f.Cited.Version, f.Begin().AddMonths(-before))
}

// cited puts the citations in.
func cited(ctx context.Context, tx *postgres.Tx, all []*Forecast) error {
	var ids []uuid.UUID
	for _, f := range all {
		ids = append(ids, f.Cited.ID)
	}
	found, err := figure.Load(ctx, tx, ids...)
	for _, f := range all {
		f.Cited = found[f.Cited.ID]
	}
	return err
}

func fromRow(r db.ListForecastsRow) Forecast {
	f := Forecast{ID: r.ID, Title: r.Title, StartsOn: civil.Of(r.StartsOn), Cited: figure.Citation{ID: r.CitationID}, Direction: spc.Direction(r.Direction), Change: r.Change,
		From: r.FromValue, To: r.ToValue, Due: civil.Of(r.DueMonth), Explanations: r.Explanations, At: r.RegisteredAt, By: r.RegisteredBy}
	if r.ActionID != nil {
		f.Action = *r.ActionID
	}
	if r.Confidence != nil && r.Percent != nil {
		f.Confidence, f.Percent = *r.Confidence, int(*r.Percent)
	}
	if r.WithdrawnReason != nil && r.WithdrawnAt != nil && r.WithdrawnBy != nil {
		f.Withdrawn = &Withdrawal{Reason: *r.WithdrawnReason, At: *r.WithdrawnAt, By: *r.WithdrawnBy}
	}
	return f
}
