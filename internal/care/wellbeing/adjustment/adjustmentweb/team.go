package adjustmentweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) team(c *web.Context) error {
	all, err := p.s.Team(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(teamPage(c.Page("adjustment.title", ""), teamTable(c.Ctx(), all), len(all) > 0))
}

func memberPath(person uuid.UUID) string { return "/adjustments/team/" + person.String() }

func (p *pages) member(c *web.Context) error {
	m := c.Object.Value.(adjustment.Member)
	return c.Render(memberPage(c.Page("form.page", home, "title", m.Name), m))
}

// decideForm asks for an answer. It has dates and choices, and no field that a sentence fits in.
func (p *pages) decideForm(c *web.Context, f form.Form, x adjustment.Ask) *ask.Page {
	pack := p.s.Pack()
	return &ask.Page{Title: c.T("adjustment.item." + x.Code), Lede: c.T("adjustment.decide.lede"), Form: f, Button: "adjustment.decide.save", Questions: func(f form.Form) []templ.Component {
		reasons := append([]form.Option{{Value: "", Key: "adjustment.reason.none"}}, form.Options("adjustment.reason", pack.Reasons...)...)
		return []templ.Component{
			form.Radios(f, form.Field{Name: "answer", Key: "adjustment.answer", Options: form.Options("adjustment.answer", adjustment.Answers...)}),
			form.Select(f, form.Field{Name: "reason", Key: "adjustment.reason", Options: reasons}),
			form.Date(f, form.Field{Name: "from", Key: "adjustment.from"}),
			form.Date(f, form.Field{Name: "review", Key: "adjustment.review"}),
		}
	}}
}

// about finds what the form is about.
func about(c *web.Context) (adjustment.Member, adjustment.Ask, error) {
	m := c.Object.Value.(adjustment.Member)
	id, err := c.ID("id")
	if err != nil {
		return m, adjustment.Ask{}, err
	}
	x, found := m.Find(id)
	if !found || !x.Ended.IsZero() {
		return m, x, fault.Missing("adjustment")
	}
	return m, x, nil
}

func (p *pages) decide(c *web.Context) error {
	m, x, err := about(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"seen": {strconv.Itoa(len(x.Answers))}})
	if last, ok := x.Last(); ok {
		f.Values.Set("answer", last.Answer)
		f.Values.Set("reason", last.Reason)
		form.SetDay(f.Values, "from", last.From)
		form.SetDay(f.Values, "review", last.Review)
	}
	return p.decideForm(c, f, x).Answer(c, memberPath(m.Person))
}

func (p *pages) decidePost(c *web.Context) error {
	m, x, err := about(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := adjustment.In{Answer: f.Get("answer"), Reason: f.Get("reason"), From: f.Day("from", "adjustment.from"), Review: f.Day("review", "adjustment.review")}
	a := p.decideForm(c, f, x)
	had, _ := x.Last()
	if a.Found(p.s.Pack().Check(in, had, locale.Day(c.Now))) {
		return a.Answer(c, memberPath(m.Person))
	}
	return c.Done(p.s.Answer(c.Ctx(), c.Actor, c.Now, m.Person, x.ID, f.Whole("seen"), in), "adjustment.decided", memberPath(m.Person))
}

func teamTable(ctx context.Context, all []adjustment.Member) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "adjustment.team"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "adjustment.name"), locale.T(ctx, "adjustment.todo"), locale.T(ctx, "adjustment.in_place"))}
	for _, m := range all {
		todo := ""
		if m.Todo != "" {
			todo = locale.T(ctx, "adjustment.todo."+m.Todo)
		}
		row := nhsuk.Cells(m.Name, todo, locale.Number(m.Count(adjustment.Ask.InPlace)))
		row[0].Href = memberPath(m.Person)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// state says in a line how something stands.
func state(ctx context.Context, x adjustment.Ask) string {
	if x.State() == adjustment.Ended {
		return locale.T(ctx, "adjustment.state.ended", "day", locale.Date(x.Ended))
	}
	if last, ok := x.Last(); ok {
		return answer(ctx, last)
	}
	return locale.T(ctx, "adjustment.state.asked", "day", locale.Date(x.At))
}

// answer says in a line what a manager answered.
func answer(ctx context.Context, a adjustment.Answer) string {
	if a.Answer == adjustment.Declined {
		return locale.T(ctx, "adjustment.state.declined", "day", locale.Date(a.At))
	}
	return locale.T(ctx, "adjustment.state."+a.Answer, "day", locale.Date(a.At), "from", a.From.Long())
}

// what says what a question is about.
func what(ctx context.Context, h adjustment.Helped) string {
	if h.Kind == adjustment.KindHours {
		return locale.T(ctx, "adjustment.help.hours")
	}
	return locale.T(ctx, "adjustment.help.item", "item", locale.T(ctx, "adjustment.item."+h.Code))
}

// went tells what somebody said of how they came back.
func went(ctx context.Context, h adjustment.Helped) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "adjustment.stands.after", "n", h.Week), locale.T(ctx, "adjustment.help."+h.Answer)),
		nhsuk.Row(locale.T(ctx, "adjustment.stands"), locale.T(ctx, "adjustment.stands."+h.Stands))}}
}

// rows tells all that is recorded of something that was asked for.
func rows(ctx context.Context, x adjustment.Ask) nhsuk.SummaryListParams {
	all := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "adjustment.state"), state(ctx, x))}
	if x.Rests && x.Ended.IsZero() {
		all = append(all, nhsuk.Row(locale.T(ctx, "adjustment.rests"), locale.T(ctx, "adjustment.rests.what")))
	}
	if !x.Carried.IsZero() {
		all = append(all, nhsuk.Row(locale.T(ctx, "adjustment.carried"), locale.T(ctx, "adjustment.carried.what", "day", x.Carried.Long())))
	}
	if last, ok := x.Last(); ok {
		if last.Reason != "" {
			all = append(all, nhsuk.Row(locale.T(ctx, "adjustment.reason.short"), locale.T(ctx, "adjustment.reason."+last.Reason)))
		}
		if !last.Review.IsZero() {
			all = append(all, nhsuk.Row(locale.T(ctx, "adjustment.review.short"), last.Review.Long()))
		}
	}
	for _, h := range x.Helped {
		if h.Answer != "" {
			all = append(all, nhsuk.Row(locale.T(ctx, "adjustment.help.after", "n", h.Week), locale.T(ctx, "adjustment.help."+h.Answer)))
		}
	}
	return nhsuk.SummaryListParams{Rows: all}
}

func (p *pages) uptake(c *web.Context) error {
	b, err := p.s.Uptake(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return uptakePage.Render(c, b)
}

var uptakePage = uptake.Page[adjustment.Counted]{
	TitleKey: "adjustment.uptake.title", LedeKey: "adjustment.uptake.lede", NoneKey: "adjustment.uptake.none", OfKey: "adjustment.uptake.of", HowKey: "adjustment.uptake.how",
	Columns: []uptake.Column[adjustment.Counted]{
		{HeadKey: "uptake.people", Cell: func(ctx context.Context, n adjustment.Counted) string { return uptake.Number(ctx, n.People) }},
		{HeadKey: "adjustment.uptake.placed", Cell: func(ctx context.Context, n adjustment.Counted) string { return uptake.Number(ctx, n.InPlace) }},
		{HeadKey: "adjustment.uptake.placed_share", Cell: func(ctx context.Context, n adjustment.Counted) string { return percent(ctx, n.Placed) }},
		{HeadKey: "adjustment.uptake.answered", Cell: func(ctx context.Context, n adjustment.Counted) string { return uptake.Number(ctx, n.Answered) }},
		{HeadKey: "adjustment.uptake.helping", Cell: func(ctx context.Context, n adjustment.Counted) string { return percent(ctx, n.Helping) }},
	},
}

func percent(ctx context.Context, of func() (int, bool)) string {
	if n, ok := of(); ok {
		return locale.T(ctx, "uptake.percent", "n", n)
	}
	return locale.T(ctx, "uptake.few")
}
