package joints

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/linked"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// planDefinition is what of the plan leaves: actions that are done, of all that were not stopped.
const planDefinition = "plan, version 1"

// Shareable makes the figures of a metric, in some months, that may leave an organisation for its ICS: each is under disclosure
// control before it is one.
func Shareable(i *indicator.Service, d *diagnostic.Service, plan *strategy.Service, c *capacity.Service, who reach.Service) func(context.Context, access.Actor, time.Time, release.Metric, []civil.Date) ([]release.Figure, error) {
	return func(ctx context.Context, a access.Actor, _ time.Time, m release.Metric, months []civil.Date) ([]release.Figure, error) {
		if len(months) == 0 {
			return nil, nil
		}
		switch m.Kind {
		case release.Share:
			return shares(ctx, i, a, m, months)
		case release.Actions:
			return progress(ctx, plan, a, m, months[len(months)-1])
		case release.Rates:
			return rates(ctx, c, a, m, months)
		case release.Groups:
			return groups(ctx, who, a, m, months)
		}
		return needs(ctx, d, a, m, months)
	}
}

func shares(ctx context.Context, i *indicator.Service, a access.Actor, m release.Metric, months []civil.Date) (out []release.Figure, err error) {
	all, err := i.Tallies(ctx, a, m.ID, m.Topic(), months)
	for _, t := range all {
		out = append(out, release.OfPeople(m.ID, t.Definition, t.Month, t.Part, t.Whole))
	}
	return out, err
}

// progress is of today: the plan does not keep what it was, so it is told of the newest month alone.
func progress(ctx context.Context, plan *strategy.Service, a access.Actor, m release.Metric, month civil.Date) ([]release.Figure, error) {
	p, err := plan.Find(ctx, a)
	if err != nil {
		return nil, err
	}
	done, all := 0, 0
	for _, x := range p.Actions {
		if x.Status == strategy.Stopped {
			continue
		}
		if all++; x.Status == strategy.Done {
			done++
		}
	}
	return []release.Figure{release.OfThings(m.ID, planDefinition, month, done, all)}, nil
}

// rates are of the fits as they are now, told once a quarter under its last month: of two that are told a month apart somebody could work
// out the month between.
func rates(ctx context.Context, c *capacity.Service, a access.Actor, m release.Metric, months []civil.Date) ([]release.Figure, error) {
	if m.ID != pooled.Metric { // another joint's
		return nil, nil
	}
	for _, month := range slices.Backward(months) {
		if month.Month%3 != 0 {
			continue
		}
		fits, ok, err := c.Known(ctx, a)
		if err != nil || !ok {
			return nil, err
		}
		pack := c.Pack()
		model, ok := pooled.Of(fits, func(role string) string {
			if p := pack.Of(role); p != nil {
				return p.Role
			}
			return ""
		})
		if !ok {
			return nil, nil
		}
		return model.Figures(m, month), nil
	}
	return nil, nil
}

// groups are of the half-years that end in one of the months: what may be shown of all divisions together.
func groups(ctx context.Context, who reach.Service, a access.Actor, m release.Metric, months []civil.Date) (out []release.Figure, err error) {
	for _, month := range months {
		all, err := who.Groups(ctx, a, month)
		if err != nil || len(all) == 0 {
			if err != nil {
				return nil, err
			}
			continue
		}
		figures, err := Protected(m, reach.BuiltIn().Definition, month, all)
		if err != nil {
			return nil, err
		}
		out = append(out, figures...)
	}
	return out, nil
}

// Protected puts groups under disclosure control.
func Protected(m release.Metric, definition string, month civil.Date, all []reach.Group) (out []release.Figure, err error) {
	var counts [][]linked.Count
	last := ""
	for _, g := range all {
		if g.Division != last {
			counts, last = append(counts, nil), g.Division
		}
		counts[len(counts)-1] = append(counts[len(counts)-1], linked.Count{Part: g.Seen, Whole: g.Staff})
	}
	shown, err := linked.Protect(counts, m.Topic())
	if err != nil {
		return nil, fmt.Errorf("protect groups: %w", err)
	}
	i := 0
	for _, division := range shown {
		for _, x := range division {
			out = append(out, release.OfGroup(m.ID, all[i].Division+"."+all[i].Code, definition, month, x.Part, x.Whole))
			i++
		}
	}
	return out, nil
}

// needs is of the round that was closed last, in the month in which it was closed. A score is as it is shown inside: rounds hide what
// few people said.
func needs(ctx context.Context, d *diagnostic.Service, a access.Actor, m release.Metric, months []civil.Date) (out []release.Figure, err error) {
	o, ok, err := d.Newest(ctx, a)
	if err != nil || !ok {
		return nil, err
	}
	closed := locale.Day(o.ClosedAt)
	month := civil.Date{Year: closed.Year, Month: closed.Month, Day: 1}
	if !slices.Contains(months, month) {
		return nil, nil
	}
	definition := fmt.Sprintf("framework, version %d", o.Framework)
	if m.Kind == release.Gaps {
		below, scored := 0, 0
		for _, row := range o.Subsections {
			if row.All().State != round.Shown {
				continue
			}
			if scored++; row.Gap > 0 {
				below++
			}
		}
		return []release.Figure{release.OfThings(m.ID, definition, month, below, scored)}, nil
	}
	for _, row := range o.Results.Elements {
		f := release.Figure{Metric: m.ID, Item: row.Code, Month: month, Definition: definition, State: release.Hidden}
		switch c := row.All(); c.State {
		case round.Shown:
			n := int(c.Percent)
			f.State, f.Score = release.Known, &n
		case round.Nothing:
			f.State = release.Nothing
		}
		out = append(out, f)
	}
	return out, nil
}

// Agreeable gives a contract the indicators that a service can agree on with a client.
func Agreeable(i *indicator.Service) func(context.Context) []contract.Measure {
	return func(ctx context.Context) (out []contract.Measure) {
		for _, d := range i.Agreeable() {
			out = append(out, contract.Measure{Indicator: d.ID, Title: d.Words(ctx, "title"), Version: d.Version, Limited: d.Kind == indicator.KindWithin, Days: d.Days, Clocked: d.Clocked(), AtMost: d.Direction == spc.Decrease})
		}
		return out
	}
}

// OfClient gives a contract what its levels say of one client, each in its own span.
func OfClient(i *indicator.Service) func(context.Context, access.Actor, uuid.UUID, []contract.Stretch[contract.Level]) ([]contract.Count, error) {
	return func(ctx context.Context, a access.Actor, client uuid.UUID, levels []contract.Stretch[contract.Level]) (out []contract.Count, err error) {
		for _, l := range levels {
			asked := indicator.Asked{Name: l.Term.Indicator, Version: l.Term.Version, Days: l.Term.Days, Clock: activity.Clock(l.Term.Clock)}
			all, err := i.OfClient(ctx, a, client, []indicator.Asked{asked}, l.From, l.To)
			if err != nil {
				return nil, err
			}
			for _, c := range all {
				out = append(out, contract.Count{Title: c.Words(ctx, "title"), Definition: c.Label(), AtMost: c.Direction == spc.Decrease, Part: c.Part, Whole: c.Whole, Undue: c.Undue})
			}
		}
		return out, nil
	}
}
