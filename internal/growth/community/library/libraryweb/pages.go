package libraryweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin/originview"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

var forms = []string{post.Text, post.Link, post.Pathway, post.Questions, post.Letter, post.Scenario}

type listView struct {
	All    []post.Post
	Chosen form.Form
	Copies bool // the reader may share and copy templates
	p      *pages
	due    func(post.Post) bool
}

func (v listView) filter() []templ.Component {
	return []templ.Component{
		form.Select(v.Chosen, form.Field{Name: "form", Key: "library.filter.form", Options: append([]form.Option{{Value: "", Key: "library.filter.any"}}, form.Options("library.form", forms...)...)}),
		postview.ByTopic(v.Chosen, v.p.elements),
	}
}

func (v listView) rows(ctx context.Context) (out []layout.Row) {
	for _, x := range v.All {
		r := postview.Row(ctx, x)
		if !x.Gone() {
			r.Hint = []string{locale.T(ctx, "library.form."+x.Form) + ". " + postview.By(ctx, x)}
			if v.due(x) {
				r.Tags = []nhsuk.TagParams{{Text: locale.T(ctx, "library.tag.due"), Colour: "orange"}}
			}
		}
		out = append(out, r)
	}
	return out
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.Posts().List(c.Ctx(), c.Actor, post.Resource, uuid.Nil)
	if err != nil {
		return err
	}
	today := locale.Day(c.Now)
	v := listView{Chosen: form.Of(c.R.URL.Query()), Copies: c.May(library.Copy), p: p, due: func(x post.Post) bool { return library.Due(x, today) }}
	v.All = library.Shelf(all, today, v.Chosen.Get("form"), v.Chosen.Get("topic"))
	return c.Render(listPage(c.Page("library.title", "/community"), v))
}

type oneView struct {
	post.Post
	library.Content
	Reader                              uuid.UUID
	Moderate, Renews, Copies, Due, Used bool
	Uses                                int
	Topic                               string
	Copy                                uuid.UUID // that a copy would have: sent twice, it makes one
}

func (p *pages) find(c *web.Context) (post.Post, error) {
	id, err := c.ID("id")
	if err != nil {
		return post.Post{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

func (p *pages) one(c *web.Context) (err error) {
	v := oneView{Reader: c.Actor.Account, Copy: uuid.Must(uuid.NewV7())}
	if v.Post, err = p.find(c); err != nil {
		return err
	}
	if v.Content, err = library.Read(v.Post); err != nil {
		return err
	}
	_, err = p.s.Posts().Load(c.Ctx(), c.Actor, c.R)
	v.Moderate = err == nil
	v.Renews = v.State == post.Published && (v.Moderate || v.Author == c.Actor.Account && len(v.Marks) == 0)
	v.Due = library.Due(v.Post, locale.Day(c.Now))
	if v.Payload != nil && v.State == post.Published {
		v.Copies = c.May(library.Copy)
		if v.Uses, v.Used, err = p.s.Posts().Uses(c.Ctx(), c.Actor, v.ID); err != nil {
			return err
		}
	}
	v.Topic = postview.Topic(v.Post.Topic, p.elements)
	return c.Render(onePage(c.Page("form.page", shelf, "title", postview.Title(c.Ctx(), v.Post)), v))
}

// rest asks what every resource has beside its words.
func (p *pages) rest(f form.Form) []templ.Component {
	licences := append([]form.Option{{Value: "", Key: "library.licence.choose"}}, form.Options("library.licence", p.s.Pack().Licences...)...)
	return postview.WithAnyway(f, form.Select(f, form.Field{Name: "topic", Key: "post.topic", Options: postview.Topics("post.topic.none", p.elements)}), form.Select(f, form.Field{Name: "licence", Key: "library.licence", Options: licences}),
		form.Date(f, form.Field{Name: "review", Key: "library.review"}))
}

func (p *pages) askAdd(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("library.add"), Lede: c.T("post.never"), Form: f, Button: "library.send", Questions: func(f form.Form) []templ.Component {
		return append([]templ.Component{
			form.Radios(f, form.Field{Name: "form", Key: "library.form", Options: form.Options("library.form", post.Text, post.Link)}),
			form.Text(f, form.Field{Name: "title", Key: "library.name"}), form.TextArea(f, form.Field{Name: "words", Key: "library.words", Max: post.MostWords, Rows: 8}),
			form.Text(f, form.Field{Name: "address", Key: "library.address", Type: "url"})}, p.rest(f)...)
	}}
}

// typed reads what somebody wrote.
func (p *pages) typed(f *form.Form) post.In {
	in := post.In{Kind: post.Resource, Title: f.Get("title"), Words: f.Get("words"), Form: f.Get("form"), Licence: f.Get("licence"), Review: f.Day("review"), Anyway: f.Get("anyway") == "yes"}
	if in.Form == post.Link {
		in.Address = f.Get("address")
	}
	if postview.Topic(f.Get("topic"), p.elements) != "" {
		in.Topic = f.Get("topic")
	}
	return in
}

// entered says that the reader is in a community; to everybody else its forms are not there.
func (p *pages) entered(c *web.Context) error {
	_, err := p.s.Posts().Own(c.Ctx(), c.Actor)
	return err
}

func (p *pages) add(c *web.Context) error {
	if err := p.entered(c); err != nil {
		return err
	}
	return p.askAdd(c, form.Fresh()).Answer(c, shelf)
}

func (p *pages) addPost(c *web.Context) error {
	if err := p.entered(c); err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := p.typed(&f)
	in.ID = id
	if in.Form != post.Link {
		in.Form = map[string]string{post.Text: post.Text}[in.Form] // a template is shared on a page of its own
	}
	return p.send(c, p.askAdd(c, f), in)
}

// send checks a resource and sends it.
func (p *pages) send(c *web.Context, a *ask.Page, in post.In) error {
	return postview.Send(c, p.s.Posts(), a, in, shelf, p.s.Posts().Send, p.s.Pack().Check(in, locale.Day(c.Now))...)
}

func (p *pages) askShare(c *web.Context, f form.Form, own []library.Template) *ask.Page {
	options := make([]form.Option, len(own))
	for i, t := range own {
		options[i] = form.Option{Value: t.Key(), Text: c.T("library.form."+t.Form) + ": " + t.Title}
	}
	return &ask.Page{Title: c.T("library.share"), Lede: c.T("library.template.lede"), Form: f, Button: "library.send", Questions: func(f form.Form) []templ.Component {
		return append([]templ.Component{form.Radios(f, form.Field{Name: "template", Key: "library.template", Options: options}), form.Text(f, form.Field{Name: "title", Key: "library.name"}),
			form.TextArea(f, form.Field{Name: "words", Key: "library.words", Max: post.MostWords})}, p.rest(f)...)
	}}
}

func (p *pages) share(c *web.Context) error {
	if err := p.entered(c); err != nil {
		return err
	}
	own, err := p.s.Own(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if len(own) == 0 {
		return c.Render(nonePage(c.Page("library.share", shelf)))
	}
	return p.askShare(c, form.Fresh(), own).Answer(c, shelf)
}

func (p *pages) sharePost(c *web.Context) error {
	if err := p.entered(c); err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	own, err := p.s.Own(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	in := p.typed(&f)
	in.ID, in.Form = id, post.Text
	a := p.askShare(c, f, own)
	t, ok, err := p.s.Template(c.Ctx(), c.Actor, f.Get("template"))
	if err != nil {
		return err
	}
	if ok {
		in.Form, in.Payload = t.Form, t.Body
	} else {
		var missing fault.Fields
		missing.Add("template", "library.template.empty")
		a.Found(missing)
	}
	return p.send(c, a, in)
}

// copy makes a copy in the reader's own service.
func (p *pages) copy(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	copied, err := form.From(c.R).Own()
	if err != nil {
		return err
	}
	path, err := p.s.TakeCopy(c.Ctx(), c.Actor, c.Now, x.ID, copied)
	if err != nil {
		return err
	}
	c.Flash("library.copied")
	return c.Redirect(path)
}

func askReview(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("library.review.title"), Lede: c.T("library.review.lede"), Form: f, Button: "library.review.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "review", Key: "library.review"})}
	}}
}

func (p *pages) review(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return askReview(c, form.Of(url.Values{})).Answer(c, x.Path())
}

func (p *pages) reviewPost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	day := f.Day("review")
	a := askReview(c, f)
	if a.Found(p.s.Pack().CheckReview(day, locale.Day(c.Now))) {
		return a.Answer(c, x.Path())
	}
	return c.Done(p.s.Posts().Renew(c.Ctx(), c.Actor, c.Now, x.ID, day), "library.review.saved", x.Path())
}

func (p *pages) copies(c *web.Context) error {
	if err := p.entered(c); err != nil {
		return err
	}
	all, err := p.s.Copies(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var rows []layout.Row
	for _, o := range all {
		r := layout.Row{Path: o.Path, Text: c.T("library.form."+o.Form) + ": " + o.Title, Hint: originview.Says(c.Ctx(), o)}
		if o.Due(locale.Day(c.Now)) {
			r.Tags = []nhsuk.TagParams{{Text: c.T("library.tag.due"), Colour: "orange"}}
		}
		rows = append(rows, r)
	}
	return c.Render(copiesPage(c.Page("library.copies", shelf), rows))
}

// assumed lists what a scenario assumes.
func assumed(ctx context.Context, x library.Scenario) nhsuk.SummaryListParams {
	number := func(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "capacity.fact.option"), locale.T(ctx, "capacity.option."+x.Option))}
	add := func(on bool, key, words string) {
		if on {
			rows = append(rows, nhsuk.Row(locale.T(ctx, key), words))
		}
	}
	add(x.Population != 0, "capacity.fact.population", locale.T(ctx, "capacity.fact.population.value", "n", number(x.Population)))
	add(x.Campaign != 0, "capacity.fact.campaign", locale.T(ctx, "library.campaign", "n", number(x.Campaign), "weeks", x.CampaignWeeks))
	add(x.Contract != 0, "capacity.fact.contract", locale.T(ctx, "library.contract", "n", number(x.Contract)))
	add(x.Productivity != 0, "capacity.fact.productivity", locale.T(ctx, "capacity.fact.productivity.value", "n", number(x.Productivity)))
	if x.Role != "" {
		add(true, "capacity.fact.clinic", locale.T(ctx, "library.clinic", "role", locale.Key("capacity.role."+x.Role), "sessions", number(x.Sessions), "slots", number(x.Slots), "off", number(x.Off)))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

// steps shows a way as a table.
func steps(ctx context.Context, w library.Way) nhsuk.TableParams {
	t := nhsuk.TableParams{Head: nhsuk.Heads(locale.T(ctx, "library.step.title"), locale.T(ctx, "library.step.role"), locale.T(ctx, "library.step.target")), Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "library.steps"), Size: "m"}}
	for _, s := range w.Steps {
		target := locale.T(ctx, "library.step.none")
		if s.Target > 0 {
			key := "library.step.days"
			if s.Unit == "minutes" {
				key = "library.step.minutes"
			}
			target = locale.T(ctx, key, "n", s.Target)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(s.Title, s.Role, target))
	}
	return t
}
