// Package staffed joins the people plan of an ICS to the posts of an organisation: what leaves of them.
package staffed

import (
	"context"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
)

// Figures make the figures of a metric in some months.
type Figures = func(context.Context, access.Actor, time.Time, release.Metric, []civil.Date) ([]release.Figure, error)

// Shareable adds the metrics of the people plan to others. They are of the team as it is now, told once a quarter under its last month.
func Shareable(others Figures, w *workforce.Service) Figures {
	return func(ctx context.Context, a access.Actor, now time.Time, m release.Metric, months []civil.Date) ([]release.Figure, error) {
		if !slices.Contains(peopleplan.Metrics, m.ID) {
			return others(ctx, a, now, m, months)
		}
		for _, month := range slices.Backward(months) {
			if month.Month%3 != 0 {
				continue
			}
			t, err := w.Find(ctx, a, now)
			if err != nil || len(t.Posts) == 0 {
				return nil, err
			}
			return Of(t).Figures(m, month), nil
		}
		return nil, nil
	}
}

// middle is the middle of the ranges of completion and retention.
const middle = 0.5

// Of is what a team says of its posts. A year is the quarter from January on: the last of a financial year.
func Of(t workforce.Team) peopleplan.Team {
	out := peopleplan.Team{Now: map[peopleplan.Place]float64{}, Planned: map[int]map[peopleplan.Place]float64{}, InPost: map[string]peopleplan.Staff{}, Expected: map[int]map[string]peopleplan.Staff{}}
	for _, p := range t.Posts {
		out.Now[peopleplan.Place{Role: p.Role, Band: p.Band}] += p.Funded()
		x := out.InPost[p.Role]
		out.InPost[p.Role] = peopleplan.Staff{WTE: x.WTE + p.Filled(), Heads: x.Heads + float64(p.InPost)}
	}
	for _, l := range t.Leavings() {
		out.Retire += 5 * l.Retire
	}
	in := t.Input()
	for _, q := range outlook.Project(in, option.Preferred, middle) {
		if q.Start.Month != time.January {
			continue
		}
		out.Planned[q.Start.Year] = map[peopleplan.Place]float64{}
		for _, s := range q.Staff {
			out.Planned[q.Start.Year][peopleplan.Place{Role: s.Role, Band: s.Band}] += s.Funded
		}
	}
	for _, q := range outlook.Project(in, option.Nothing, middle) {
		if q.Start.Month != time.January {
			continue
		}
		out.Expected[q.Start.Year] = map[string]peopleplan.Staff{}
		for _, s := range q.Staff {
			x := out.Expected[q.Start.Year][s.Role]
			out.Expected[q.Start.Year][s.Role] = peopleplan.Staff{WTE: x.WTE + s.WTE, Heads: x.Heads + s.Heads}
		}
	}
	return out
}
