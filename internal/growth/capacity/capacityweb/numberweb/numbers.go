// Package numberweb is the part of the site that shows every number of the model, how well it is known, and lets somebody replace it.
package numberweb

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// pages are those of the numbers; recorded shows what is recorded of the hours that there are.
type pages struct {
	s        *capacity.Service
	recorded func([]measured.Recorded, assumed.Pack) templ.Component
}

// Routes of the numbers.
func Routes(s *capacity.Service, recorded func([]measured.Recorded, assumed.Pack) templ.Component) []web.Route {
	p := &pages{s, recorded}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/capacity/demand", capacity.Read, p.demand),
		route(http.MethodGet, "/capacity/demand/{name}", capacity.Write, p.replaceGet),
		route(http.MethodPost, "/capacity/demand/{name}", capacity.Write, p.replacePost),
	}
}

func (p *pages) demand(c *web.Context) error {
	d, err := p.s.Demand(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	params := c.Page("capacity.demand.title", "/capacity")
	params.Wide = true
	return c.Render(demandPage(params, d, c.May(capacity.Write), p.s.Pack(), p.recorded(d.Recorded, p.s.Pack())))
}

// name is what a parameter is called.
func name(ctx context.Context, p number.Parameter) string {
	of := p.Of
	for _, key := range []string{"capacity.type." + of, "role." + of, "capacity.role." + of} {
		if of != "" && locale.From(ctx).Has(key) {
			of = locale.T(ctx, key)
			break
		}
	}
	return locale.T(ctx, "capacity.parameter."+p.Kind, "of", of)
}

// one writes a number of a parameter.
func one(ctx context.Context, p number.Parameter, x float64) string {
	return locale.T(ctx, "capacity.unit.of."+p.Unit, "n", digits(p, x))
}

// digits writes it as exactly as its unit wants: a tenth, of what is for each person a hundredth.
func digits(p number.Parameter, x float64) string {
	switch {
	case p.Counted:
		return capacity.Whole(x)
	case p.Unit == "each":
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// amount writes what a parameter is: its number, or each of several with what it is of.
func amount(ctx context.Context, p number.Parameter, x []float64) string {
	if !p.Several() {
		return one(ctx, p, x[0])
	}
	var parts []string
	for i, v := range x {
		parts = append(parts, part(ctx, p, i)+" "+one(ctx, p, v))
	}
	return strings.Join(parts, ", ")
}

// part is what one of several numbers is of: a day, from Monday, or a month.
func part(ctx context.Context, p number.Parameter, i int) string {
	switch {
	case p.Kind == "month":
		return monthName(i)
	case p.Parts != nil && locale.From(ctx).Has("capacity.part."+p.Parts[i]):
		return locale.T(ctx, "capacity.part."+p.Parts[i])
	case p.Parts != nil: // the code of a priority
		return p.Parts[i]
	}
	return locale.T(ctx, "capacity.day."+strconv.Itoa((i+1)%7))
}

// fitted says by what a number is held: of how many, how far off it may be, and how good the fit is.
func fitted(ctx context.Context, p number.Parameter) string {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.fit."+key, args...) }
	var parts []string
	add := func(x ...string) { parts = append(parts, x...) }
	switch {
	case p.Assumed:
		add(t("assumed"))
	case p.Alike:
		add(t("alike"))
	case p.Short:
		add(t("short"), t("n", "n", p.N))
	case p.Counted:
		add(t("counted"))
	case weekly[p.Kind]:
		add(t("weeks", "n", p.N))
	default:
		add(t("n", "n", p.N))
	}
	if p.None {
		add(t("none"))
	}
	known := false
	for i := range p.Fitted {
		said := likely(ctx, p, i)
		known = known || len(said) > 0
		switch {
		case !p.Several():
			add(said...)
		case len(said) > 0 && p.Parts != nil:
			add(part(ctx, p, i) + " " + said[0])
		}
	}
	if p.Kind == "minutes" && !known && p.N > 1 {
		add(t("same"))
	} else if !known && !p.Assumed && !p.Alike && !p.Short && !p.Counted {
		add(t("unknown"))
	}
	if p.Explains > 0 {
		add(t("explains", "n", capacity.Whole(p.Explains)))
	}
	if p.Quality != "" {
		add(t("quality", "word", locale.Key("capacity.quality."+string(p.Quality)), "n", fmt.Sprintf("%.1f", p.Dispersion)))
	}
	return strings.Join(parts, "; ")
}

// weekly are the kinds of which N is weeks, and not people or contacts.
var weekly = map[string]bool{"wander": true, "wander_memory": true, "given": true, "react": true, "given_sd": true, "given_range": true}

// likely is where a number is with 19 in 20 chances; none where nobody knows.
func likely(ctx context.Context, p number.Parameter, i int) []string {
	low, high, ok := p.Likely(i)
	if !ok {
		return nil
	}
	return []string{locale.T(ctx, "capacity.fit.se", "low", digits(p, low), "high", digits(p, high))}
}

func parameterTable(ctx context.Context, d capacity.Demand, writes bool) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.demand.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "capacity.demand.what"), locale.T(ctx, "capacity.demand.value"), locale.T(ctx, "capacity.demand.held"), locale.T(ctx, "capacity.demand.replaced"))}
	for _, p := range d.Parameters {
		replaced := ""
		if v := p.Replaced(); v != nil {
			o := p.History[0]
			replaced = locale.T(ctx, "capacity.demand.by", "value", amount(ctx, p, v), "name", o.By, "when", locale.Date(o.At), "reason", o.Reason)
		}
		first := nhsuk.TableCell{Text: name(ctx, p)}
		switch {
		case p.Fixed:
			replaced = locale.T(ctx, "capacity.fixed."+p.Kind)
		case writes:
			first.Href = "/capacity/demand/" + url.PathEscape(p.Name)
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{first, {Text: amount(ctx, p, p.Fitted)}, {Text: fitted(ctx, p)}, {Text: replaced}})
	}
	return t
}

// months draws referrals observed against fitted, in the mean week of each month: weeks are many, and each is mostly chance.
func months(ctx context.Context, d capacity.Demand) chart.Fan {
	const eightInTen = 1.2816 // standard deviations to either side
	floor := 0.0
	f := chart.Fan{ID: "demand", Title: locale.T(ctx, "capacity.demand.chart"), Floor: &floor, Decimals: 1, Fitted: true, Actual: []spc.Number{}}
	for i := 0; i < len(d.Fits.Weeks); {
		first := d.Fits.Weeks[i].Start
		weeks, came, expected := 0.0, 0.0, 0.0
		for ; i < len(d.Fits.Weeks) && d.Fits.Weeks[i].Start.Month == first.Month; i++ {
			weeks, came, expected = weeks+1, came+float64(d.Fits.Weeks[i].Referrals), expected+d.Fitted[i]
		}
		mean := expected / weeks
		spread := eightInTen * math.Sqrt(mean/weeks+mean*mean*d.Fits.Level.SD*d.Fits.Level.SD/weeks)
		f.Labels = append(f.Labels, first.MonthYear())
		f.Points = append(f.Points, chart.FanPoint{Low: max(mean-spread, 0), Middle: mean, High: mean + spread, Bare: true})
		f.Actual = append(f.Actual, spc.Some(came/weeks))
	}
	inside := 0
	for i, p := range f.Points {
		if v := f.Actual[i].Value; v >= p.Low && v <= p.High {
			inside++
		}
	}
	f.Says = locale.T(ctx, "capacity.demand.says", "n", len(f.Points), "inside", inside)
	return f
}

// season tells the factors of the days and months of a rate.
func season(ctx context.Context, r demand.Rate) (out []string) {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.season."+key, args...) }
	if r.Weekly == 0 {
		return nil
	}
	busiest := 1
	for k, x := range r.Day[:demand.Closed] {
		if x > r.Day[busiest] {
			busiest = k
		}
	}
	out = append(out, t("day", "day", locale.Key("capacity.day."+strconv.Itoa(busiest)), "percent", capacity.Whole(100*r.Day[busiest]/r.Weekly)))
	if r.Monthly {
		high, low := 0, 0
		for m, x := range r.Month {
			if x > r.Month[high] {
				high = m
			}
			if x < r.Month[low] {
				low = m
			}
		}
		out = append(out, t("month", "high", monthName(high), "more", capacity.Whole(100*(r.Month[high]-1)), "low", monthName(low), "less", capacity.Whole(100*(1-r.Month[low]))))
	}
	return out
}

func monthName(m int) string {
	text, _, _ := strings.Cut(civil.Date{Year: 2026, Month: civil.MustParse("2026-01-01").AddMonths(m).Month, Day: 1}.MonthYear(), " ")
	return text
}

func (p *pages) replaceGet(c *web.Context) error {
	x, err := p.s.Parameter(c.Ctx(), c.Actor, c.R.PathValue("name"))
	if err != nil {
		return err
	}
	v, held := url.Values{}, x.Replaced()
	if held == nil && x.Several() { // nobody types seven numbers to change one
		held = x.Rounded()
	}
	for i, n := range held {
		v.Set(x.Field(i), strconv.FormatFloat(n, 'g', -1, 64))
	}
	return c.Render(replacePage(c.Page("capacity.replace.title", "/capacity/demand"), form.Of(v), x))
}

func (p *pages) replacePost(c *web.Context) error {
	x, err := p.s.Parameter(c.Ctx(), c.Actor, c.R.PathValue("name"))
	if err != nil {
		return err
	}
	f := form.From(c.R)
	values := typed(&f, x)
	if f.Bad() { // what does not stand there does not add up
		values = nil
	}
	for _, bad := range x.Check(values, f.Get("reason")) {
		if f.Faults.Of(bad.Name) == nil {
			f.Faults = append(f.Faults, bad)
		}
	}
	if f.Bad() {
		return c.Invalid(replacePage(c.FormPage("capacity.replace.title", "/capacity/demand", f), f, x))
	}
	return c.Done(p.s.Replace(c.Ctx(), c.Actor, c.Now, x.Name, values, f.Get("reason")), "capacity.replace.saved", "/capacity/demand")
}

// asked is the field of a number; of several it says which, and what was fitted.
func asked(ctx context.Context, x number.Parameter, i int) form.Field {
	if !x.Several() {
		return form.Field{Name: x.Field(i), Key: "capacity.replace.value", Width: 5}
	}
	held := strings.Join(append([]string{one(ctx, x, x.Fitted[i])}, likely(ctx, x, i)...), ", ")
	key := "capacity.replace.part"
	if x.Unit != "percent" {
		key = "capacity.replace.part.week"
	}
	return form.Field{Name: x.Field(i), Key: key, Args: []any{"part", part(ctx, x, i), "fitted", held}, Width: 5}
}

// typed are the numbers in the fields; none where all are empty. Of several an empty one among others is said.
func typed(f *form.Form, x number.Parameter) (values []float64) {
	filled := 0
	for i := range x.Fitted {
		if f.Get(x.Field(i)) != "" {
			filled++
		}
	}
	if filled == 0 {
		return nil
	}
	for i := range x.Fitted {
		if f.Get(x.Field(i)) == "" {
			f.Faults.Add(x.Field(i), "capacity.replace.all")
		}
		values = append(values, f.Decimal(x.Field(i), "capacity.number"))
	}
	return values
}

func historyTable(ctx context.Context, p number.Parameter) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.replace.history"), Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "capacity.replace.when"), locale.T(ctx, "capacity.demand.value"), locale.T(ctx, "capacity.replace.who"), locale.T(ctx, "capacity.replace.why"))}
	for _, o := range p.History {
		value := locale.T(ctx, "capacity.replace.back")
		if o.Values != nil {
			value = amount(ctx, p, o.Values)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.DateTime(o.At), value, o.By, o.Reason))
	}
	return t
}
