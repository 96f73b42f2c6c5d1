package workforceweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// A vacancy is for a post or for a planned one: "post ID" or "change ID".
func forValue(x workforce.Fillable) string {
	if x.Post != uuid.Nil {
		return "post " + x.Post.String()
	}
	return "change " + x.Change.String()
}

func askVacancy(c *web.Context, t workforce.Team, f form.Form) *ask.Page {
	a := &ask.Page{Title: c.T("workforce.vacancy.add"), Lede: c.T("workforce.vacancy.lede"), Form: f, Button: "workforce.save"}
	a.Questions = func(f form.Form) []templ.Component {
		what, posts := []form.Option{{Value: "", Key: "workforce.choose"}}, false
		for _, x := range t.Fillable() {
			posts = posts || x.Post != uuid.Nil
			key := "workforce.for.post"
			if x.Post == uuid.Nil {
				key = "workforce.for.planned"
			}
			what = append(what, form.Option{Value: forValue(x), Text: c.T(key, "title", x.Title, "band", bandName(c.Ctx(), x.Band), "n", x.Heads)})
		}
		out := []templ.Component{form.Select(f, form.Field{Name: "for", Key: "workforce.for", Options: what})}
		if posts {
			out = append(out, form.Radios(f, form.Field{Name: "left", Key: "workforce.left", Inline: true, Options: form.Options("workforce.left", "yes", "no")}))
		}
		return append(out, form.Radios(f, form.Field{Name: "source", Key: "workforce.source", Options: form.Options("workforce.source", workforce.Sources...)}), form.Date(f, form.Field{Name: "advertised", Key: "workforce.advertised"}))
	}
	return a
}

func (p *pages) vacancyAdd(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	if len(t.Fillable()) == 0 {
		return c.Render(nothingVacant(c.Page("workforce.vacancy.add", "/workforce/pipeline")))
	}
	f := form.Fresh()
	return askVacancy(c, t, f).Answer(c, "/workforce/pipeline")
}

func (p *pages) vacancyAddPost(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := workforce.VacancyIn{ID: id, Source: f.Get("source"), Advertised: f.Day("advertised")}
	if answer := f.Get("left"); answer == "yes" || answer == "no" {
		left := answer == "yes"
		in.Left = &left
	}
	kind, text, _ := strings.Cut(f.Get("for"), " ")
	if of, err := uuid.Parse(text); err == nil && kind == "post" {
		in.Post = of
	} else if err == nil {
		in.Change = of
	}
	a := askVacancy(c, t, f)
	a.Found(t.CheckVacancy(in, locale.Day(c.Now)))
	if _, sent := t.Vacancy(id); a.Form.Bad() && !sent {
		return a.Answer(c, "/workforce/pipeline")
	}
	return c.Done(p.s.OpenVacancy(c.Ctx(), c.Actor, c.Now, in), "workforce.saved", "/workforce/pipeline")
}

func askMove(c *web.Context, t workforce.Team, f form.Form, v workforce.Vacancy) *ask.Page {
	a := &ask.Page{Title: c.T("workforce.move.title", "title", t.What(v)), Form: f, Button: "workforce.save"}
	stage, since := v.Stage()
	a.Lede = c.T("workforce.move.lede", "stage", c.T("workforce.stage."+string(stage)), "day", since.Long())
	var next []string
	for _, s := range v.Next() {
		next = append(next, string(s))
	}
	a.Questions = func(f form.Form) []templ.Component {
		out := []templ.Component{form.Radios(f, form.Field{Name: "to", Key: "workforce.to", Options: form.Options("workforce.to", next...)}), form.Date(f, form.Field{Name: "on", Key: "workforce.on"})}
		if stage == workforce.Advertised {
			out = append(out, form.Text(f, form.Field{Name: "applicants", Key: "workforce.applicants", Width: 5}))
		}
		key := "workforce.starts"
		if stage == workforce.Offered {
			key = "workforce.starts.again"
		}
		out = append(out, form.Date(f, form.Field{Name: "starts", Key: key}))
		if stage == workforce.Offered {
			out = append(out, form.Text(f, form.Field{Name: "entry", Key: "workforce.entry", Width: 5}))
		}
		return append(out, form.TextArea(f, form.Field{Name: "reason", Key: "workforce.reason", Rows: 2}))
	}
	return a
}

func (p *pages) vacancyMove(c *web.Context) error {
	t, v, err := one(p, c, workforce.Team.Vacancy)
	if err != nil {
		return err
	}
	if !v.Open() {
		return c.Render(vacancyOver(c.Page("workforce.vacancy.over", "/workforce/pipeline"), t, v))
	}
	return askMove(c, t, form.Of(url.Values{"seen": {form.Stamp(v.Changed)}}), v).Answer(c, "/workforce/pipeline")
}

func (p *pages) vacancyMovePost(c *web.Context) error {
	t, v, err := one(p, c, workforce.Team.Vacancy)
	if err != nil {
		return err
	}
	if !v.Open() {
		return c.Redirect(v.Path())
	}
	f := form.From(c.R)
	m := workforce.Move{To: workforce.Stage(f.Get("to")), On: f.Day("on"), Reason: f.Get("reason")}
	if text := f.Get("applicants"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			n = -1 // is refused
		}
		m.Applicants = &n
	}
	if m.To == workforce.Offered || m.To == workforce.Later {
		m.Starts = f.Day("starts")
	}
	if m.To == workforce.Started {
		m.Years = some(f, "entry")
	}
	a := askMove(c, t, f, v)
	a.Found(v.CheckMove(m, locale.Day(c.Now)))
	if a.Form.Bad() {
		return a.Answer(c, "/workforce/pipeline")
	}
	if err := p.s.MoveVacancy(c.Ctx(), c.Actor, c.Now, f.Seen(), v.ID, m); err != nil {
		return err
	}
	if m.To == workforce.Started {
		c.Flash("workforce.move.started")
	} else {
		c.Flash("workforce.saved")
	}
	return c.Redirect("/workforce/pipeline")
}

// facts are what happened to a vacancy.
func facts(c func(key string, args ...any) string, v workforce.Vacancy) nhsuk.SummaryListParams {
	rows := []nhsuk.SummaryRow{nhsuk.Row(c("workforce.source"), c("workforce.source."+v.Source)), nhsuk.Row(c("workforce.stage.advertised"), v.Advertised.Long())}
	if v.Left != nil {
		answer := "workforce.left.no"
		if *v.Left {
			answer = "workforce.left.yes"
		}
		rows = append(rows, nhsuk.Row(c("workforce.left"), c(answer)))
	}
	if !v.Closed.IsZero() {
		rows = append(rows, nhsuk.Row(c("workforce.stage.closed"), c("workforce.applied", "n", v.Applicants, "day", v.Closed.Long())))
	}
	if !v.Offered.IsZero() {
		rows = append(rows, nhsuk.Row(c("workforce.stage.offered"), v.Offered.Long()), nhsuk.Row(c("workforce.pipeline.starts"), v.Starts.Long()))
	}
	if !v.Started.IsZero() {
		rows = append(rows, nhsuk.Row(c("workforce.stage.started"), v.Started.Long()), nhsuk.Row(c("workforce.fill"), c("workforce.days", "n", v.DaysToFill())))
	}
	if !v.Stopped.IsZero() {
		rows = append(rows, nhsuk.Row(c("workforce.stage.stopped"), v.Stopped.Long()), nhsuk.Row(c("workforce.reason"), v.Reason))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}
