// Package workforceweb is the part of the site about the people of occupational health as posts: the team, the plan of five
// years, what it costs, and how posts are filled.
package workforceweb

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *workforce.Service }

// Routes of the slice.
func Routes(s *workforce.Service) []web.Route {
	p := &pages{s}
	var all []web.Route
	on := web.Behind(access.Growth)
	for path, h := range map[string]web.Handler{"/workforce": p.team, "/workforce/plan": p.plan, "/workforce/costs": p.costs, "/workforce/pipeline": p.pipeline} {
		all = append(all, on(http.MethodGet, path, workforce.Read, h))
	}
	for _, x := range []struct {
		path      string
		get, post web.Handler
	}{
		{"/workforce/posts/add", p.postAdd, p.postAddPost},
		{"/workforce/posts/{id}", p.postChange, p.postChangePost},
		{"/workforce/posts/{id}/end", p.postEnd, p.postEndPost},
		{"/workforce/changes/add", p.changeAdd, p.changeAddPost},
		{"/workforce/changes/{id}", p.changeChange, p.changeChangePost},
		{"/workforce/changes/{id}/withdraw", p.changeWithdraw, p.changeWithdrawPost},
		{"/workforce/plan/assumptions", p.settings, p.settingsPost},
		{"/workforce/plan/withdraw", p.planWithdraw, p.planWithdrawPost},
		{"/workforce/plan/roles/{role}", p.rate, p.ratePost},
		{"/workforce/pipeline/add", p.vacancyAdd, p.vacancyAddPost},
		{"/workforce/pipeline/{id}", p.vacancyMove, p.vacancyMovePost},
	} {
		all = append(all, on(http.MethodGet, x.path, workforce.Write, x.get))
		all = append(all, on(http.MethodPost, x.path, workforce.Write, x.post))
	}
	slices.SortFunc(all, func(a, b web.Route) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return all
}

func (p *pages) find(c *web.Context) (workforce.Team, error) {
	return p.s.Find(c.Ctx(), c.Actor, c.Now)
}

// chosen is the option that a page shows, if it is asked for one.
func chosen(c *web.Context, otherwise option.Option) option.Option {
	if o := option.Option(c.R.URL.Query().Get("option")); o.Valid() {
		return o
	}
	return otherwise
}

// decimal writes a value with so many decimals and commas between thousands.
func decimal(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	whole, rest, cut := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return s
	}
	text := locale.Number(n)
	if n == 0 && strings.HasPrefix(whole, "-") && strings.Trim(rest, "0") != "" {
		text = "-0"
	}
	if cut {
		text += "." + rest
	}
	return text
}

func pounds(x float64) string {
	if x = math.Round(x); x < 0 {
		return "-£" + decimal(-x, 0)
	}
	return "£" + decimal(x, 0)
}

// quarter names a quarter of the plan.
func quarter(ctx context.Context, d civil.Date) string {
	return locale.T(ctx, "workforce.quarter", "from", d.Month.String(), "to", d.AddMonths(2).MonthYear())
}

// begins is the day from which a change counts, where somebody said one; else its quarter.
func begins(ctx context.Context, c workforce.Change) string {
	if c.Day.IsZero() {
		return quarter(ctx, c.From)
	}
	return c.Day.Long()
}

func quarters(ctx context.Context, all []civil.Date) (out []form.Option) {
	for _, d := range all {
		out = append(out, form.Option{Value: d.String(), Text: quarter(ctx, d)})
	}
	return out
}

func bandName(ctx context.Context, band string) string {
	if band == outlook.Medical {
		return locale.T(ctx, "workforce.band.medical.name")
	}
	return locale.T(ctx, "workforce.band.name", "band", band)
}

// The parts of reading a form. What cannot be read is a value that no rule lets pass.

func number(f form.Form, name string) float64 {
	x, err := strconv.ParseFloat(strings.NewReplacer(",", "", "£", "", "%", "").Replace(f.Get(name)), 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// some is a number that may be left out: then it is 0.
func some(f form.Form, name string) float64 {
	if f.Get(name) == "" {
		return 0
	}
	return number(f, name)
}
