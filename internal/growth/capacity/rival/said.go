package rival

import (
	"context"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/said"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// name is a choice in words, with what it brings and costs.
func (c Choice) name(ctx context.Context) string {
	args := []any{"middle", capacity.Whole(c.Middle), "cost", said.Thousands(c.Year)}
	switch c.Kind {
	case Fill:
		args = append(args, "wte", said.Tenth(c.WTE), "people", locale.T(ctx, "capacity.people."+c.Role, "n", 2))
	case Posts:
		args = append(args, "n", c.Heads, "people", locale.T(ctx, "capacity.people."+c.Role, "n", c.Heads))
	case Option:
		args = append(args, "option", locale.T(ctx, "capacity.option."+string(c.Option)))
	}
	return locale.T(ctx, "rival.choice."+string(c.Kind), args...)
}

// Sentences say it: what brings as much for less, and what the preferred option brings beyond it. None where there was nothing to compare.
func (v Verdict) Sentences(ctx context.Context) []string {
	args := []any{"option", locale.T(ctx, "capacity.option."+string(v.Preferred.Option)), "middle", capacity.Whole(v.Preferred.Middle), "n", v.Days, "cost", said.Thousands(v.Preferred.Year)}
	switch {
	case v.Nearest != nil:
		return append([]string{locale.T(ctx, "rival.none", append(args, "choice", v.Nearest.name(ctx))...)}, v.free(ctx)...)
	case len(v.As) == 0:
		return nil
	}
	choices := v.As[0].name(ctx)
	if len(v.As) > 1 {
		choices = locale.T(ctx, "rival.or", "first", choices, "second", v.As[1].name(ctx))
	}
	out := append([]string{locale.T(ctx, "rival.cheaper", append(args, "choices", choices)...)}, v.free(ctx)...)
	if len(v.Beyond) == 0 {
		return append(out, locale.T(ctx, "rival.nothing", args...))
	}
	var what []string
	for _, g := range v.Beyond {
		what = append(what, locale.T(ctx, "rival.beyond."+g.Key, "with", capacity.Whole(g.With), "without", capacity.Whole(g.Without), "n", int(g.With), "names", strings.Join(g.Names, ", ")))
	}
	return append(out, locale.T(ctx, "rival.beyond", append(args, "what", strings.Join(what, "; "))...))
}

// free says what no new funding brings, where that is less.
func (v Verdict) free(ctx context.Context) []string {
	if v.Free == nil {
		return nil
	}
	c := *v.Free
	return []string{locale.T(ctx, "rival.free", "wte", said.Tenth(c.WTE), "people", locale.T(ctx, "capacity.people."+c.Role, "n", 2), "middle", capacity.Whole(c.Middle))}
}
