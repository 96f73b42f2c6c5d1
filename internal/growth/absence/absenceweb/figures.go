package absenceweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// figuresView is the page /absence.
type figuresView struct {
	absence.Figures
	Main            chart.XmR
	Episodes        *chart.XmR // where a trust's own report is in
	Long, Short     *chart.XmR
	Groups, Reasons nhsuk.TableParams
	Pareto          chart.Pareto
	Takes           bool
}

// read reads the figures that the address names: ?of= an organisation, ?scope= its own or England's.
func (p *pages) read(c *web.Context) (absence.Figures, error) {
	of, err := employer(c)
	if err != nil {
		return absence.Figures{}, err
	}
	return p.s.Read(c.Ctx(), c.Actor, of, c.R.URL.Query().Get("scope"), c.Now)
}

func employer(c *web.Context) (uuid.UUID, error) {
	s := c.R.URL.Query().Get("of")
	if s == "" {
		return uuid.Nil, nil
	}
	id, err := uuid.Parse(s)
	if err != nil {
		return id, fault.Missing("organisation")
	}
	return id, nil
}

// at is a page about the same organisation and scope.
func at(path string, f absence.Figures, scope string) string {
	q := url.Values{"of": {f.Of.ID.String()}}
	if scope != "" {
		q.Set("scope", scope)
	}
	return path + "?" + q.Encode()
}

// choice is the select of organisations.
func choice(ctx context.Context, f absence.Figures) nhsuk.SelectParams {
	s := nhsuk.SelectParams{ID: "of", Name: "of", Value: f.Of.ID.String(), Label: nhsuk.LabelParams{Text: locale.T(ctx, "absence.of")}}
	for _, e := range f.Choice {
		s.Items = append(s.Items, nhsuk.SelectItem{Value: e.ID.String(), Text: e.Name})
	}
	return s
}

func (p *pages) figures(c *web.Context) error {
	f, err := p.read(c)
	if err != nil {
		return err
	}
	v := figuresView{Figures: f, Takes: c.May(absence.Take), Pareto: pareto(c.Ctx(), f)}
	if v.Main, err = headline(c.Ctx(), f).xmr(); err != nil {
		return err
	}
	if f.HasEpisodes() {
		days := unitOf(c.Ctx(), "absence.days.unit")
		for _, x := range []struct {
			into **chart.XmR
			s    series
		}{
			{&v.Episodes, absent("episodes", c.T("absence.episodes.title"), unitOf(c.Ctx(), "absence.episodes.unit"), 0, f.Months, f.Episodes)},
			{&v.Long, absent("long", c.T("absence.long.title"), days, 0, f.Months, f.Long)},
			{&v.Short, absent("short", c.T("absence.short.title"), days, 0, f.Months, f.Short)},
		} {
			drawn, err := x.s.xmr()
			if err != nil {
				return err
			}
			*x.into = &drawn
		}
	}
	if v.Groups, err = groups(c.Ctx(), f); err != nil {
		return err
	}
	if v.Reasons, err = reasons(c.Ctx(), f); err != nil {
		return err
	}
	return c.Render(figuresPage(c.Page("absence.title", "/performance"), v))
}

// groups lists the staff groups with the icon of their chart.
func groups(ctx context.Context, f absence.Figures) (nhsuk.TableParams, error) {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "absence.groups.title"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "absence.group.name"), locale.T(ctx, "absence.group.last"), locale.T(ctx, "absence.group.variation"))}
	for _, g := range f.Groups {
		icon, err := variation(ctx, absent("group", g.Name, perCent, 1, f.Months, g.Rate))
		if err != nil {
			return t, err
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: g.Name, Href: at("/absence/groups/"+url.PathEscape(g.Name), f, f.Scope)}, {Text: newest(ctx, g.Rate, 1, "%")}, icon})
	}
	return t, nil
}

// reasons lists the reasons that may be shown, each with its line and its chart.
func reasons(ctx context.Context, f absence.Figures) (nhsuk.TableParams, error) {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "absence.reasons.table"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "absence.reason.name"), locale.T(ctx, "absence.reason.days"), locale.T(ctx, "absence.reason.line"), locale.T(ctx, "absence.reason.variation"))}
	for _, r := range f.Reasons {
		if r.Hidden {
			continue
		}
		icon, err := variation(ctx, absent("reason", r.Label, unit{}, 0, f.Months, r.Days))
		if err != nil {
			return t, err
		}
		line := chart.Line{ID: "reason-" + r.Code, Title: r.Label, Values: r.Days, Dates: f.Months}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: r.Label, Href: at("/absence/reasons/"+r.Code, f, f.Scope)},
			{Text: locale.Number(int(r.Total + 0.5))}, {HTML: line.Spark()}, icon})
	}
	return t, nil
}

func variation(ctx context.Context, s series) (nhsuk.TableCell, error) {
	if count(s.values) < enough {
		return nhsuk.TableCell{Text: locale.T(ctx, "absence.run_chart")}, nil
	}
	c, err := s.xmr()
	return nhsuk.TableCell{HTML: chart.VariationIcon(c.Out.Variation)}, err
}

// newest writes the newest month that is known.
func newest(ctx context.Context, xs []spc.Number, decimals int, unit string) string {
	for i := len(xs) - 1; i >= 0; i-- {
		if xs[i].Known {
			return strconv.FormatFloat(xs[i].Value, 'f', decimals, 64) + unit
		}
	}
	return locale.T(ctx, "absence.no_data")
}

func (p *pages) reason(c *web.Context) error {
	f, err := p.read(c)
	if err != nil {
		return err
	}
	r, err := f.Reason(c.R.PathValue("code"))
	if err != nil {
		return err
	}
	drawn, err := absent("reason", r.Label+", "+whose(c.Ctx(), f), unitOf(c.Ctx(), "absence.days.unit"), 0, f.Months, r.Days).xmr()
	if err != nil {
		return err
	}
	return c.Render(onePage(c.Page("absence.reason.page", at("/absence", f, f.Scope), "name", r.Label), r.Label, f, drawn, true))
}

func (p *pages) group(c *web.Context) error {
	f, err := p.read(c)
	if err != nil {
		return err
	}
	for _, g := range f.Groups {
		if g.Name == c.R.PathValue("name") {
			title := c.T("absence.group.page", "name", g.Name)
			drawn, err := absent("group", title+", "+whose(c.Ctx(), f), perCent, 1, f.Months, g.Rate).xmr()
			if err != nil {
				return err
			}
			return c.Render(onePage(c.Page("absence.group.page", at("/absence", f, f.Scope), "name", g.Name), title, f, drawn, false))
		}
	}
	return fault.Missing("staff group")
}

func (p *pages) waits(c *web.Context) error {
	of, err := employer(c)
	if err != nil {
		return err
	}
	b, err := p.s.BesideWaits(c.Ctx(), c.Actor, of, c.Now)
	if err != nil {
		return err
	}
	s := headline(c.Ctx(), b.Figures)
	s.months, s.values = b.Months, b.Absence
	left, err := s.xmr()
	if err != nil {
		return err
	}
	right, err := absent("wait", c.T("absence.waits.wait"), unitOf(c.Ctx(), "absence.waits.wait.unit"), 1, b.Months, b.Wait).xmr()
	if err != nil {
		return err
	}
	return c.Render(waitsPage(c.Page("absence.waits.title", "/performance"), b, left, right))
}
