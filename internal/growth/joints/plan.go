package joints

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Interventions is the catalogue as the plan offers it.
func Interventions(s func() *catalogue.Service) func() []strategy.Intervention {
	return func() (out []strategy.Intervention) {
		for _, x := range s().Pack().Interventions {
			out = append(out, strategy.Intervention{Code: x.Code, Name: x.Name})
		}
		return out
	}
}

// Planned is what the balance knows of the plan: actions, and which classes of open actions answer each open need.
func Planned(s *strategy.Service) func(context.Context, access.Actor) (catalogue.Planned, error) {
	return func(ctx context.Context, a access.Actor) (out catalogue.Planned, err error) {
		plan, err := s.Find(ctx, a)
		if err != nil {
			return out, err
		}
		for _, x := range plan.Actions {
			out.Actions = append(out.Actions, catalogue.Action{ID: x.ID, Title: x.Title, Class: x.Class, Catalogue: x.Catalogue, Open: open(x)})
		}
		for _, n := range plan.Needs {
			if n.Status != strategy.Proposed && n.Status != strategy.Agreed {
				continue
			}
			var need catalogue.Need
			for _, o := range plan.Answering(n.ID) {
				for _, x := range plan.Serving(o.ID) {
					if open(x) {
						need.Classes = append(need.Classes, x.Class)
					}
				}
			}
			out.Needs = append(out.Needs, need)
		}
		return out, nil
	}
}

func open(x strategy.Action) bool {
	return x.Status == strategy.Planned || x.Status == strategy.Started
}

// Improvable lists what can be improved in small steps. One that was stopped stays, so that what it taught can be read.
func Improvable(s *strategy.Service) func(context.Context, access.Actor) ([]cycle.Action, error) {
	return func(ctx context.Context, a access.Actor) ([]cycle.Action, error) {
		plan, err := s.Find(ctx, a)
		out := make([]cycle.Action, len(plan.Actions))
		for i, x := range plan.Actions {
			out[i] = cycle.Action{ID: x.ID, Title: x.Title}
		}
		return out, err
	}
}

// Staffed lists the actions that changes of the plan for people may be for. One that is over stays, so that a post keeps its name.
func Staffed(s *strategy.Service) func(context.Context, access.Actor) ([]workforce.Action, error) {
	return func(ctx context.Context, a access.Actor) ([]workforce.Action, error) {
		plan, err := s.Find(ctx, a)
		out := make([]workforce.Action, len(plan.Actions))
		for i, x := range plan.Actions {
			out[i] = workforce.Action{ID: x.ID, Title: x.Title, Open: open(x)}
		}
		return out, err
	}
}

// Posted lists the posts that are planned for an action. The plan for people is made after the strategy, so it is asked for
// when a page is.
func Posted(s func() *workforce.Service) func(context.Context, access.Actor, uuid.UUID) ([]strategy.Link, error) {
	return func(ctx context.Context, a access.Actor, action uuid.UUID) (out []strategy.Link, err error) {
		all, err := s().For(ctx, a, action)
		for _, c := range all {
			key := "strategy.posts.link"
			if !c.Kind.Adds() {
				key = "strategy.posts.change"
			}
			out = append(out, strategy.Link{Path: "/workforce/plan", Text: locale.T(ctx, key, "title", c.Title, "from", c.From.MonthYear(), "heads", strconv.Itoa(c.Heads), "taken", strconv.Itoa(c.Taken))})
		}
		return out, err
	}
}
