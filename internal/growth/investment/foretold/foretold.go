// Package foretold says a simulated wait so that a board member can repeat it: the middle, where 8 in 10 futures lie, and what to
// know before it is relied on. That the model failed its test on what happened, that nobody tested it, and that it passed one which is old
// are three things; so is that the simulation itself is out of date.
package foretold

import (
	"context"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Days writes working days with a decimal where it matters: "12", "9.5", "116".
func Days(x float64) string {
	if x >= 20 {
		return locale.Plain(math.Round(x))
	}
	return locale.Plain(math.Round(x*10) / 10)
}

// Interval is where 8 in 10 futures have a wait, in words.
func Interval(ctx context.Context, w investment.Wait) string {
	if Days(w.Low) == Days(w.High) {
		return locale.T(ctx, "foretold.interval.same")
	}
	return locale.T(ctx, "foretold.interval", "low", Days(w.Low), "n", Days(w.High))
}

// Doubts are what to know before some waits are relied on, each once, in words.
func Doubts(ctx context.Context, all ...investment.Wait) (out []string) {
	add := func(text string) {
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	for _, w := range all {
		if w.Stale {
			add(Stale(ctx, w))
		}
	}
	for _, w := range all {
		switch w.Trust {
		case "failed", "never", "old":
			add(locale.T(ctx, "foretold.trust."+w.Trust))
		}
	}
	return out
}

// Stale says that a wait is out of date.
func Stale(ctx context.Context, w investment.Wait) string {
	return locale.T(ctx, "foretold.stale", "when", locale.Date(w.Made), "title", w.Scenario)
}

// Pair is the wait of an option beside that of doing nothing; nil where nobody simulated it, or not with the same demand.
type Pair struct {
	Option        option.Option
	With, Nothing *investment.Wait
}

// Last is the last quarter of a plan of which an option is known; with doing nothing beside it if there is one.
func Last(p investment.Promised) Pair {
	out := Pair{Option: p.Chosen}
	for q := range investment.Quarters {
		with, nothing := p.Options[p.Chosen].Wait[q], p.Options[option.Nothing].Wait[q]
		if with != nil && (nothing != nil || out.Nothing == nil) {
			out.With, out.Nothing = with, nothing
		}
	}
	return out
}

// Sentence is what can be repeated.
func (p Pair) Sentence(ctx context.Context) string {
	name := locale.Key("investment.option." + string(p.Option))
	if p.With == nil {
		return locale.T(ctx, "foretold.none", "option", name)
	}
	w := *p.With
	out := locale.T(ctx, "foretold.with", "option", name, "quarter", locale.Quarter(w.Start), "n", Days(w.Median), "interval", Interval(ctx, w))
	if p.Nothing == nil {
		return out + " " + locale.T(ctx, "foretold.alone")
	}
	return out + " " + locale.T(ctx, "foretold.nothing", "n", Days(p.Nothing.Median), "interval", Interval(ctx, *p.Nothing))
}

// Basis says which simulations the numbers are of, and of which quarter.
func (p Pair) Basis(ctx context.Context) string {
	if p.With == nil {
		return ""
	}
	out := locale.T(ctx, "foretold.basis", "title", p.With.Scenario, "when", locale.Date(p.With.Made))
	if p.Nothing != nil {
		out = locale.T(ctx, "foretold.basis.both", "title", p.With.Scenario, "when", locale.Date(p.With.Made), "nothing", p.Nothing.Scenario, "then", locale.Date(p.Nothing.Made))
	}
	out += " " + locale.T(ctx, "foretold.horizon")
	if p.With.Changed {
		out += " " + locale.T(ctx, "foretold.changed")
	}
	return out
}

// waits are those of the pair that are known.
func (p Pair) waits() (out []investment.Wait) {
	for _, w := range []*investment.Wait{p.With, p.Nothing} {
		if w != nil {
			out = append(out, *w)
		}
	}
	return out
}

// Stale are those of the pair that are out of date.
func (p Pair) Stale() (out []investment.Wait) {
	for _, w := range p.waits() {
		if w.Stale {
			out = append(out, w)
		}
	}
	return out
}

// Doubts are those of the pair, as it was when it was frozen.
func (p Pair) Doubts(ctx context.Context) []string { return Doubts(ctx, p.waits()...) }

// Since says what has come to light since a pair was frozen: that it went out of date, that it was simulated again, or that a test says
// something else of the model. live are the waits as they stand.
func (p Pair) Since(ctx context.Context, live map[option.Option][]investment.Wait) (out []string) {
	add := func(key string, args ...any) {
		if text := locale.T(ctx, "foretold.since."+key, args...); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	for o, was := range map[option.Option]*investment.Wait{p.Option: p.With, option.Nothing: p.Nothing} {
		if was == nil {
			continue
		}
		i := slices.IndexFunc(live[o], func(w investment.Wait) bool { return w.Start == was.Start })
		if i < 0 {
			add("gone")
			continue
		}
		is := live[o][i]
		switch {
		case !is.Made.Equal(was.Made) || is.Scenario != was.Scenario:
			add("again")
		case is.Stale && !was.Stale:
			add("stale")
		}
		if is.Trust != was.Trust && is.Trust == "failed" {
			add("failed")
		}
	}
	slices.Sort(out)
	return out
}
