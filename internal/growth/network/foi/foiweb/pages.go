// Package foiweb is where a national lead makes tables for freedom-of-information requests.
package foiweb

import (
	"context"
	"encoding/csv"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/foi"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const home = "/nation/extracts"

func path(id uuid.UUID) string { return home + "/" + id.String() }

type pages struct{ s *foi.Service }

// Routes of the slice.
func Routes(s *foi.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, foi.Read, p.list),
		on("GET", home+"/add", foi.Make, p.add),
		on("POST", home+"/add", foi.Make, p.addPost),
		on("GET", home+"/{id}", foi.Read, p.one),
		on("GET", home+"/{id}/table", foi.Read, p.table),
	}
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("foi.title", "/nation"), all))
}

// span names the months of a table.
func span(ctx context.Context, t foi.Table) string {
	if t.From == t.To {
		return t.From.MonthYear()
	}
	return locale.T(ctx, "network.months", "from", t.From.MonthYear(), "to", t.To.MonthYear())
}

func addForm(c *web.Context, f form.Form, pack release.Pack, months []civil.Date) *ask.Page {
	return &ask.Page{Title: c.T("foi.add"), Lede: c.T("foi.add.lede"), Form: f, Button: "foi.make", Questions: func(f form.Form) []templ.Component {
		metrics := []form.Option{}
		for _, m := range pack.Metrics {
			if m.Kind == release.Share {
				metrics = append(metrics, form.Option{Value: m.ID, Text: systemview.Title(c.Ctx(), m.ID)})
			}
		}
		span := []form.Option{{Value: "", Key: "foi.month.choose"}}
		for _, m := range months {
			span = append(span, form.Option{Value: m.String(), Text: m.MonthYear()})
		}
		return []templ.Component{
			form.Text(f, form.Field{Name: "reference", Key: "foi.reference"}),
			form.Radios(f, form.Field{Name: "metric", Key: "foi.metric", Options: metrics}),
			form.Select(f, form.Field{Name: "from", Key: "foi.from", Options: span}),
			form.Select(f, form.Field{Name: "to", Key: "foi.to", Options: span}),
			form.Radios(f, form.Field{Name: "by", Key: "foi.by", Options: form.Options("foi.by", foi.Groupings...)}),
		}
	}}
}

func (p *pages) add(c *web.Context) error {
	months, err := p.s.Months(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return addForm(c, form.Fresh(), p.s.Pack(), months).Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	months, err := p.s.Months(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	month := func(name string) civil.Date {
		m, err := civil.Parse(f.Get(name))
		if err != nil {
			return civil.Date{}
		}
		return m
	}
	choice := foi.Choice{ID: id, Reference: f.Get("reference"), Metric: f.Get("metric"), By: f.Get("by"), From: month("from"), To: month("to")}
	a := addForm(c, f, p.s.Pack(), months)
	if a.Found(choice.Check(p.s.Pack(), months)) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Make(c.Ctx(), c.Actor, c.Now, choice), "foi.made", path(id))
}

func (p *pages) find(c *web.Context) (foi.Kept, error) {
	id, err := c.ID("id")
	if err != nil {
		return foi.Kept{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

func (p *pages) one(c *web.Context) error {
	k, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(onePage(c.Page("form.page", home, "title", k.Reference), k, notes(c.Ctx(), k)))
}

// label is what a line is called.
func label(ctx context.Context, t foi.Table, l foi.Line) string {
	switch t.By {
	case foi.Model:
		return systemview.Model(ctx, l.Code)
	case foi.System:
		return locale.T(ctx, "foi.system", "name", l.Name, "code", l.Code)
	}
	return systemview.Label(ctx, l.Name, l.Code)
}

// lines are the lines of a table in words: label, organisations, part, whole, per cent.
func lines(ctx context.Context, t foi.Table) (out [][]string) {
	add := func(label string, l foi.Line) {
		percent := ""
		if x, ok := l.Percent(); ok {
			percent = strconv.FormatFloat(x, 'f', 1, 64)
		}
		out = append(out, []string{label, strconv.Itoa(l.N), strconv.Itoa(l.Part), strconv.Itoa(l.Whole), percent})
	}
	for _, l := range t.Lines {
		add(label(ctx, t, l), l)
	}
	if t.Others != nil {
		add(locale.T(ctx, "foi.others", "n", t.Groups), *t.Others)
	}
	if t.Total.N > 0 {
		add(locale.T(ctx, "foi.total"), t.Total)
	}
	return out
}

func drawn(ctx context.Context, t foi.Table) nhsuk.TableParams {
	out := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: systemview.Title(ctx, t.Metric) + ", " + span(ctx, t), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "foi.by."+t.By), locale.T(ctx, "foi.organisations"), locale.T(ctx, "foi.part"), locale.T(ctx, "foi.whole"), locale.T(ctx, "foi.percent"))}
	for _, l := range lines(ctx, t) {
		out.Rows = append(out.Rows, nhsuk.Cells(l...))
	}
	return out
}

// notes say how a table was made, and what is not in it.
func notes(ctx context.Context, k foi.Kept) (out []string) {
	t := func(key string, args ...any) { out = append(out, locale.T(ctx, "foi.note."+key, args...)) }
	if k.Table.Definition != "" {
		t("definition", "version", k.Table.Definition, "words", locale.T(ctx, "network.definition."+k.Table.Metric))
	}
	t("released")
	t("rounded")
	if k.Table.By != foi.Organisation {
		t("groups")
	}
	if k.Table.Missing > 0 {
		t("missing", "n", k.Table.Missing)
	}
	for _, why := range []string{foi.Small, foi.Months, foi.Other} {
		if n := k.Table.Left[why]; n > 0 {
			t("left."+why, "n", n)
		}
	}
	t("made", "by", k.By, "at", locale.DateTime(k.At))
	return out
}

func (p *pages) table(c *web.Context) error {
	k, err := p.find(c)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "extract-"+k.ID.String()+".csv")
	ctx, out := c.Ctx(), csv.NewWriter(c.W)
	write := func(cells ...string) {
		for i := range cells {
			cells[i] = sheet.Guard(cells[i])
		}
		_ = out.Write(cells) // Error says it below
	}
	write(k.Table.By, "organisations", "numerator", "denominator", "percent", "metric", "from", "to", "definition")
	for _, l := range lines(ctx, k.Table) {
		write(append(l, k.Table.Metric, k.Table.From.String(), k.Table.To.String(), k.Table.Definition)...)
	}
	for _, n := range notes(ctx, k) {
		write(n)
	}
	out.Flush()
	return out.Error()
}
