package investment

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/appraisal"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// FigureKind is the kind of the figures of the case: "case/npsv.preferred".
const FigureKind = "case"

// caseVersion counts changes of how the figures are worked out.
const caseVersion = 1

// Measured lists what is said of each option, in the order of the pages: the five years' cost to the budget with optimism
// bias, the net present value of the budget and of society, benefit over cost, return, payback of the budget, the chance
// that society loses.
var Measured = []string{"cost", "npv", "npsv", "bcr", "roi", "payback", "risk"}

// Book offers the figures of each option but doing nothing, which is what they are held against. To open it is to read the
// whole plan.
func (s *Service) Book() figure.Book { return &book{s: s} }

type book struct {
	s    *Service
	plan *Record // of an open book
	said map[option.Option][]figure.Figure
}

func (b *book) Open(ctx context.Context, a access.Actor, _ time.Time) (figure.Book, error) {
	out := &book{s: b.s, said: map[option.Option][]figure.Figure{}}
	return out, b.s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := b.s.read(ctx, tx) // what became of the figures that it cites is not asked: they may be its own
		out.plan = &r
		return err
	})
}

// say makes the figures of an option of an open book once.
func (b *book) say(ctx context.Context, o option.Option) (out []figure.Figure, err error) {
	if b.said[o] == nil {
		b.said[o], err = b.plan.Say(ctx, o)
	}
	return b.said[o], err
}

func (b *book) Kinds() []string { return []string{FigureKind} }

func (b *book) List(ctx context.Context, a access.Actor, now time.Time) (out []figure.Figure, err error) {
	open, err := b.Open(ctx, a, now)
	if err != nil {
		return nil, err
	}
	r := open.(*book).plan
	if len(r.Lines)+len(r.posts) == 0 {
		return nil, nil
	}
	for _, o := range option.All[1:] {
		said, err := r.Say(ctx, o)
		if err != nil {
			return nil, err
		}
		for _, f := range said {
			if f.State == figure.Known {
				out = append(out, f)
			}
		}
	}
	return out, nil
}

func (b *book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	_, of, _ := strings.Cut(ref.Name, ".")
	o := option.Option(of)
	if ref.Kind != FigureKind || o == option.Nothing || !o.Valid() || !period.IsZero() {
		return figure.Figure{}, fault.Missing("figure")
	}
	if b.plan == nil {
		open, err := b.Open(ctx, a, now)
		if err != nil {
			return figure.Figure{}, err
		}
		return open.Figure(ctx, a, now, ref, period)
	}
	if !b.plan.Plan.Set() {
		return figure.Figure{}, fault.Missing("figure")
	}
	said, err := b.say(ctx, o)
	for _, f := range said {
		if f.Ref == ref {
			return f, err
		}
	}
	if err == nil {
		err = fault.Missing("figure")
	}
	return figure.Figure{}, err
}

// Say makes the figures of an option. What does not exist (a ratio without cost) is nothing.
func (r Record) Say(ctx context.Context, o option.Option) ([]figure.Figure, error) {
	budget, err := r.Appraise(o, Budget)
	if err != nil {
		return nil, err
	}
	social, err := r.Appraise(o, Social)
	if err != nil {
		return nil, err
	}
	risk, uncertain, err := r.Risk(social)
	if err != nil {
		return nil, err
	}
	var out []figure.Figure
	for _, name := range Measured {
		f := figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: name + "." + string(o)}, State: figure.Nothing, More: "/investment/appraisal",
			Title:      locale.T(ctx, "investment.figure."+name, "option", locale.T(ctx, "investment.option."+string(o))),
			PeriodText: locale.T(ctx, "investment.figure.period", "from", r.Plan.Start.MonthYear(), "to", r.Plan.Start.AddMonths(Years*monthsOfYear-1).MonthYear()),
			Definition: locale.T(ctx, "investment.figure."+name+".definition"), Source: locale.T(ctx, "investment.figure.source"), SourceAt: r.changed(),
			Version: locale.T(ctx, "investment.figure.version", "n", strconv.Itoa(caseVersion), "rates", appraisal.Rates().EffectiveFrom.MonthYear())}
		switch name {
		case "cost":
			say(&f, Total(budget.costs, true).Sum(), Pounds)
		case "npv":
			say(&f, budget.Central.NPSV, Pounds)
		case "npsv":
			say(&f, social.Central.NPSV, Pounds)
		case "bcr":
			sayIf(&f, social.Central.BCR, Ratio)
		case "roi":
			sayIf(&f, social.Central.ROI, Percent)
		case "payback":
			sayIf(&f, budget.Central.PaybackYears, func(y float64) string { return locale.T(ctx, "investment.years", "time", Ratio(y)) })
			if f.State == figure.Nothing {
				f.State, f.Value = figure.Known, locale.T(ctx, "investment.payback.never")
			}
		case "risk":
			if uncertain {
				sayIf(&f, risk.PNegative, Percent)
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func say(f *figure.Figure, x float64, words func(float64) string) {
	f.State, f.Number, f.Value = figure.Known, &x, words(x)
}

func sayIf(f *figure.Figure, x *float64, words func(float64) string) {
	if x != nil {
		say(f, *x, words)
	}
}

// changed is when the register, or the plan for people whose posts it prices, was last written.
func (r Record) changed() time.Time {
	at := r.Plan.At
	if r.people.Changed.After(at) {
		at = r.people.Changed
	}
	for _, l := range r.Lines {
		if l.At.After(at) {
			at = l.At
		}
	}
	for _, b := range r.Benefits {
		if b.At.After(at) {
			at = b.At
		}
	}
	return at
}

// Pounds writes whole pounds: £1,234 or -£1,234.
func Pounds(x float64) string {
	n := int(math.Round(x))
	if n < 0 {
		return "-£" + locale.Number(-n)
	}
	return "£" + locale.Number(n)
}

// Ratio writes two decimals.
func Ratio(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// Percent writes a share as whole percent.
func Percent(x float64) string { return strconv.Itoa(int(math.Round(100*x))) + "%" }
