// Package doubt says what a reader should doubt about an investment plan before relying on its sums. It refuses nothing: the
// plan may be right, and then somebody can say why.
//
//   - apart: the plan for people and the investment plan run over other years, or with another pay award, so that their totals
//     are not the same sum;
//   - simulated: waits were simulated for other quarters than those of the investment plan, so that some have no planned wait. Quarters that
//     had begun by then are left out: nobody can plan a wait that is over;
//   - idle: an option costs more than the one before it and brings no more benefit, as after posts were planned and no benefit was;
//   - smaller, fewer: doing the maximum costs less, or has fewer posts at the end, than the preferred option;
//   - paid: a cost line pays for a post, or for its course, that the plan for people already prices;
//   - claimed: benefits claim together more than the whole change of one figure, be it as one kind or as several. The same figure is
//     known by its citation or, where one of them has none, by its words in any order and spelling; whether the people differ,
//     nobody but a reader can tell.
//
// The same words stand on the pages of both plans and in the paper before the board.
package doubt

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/awards"
)

// Doubt is one of them: a word key under doubt.about, and what it says.
type Doubt struct {
	Key  string
	Args []any
}

// Text is a doubt in words. Options and kinds are words of their own.
func (d Doubt) Text(ctx context.Context) string {
	args := slices.Clone(d.Args)
	for i, x := range args {
		switch x := x.(type) {
		case option.Option:
			args[i] = locale.T(ctx, "investment.option."+string(x))
		case rises:
			args[i] = awards.Say(ctx, x.Awards, pay.AwardYears(x.start, investment.Quarters))
		case options:
			var names []string
			for _, o := range x {
				names = append(names, locale.T(ctx, "investment.option."+string(o)))
			}
			args[i] = strings.Join(names, ", ")
		case classes:
			var names []string
			for _, c := range x {
				names = append(names, strings.ToLower(locale.T(ctx, "investment.class."+c)))
			}
			args[i] = strings.Join(names, ", ")
		}
	}
	return locale.T(ctx, "doubt.about."+d.Key, args...)
}

// Texts are all of them in words.
func Texts(ctx context.Context, all []Doubt) (out []string) {
	for _, d := range all {
		out = append(out, d.Text(ctx))
	}
	return out
}

// Way leads to where what a doubt is about is set.
type Way struct{ Path, Text string }

// Ways are those of a doubt: whoever reads that two plans differ finds the dates of both in one step.
func (d Doubt) Ways(ctx context.Context) (out []Way) {
	if d.Key == differ {
		for _, w := range []Way{{"/workforce/plan/assumptions", "people"}, {"/investment/plan", "money"}} {
			out = append(out, Way{w.Path, locale.T(ctx, "doubt.way."+w.Text)})
		}
	}
	return out
}

// differ is the doubt that the two plans are of other years or awards.
const differ = "apart"

// classes are kinds of benefits, options some of them; rises are the pay awards of a plan.
type (
	rises struct {
		pay.Awards
		start civil.Date
	}
	classes []string
	options []option.Option
)

// The smallest differences that are told: below a pound there is rounding, below a twentieth of a post expectation.
const (
	pound = 1.0
	post  = 0.05
)

// Of lists what to doubt about a plan; nothing where none is set up.
func Of(r investment.Record) ([]Doubt, error) {
	if !r.Plan.Set() {
		return nil, nil
	}
	out := append(apart(r), simulated(r)...)
	type sum struct{ costs, benefits, posts float64 }
	sums := map[option.Option]sum{}
	for _, o := range option.All {
		costs, err := r.Costs(o, investment.Budget)
		if err != nil {
			return nil, fmt.Errorf("cost %s: %w", o, err)
		}
		sums[o] = sum{investment.Total(costs, false).Sum(), investment.Total(r.Brings(o, investment.Social, 0), false).Sum(), r.StaffIn(o, investment.Quarters-1)}
	}
	for i, o := range option.All[1:] {
		before := option.All[i]
		a, b := sums[before], sums[o]
		if more := b.costs - a.costs; more > pound && b.benefits <= a.benefits+pound {
			out = append(out, Doubt{"idle", []any{"option", o, "before", before, "pounds", investment.Pounds(more)}})
		}
	}
	preferred, most := sums[option.Preferred], sums[option.Maximum]
	if less := preferred.costs - most.costs; less > pound {
		out = append(out, Doubt{"smaller", []any{"maximum", option.Maximum, "preferred", option.Preferred, "pounds", investment.Pounds(less)}})
	}
	if preferred.posts-most.posts > post {
		out = append(out, Doubt{"fewer", []any{"maximum", option.Maximum, "preferred", option.Preferred, "most", locale.Plain(round(most.posts)), "fewer", locale.Plain(round(preferred.posts))}})
	}
	for _, x := range r.PaidTwice() {
		out = append(out, Doubt{"paid", []any{"line", x.Line.Title, "post", x.Line.Post, "option", x.Option}})
	}
	return append(out, claimed(r.Benefits)...), nil
}

func round(x float64) float64 { return float64(int(x*10+0.5)) / 10 }

// apart compares the two plans.
func apart(r investment.Record) []Doubt {
	people, ok := r.People()
	end := r.Plan.Quarter(investment.Quarters)
	if !ok || people.Start == r.Plan.Start && people.End == end && people.Awards.Same(r.Plan.Pay(), pay.AwardYears(r.Plan.Start, investment.Quarters)) {
		return nil
	}
	return []Doubt{{differ, []any{"people_from", people.Start.MonthYear(), "people_until", people.End.AddDays(-1).MonthYear(), "people_award", rises{people.Awards, people.Start},
		"money_from", r.Plan.Start.MonthYear(), "money_until", end.AddDays(-1).MonthYear(), "money_award", rises{r.Plan.Pay(), r.Plan.Start}}}}
}

// simulated compares the plan with what was simulated. A quarter of the plan has the wait of the simulated quarter that begins on
// the same day; the simulation begins with the first whole quarter after it was asked for, whenever the plan does, so that only those
// quarters of the plan count which had not begun.
func simulated(r investment.Record) (out []Doubt) {
	type span struct{ from, last, made civil.Date } // first days of the first and the last quarter, and when they were simulated
	of, order := map[span]options{}, []span{}
	for _, o := range option.All {
		waits := r.Waits[o]
		if len(waits) == 0 {
			continue
		}
		byStart := func(a, b investment.Wait) int { return a.Start.Compare(b.Start) }
		s := span{slices.MinFunc(waits, byStart).Start, slices.MaxFunc(waits, byStart).Start, locale.Day(waits[0].Made)}
		if of[s] == nil {
			order = append(order, s)
		}
		of[s] = append(of[s], o)
	}
	for _, s := range order {
		none := 0
		for q := range investment.Quarters {
			if d := r.Plan.Quarter(q); d.After(s.made) && (d.Before(s.from) || d.After(s.last)) {
				none++
			}
		}
		if none > 0 {
			out = append(out, Doubt{"simulated", []any{"options", of[s], "from", s.from.MonthYear(), "until", s.last.AddMonths(2).MonthYear(), "money_from", r.Plan.Start.MonthYear(),
				"money_until", r.Plan.Quarter(investment.Quarters).AddDays(-1).MonthYear(), "n", none}})
		}
	}
	return out
}

// claimed finds figures of whose change benefits claim too much, taken together: more than is due to the plan where they are about the
// same people (one saved day has one owner, growth.md 7.9; what is due is the most that any of them says of it), and more than all where
// they are not. The largest option in which it happens is named.
func claimed(all []investment.Benefit) (out []Doubt) {
	told := map[string]bool{}
	for _, people := range []bool{true, false} {
		for _, o := range slices.Backward(option.All) {
			for i := range all {
				if d, key := together(all, i, o, people); key != "" && !told[key] {
					told[key] = true
					out = append(out, d)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Doubt) int { return cmp.Compare(a.Args[1].(string), b.Args[1].(string)) })
	return out
}

// together looks at what is claimed in an option of the figure of benefit i, by it and by those after it: of its people alone, or of
// everybody. key is empty where it is not too much.
func together(all []investment.Benefit, i int, o option.Option, people bool) (d Doubt, key string) {
	b := all[i]
	sum, due, titles, kinds := 0.0, 0.0, []string{}, classes{}
	for j, x := range all {
		if !b.In.Has(o) || !x.In.Has(o) || !investment.SameMeasure(b, x, words) || people && words(b.Population) != words(x.Population) {
			continue
		}
		if j < i { // counted from the first of them
			return d, ""
		}
		sum, due, titles = sum+x.Attribution*x.Share/100, max(due, x.Attribution), append(titles, "“"+x.Title+"”")
		if !slices.Contains(kinds, x.Class) {
			kinds = append(kinds, x.Class)
		}
	}
	if !people {
		due = 100
	}
	if len(titles) < 2 || sum <= due+1e-9 {
		return d, ""
	}
	key = strings.Join(titles, ", ")
	return Doubt{"claimed", []any{"titles", key, "percent", locale.Plain(round(sum)), "due", locale.Plain(round(due)), "figure", b.Measure, "n", len(kinds), "classes", kinds, "option", o}}, key
}

// little are words that do not tell one measure from another.
var little = []string{"a", "an", "and", "by", "for", "from", "in", "number", "of", "on", "per", "the", "to", "total"}

// words are those of a measure that tell it from another, in order and without the plural, so that "Sickness absence days" is
// "days of sickness absence".
func words(s string) string {
	all := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	all = slices.DeleteFunc(all, func(w string) bool { return slices.Contains(little, w) })
	for i, w := range all {
		if len(w) > 3 && !strings.HasSuffix(w, "ss") {
			all[i] = strings.TrimSuffix(w, "s")
		}
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}
