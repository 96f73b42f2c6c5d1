package fivecase

import (
	"bytes"
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/appraisal"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/agreed"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/awards"
)

// Table is a table of the case; its first column names the rows.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
	Words   bool   // its columns hold words, not numbers
	Note    string // under it; "" for none
}

// Economic is the part that compares the options.
const Economic = "economic"

func (t Table) numeric(column int) bool { return column > 0 && !t.Words }

// content is what the template prints.
type content struct {
	Draft  Draft
	At     time.Time
	Tables map[string][]Table // worked out, by part
	Order  []figure.Citation
	Number map[uuid.UUID]int
	Live   []figure.Citation // of every option, as they stand in the tables
	Doubts []doubt.Doubt
	Brief  []Line
	Typed  map[string]Typed // numbers in the texts that follow no source, by part
	Wait   []string         // of the option asked for beside doing nothing, and what to know before it is relied on
}

// numbered are the citations in the order in which the document relies on them: the texts' first, then those of the tables.
func (d Draft) numbered(tables []figure.Citation) (out []figure.Citation) {
	for _, part := range d.Record.Pack().Parts {
		t, _ := d.Last(part.Code)
		for _, f := range t.Figures {
			out = append(out, f.Citation)
		}
	}
	return append(out, tables...)
}

// Render gives the text of the case: what is frozen and hashed. cited are the figures of the options as they stand; a draft
// that nobody submits has none.
func Render(ctx context.Context, d Draft, now time.Time, cited []figure.Citation) (string, error) {
	c, err := fill(ctx, d, now, cited)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := body(c).Render(ctx, &b); err != nil {
		return "", err
	}
	return b.String(), nil
}

// fill works out what the document says.
func fill(ctx context.Context, d Draft, now time.Time, cited []figure.Citation) (c content, err error) {
	c = content{Draft: d, At: now, Live: cited, Order: d.numbered(cited), Number: map[uuid.UUID]int{}}
	for i, f := range c.Order {
		c.Number[f.ID] = i + 1
	}
	if c.Tables, err = tables(ctx, d.Record); err != nil {
		return c, err
	}
	if c.Brief, err = d.Brief(ctx); err != nil {
		return c, err
	}
	if c.Doubts, err = doubt.Of(d.Record); err != nil {
		return c, err
	}
	c.Wait = append([]string{strings.TrimSpace(d.Wait.Sentence(ctx) + " " + d.Wait.Basis(ctx))}, d.Wait.Doubts(ctx)...)
	c.Typed = c.typed(ctx)
	return c, nil
}

// basis says what the sums rest on.
func basis(ctx context.Context, c content) string {
	p := c.Draft.Record.Plan
	return locale.T(ctx, "fivecase.basis", "from", p.Start.Long(), "pay", awards.Say(ctx, p.Pay(), pay.AwardYears(p.Start, investment.Quarters)), "inflation", locale.Plain(p.Inflation), "delay", strconv.Itoa(p.Delay))
}

// tables works out what the economic and the financial part show.
func tables(ctx context.Context, r investment.Record) (map[string][]Table, error) {
	t := func(key string, args ...any) string { return locale.T(ctx, key, args...) }
	name := func(o option.Option) string { return t("investment.option." + string(o)) }
	years := func(first string) (out []string) {
		out = []string{first}
		for y := range investment.Years {
			out = append(out, t("investment.year", "n", strconv.Itoa(y+1)))
		}
		return append(out, t("investment.total"))
	}
	row := func(first string, c investment.Cash) (out []string) {
		out = []string{first}
		for y := range investment.Years {
			out = append(out, investment.Pounds(c.Year(y)))
		}
		return append(out, investment.Pounds(c.Sum()))
	}
	money := func(x *float64, words func(float64) string) string {
		if x == nil {
			return t("investment.appraisal.none")
		}
		return words(*x)
	}
	options := Table{Caption: t("fivecase.table.options"), Head: []string{t("investment.option"), t("investment.appraisal.costs"), t("investment.appraisal.benefits"), t("investment.appraisal.npsv.social"), t("investment.appraisal.bcr"), t("investment.appraisal.roi"), t("fivecase.table.risk")}}
	costs := Table{Caption: t("investment.cash.options"), Head: years(t("investment.option"))}
	funding := Table{Caption: t("investment.cash.years", "option", name(r.Plan.Chosen)), Head: years(t("investment.line.one")), Note: t("investment.cash.rounded")}
	budget := Table{Caption: t("fivecase.table.budget"), Head: []string{t("investment.option"), t("investment.appraisal.npsv.budget"), t("investment.appraisal.payback"), t("investment.appraisal.eac")}}
	for _, o := range option.All {
		social, err := r.Appraise(o, investment.Social)
		if err != nil {
			return nil, err
		}
		own, err := r.Appraise(o, investment.Budget)
		if err != nil {
			return nil, err
		}
		risk, uncertain, err := r.Risk(social)
		if err != nil {
			return nil, err
		}
		loss := t("investment.appraisal.none")
		if uncertain {
			loss = money(risk.PNegative, investment.Percent)
		}
		options.Rows = append(options.Rows, []string{name(o), investment.Pounds(social.Central.PVCosts), investment.Pounds(social.Central.PVBenefits), investment.Pounds(social.Central.NPSV),
			money(social.Central.BCR, investment.Ratio), money(social.Central.ROI, investment.Percent), loss})
		pays := t("investment.appraisal.none")
		if own.Central.PVCosts > 0 {
			pays = t("investment.payback.never")
			if own.Central.PaybackYears != nil {
				pays = t("investment.years", "time", investment.Ratio(*own.Central.PaybackYears))
			}
		}
		budget.Rows = append(budget.Rows, []string{name(o), investment.Pounds(own.Central.NPSV), pays, money(own.Central.EquivalentAnnualCost, investment.Pounds)})
		found, err := r.Funding(o, investment.Budget)
		if err != nil {
			return nil, err
		}
		costs.Rows = append(costs.Rows, row(name(o), found.Costs))
		if o == r.Plan.Chosen {
			for _, f := range found.Lines {
				funding.Rows = append(funding.Rows, row(r.Titled(f), f.Cash))
			}
			for _, s := range found.Sums(ctx) {
				funding.Rows = append(funding.Rows, row(s.Title, s.Cash))
			}
		}
	}
	register := Table{Words: true, Caption: t("fivecase.table.benefits"), Head: []string{t("investment.benefit.one"), t("fivecase.table.kind"), t("investment.benefit.owner.short"), t("investment.benefit.range"), t("investment.in.short")}}
	for _, b := range r.Benefits {
		var in []string
		for _, o := range b.In.Options() {
			in = append(in, name(o))
		}
		register.Rows = append(register.Rows, []string{b.Title, t("investment.class." + b.Class), b.Owner, t("investment.benefit.range.value", "low", spoken(b.Low), "mode", spoken(b.Mode), "high", spoken(b.High), "unit", b.Unit), strings.Join(in, ", ")})
	}
	return map[string][]Table{Economic: {options, register}, "financial": {costs, funding, budget}}, nil
}

// changed is the table of what costs something else than the board agreed to.
func changed(ctx context.Context, g agreed.Gap) Table {
	t := Table{Caption: locale.T(ctx, "agreed.changed")}
	t.Head, t.Rows = g.Table(ctx)
	return t
}

// spoken writes a number as a page shows it.
func spoken(x float64) string {
	if x == math.Trunc(x) {
		return locale.Number(int(x))
	}
	return locale.Plain(x)
}

// Terms are the words that pages and paper explain, in the order in which a reader meets them.
var Terms = []string{"bias", "range", "present", "npv", "bcr", "roi", "transfer", "wte"}

// rates says where the discount rates are from.
func rates() string { return appraisal.Rates().Source }

// paragraphs are those of a text: apart by empty lines.
func paragraphs(text string) (out []string) {
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
