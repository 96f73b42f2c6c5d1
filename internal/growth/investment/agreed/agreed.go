// Package agreed says where an investment plan costs something else by now than the board agreed to, as after posts were planned from an
// answer about how many people are needed. Both sums are those of the paper: the five years' cost to the budget, with optimism bias. A board
// that has not decided has agreed to nothing, and of a plan that costs the same to the pound there is nothing to say.
package agreed

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Gap is what the board agreed to beside what the plan costs now.
type Gap struct {
	Case        uuid.UUID
	N           int
	On          civil.Date // when the board agreed
	Was, Is     option.Option
	From, Since civil.Date // when the five years begin: of the case, and of the plan
	Agreed, Now float64    // pounds
	Parts       []Part     // that are otherwise now, what differs most first
	Asked       *Asked     // the newest case since, on which the board has not decided; nil where there is none
}

// Asked is a case that waits for the board.
type Asked struct {
	ID   uuid.UUID
	N    int
	Cost float64
}

// Part is a line or a post that costs something else by now; 0 is one that was not there, or is not any more.
type Part struct {
	ID          uuid.UUID
	Title       string
	Agreed, Now float64
}

// More is by how much the plan costs more than the board agreed to; it is negative where it costs less.
func (g Gap) More() float64 { return g.Now - g.Agreed }

// New are the lines and posts that the board has not seen.
func (g Gap) New() (out []Part) {
	for _, p := range g.Parts {
		if p.Agreed == 0 && p.Now > 0 {
			out = append(out, p)
		}
	}
	return out
}

// Of finds it; false where there is nothing to say.
func Of(r investment.Record) (g Gap, ok bool, err error) {
	was, asked := r.Agreed()
	if was == nil || !r.Plan.Set() {
		return g, false, nil
	}
	now, err := r.Promised(r.Plan.Chosen)
	if err != nil {
		return g, false, err
	}
	g, ok = Between(*was, now, asked)
	return g, ok, nil
}

// Between lays what a plan says now beside a case that the board agreed to.
func Between(was investment.Promise, now investment.Promised, asked *investment.Promise) (g Gap, ok bool) {
	g = Gap{Case: was.Case, N: was.N, On: was.Agreed, Was: was.Chosen, Is: now.Chosen, From: was.Start, Since: now.Start, Agreed: cost(was.Promised), Now: cost(now)}
	if was.Agreed.IsZero() || investment.Pounds(g.Agreed) == investment.Pounds(g.Now) {
		return Gap{}, false
	}
	at := map[uuid.UUID]int{}
	part := func(c investment.Cost) *Part {
		i, there := at[c.ID]
		if !there {
			i = len(g.Parts)
			at[c.ID], g.Parts = i, append(g.Parts, Part{ID: c.ID})
		}
		g.Parts[i].Title = c.Title
		return &g.Parts[i]
	}
	for _, c := range was.Options[was.Chosen].Costs {
		part(c).Agreed += c.Sum
	}
	for _, c := range now.Options[now.Chosen].Costs {
		part(c).Now += c.Sum
	}
	g.Parts = slices.DeleteFunc(g.Parts, func(p Part) bool { return investment.Pounds(p.Agreed) == investment.Pounds(p.Now) })
	slices.SortStableFunc(g.Parts, func(a, b Part) int {
		return cmp.Or(-cmp.Compare(math.Abs(a.Now-a.Agreed), math.Abs(b.Now-b.Agreed)), cmp.Compare(a.Title, b.Title))
	})
	if asked != nil {
		g.Asked = &Asked{asked.Case, asked.N, cost(asked.Promised)}
	}
	return g, true
}

// cost is what the option that is followed takes from the budget.
func cost(p investment.Promised) (sum float64) {
	for _, c := range p.Options[p.Chosen].Costs {
		sum += c.Sum
	}
	return sum
}

// Title heads it.
func (g Gap) Title(ctx context.Context) string { return locale.T(ctx, "agreed.title."+g.way()) }

func (g Gap) way() string {
	if g.More() > 0 {
		return "more"
	}
	return "less"
}

// Sentences are what can be repeated: what the board agreed to and when, what the plan costs now, what differs, and what is before the board.
func (g Gap) Sentences(ctx context.Context) []string {
	name := func(o option.Option) locale.Key { return locale.Key("investment.option." + string(o)) }
	out := []string{locale.T(ctx, "agreed.says."+g.way(), "agreed", investment.Pounds(g.Agreed), "when", g.On.Long(), "n", g.N, "now", investment.Pounds(g.Now), "by", investment.Pounds(math.Abs(g.More()))), locale.T(ctx, "agreed.basis")}
	if g.Was != g.Is {
		out = append(out, locale.T(ctx, "agreed.option", "was", name(g.Was), "is", name(g.Is)))
	}
	if g.From != g.Since {
		out = append(out, locale.T(ctx, "agreed.start", "was", g.From.Long(), "is", g.Since.Long()))
	}
	if g.Asked != nil {
		out = append(out, locale.T(ctx, "agreed.asked", "n", g.Asked.N, "cost", investment.Pounds(g.Asked.Cost)))
	}
	return out
}

// Table lists the parts with what was agreed, what they cost now, and the difference.
func (g Gap) Table(ctx context.Context) (head []string, rows [][]string) {
	sum := func(x float64) string {
		if x == 0 {
			return locale.T(ctx, "agreed.none")
		}
		return investment.Pounds(x)
	}
	for _, p := range g.Parts {
		rows = append(rows, []string{p.Title, sum(p.Agreed), sum(p.Now), investment.Pounds(p.Now - p.Agreed)})
	}
	return []string{locale.T(ctx, "agreed.what"), locale.T(ctx, "agreed.was"), locale.T(ctx, "agreed.is"), locale.T(ctx, "agreed.difference")}, rows
}
