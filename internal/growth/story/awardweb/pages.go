package awardweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// rights are what a reader may do.
type rights struct{ keep, send bool }

func may(c *web.Context) rights { return rights{c.May(award.Keep), c.May(award.Send)} }

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("award.title", "/stories"), all, locale.Day(c.Now), may(c)))
}

func (p *pages) achievements(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var won []award.Award
	for _, x := range all {
		if x.Achieved(locale.Day(c.Now)) {
			won = append(won, x)
		}
	}
	return c.Render(achievementsPage(c.Page("award.achievements", "/stories"), won))
}

// tags say where a nomination stands.
func tags(ctx context.Context, x award.Award, today civil.Date) (out []nhsuk.TagParams) {
	colour := map[award.State]string{award.Submitted: "blue", award.Shortlisted: "aqua-green", award.Won: "green"}[x.State]
	if colour == "" {
		colour = "grey"
	}
	out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "award.state."+string(x.State)), Colour: colour})
	switch {
	case x.Late(today):
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "award.tag.late"), Colour: "orange"})
	case x.Soon(today):
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "award.tag.soon"), Colour: "yellow"})
	}
	return out
}

// counted says how many words an answer has.
func counted(ctx context.Context, c award.Criterion) string {
	if c.Most == 0 {
		return locale.T(ctx, "award.words", "n", c.Words())
	}
	return locale.T(ctx, "award.words.of", "n", c.Words(), "most", c.Most)
}

// lacks are tags of what is lacking.
func lacks(ctx context.Context, c award.Criterion) (out []nhsuk.TagParams) {
	for _, l := range c.Lacks() {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "award.lack."+string(l)), Colour: "orange"})
	}
	return out
}

func facts(ctx context.Context, x award.Award) nhsuk.SummaryListParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "award.fact."+key, args...) }
	rows := []nhsuk.SummaryRow{nhsuk.Row(t("organiser"), x.Organiser), nhsuk.Row(t("deadline"), x.Deadline.Long()), nhsuk.Row(t("begun"), x.By)}
	if x.SubmittedBy != "" {
		rows = append(rows, nhsuk.Row(t("submitted"), t("by", "name", x.SubmittedBy, "day", x.SubmittedOn.Long())))
	}
	if x.SettledBy != "" {
		rows = append(rows, nhsuk.Row(t("settled"), t("by", "name", x.SettledBy, "day", x.Settled.Long())))
	}
	if x.SettledWords != "" {
		rows = append(rows, nhsuk.Row(t("words"), x.SettledWords))
	}
	if !x.Until.IsZero() {
		rows = append(rows, nhsuk.Row(t("until"), x.Until.Long()))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

func begin(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("award.add"), Form: f, Button: "award.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "kind", Key: "award.kind", Options: form.Options("award.kind", award.Kinds...)}),
			form.Text(f, form.Field{Name: "name", Key: "award.name"}),
			form.Text(f, form.Field{Name: "organiser", Key: "award.organiser"}),
			form.Date(f, form.Field{Name: "deadline", Key: "award.deadline"}),
			form.TextArea(f, form.Field{Name: "criteria", Key: "award.criteria", Rows: 6}),
		}
	}}
}

func (p *pages) add(c *web.Context) error { return begin(c, form.Fresh()).Answer(c, home) }

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := award.In{ID: id, Kind: f.Get("kind"), Name: f.Get("name"), Organiser: f.Get("organiser"), Deadline: f.Day("deadline"), Criteria: f.Get("criteria")}
	a := begin(c, f)
	if a.Found(in.Check(locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Begin(c.Ctx(), c.Actor, c.Now, in), "award.saved", path(id))
}

func (p *pages) find(c *web.Context) (award.Award, error) {
	id, err := c.ID("id")
	if err != nil {
		return award.Award{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) one(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("award.one", home)
	params.Title = x.Name
	return c.Render(onePage(params, x, locale.Day(c.Now), may(c)))
}

func (p *pages) nomination(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("award.one", path(x.ID))
	params.Title = x.Name
	return c.Render(nominationPage(params, x))
}

// asked is the criterion of the address, of a nomination that is being drafted.
func (p *pages) asked(c *web.Context) (award.Award, award.Criterion, error) {
	x, err := p.find(c)
	if err != nil {
		return x, award.Criterion{}, err
	}
	n, err := strconv.Atoi(c.R.PathValue("n"))
	y, ok := x.Criterion(n)
	switch {
	case err != nil || !ok:
		return x, y, fault.Missing("criterion")
	case x.State != award.Drafting:
		return x, y, fault.New(fault.Conflict, "award.changed")
	}
	return x, y, nil
}

func answer(c *web.Context, f form.Form, y award.Criterion) *ask.Page {
	lede := c.T("award.answer.lede")
	if y.Most > 0 {
		lede = c.T("award.answer.most", "n", y.Most)
	}
	return &ask.Page{Title: y.Title, Lede: lede, Form: f, Button: "award.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "answer", Key: "award.answer", Rows: 12, Max: award.MostAnswer})}
	}}
}

func (p *pages) criterion(c *web.Context) error {
	x, y, err := p.asked(c)
	if err != nil {
		return err
	}
	return answer(c, form.Of(url.Values{"version": {strconv.Itoa(y.Version)}, "answer": {y.Answer}}), y).Answer(c, path(x.ID))
}

func (p *pages) criterionPost(c *web.Context) error {
	x, y, err := p.asked(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	seen, err := strconv.Atoi(f.Get("version"))
	if err != nil || seen < 1 || seen > y.Version {
		return fault.Missing("form")
	}
	a := answer(c, f, y)
	if a.Found(award.CheckAnswer(f.Get("answer"), locale.Day(c.Now))) {
		return a.Answer(c, path(x.ID))
	}
	return c.Done(p.s.Answer(c.Ctx(), c.Actor, c.Now, x.ID, y.N, seen, f.Get("answer")), "award.saved", path(x.ID))
}

// evidenceForm offers what is on the shelf today.
func (p *pages) evidenceForm(c *web.Context, f form.Form, y award.Criterion) (*ask.Page, error) {
	s, err := p.s.Shelf(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return nil, err
	}
	options := []form.Option{{Key: "award.evidence.choose"}}
	add := func(kind, id, text string) {
		options = append(options, form.Option{Value: kind + "/" + id, Text: c.T("award.evidence."+kind) + ": " + text})
	}
	for _, x := range s.Stories {
		add("story", x.ID.String(), x.Title)
	}
	for _, x := range s.Effects {
		add("effect", x.Forecast.String(), x.Title+": "+x.Tag)
	}
	for _, x := range s.Testimonials {
		add("testimonial", x.ID.String(), x.Words)
	}
	for _, x := range s.Items {
		add("item", x.ID.String(), x.Title)
	}
	for _, x := range s.Figures {
		add("figure", x.Ref.String(), x.Title+": "+figureview.Value(c.Ctx(), x)+" ("+x.PeriodText+")")
	}
	return &ask.Page{Title: c.T("award.evidence.add"), Lede: c.T("award.evidence.lede", "title", y.Title), Form: f, Button: "award.evidence.add", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Select(f, form.Field{Name: "what", Key: "award.evidence.what", Options: options})}
	}}, nil
}

func (p *pages) evidence(c *web.Context) error {
	x, y, err := p.asked(c)
	if err != nil {
		return err
	}
	a, err := p.evidenceForm(c, form.Fresh(), y)
	if err != nil {
		return err
	}
	return a.Answer(c, path(x.ID))
}

func (p *pages) evidencePost(c *web.Context) error {
	x, y, err := p.asked(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	if f.Required("what", "award.evidence.empty"); f.Bad() {
		a, err := p.evidenceForm(c, f, y)
		if err != nil {
			return err
		}
		return a.Answer(c, path(x.ID))
	}
	return c.Done(p.s.Rest(c.Ctx(), c.Actor, c.Now, x.ID, id, y.N, f.Get("what")), "award.saved", path(x.ID))
}

func (p *pages) remove(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	id, err := c.ID("evidence")
	if err != nil {
		return err
	}
	return c.Done(p.s.Unrest(c.Ctx(), c.Actor, c.Now, x.ID, id), "award.saved", path(x.ID))
}

func (p *pages) submit(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Submit(c.Ctx(), c.Actor, c.Now, id), "award.submitted", path(id))
}

func (p *pages) drop(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Drop(c.Ctx(), c.Actor, c.Now, id), "award.dropped", home)
}

func outcomeForm(c *web.Context, f form.Form, x award.Award) *ask.Page {
	return &ask.Page{Title: c.T("award.outcome"), Lede: x.Name, Form: f, Button: "award.save", Questions: func(f form.Form) []templ.Component {
		out := []templ.Component{
			form.Radios(f, form.Field{Name: "state", Key: "award.settled", Options: form.Options("award.state", award.Outcomes...)}),
			form.Date(f, form.Field{Name: "on", Key: "award.on"}),
			form.TextArea(f, form.Field{Name: "words", Key: "award.settled.words", Rows: 3, Max: award.MostSettled}),
		}
		if x.Kind == award.Accreditation {
			out = append(out, form.Date(f, form.Field{Name: "until", Key: "award.until"}))
		}
		return out
	}}
}

// sent is the nomination of the address, which waits for an outcome.
func (p *pages) sent(c *web.Context) (award.Award, error) {
	x, err := p.find(c)
	if err == nil && x.State != award.Submitted && x.State != award.Shortlisted {
		err = fault.New(fault.Conflict, "award.changed")
	}
	return x, err
}

func (p *pages) outcome(c *web.Context) error {
	x, err := p.sent(c)
	if err != nil {
		return err
	}
	return outcomeForm(c, form.Of(url.Values{}), x).Answer(c, path(x.ID))
}

func (p *pages) outcomePost(c *web.Context) error {
	x, err := p.sent(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := award.Settled{State: award.State(f.Get("state")), On: f.Day("on", "award.on"), Words: f.Get("words"), Until: f.Day("until", "award.until")}
	a := outcomeForm(c, f, x)
	if a.Found(x.CheckSettled(in, locale.Day(c.Now))) {
		return a.Answer(c, path(x.ID))
	}
	return c.Done(p.s.Settle(c.Ctx(), c.Actor, c.Now, x.ID, in), "award.saved", path(x.ID))
}
