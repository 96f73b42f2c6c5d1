package network

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// weeks of a month, on average.
const weeks = 52.0 / 12

// model invents a service by its appointments a month: the smaller its lists, the more it has to spare.
func (b *builder) model(size int, missed float64) pooled.Model {
	given := float64(size) / weeks
	spare := 0.94 + 0.12*b.rng.Float64()
	demand := given / 1.85 / spare
	list := demand * (1 + 3*b.rng.Float64())
	return pooled.Model{Demand: demand, DemandError: 0.03, Wander: 0.06, Memory: 0.5, Given: given, SD: given / 15, Least: 0.8 * given, Most: 1.2 * given, React: 0.05, Usual: list, List: list,
		DNA: missed / 100, Rebook: 0.7, Unseen: 0.05, UnseenFor: 7, FollowUps: 0.65, Gap: 28, Lead: 3, Priority: map[string]float64{"P1": 0.1, "P2": 0.5, "P3": 0.4},
		Share: map[string]float64{"nurse": 0.6, "physician": 0.2, "counsellor": 0.2}, Wait: map[string]float64{"nurse": 8, "physician": 12, "counsellor": 10}}
}

// quarter is the last month of the newest quarter that is over.
func quarter(last civil.Date) civil.Date {
	for last.Month%3 != 0 {
		last = last.AddMonths(-1)
	}
	return last
}

// capacity has what an invented organisation says of its service.
func (b *builder) capacity(size int, missed float64, last civil.Date) []release.Figure {
	metric, _ := b.sharing.Pack().Find(pooled.Metric)
	return b.model(size, missed).Figures(metric, quarter(last))
}

// pool asks for the simulation of common lists of everybody who has said what their service is; the worker does it when the house is up.
func (b *builder) pool(ctx context.Context) error {
	assumed := capacity.New(capacity.Deps{DB: b.DB}).Pack()
	s := pooled.New(pooled.Deps{DB: b.DB, System: b.system, Due: assumed.Due, Target: assumed.TargetDays})
	o, err := s.Offer(ctx, b.lead)
	if err != nil {
		return err
	}
	x := pooled.Answers{Professions: o.Professions(), Lost: 5}
	for _, m := range o.Members {
		x.Members = append(x.Members, m.ID())
	}
	return s.Ask(ctx, b.lead, b.Now.AddDate(0, 0, -1), b.Next(), x)
}
