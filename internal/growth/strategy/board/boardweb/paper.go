package boardweb

import (
	"context"
	"slices"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) papers(c *web.Context) error {
	items, err := p.s.Items(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(papersPage(c.Page("board.papers.title", "/plan"), items, locale.Day(c.Now), c.May(strategy.Write)))
}

func (p *pages) item(c *web.Context) (board.Item, error) {
	id, err := c.ID("id")
	if err != nil {
		return board.Item{}, err
	}
	return p.s.Item(c.Ctx(), c.Actor, id)
}

func (p *pages) paper(c *web.Context) error {
	x, err := p.item(c)
	if err != nil {
		return err
	}
	var sources []strategy.Source
	for _, q := range x.Questions {
		sources = append(sources, q.Sources...)
	}
	checked, err := strategyview.Check(c, p.s.Plan(), sources...)
	if err != nil {
		return err
	}
	facts, err := p.s.Brief(c.Ctx(), c.Actor, c.Now, x)
	if err != nil {
		return err
	}
	params := c.Page("board.item.one", "/plan/board")
	params.Title = x.Title
	may := rights{writes: c.May(strategy.Write), decides: c.May(board.Decide), asks: c.May(board.Ask)}
	return c.Render(paperPage(params, x, inShort(c.Ctx(), x, facts), locale.Day(c.Now), checked, may))
}

// inShort is what a paper says first: what is recommended, what it comes to, and what it means for staff.
func inShort(ctx context.Context, x board.Item, facts []board.Fact) nhsuk.SummaryListParams {
	out := nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "board.item.recommended"), x.Recommendation)}}
	for _, f := range facts {
		out.Rows = append(out.Rows, nhsuk.Row(f.Title, f.Value))
	}
	out.Rows = append(out.Rows, nhsuk.Row(locale.T(ctx, "board.item.means"), x.Wellbeing))
	return out
}

// about says when a paper is decided on and what it is about.
func about(ctx context.Context, x board.Item) string {
	if x.OfCase() {
		return locale.T(ctx, "board.item.meeting.case", "date", x.Meeting.Long())
	}
	return locale.T(ctx, "board.item.meeting.value", "date", x.Meeting.Long(), "n", x.Version)
}

// rights are what a reader of a paper may do with it.
type rights struct{ writes, decides, asks bool }

func (p *pages) add(c *web.Context) error {
	versions, err := p.s.Presentable(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		return c.Render(noVersionPage(c.Page("board.item.add.title", "/plan/board")))
	}
	f := form.Fresh()
	f.Values.Set("version", c.R.URL.Query().Get("version"))
	return p.askItem(c, versions, f)
}

func (p *pages) askItem(c *web.Context, versions []int, f form.Form) error {
	options := []form.Option{{Value: "", Key: "strategy.choose"}}
	for _, n := range versions {
		options = append(options, form.Option{Value: strconv.Itoa(n), Text: c.T("board.version.title", "n", n)})
	}
	return answerWith(c, "board.item.add.title", "/plan/board", "board.item.button", "", f,
		form.Text(f, form.Field{Name: "title", Key: "board.item.title"}),
		form.Date(f, form.Field{Name: "meeting", Key: "board.item.meeting"}),
		form.Select(f, form.Field{Name: "version", Key: "board.item.version", Options: options}),
		form.TextArea(f, form.Field{Name: "recommendation", Key: "board.item.recommendation", Rows: 3, Max: strategy.LongestText}),
		form.TextArea(f, form.Field{Name: "wellbeing", Key: "board.item.wellbeing", Rows: 4, Max: strategy.LongestText}))
}

func (p *pages) addPost(c *web.Context) error {
	versions, err := p.s.Presentable(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := board.ItemIn{Title: f.Get("title"), Recommendation: f.Get("recommendation"), Wellbeing: f.Get("wellbeing"), Meeting: f.Day("meeting")}
	if i := slices.IndexFunc(versions, func(n int) bool { return strconv.Itoa(n) == f.Get("version") }); i >= 0 {
		in.Version = versions[i]
	}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Faults.Merge(board.CheckItem(in, versions)); f.Bad() {
		return p.askItem(c, versions, f)
	}
	return c.Done(p.s.AddItem(c.Ctx(), c.Actor, c.Now, in), "board.item.done", "/plan/board/"+in.ID.String())
}

func (p *pages) decide(c *web.Context) error {
	x, err := p.item(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	form.SetDate(f.Values, "on", locale.CivilDate(x.Meeting.Year, x.Meeting.Month, x.Meeting.Day))
	return p.askDecision(c, x, f)
}

func (p *pages) askDecision(c *web.Context, x board.Item, f form.Form) error {
	var choices []string
	for _, k := range board.Choices {
		choices = append(choices, string(k))
	}
	return answerWith(c, "board.decide.title", "/plan/board/"+x.ID.String(), "board.decide.button", x.Title, f,
		form.Radios(f, form.Field{Name: "choice", Key: "board.decide.choice", Options: form.Options("board.decide.choice", choices...)}),
		form.TextArea(f, form.Field{Name: "words", Key: "board.decide.words", Rows: 3, Max: strategy.LongestText}),
		form.Date(f, form.Field{Name: "on", Key: "board.decide.on"}))
}

func (p *pages) decidePost(c *web.Context) error {
	x, err := p.item(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	d := board.Decision{Choice: board.Choice(f.Get("choice")), Words: f.Get("words"), On: f.Day("on")}
	if f.Faults.Merge(board.CheckDecision(d, locale.Day(c.Now))); f.Bad() {
		return p.askDecision(c, x, f)
	}
	return c.Done(p.s.Decide(c.Ctx(), c.Actor, c.Now, id, x.ID, d), "board.decide.done", "/plan/board/"+x.ID.String())
}

func (p *pages) ask(c *web.Context) error {
	x, err := p.item(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	return p.askQuestion(c, x, f)
}

func (p *pages) askQuestion(c *web.Context, x board.Item, f form.Form) error {
	return answerWith(c, "board.ask.title", "/plan/board/"+x.ID.String(), "board.ask.button", x.Title, f,
		form.TextArea(f, form.Field{Name: "question", Key: "board.ask.question", Rows: 3, Max: strategy.LongestText}),
		form.Text(f, form.Field{Name: "owner", Key: "board.ask.owner"}),
		form.Date(f, form.Field{Name: "due", Key: "board.ask.due"}))
}

func (p *pages) askPost(c *web.Context) error {
	x, err := p.item(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	q := board.Question{Item: x.ID, Text: f.Get("question"), Owner: f.Get("owner"), Due: f.Day("due")}
	if q.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Faults.Merge(board.CheckQuestion(q, locale.Day(c.Now))); f.Bad() {
		return p.askQuestion(c, x, f)
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, q), "board.ask.done", "/plan/board/"+x.ID.String())
}

// answerFigures is how many figures an answer may rely on: more belongs in a paper.
var answerFigures = []string{"figure", "figure2", "figure3"}

func (p *pages) question(c *web.Context) (board.Question, []form.Option, error) {
	id, err := c.ID("id")
	if err != nil {
		return board.Question{}, nil, err
	}
	q, err := p.s.Question(c.Ctx(), c.Actor, id)
	if err != nil {
		return q, nil, err
	}
	all, err := p.s.Plan().Figures(c.Ctx(), c.Actor, c.Now)
	return q, strategyview.Figures(c.Ctx(), all), err
}

func (p *pages) answer(c *web.Context) error {
	q, figures, err := p.question(c)
	if err != nil {
		return err
	}
	return p.askAnswer(c, q, figures, form.Of(nil))
}

func (p *pages) askAnswer(c *web.Context, q board.Question, figures []form.Option, f form.Form) error {
	fields := []field{form.TextArea(f, form.Field{Name: "answer", Key: "board.answer.text", Rows: 4, Max: strategy.LongestText}), figureview.Rounded()}
	for i, name := range answerFigures {
		fields = append(fields, form.Select(f, form.Field{Name: name, Key: "board.answer.figure", Args: []any{"n", i + 1}, Options: figures}))
	}
	return answerWith(c, "board.answer.title", "/plan/board/"+q.Item.String(), "board.answer.button", q.Text, f, fields...)
}

func (p *pages) answerPost(c *web.Context) error {
	q, figures, err := p.question(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	f.Faults = board.CheckAnswer(f.Get("answer"))
	var refs []string
	for _, name := range answerFigures {
		ref := f.Get(name)
		if !slices.ContainsFunc(figures, func(o form.Option) bool { return o.Value == ref }) {
			f.Faults.Add(name, "strategy.figure.unknown")
		}
		if ref != "" && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	if f.Bad() {
		return p.askAnswer(c, q, figures, f)
	}
	return c.Done(p.s.Answer(c.Ctx(), c.Actor, c.Now, q.ID, f.Get("answer"), refs...), "board.answer.done", "/plan/board/"+q.Item.String())
}
