// Package cohortweb is where a national lead offers development cohorts and counts who came.
package cohortweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/cohort"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const home = "/nation/cohorts"

func path(id uuid.UUID) string { return home + "/" + id.String() }

type pages struct{ s *cohort.Service }

// Routes of the slice.
func Routes(s *cohort.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, cohort.Read, p.list),
		on("GET", home+"/add", cohort.Keep, p.add),
		on("POST", home+"/add", cohort.Keep, p.addPost),
		on("GET", home+"/{id}/count", cohort.Keep, p.count),
		on("POST", home+"/{id}/count", cohort.Keep, p.countPost),
	}
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("cohort.page", "/nation"), all, locale.Day(c.Now)))
}

// shown is a count in words.
func shown(ctx context.Context, f disclosure.Figure) string {
	n, ok := f.Value()
	switch {
	case ok:
		return locale.T(ctx, "cohort.about_n", "n", n)
	case f.Hidden():
		return locale.T(ctx, "cohort.hidden")
	}
	return locale.T(ctx, "cohort.not_yet")
}

// table lists the counts of every cohort.
func table(ctx context.Context, all []cohort.Cohort, today civil.Date) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "cohort.table"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "cohort.title"), locale.T(ctx, "cohort.phase"), locale.T(ctx, "cohort.places"), locale.T(ctx, "cohort.stage.applied"), locale.T(ctx, "cohort.stage.started"), locale.T(ctx, "cohort.stage.completed"))}
	for _, c := range all {
		s := c.Shown()
		t.Rows = append(t.Rows, nhsuk.Cells(c.Title, phase(ctx, c, today), locale.Number(c.Places), shown(ctx, s[cohort.Applied]), shown(ctx, s[cohort.Started]), shown(ctx, s[cohort.Completed])))
	}
	return t
}

// phase says where a cohort is, and until when.
func phase(ctx context.Context, c cohort.Cohort, today civil.Date) string {
	return locale.T(ctx, "cohort.phase."+string(c.Phase(today)), "closes", c.Closes.Long(), "starts", c.Starts.Long(), "ends", c.Ends.Long())
}

func addForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("cohort.add"), Form: f, Button: "cohort.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "title", Key: "cohort.title"}),
			form.TextArea(f, form.Field{Name: "about", Key: "cohort.about", Rows: 4, Max: cohort.MostAbout}),
			form.Text(f, form.Field{Name: "places", Key: "cohort.places", Width: 4}),
			form.Date(f, form.Field{Name: "closes", Key: "cohort.closes"}),
			form.Date(f, form.Field{Name: "starts", Key: "cohort.starts"}),
			form.Date(f, form.Field{Name: "ends", Key: "cohort.ends"}),
		}
	}}
}

func (p *pages) add(c *web.Context) error { return addForm(c, form.Fresh()).Answer(c, home) }

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := cohort.In{ID: id, Title: f.Get("title"), About: f.Get("about"), Places: f.Whole("places"), Closes: f.Day("closes", "cohort.closes"), Starts: f.Day("starts", "cohort.starts"), Ends: f.Day("ends", "cohort.ends")}
	a := addForm(c, f)
	if a.Found(in.Check(locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, in), "cohort.saved", home)
}

// next is the cohort of the address with the stage that is to be counted.
func (p *pages) next(c *web.Context) (x cohort.Cohort, s cohort.Stage, err error) {
	id, err := c.ID("id")
	if err != nil {
		return x, s, err
	}
	if x, err = p.s.Find(c.Ctx(), c.Actor, id); err != nil {
		return x, s, err
	}
	s, ok := x.Next(locale.Day(c.Now))
	if !ok {
		return x, s, fault.New(fault.Conflict, "cohort.counted")
	}
	return x, s, nil
}

func countForm(c *web.Context, f form.Form, x cohort.Cohort, s cohort.Stage) *ask.Page {
	return &ask.Page{Title: x.Title, Lede: c.T("cohort.count.lede"), Form: f, Button: "cohort.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "people", Key: "cohort.people." + string(s), Width: 6})}
	}}
}

func (p *pages) count(c *web.Context) error {
	x, s, err := p.next(c)
	if err != nil {
		return err
	}
	return countForm(c, form.Of(url.Values{"stage": {string(s)}}), x, s).Answer(c, home)
}

func (p *pages) countPost(c *web.Context) error {
	x, s, err := p.next(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	if f.Get("stage") != string(s) { // counted meanwhile: another stage is asked for now
		return fault.New(fault.Conflict, "cohort.counted")
	}
	people, err := strconv.Atoi(f.Get("people"))
	if err != nil {
		people = -1
	}
	a := countForm(c, f, x, s)
	if a.Found(x.CheckCount(s, people)) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Count(c.Ctx(), c.Actor, c.Now, x.ID, s, people), "cohort.saved", home)
}
