package storyweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// rights are what a reader may do.
type rights struct{ draft, measure, check, publish bool }

func may(c *web.Context) rights {
	return rights{draft: c.May(story.Draft), measure: c.May(story.Measure), check: c.May(story.Check), publish: c.May(story.Publish)}
}

// listView is the first page: what waits, what is published, what is over.
type listView struct {
	Stories []story.Story
	Today   civil.Date
	May     rights
	Own     uuid.UUID // the reader
}

// waiting are the stories that the reader can do something for.
func (v listView) waiting() (out []story.Story) {
	for _, s := range v.Stories {
		check := s.State == story.Drafted && v.May.check && !s.WrittenBy(v.Own)
		if check || s.State == story.Checked && v.May.publish || s.Due(v.Today) && v.May.draft || s.Soon(v.Today) && v.May.draft {
			out = append(out, s)
		}
	}
	return out
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("story.title", ""), listView{all, locale.Day(c.Now), may(c), c.Actor.Account}, c.May(award.Read)))
}

// tags say where a story stands.
func tags(ctx context.Context, s story.Story, today civil.Date) (out []nhsuk.TagParams) {
	state, colour := string(s.State), map[story.State]string{story.Drafted: "grey", story.Checked: "blue", story.Published: "green", story.Replaced: "white", story.Withdrawn: "white"}[s.State]
	if s.Lapsed(today) {
		state, colour = "lapsed", "grey"
	}
	out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "story.state."+state), Colour: colour})
	if s.Place == story.Public {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "story.tag.public"), Colour: "white"})
	}
	if s.Due(today) {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "story.tag.due"), Colour: "orange"})
	}
	if s.Soon(today) {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "story.tag.soon"), Colour: "yellow"})
	}
	return out
}

func (p *pages) find(c *web.Context) (story.Story, error) {
	id, err := c.ID("id")
	if err != nil {
		return story.Story{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) one(c *web.Context) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	var need templ.Component
	cited, there, err := p.s.Needed(c.Ctx(), c.Actor, c.Now, s)
	switch {
	case err != nil:
		return err
	case there && c.May(figure.Read):
		need = figureview.Cited(cited)
	}
	params := c.Page("story.one", home)
	params.Title = s.Title
	return c.Render(onePage(params, s, need, locale.Day(c.Now), may(c), s.WrittenBy(c.Actor.Account)))
}

// history says who did what with a story.
func history(ctx context.Context, s story.Story) nhsuk.SummaryListParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "story.fact."+key, args...) }
	rows := []nhsuk.SummaryRow{nhsuk.Row(t("place"), locale.T(ctx, "story.place."+s.Place)), nhsuk.Row(t("written"), t("by", "name", s.By, "when", locale.Date(s.Changed)))}
	if s.CheckedBy != "" && s.State != story.Drafted {
		rows = append(rows, nhsuk.Row(t("checked"), t("by", "name", s.CheckedBy, "when", locale.Date(s.CheckedAt))))
	}
	if s.PublishedBy != "" {
		rows = append(rows, nhsuk.Row(t("published"), t("by", "name", s.PublishedBy, "when", s.PublishedOn.Long())))
	}
	rows = append(rows, nhsuk.Row(t("review"), s.Review.Long()), nhsuk.Row(t("ends"), s.Ends.Long()))
	if s.EndedBy != "" {
		rows = append(rows, nhsuk.Row(t("ended"), t("by", "name", s.EndedBy, "when", s.EndedOn.Long())))
	}
	if s.EndedWhy != "" {
		rows = append(rows, nhsuk.Row(t("why"), s.EndedWhy))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

// asked is the form of the words.
func asked(c *web.Context, f form.Form, title string) *ask.Page {
	places := story.Places
	if c.Actor.Role == access.Communications {
		places = []string{story.Public}
	}
	return &ask.Page{Title: c.T(title), Lede: c.T("story.form.lede"), Form: f, Button: "story.save", Questions: func(f form.Form) []templ.Component {
		area := func(name, key string) templ.Component {
			return form.TextArea(f, form.Field{Name: name, Key: key, Rows: 5, Max: story.MostWords})
		}
		return []templ.Component{
			form.Text(f, form.Field{Name: "title", Key: "story.name"}),
			form.Radios(f, form.Field{Name: "place", Key: "story.place", Options: form.Options("story.place", places...)}),
			form.Select(f, form.Field{Name: "driver", Key: "story.driver", Options: append([]form.Option{{Key: "story.choose"}}, form.Options("strategy.driver", story.Drivers...)...)}),
			area("need", "story.need"), area("done", "story.done"), area("failed", "story.failed"),
			form.Text(f, form.Field{Name: "contact", Key: "story.contact"}),
			form.Date(f, form.Field{Name: "review", Key: "story.review"}),
			form.Date(f, form.Field{Name: "ends", Key: "story.ends"}),
		}
	}}
}

func read(f *form.Form) story.In {
	return story.In{Title: f.Get("title"), Place: f.Get("place"), Driver: f.Get("driver"), Need: f.Get("need"), Done: f.Get("done"), Failed: f.Get("failed"), Contact: f.Get("contact"),
		Review: f.Day("review", "story.review"), Ends: f.Day("ends", "story.ends")}
}

func (p *pages) add(c *web.Context) error {
	f := form.Fresh()
	review, ends := story.Days(locale.Day(c.Now))
	form.SetDay(f.Values, "review", review)
	form.SetDay(f.Values, "ends", ends)
	return asked(c, f, "story.add").Answer(c, home)
}

func (p *pages) save(c *web.Context, f form.Form, id uuid.UUID, version int, title, back string) error {
	in := read(&f)
	in.ID, in.Version = id, version
	a := asked(c, f, title)
	if a.Found(in.Check(locale.Day(c.Now))) {
		return a.Answer(c, back)
	}
	return c.Done(p.s.Save(c.Ctx(), c.Actor, c.Now, in), "story.saved", path(id))
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	return p.save(c, f, id, 0, "story.add", home)
}

// drafted is the draft of the address.
func (p *pages) drafted(c *web.Context) (story.Story, error) {
	s, err := p.find(c)
	if err == nil && s.State != story.Drafted {
		err = fault.New(fault.Conflict, "story.changed")
	}
	return s, err
}

func (p *pages) edit(c *web.Context) error {
	s, err := p.drafted(c)
	if err != nil {
		return err
	}
	v := url.Values{"version": {strconv.Itoa(s.Version)}, "title": {s.Title}, "place": {s.Place}, "driver": {s.Driver}, "need": {s.Need}, "done": {s.Done}, "failed": {s.Failed}, "contact": {s.Contact}}
	form.SetDay(v, "review", s.Review)
	form.SetDay(v, "ends", s.Ends)
	return asked(c, form.Of(v), "story.edit").Answer(c, path(s.ID))
}

// seen is the version that a form showed.
func seen(f form.Form) (int, error) {
	n, err := strconv.Atoi(f.Get("version"))
	if err != nil || n < 1 || n > 1<<20 {
		return 0, fault.Missing("form")
	}
	return n, nil
}

func (p *pages) editPost(c *web.Context) error {
	s, err := p.drafted(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	n, err := seen(f)
	if err != nil {
		return err
	}
	return p.save(c, f, s.ID, n, "story.edit", path(s.ID))
}

// measuredForm asks for figure, action and forecast.
func (p *pages) measuredForm(c *web.Context, f form.Form, s story.Story) (*ask.Page, error) {
	ch, err := p.s.Choices(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return nil, err
	}
	figures := []form.Option{{Key: "story.figure.none"}}
	if s.Citation != uuid.Nil {
		figures = []form.Option{{Value: "keep", Text: c.T("story.figure.keep", "cited", s.Cited)}, {Key: "story.figure.none"}}
	}
	for _, x := range ch.Figures {
		figures = append(figures, form.Option{Value: x.Ref.String(), Text: x.Title + ": " + figureview.Value(c.Ctx(), x) + " (" + x.PeriodText + ")"})
	}
	actions := []form.Option{{Key: "story.action.none"}}
	for _, x := range ch.Actions {
		actions = append(actions, form.Option{Value: x.ID.String(), Text: x.Title})
	}
	forecasts := []form.Option{{Key: "story.forecast.none"}}
	for _, x := range ch.Effects {
		forecasts = append(forecasts, form.Option{Value: x.Forecast.String(), Text: x.Title + ": " + x.Foretold + " " + x.Tag})
	}
	return &ask.Page{Title: c.T("story.measured"), Lede: c.T("story.measured.lede"), Form: f, Button: "story.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Select(f, form.Field{Name: "figure", Key: "story.figure", Options: figures}),
			form.Select(f, form.Field{Name: "action", Key: "story.action", Options: actions}),
			form.Select(f, form.Field{Name: "forecast", Key: "story.forecast", Options: forecasts}),
		}
	}}, nil
}

func (p *pages) measured(c *web.Context) error {
	s, err := p.drafted(c)
	if err != nil {
		return err
	}
	v := url.Values{"version": {strconv.Itoa(s.Version)}}
	if s.Citation != uuid.Nil {
		v.Set("figure", "keep")
	}
	if s.Action != uuid.Nil {
		v.Set("action", s.Action.String())
	}
	if s.Forecast != uuid.Nil {
		v.Set("forecast", s.Forecast.String())
	}
	a, err := p.measuredForm(c, form.Of(v), s)
	if err != nil {
		return err
	}
	return a.Answer(c, path(s.ID))
}

func (p *pages) measuredPost(c *web.Context) error {
	s, err := p.drafted(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := story.MeasureIn{Action: f.ID("action"), Forecast: f.ID("forecast")}
	if in.Version, err = seen(f); err != nil {
		return err
	}
	switch what := f.Get("figure"); what {
	case "keep":
	case "":
		in.Uncite = true
	default:
		ref, ok := figure.ParseRef(what)
		if !ok {
			return fault.Missing("figure")
		}
		in.Ref = ref
	}
	if in.Ref == (figure.Ref{}) && in.Action == uuid.Nil && in.Forecast == uuid.Nil && (in.Uncite || s.Citation == uuid.Nil) {
		a, err := p.measuredForm(c, f, s)
		if err != nil {
			return err
		}
		var missing fault.Fields
		missing.Add("figure", "story.measured.empty")
		a.Found(missing)
		return a.Answer(c, path(s.ID))
	}
	err = p.s.Measure(c.Ctx(), c.Actor, c.Now, s.ID, in)
	if fault.KeyOf(err) == story.ErrSmall {
		a, err := p.measuredForm(c, f, s)
		if err != nil {
			return err
		}
		var small fault.Fields
		small.Add("figure", story.ErrSmall)
		a.Found(small)
		return a.Answer(c, path(s.ID))
	}
	return c.Done(err, "story.saved", path(s.ID))
}
