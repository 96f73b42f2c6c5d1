package trainingweb

import (
	"context"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) completed(c *web.Context) error {
	all, err := p.s.Completed(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(completedPage(c.Page("training.assess.title", team), all))
}

func completedTable(ctx context.Context, all []training.Completed) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "training.assess.title"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "training.assess.colleague"), locale.T(ctx, "training.assess.programme"), locale.T(ctx, "training.assess.competence"), locale.T(ctx, "training.assess.on"))}
	for _, x := range all {
		row := nhsuk.Cells(x.Name, x.Programme, x.Called, x.On.Long())
		row[2].Href, row[2].VisuallyHiddenText = x.Path(), x.Name
		t.Rows = append(t.Rows, row)
	}
	return t
}

func assessForm(c *web.Context, f form.Form, x training.Completed) *ask.Page {
	return &ask.Page{Title: c.T("training.assess.of", "name", x.Name, "competence", x.Called), Lede: c.T("training.assess.how", "competence", x.Called, "about", x.About, "programme", x.Programme, "day", x.On.Long()), Form: f, Button: "practice.sign.button",
		Questions: func(f form.Form) []templ.Component {
			return []templ.Component{form.Date(f, form.Field{Name: "on", Key: "practice.sign.on"}), form.Date(f, form.Field{Name: "expires", Key: "practice.sign.expires"})}
		}}
}

// waiting finds the colleague that the page is about.
func (p *pages) waiting(c *web.Context) (x training.Completed, err error) {
	id, err := c.ID("booking")
	if err != nil {
		return x, err
	}
	return p.s.Assessed(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) assess(c *web.Context) error {
	x, err := p.waiting(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	today := locale.Day(c.Now)
	form.SetDay(f.Values, "on", today)
	form.SetDay(f.Values, "expires", today.AddMonths(x.Months))
	return assessForm(c, f, x).Answer(c, assess)
}

func (p *pages) assessPost(c *web.Context) error {
	x, err := p.waiting(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := training.SignIn{ID: id, On: f.Day("on", "practice.sign.on.short"), Expires: f.Day("expires", "practice.sign.expires.short")}
	a := assessForm(c, f, x)
	if !f.Bad() {
		faults, err := p.s.Assess(c.Ctx(), c.Actor, c.Now, x.Booking, in)
		if err != nil {
			return err
		}
		a.Found(faults)
	}
	if a.Form.Bad() {
		return a.Answer(c, assess)
	}
	c.Flash("training.assess.signed")
	return c.Redirect(assess)
}
