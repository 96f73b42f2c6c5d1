// Package strategyweb is the pages of needs, objectives and actions.
package strategyweb

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *strategy.Service }

// Routes of the slice.
func Routes(s *strategy.Service) []web.Route {
	p := &pages{s}
	route := web.Behind(access.Growth)
	read := func(path string, h web.Handler) web.Route { return route(http.MethodGet, path, strategy.Read, h) }
	ask := func(path string, h web.Handler) web.Route { return route(http.MethodGet, path, strategy.Write, h) }
	write := func(path string, h web.Handler) web.Route { return route(http.MethodPost, path, strategy.Write, h) }
	return []web.Route{
		read("/plan/needs", p.needs),
		ask("/plan/needs/add", p.needAdd), write("/plan/needs/add", p.needAddPost),
		read("/plan/needs/{id}", p.need),
		ask("/plan/needs/{id}/edit", p.needEdit), write("/plan/needs/{id}/edit", p.needEditPost),
		ask("/plan/needs/{id}/status", p.needStatus), write("/plan/needs/{id}/status", p.needStatusPost),
		write("/plan/needs/{id}/renew", p.needRenew),

		read("/plan/objectives", p.objectives),
		ask("/plan/objectives/add", p.objectiveAdd), write("/plan/objectives/add", p.objectiveAddPost),
		read("/plan/objectives/{id}", p.objective),
		ask("/plan/objectives/{id}/edit", p.objectiveEdit), write("/plan/objectives/{id}/edit", p.objectiveEditPost),
		ask("/plan/objectives/{id}/withdraw", p.withdraw), write("/plan/objectives/{id}/withdraw", p.withdrawPost),
		ask("/plan/objectives/{id}/measure", p.measure), write("/plan/objectives/{id}/measure", p.measurePost),
		write("/plan/objectives/{id}/measures/{measure}/renew", p.measureRenew),
		write("/plan/objectives/{id}/measures/{measure}/drop", p.measureDrop),

		read("/plan/actions", p.actions),
		ask("/plan/actions/add", p.actionAdd), write("/plan/actions/add", p.actionAddPost),
		read("/plan/actions/{id}", p.action),
		ask("/plan/actions/{id}/edit", p.actionEdit), write("/plan/actions/{id}/edit", p.actionEditPost),
		ask("/plan/actions/{id}/status", p.actionStatus), write("/plan/actions/{id}/status", p.actionStatusPost),
	}
}

// one finds the plan and the thing of it that the path names.
func one[T any](p *pages, c *web.Context, of func(strategy.Plan, uuid.UUID) (T, bool)) (plan strategy.Plan, x T, err error) {
	id, err := c.ID("id")
	if err != nil {
		return plan, x, err
	}
	if plan, err = p.s.Find(c.Ctx(), c.Actor); err != nil {
		return plan, x, err
	}
	x, ok := of(plan, id)
	if !ok {
		return plan, x, fault.Missing("part of the plan")
	}
	return plan, x, nil
}

// seen is when what a form shows was last written.
func seen(f form.Form) (time.Time, error) {
	at, err := time.Parse(time.RFC3339Nano, f.Get("seen"))
	if err != nil {
		return at, fault.Missing("form")
	}
	return at, nil
}

func see(l strategy.Change) string { return l.At.UTC().Format(time.RFC3339Nano) }

// figures are the options of the field "figure".
func (p *pages) figures(c *web.Context) ([]form.Option, error) {
	all, err := p.s.Figures(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return nil, err
	}
	return strategyview.Figures(c.Ctx(), all), nil
}

// listed faults a figure that is not on the list.
func listed(f *form.Form, options []form.Option) {
	for _, o := range options {
		if o.Value == f.Get("figure") {
			return
		}
	}
	f.Faults.Add("figure", "strategy.figure.unknown")
}
