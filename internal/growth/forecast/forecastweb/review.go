package forecastweb

import (
	"context"
	"net/url"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) chain(c *web.Context) error {
	links, err := p.s.Chain(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(chainPage(c.Page("forecast.chain.title", "/effect"), links))
}

// reviewView is a month.
type reviewView struct {
	forecast.Reviewed
	Month, Before, Later civil.Date // Later is zero for the last complete month
	Decides              bool
}

// lastMonth is the last complete one.
func lastMonth(c *web.Context) civil.Date {
	today := locale.Day(c.Now)
	return civil.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(-1)
}

// asked is the month a page is asked for; the last complete one if it does not say.
func asked(c *web.Context) (civil.Date, error) {
	text := c.R.URL.Query().Get("month")
	if text == "" {
		return lastMonth(c), nil
	}
	m, err := civil.Parse(text)
	if err != nil {
		return m, fault.Missing("month")
	}
	return m, nil
}

func (p *pages) review(c *web.Context) error {
	month, err := asked(c)
	if err != nil {
		return err
	}
	v := reviewView{Month: month, Before: month.AddMonths(-1), Decides: c.May(forecast.Decide)}
	if v.Reviewed, err = p.s.Review(c.Ctx(), c.Actor, c.Now, month); err != nil {
		return err
	}
	if month.Before(lastMonth(c)) {
		v.Later = month.AddMonths(1)
	}
	params := c.Page("forecast.review.title", "/effect")
	params.Title = c.T("forecast.review.of", "month", month.MonthYear())
	return c.Render(reviewPage(params, v))
}

// decideView is the form.
type decideView struct {
	Form    form.Form
	Month   civil.Date
	Look    forecast.Looked
	Choices []form.Option
	Story   bool // the only thing left to do is to tell it
}

func (p *pages) decideView(c *web.Context, f form.Form) (v decideView, err error) {
	if v.Month, err = asked(c); err != nil {
		return v, err
	}
	ref, ok := figure.ParseRef(c.R.URL.Query().Get("figure"))
	if !ok {
		return v, fault.Missing("figure")
	}
	v.Form = f
	if v.Look, err = p.s.Finding(c.Ctx(), c.Actor, c.Now, v.Month, ref); err != nil {
		return v, err
	}
	for _, x := range v.Look.Choices() {
		v.Choices = append(v.Choices, form.Options("forecast.decide.decision", string(x))...)
		v.Story = v.Story || x == forecast.Story
	}
	return v, nil
}

func (p *pages) decideGet(c *web.Context) error {
	if !c.R.URL.Query().Has("figure") { // one decides about what the review found
		return c.Redirect("/effect/review")
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	v, err := p.decideView(c, form.Of(url.Values{"id": {id.String()}}))
	if err != nil {
		return err
	}
	if len(v.Choices) == 1 {
		v.Form.Values.Set("decision", v.Choices[0].Value)
	}
	return c.Render(decidePage(c.Page("forecast.decide.title", reviewed(v.Month)), v))
}

func (p *pages) decidePost(c *web.Context) error {
	v, err := p.decideView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := &v.Form
	d := forecast.Decision{Month: v.Month, Choice: forecast.Choice(f.Get("decision")), Reason: f.Get("reason"), StoryTitle: f.Get("title"), StoryText: f.Get("story")}
	if d.ID, err = uuid.Parse(f.Get("id")); err != nil {
		return fault.Missing("decision")
	}
	if f.Faults = forecast.CheckDecision(v.Look.Finding, d); f.Bad() {
		return c.Invalid(decidePage(c.FormPage("forecast.decide.title", reviewed(v.Month), *f), v))
	}
	return c.Done(p.s.Decide(c.Ctx(), c.Actor, c.Now, v.Look.Ref, d), "forecast.decide.saved", reviewed(v.Month))
}

func reviewed(month civil.Date) string { return "/effect/review?month=" + month.String() }

func decide(month civil.Date, ref figure.Ref) string {
	return "/effect/review/decide?" + url.Values{"month": {month.String()}, "figure": {ref.String()}}.Encode()
}

// signs says why a finding is on the page.
func signs(ctx context.Context, f forecast.Finding) (out []nhsuk.TagParams) {
	if f.Missed {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "forecast.review.missed"), Colour: "orange"})
	}
	if f.Concern {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "forecast.review.concern"), Colour: "red"})
	}
	if f.Improved {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "forecast.review.improved"), Colour: "blue"})
	}
	return out
}
