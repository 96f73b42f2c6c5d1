package forecast

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The bounds of what somebody may write. Ten explanations are more than anybody weighs.
const (
	longestTitle       = 200
	longestText        = 2000
	longestExplanation = 300
	mostExplanations   = 10
)

// mostMonths is five years, the horizon of a strategy.
const mostMonths = 60

// Registration is a forecast to be registered. For an action, title and start come from the plan.
type Registration struct {
	ID, Action   uuid.UUID
	Title        string
	StartsOn     civil.Date
	Ref          figure.Ref
	Direction    spc.Direction
	Points       *float64 // by how much
	From, To     *float64 // or from one value to another
	Due          civil.Date
	Explanations []string
	Confidence   string // "" if none is given
}

// Movable lists the figures a forecast can be about, as they are now, and those of the same books that have no months.
func (s *Service) Movable(ctx context.Context, a access.Actor, now time.Time) (movable, others []figure.Figure, err error) {
	all, err := s.d.Figures.List(ctx, a, now)
	for _, f := range all {
		switch {
		case s.d.Histories[f.Ref.Kind] == nil:
		case monthly(f):
			movable = append(movable, f)
		default:
			others = append(others, f)
		}
	}
	return movable, others, err
}

// monthly says whether a figure describes one month: one of a whole year, or of all time, has no months to be judged by.
func monthly(f figure.Figure) bool { return f.PeriodText == f.Period.MonthYear() }

// Planned gives an action of the plan.
func (s *Service) Planned(ctx context.Context, a access.Actor, id uuid.UUID) (Progress, error) {
	if s.d.Actions == nil {
		return Progress{}, fault.Missing("action")
	}
	return s.d.Actions.Action(ctx, a, id)
}

// Check says what is wrong with a registration.
func (s *Service) Check(r Registration) (f fault.Fields) {
	f.Text("title", "forecast.register.title.empty", r.Title, longestTitle)
	if r.StartsOn.IsZero() {
		f.Add("starts", "forecast.register.starts.empty")
	}
	if s.d.Histories[r.Ref.Kind] == nil {
		f.Add("figure", "forecast.register.figure.empty")
	}
	if r.Direction != spc.Increase && r.Direction != spc.Decrease {
		f.Add("direction", "forecast.register.direction.empty")
	}
	s.checkAmount(r, &f)
	first := firstFull(r.StartsOn)
	switch {
	case r.Due.IsZero() || r.Due.Day != 1:
		f.Add("due", "forecast.register.due.empty")
	case !r.StartsOn.IsZero() && r.Due.Before(first.AddMonths(leastMonths-1)):
		f.Add("due", "forecast.register.due.soon", "n", leastMonths, "month", first.AddMonths(leastMonths-1).MonthYear())
	case !r.StartsOn.IsZero() && r.Due.After(first.AddMonths(mostMonths)):
		f.Add("due", "forecast.register.due.far")
	}
	switch {
	case len(r.Explanations) == 0:
		f.Add("explanations", "forecast.register.explanations.empty")
	case len(r.Explanations) > mostExplanations:
		f.Add("explanations", "forecast.register.explanations.many", "n", mostExplanations)
	case slices.ContainsFunc(r.Explanations, func(x string) bool { return len([]rune(x)) > longestExplanation }):
		f.Add("explanations", "forecast.register.explanations.long", "n", longestExplanation)
	}
	if _, known := s.packs.percent(r.Confidence); r.Confidence != "" && !known {
		f.Add("confidence", "forecast.register.confidence.unknown")
	}
	return f
}

func (s *Service) checkAmount(r Registration, f *fault.Fields) {
	switch {
	case r.Points == nil && r.From == nil && r.To == nil:
		f.Add("points", "forecast.register.amount.empty")
	case r.Points != nil && (r.From != nil || r.To != nil):
		f.Add("points", "forecast.register.amount.both")
	case r.Points != nil && *r.Points <= 0:
		f.Add("points", "forecast.register.points.positive")
	case r.Points == nil && (r.From == nil || r.To == nil):
		f.Add("from", "forecast.register.amount.half")
	case r.Points == nil && (*r.From == *r.To || (*r.To > *r.From) != (r.Direction == spc.Increase)):
		f.Add("to", "forecast.register.to.way")
	}
}

func (r Registration) change() float64 {
	if r.Points != nil {
		return *r.Points
	}
	return max(*r.To-*r.From, *r.From-*r.To)
}

// Register locks a forecast. The same id again changes nothing.
func (s *Service) Register(ctx context.Context, a access.Actor, now time.Time, r Registration) error {
	if r.Action != uuid.Nil {
		p, err := s.Planned(ctx, a, r.Action)
		if err != nil {
			return err
		}
		r.Title = p.Title
		if start := p.Begin(); !start.IsZero() {
			r.StartsOn = start
		}
	}
	if f := s.Check(r); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	fig, err := s.d.Figures.Find(ctx, a, now, r.Ref, civil.Date{})
	if err != nil {
		return err
	}
	if !monthly(fig) {
		return fault.Missing("figure")
	}
	foretold := Forecast{StartsOn: r.StartsOn, Cited: figure.Citation{Figure: fig}}
	history, err := s.history(ctx, a, now, foretold)
	if err != nil {
		return err
	}
	baseline := history.reading(foretold, locale.Day(now), now)
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		_, err := q.FindForecast(ctx, db.FindForecastParams{OrganisationID: a.Organisation, ID: r.ID})
		if err == nil {
			return nil
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find forecast: %w", err)
		}
		c, err := figure.Cite(ctx, tx, fig, now)
		if err != nil {
			return err
		}
		p := db.InsertForecastParams{OrganisationID: a.Organisation, ID: r.ID, Title: r.Title, StartsOn: r.StartsOn.UTC(), CitationID: c.ID, Direction: string(r.Direction), Change: r.change(),
			FromValue: r.From, ToValue: r.To, DueMonth: r.Due.UTC(), Explanations: r.Explanations, RegisteredAt: now.UTC(), RegisteredBy: a.Name}
		if r.Action != uuid.Nil {
			p.ActionID = &r.Action
		}
		if percent, ok := s.packs.percent(r.Confidence); ok {
			n := int32(percent) //nolint:gosec // 1 to 99: the pack is checked
			p.Confidence, p.Percent = &r.Confidence, &n
		}
		if err := q.InsertForecast(ctx, p); err != nil {
			return fmt.Errorf("insert forecast: %w", err)
		}
		if err := q.InsertBaseline(ctx, db.InsertBaselineParams{OrganisationID: a.Organisation, ForecastID: r.ID, Months: times(baseline.Months), Readings: baseline.Values, Fingerprint: baseline.Fingerprint, ReadAt: now.UTC()}); err != nil {
			return fmt.Errorf("keep baseline: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "effect.registered", Kind: "forecast", Object: r.ID, Detail: map[string]string{"figure": r.Ref.String()}})
	})
}

// Withdraw keeps the reason beside the forecast, which stays.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, reason string) error {
	reason = strings.TrimSpace(reason)
	if n := len([]rune(reason)); n == 0 || n > longestText {
		return fault.New(fault.Invalid, "forecast.withdraw.reason.empty")
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		_, err := q.FindForecast(ctx, db.FindForecastParams{OrganisationID: a.Organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("forecast")
		}
		if err != nil {
			return fmt.Errorf("find forecast: %w", err)
		}
		n, err := q.InsertWithdrawal(ctx, db.InsertWithdrawalParams{OrganisationID: a.Organisation, ForecastID: id, Reason: reason, WithdrawnAt: now.UTC(), WithdrawnBy: a.Name})
		if err != nil {
			return fmt.Errorf("insert withdrawal: %w", err)
		}
		if n == 0 { // withdrawn before: the first reason stands
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "effect.withdrawn", Kind: "forecast", Object: id})
	})
}
