package joints

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// About gives what the plan holds about a sub-section: needs that are of it, or that rest on its gap in any round, with the
// objectives that answer them and their actions. The plan is made after the rounds that it relies on, so it is asked for
// when a page is.
func About(plan func() *strategy.Service) func(context.Context, access.Actor, string) ([]diagnostic.Planned, error) {
	return func(ctx context.Context, a access.Actor, subsection string) ([]diagnostic.Planned, error) {
		all, err := plan().Find(ctx, a)
		if err != nil {
			return nil, err
		}
		part := func(kind string, id uuid.UUID, text, status string) diagnostic.Part {
			return diagnostic.Part{Text: text, Status: status, Path: "/plan/" + kind + "/" + id.String()}
		}
		var out []diagnostic.Planned
		for _, n := range all.Needs {
			if n.Subsection != subsection && !rests(n, subsection) {
				continue
			}
			need := diagnostic.Planned{Part: part("needs", n.ID, n.Statement, locale.T(ctx, "strategy.need.status."+string(n.Status)))}
			for _, o := range all.Answering(n.ID) {
				aim := diagnostic.Aim{Part: part("objectives", o.ID, o.Title, "")}
				for _, x := range all.Serving(o.ID) {
					aim.Actions = append(aim.Actions, part("actions", x.ID, x.Title, locale.T(ctx, "strategy.action.status."+string(x.Status))))
				}
				need.Objectives = append(need.Objectives, aim)
			}
			out = append(out, need)
		}
		return out, nil
	}
}

func rests(n strategy.Need, subsection string) bool {
	return n.Source != nil && strings.HasPrefix(n.Source.Ref, diagnostic.Gap+"/") && strings.HasSuffix(n.Source.Ref, "."+subsection)
}

// Weighed gives the plan what people said of a gap on the results of its round.
func Weighed(rounds *diagnostic.Service) func(context.Context, access.Actor, figure.Ref) (strategy.Weight, error) {
	return func(ctx context.Context, a access.Actor, gap figure.Ref) (strategy.Weight, error) {
		w, _, err := rounds.Weighed(ctx, a, gap)
		return strategy.Weight{Importance: w.Importance, Reach: w.Reach}, err
	}
}

// Elements lists the elements of the framework for the profiles of a community.
func Elements(rounds *diagnostic.Service) (out []member.Element) {
	for _, e := range rounds.Framework().Elements {
		out = append(out, member.Element{Code: e.Code, Title: e.Title})
	}
	return out
}

// Scored gives a community what the newest closed self-assessment shows of each element; what is too small to be shown is left out.
func Scored(rounds *diagnostic.Service) func(context.Context, access.Actor) ([]member.Score, civil.Date, error) {
	return func(ctx context.Context, a access.Actor) (out []member.Score, on civil.Date, err error) {
		o, ok, err := rounds.Newest(ctx, a)
		if err != nil || !ok {
			return nil, on, err
		}
		for _, e := range o.Results.Elements {
			if c := e.All(); c.State == round.Shown {
				out = append(out, member.Score{Element: e.Code, Percent: c.Percent})
			}
		}
		return out, locale.Day(o.ClosedAt), nil
	}
}
