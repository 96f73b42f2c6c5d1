// Package investmentweb is the pages of the investment plan: cash flow, benefits, appraisal, business case, actual.
package investmentweb

import (
	"context"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type pages struct {
	s     *investment.Service
	cases *fivecase.Service
}

// Routes of the slice.
func Routes(s *investment.Service, cases *fivecase.Service) []web.Route {
	p := &pages{s, cases}
	return []web.Route{
		read("/investment", p.home),
		edit("/investment/plan", p.plan), post("/investment/plan", p.planPost),
		edit("/investment/lines/add", p.addLine), post("/investment/lines/add", p.addLinePost),
		edit("/investment/lines/{id}", p.editLine), post("/investment/lines/{id}", p.editLinePost), post("/investment/lines/{id}/drop", p.dropLine),
		read("/investment/benefits", p.benefits),
		edit("/investment/benefits/add", p.addBenefit), post("/investment/benefits/add", p.addBenefitPost),
		edit("/investment/benefits/{id}", p.editBenefit), post("/investment/benefits/{id}", p.editBenefitPost), post("/investment/benefits/{id}/drop", p.dropBenefit),
		read("/investment/appraisal", p.appraisal),
		read("/investment/case", p.draft), read("/investment/case/print", p.print), read("/investment/case.xlsx", p.xlsx),
		edit("/investment/case/parts/{part}", p.write), post("/investment/case/parts/{part}", p.writePost), read("/investment/case/parts/{part}/versions", p.versions),
		post("/investment/case/parts/{part}/again", p.again),
		edit("/investment/case/submit", p.submit), post("/investment/case/submit", p.submitPost),
		read("/investment/case/frozen/{id}", p.frozen), read("/investment/case/frozen/{id}/file", p.file),
		read("/investment/actual", p.actual),
		edit("/investment/actual/enter", p.enter), post("/investment/actual/enter", p.enterPost),
	}
}

func read(path string, h web.Handler) web.Route {
	return route(http.MethodGet, path, investment.Read, h)
}
func edit(path string, h web.Handler) web.Route {
	return route(http.MethodGet, path, investment.Write, h)
}
func post(path string, h web.Handler) web.Route {
	return route(http.MethodPost, path, investment.Write, h)
}

var route = web.Behind(access.Growth)

// fresh is an empty form for a thing that is not there yet: its version is 0.
func fresh() form.Form {
	f := form.Fresh()
	f.Values.Set("version", "0")
	return f
}

// about reads the id and the version of the thing that a form is about.
func about(f form.Form) (uuid.UUID, int, error) {
	id, err := f.Own()
	if n := f.Whole("version"); err == nil && n >= 0 {
		return id, n, nil
	}
	return uuid.Nil, 0, fault.Missing("form")
}

// decimal reads a number; empty is none. Commas, spaces, pound and percent signs are let through.
func decimal(f *form.Form, name, key string, args ...any) *float64 {
	text := strings.NewReplacer(",", "", " ", "", "£", "", "%", "").Replace(f.Get(name))
	if text == "" {
		return nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || x < 0 || x > most {
		f.Faults.Add(name, key, args...)
		return nil
	}
	return &x
}

// most keeps what is typed within what a bigint of pence holds.
const most = 1e12

// day reads a day of a list; what is none is the zero day.
func day(f form.Form, name string) civil.Date {
	d, err := civil.Parse(f.Get(name))
	if err != nil {
		return civil.Date{}
	}
	return d
}

func or0(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

func pence(x *float64) int64 { return int64(math.Round(or0(x) * 100)) }

// spoken writes a number as a page shows it.
func spoken(x float64) string {
	if x == math.Trunc(x) {
		return locale.Number(int(x))
	}
	return locale.Plain(x)
}

func in(f form.Form) (out investment.In) {
	for _, v := range f.All("in") {
		switch option.Option(v) {
		case option.Minimum:
			out.Minimum = true
		case option.Preferred:
			out.Preferred = true
		case option.Maximum:
			out.Maximum = true
		}
	}
	return out
}

func setIn(v url.Values, x investment.In) {
	for _, o := range x.Options() {
		v.Add("in", string(o))
	}
}

func inField(f form.Form) templ.Component {
	return form.Checkboxes(f, form.Field{Name: "in", Key: "investment.in", Options: form.Options("investment.option", "minimum", "preferred", "maximum")})
}

func optionName(ctx context.Context, o option.Option) string {
	return locale.T(ctx, "investment.option."+string(o))
}

func optionNames(ctx context.Context, x investment.In) string { return names(ctx, x.Options()) }

func names(ctx context.Context, all []option.Option) string {
	var out []string
	for _, o := range all {
		out = append(out, optionName(ctx, o))
	}
	return strings.Join(out, ", ")
}

// termList explains the words that a reader who is no economist does not know.
func termList(ctx context.Context) (out nhsuk.SummaryListParams) {
	for _, term := range fivecase.Terms {
		out.Rows = append(out.Rows, nhsuk.Row(locale.T(ctx, "investment.term."+term), locale.T(ctx, "investment.term."+term+".says")))
	}
	return out
}

// quarterName writes a quarter of the plan by its months.
func quarterName(p investment.Plan, q int) string {
	return p.Quarter(q).MonthYear() + " to " + p.Quarter(q).AddMonths(2).MonthYear()
}

// quarterOptions lists the quarters of the plan.
func quarterOptions(p investment.Plan, first form.Option, n int) []form.Option {
	out := []form.Option{first}
	for q := range n {
		out = append(out, form.Option{Value: p.Quarter(q).String(), Text: p.Quarter(q).Long()})
	}
	return out
}

// numeric is a row of a table whose first cell names it and whose others are numbers.
func numeric(texts ...string) []nhsuk.TableCell {
	row := nhsuk.Cells(texts...)
	for i := range row[1:] {
		row[i+1].Format = "numeric"
	}
	return row
}

func numericHeads(texts ...string) []nhsuk.TableHead {
	heads := nhsuk.Heads(texts...)
	for i := range heads[1:] {
		heads[i+1].Format = "numeric"
	}
	return heads
}

func caption(text string) nhsuk.HeadingParams { return nhsuk.HeadingParams{Text: text, Size: "m"} }

func caser(s string) string { return strings.ToLower(s) }
