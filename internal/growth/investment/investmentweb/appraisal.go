package investmentweb

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/appraisal"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// appraisalView lays the options side by side and opens one.
type appraisalView struct {
	R         investment.Record
	View      investment.View
	Option    option.Option
	All       []investment.Appraised
	One       investment.Appraised
	Risk      investment.Risk
	Uncertain bool // there is something that may come out otherwise
	Writes    bool
	Doubts    []doubt.Doubt
	Why       []string // the preferred option, and no cheaper one
}

// appraised are the two views of the appraisal: society first, as the economic case has it.
var appraised = []investment.View{investment.Social, investment.Budget}

func (p *pages) appraisal(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := appraisalView{R: r, View: investment.View(c.R.URL.Query().Get("view")), Option: chosen(c, r), Writes: c.May(investment.Write)}
	if !slices.Contains(appraised, v.View) {
		v.View = investment.Social
	}
	if r.Plan.Set() {
		for _, o := range option.All {
			a, err := r.Appraise(o, v.View)
			if err != nil {
				return err
			}
			v.All = append(v.All, a)
			if o == v.Option {
				v.One = a
			}
		}
		if v.Risk, v.Uncertain, err = r.Risk(v.One); err != nil {
			return err
		}
	}
	if v.Doubts, err = doubt.Of(r); err != nil {
		return err
	}
	if v.Why, err = p.cases.Why(c.Ctx(), c.Actor, r.Plan.Chosen); err != nil {
		return err
	}
	params := c.Page("investment.appraisal.title", "/investment")
	params.Wide = true
	return c.Render(appraisalPage(params, v))
}

func (v appraisalView) path(o option.Option, view investment.View) string {
	return "/investment/appraisal?" + url.Values{"option": {string(o)}, "view": {string(view)}}.Encode()
}

// sentence is what a board member can repeat of an option.
func sentence(ctx context.Context, a investment.Appraised, risk *investment.Risk) string {
	name := optionName(ctx, a.Option)
	switch {
	case a.Option == option.Nothing:
		return locale.T(ctx, "investment.appraisal.sentence.nothing")
	case a.Central.PVCosts == 0:
		return locale.T(ctx, "investment.cash.sentence.empty", "option", name)
	case a.Central.PVBenefits == 0:
		return locale.T(ctx, "investment.appraisal.sentence.no_benefit."+string(a.View), "option", name, "costs", investment.Pounds(a.Central.PVCosts))
	}
	key := "investment.appraisal.sentence.gain"
	if a.Central.NPSV < 0 {
		key = "investment.appraisal.sentence.loss"
	}
	npsv := a.Central.NPSV
	if npsv < 0 {
		npsv = -npsv
	}
	text := locale.T(ctx, key, "option", name, "npsv", investment.Pounds(npsv), "bcr", investment.Ratio(*a.Central.BCR))
	if risk != nil && risk.PNegative != nil {
		text += " " + locale.T(ctx, "investment.appraisal.sentence.risk", "chance", chance(*risk.PNegative))
	}
	return text
}

// chance writes a probability in whole percent, and does not write that what may happen cannot.
func chance(x float64) string {
	switch {
	case x > 0 && x < 0.01:
		return "less than 1%"
	case x < 1 && x > 0.99:
		return "more than 99%"
	}
	return investment.Percent(x)
}

func (v appraisalView) says(ctx context.Context) string {
	if !v.Uncertain {
		return sentence(ctx, v.One, nil)
	}
	return sentence(ctx, v.One, &v.Risk)
}

func none(ctx context.Context, x *float64, words func(float64) string) string {
	if x == nil {
		return locale.T(ctx, "investment.appraisal.none")
	}
	return words(*x)
}

// table lays the options side by side.
func (v appraisalView) table(ctx context.Context) nhsuk.TableParams {
	key := func(name string) string { return locale.T(ctx, "investment.appraisal."+name) }
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.appraisal.caption."+string(v.View))),
		Head: numericHeads(locale.T(ctx, "investment.option"), key("costs"), key("benefits"), key("npsv."+string(v.View)), key("hoped"), key("bcr"), key("roi"), key("payback"), key("eac"))}
	for _, a := range v.All {
		row := numeric(optionName(ctx, a.Option), investment.Pounds(a.Central.PVCosts), investment.Pounds(a.Central.PVBenefits), investment.Pounds(a.Central.NPSV), investment.Pounds(a.Hoped.NPSV),
			none(ctx, a.Central.BCR, investment.Ratio), none(ctx, a.Central.ROI, investment.Percent), payback(ctx, a.Central), none(ctx, a.Central.EquivalentAnnualCost, investment.Pounds))
		row[0].Href = v.path(a.Option, v.View)
		if a.Option != option.Nothing && v.View == investment.Social {
			row[3] = nhsuk.TableCell{Text: investment.Pounds(a.Central.NPSV), Href: figure.Ref{Kind: investment.FigureKind, Name: "npsv." + string(a.Option)}.Path(), Format: "numeric"}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func payback(ctx context.Context, f appraisal.Figures) string {
	if f.PVCosts == 0 {
		return locale.T(ctx, "investment.appraisal.none")
	}
	if f.PaybackYears == nil {
		return locale.T(ctx, "investment.payback.never")
	}
	return locale.T(ctx, "investment.years", "time", investment.Ratio(*f.PaybackYears))
}

// discounted is how the net present value of the option comes about, year by year.
func (v appraisalView) discounted(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.appraisal.years", "option", optionName(ctx, v.Option))),
		Head: numericHeads(locale.T(ctx, "investment.year.one"), locale.T(ctx, "investment.cash.biased"), locale.T(ctx, "investment.appraisal.brought"), locale.T(ctx, "investment.appraisal.net"), locale.T(ctx, "investment.appraisal.factor"), locale.T(ctx, "investment.appraisal.present"))}
	for y := range investment.Years {
		net := v.One.Benefits[y] - v.One.Costs[y]
		t.Rows = append(t.Rows, numeric(yearName(v.R.Plan, y), investment.Pounds(v.One.Costs[y]), investment.Pounds(v.One.Benefits[y]), investment.Pounds(net), locale.Plain(round4(v.One.Central.Factors[y])), investment.Pounds(net*v.One.Central.Factors[y])))
	}
	return t
}

func (v appraisalView) flow(ctx context.Context) chart.Flow {
	f := chart.Flow{ID: "flow", Title: locale.T(ctx, "investment.appraisal.flow", "option", optionName(ctx, v.Option)), Unit: locale.T(ctx, "investment.pounds"), In: v.One.Benefits[:], Out: v.One.Costs[:],
		InName: locale.T(ctx, "investment.appraisal.brought"), OutName: locale.T(ctx, "investment.cash.biased"), Left: locale.T(ctx, "investment.cash.left"), Says: locale.T(ctx, "investment.appraisal.flow.says."+paysBack(v.One))}
	for y := range investment.Years {
		f.Labels = append(f.Labels, v.R.Plan.Start.AddMonths(12*y).MonthYear())
	}
	if p := v.One.Central.PaybackYears; p != nil {
		f.Says = locale.T(ctx, "investment.appraisal.flow.says.back", "time", investment.Ratio(*p))
	}
	return f
}

func paysBack(a investment.Appraised) string {
	if a.Central.PVCosts == 0 {
		return "nothing"
	}
	return "never"
}

// byClass says who gains.
func (v appraisalView) byClass(ctx context.Context) chart.Stack {
	s := chart.Stack{Mix: true, ID: "class", Title: locale.T(ctx, "investment.appraisal.class"), Unit: locale.T(ctx, "investment.pounds")}
	for _, class := range investment.Classes {
		s.Parts = append(s.Parts, chart.Part{Label: locale.T(ctx, "investment.class."+class), Value: v.One.PVByClass[class]})
	}
	return s
}

func (v appraisalView) tornado(ctx context.Context) chart.Tornado {
	t := chart.Tornado{ID: "tornado", Title: locale.T(ctx, "investment.appraisal.tornado"), Unit: locale.T(ctx, "investment.pounds"), Middle: v.One.Central.NPSV}
	for _, bar := range v.Risk.Tornado {
		x := v.Risk.Names[bar.Variable]
		if bar.AtLow == nil || bar.AtHigh == nil {
			continue
		}
		t.Bars = append(t.Bars, chart.Swing{Label: named(ctx, x), Low: end(x, bar.Low), High: end(x, bar.High), AtLow: *bar.AtLow, AtHigh: *bar.AtHigh})
	}
	if len(t.Bars) > 0 {
		t.Says = locale.T(ctx, "investment.appraisal.tornado.says", "what", t.Bars[0].Label, "low", investment.Pounds(min(t.Bars[0].AtLow, t.Bars[0].AtHigh)), "high", investment.Pounds(max(t.Bars[0].AtLow, t.Bars[0].AtHigh)))
	}
	return t
}

func named(ctx context.Context, x investment.Uncertain) string {
	if x.Cost {
		return locale.T(ctx, "investment.appraisal.bias", "type", caser(x.Title))
	}
	return x.Title
}

// end writes one end of a range: percent on top of a cost, or units.
func end(x investment.Uncertain, v float64) string {
	if x.Cost {
		return "+" + investment.Percent(v-1)
	}
	return strings.TrimSpace(locale.Number(int(v+0.5)) + " " + x.Unit)
}

// switching says at which value of each the answer turns.
func (v appraisalView) switching(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.appraisal.switching")),
		Head: nhsuk.Heads(locale.T(ctx, "investment.appraisal.what"), locale.T(ctx, "investment.appraisal.expected"), locale.T(ctx, "investment.appraisal.turns"), locale.T(ctx, "investment.appraisal.far"))}
	for _, bar := range v.Risk.Tornado {
		x, turns := v.Risk.Names[bar.Variable], v.Risk.Switching[bar.Variable]
		row := []string{named(ctx, x), end(x, x.Mode), locale.T(ctx, "investment.appraisal.turns.never"), ""}
		if turns != nil && (*turns >= 0 && (!x.Cost || *turns >= 1)) {
			row[2] = end(x, *turns)
			if x.Mode > 0 && !x.Cost {
				row[3] = locale.T(ctx, "investment.appraisal.far.value", "n", investment.Percent(*turns/x.Mode))
			}
		}
		t.Rows = append(t.Rows, nhsuk.Cells(row...))
	}
	return t
}

func (v appraisalView) risks(ctx context.Context) nhsuk.SummaryListParams {
	row := func(key string, x *float64) nhsuk.SummaryRow {
		return nhsuk.Row(locale.T(ctx, "investment.appraisal.risk."+key), none(ctx, x, investment.Pounds))
	}
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "investment.appraisal.risk.negative"), none(ctx, v.Risk.PNegative, chance)),
		row("mean", v.Risk.Mean), row("p5", v.Risk.P5), row("p50", v.Risk.P50), row("p95", v.Risk.P95)}}
}

// ceiling compares with what was published elsewhere.
func (v appraisalView) ceiling(ctx context.Context) string {
	var names []string
	for _, x := range v.R.Pack().Published {
		names = append(names, locale.T(ctx, "investment.published.one", "name", x.Name, "ratio", locale.Plain(x.Ratio)))
	}
	key := "investment.published.below"
	if len(v.One.Beyond) > 0 {
		key = "investment.published.above"
	}
	bcr := ""
	if v.One.Central.BCR != nil {
		bcr = investment.Ratio(*v.One.Central.BCR)
	}
	return locale.T(ctx, key, "bcr", bcr, "list", strings.Join(names, ", "))
}

func round4(x float64) float64 { return float64(int(x*10000+0.5)) / 10000 }

func source(ctx context.Context) string {
	e := appraisal.Rates()
	return locale.T(ctx, "investment.appraisal.rates", "source", e.Source)
}
