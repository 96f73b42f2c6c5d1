package joints

import (
	"context"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/pack"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Sections are the parts of a guardian's pack that the plan and the forecasts give.
func Sections(plan *board.Service, forecasts *forecast.Service) func(context.Context, access.Actor, time.Time) ([]pack.Section, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) ([]pack.Section, error) {
		versions, err := plan.Versions(ctx, a)
		if err != nil {
			return nil, err
		}
		all, err := plan.Plan().Find(ctx, a)
		if err != nil {
			return nil, err
		}
		c, judged, err := forecasts.Calibration(ctx, a, now)
		if err != nil {
			return nil, err
		}
		return []pack.Section{planned(ctx, versions, all, locale.Day(now)), foretold(ctx, c, judged)}, nil
	}
}

// planned says which version of the strategy holds, and which actions are late.
func planned(ctx context.Context, versions []board.Version, all strategy.Plan, today civil.Date) pack.Section {
	s := pack.Section{Title: locale.T(ctx, "board.pack.title")}
	signed := locale.T(ctx, "board.pack.unsigned")
	for _, v := range versions { // newest first
		if v.State == board.InForce {
			signed = locale.T(ctx, "board.pack.signed", "n", strconv.Itoa(v.N), "by", v.Signature.By, "post", v.Signature.Post, "when", locale.Date(v.Signature.At), "vision", v.Snapshot.Vision)
			break
		}
	}
	late := &pack.Table{Caption: locale.T(ctx, "board.pack.late"), Head: []string{locale.T(ctx, "board.pack.action"), locale.T(ctx, "board.pack.owner"), locale.T(ctx, "board.pack.due")}}
	for _, x := range all.Actions {
		if x.Late(today) {
			due := x.End
			if x.Status == strategy.Planned {
				due = x.Start
			}
			late.Rows = append(late.Rows, []string{x.Title, x.Owner, due.Long()})
		}
	}
	s.Lines, s.Relies = []string{signed}, strategy.Counts()
	if len(late.Rows) > 0 {
		s.Table = late
	}
	return s
}

// foretold says what became of what was registered.
func foretold(ctx context.Context, c forecast.Calibration, judged []forecast.Judged) pack.Section {
	s := pack.Section{Title: locale.T(ctx, "forecast.list.title"), Lines: []string{c.Sentence(ctx)}}
	if apart := c.Apart(ctx); apart != "" {
		s.Lines = append(s.Lines, apart)
	}
	if len(judged) == 0 {
		s.Lines = []string{locale.T(ctx, "forecast.list.none")}
		return s
	}
	s.Relies = []figure.Ref{forecast.CalibrationRef}
	s.Table = &pack.Table{Caption: locale.T(ctx, "forecast.list.caption"), Head: []string{locale.T(ctx, "forecast.list.title.column"), locale.T(ctx, "forecast.list.says"), locale.T(ctx, "forecast.list.outcome")}}
	for i, j := range judged { // newest first
		outcome := j.Word(ctx)
		if j.Today != nil {
			outcome += " (" + locale.T(ctx, "forecast.today.tag") + ")"
		}
		if j.Withdrawn != nil {
			outcome += " (" + locale.T(ctx, "forecast.withdrawn.tag") + ")"
		}
		if j.Late() {
			outcome += " (" + locale.T(ctx, "forecast.late.tag") + ")"
		}
		if !j.Held() {
			outcome += " (" + locale.T(ctx, "forecast.alone.tag") + ")"
		}
		s.Table.Rows = append(s.Table.Rows, []string{j.Title, j.Says(ctx, j.Series.Amount), outcome})
		if i < pack.MostRows {
			s.Figures = append(s.Figures, j.Cited)
		}
	}
	return s
}
