// Package pulseweb is the page on which the team answers a question without a name and sees what came of those before, and the one
// on which the lead asks.
package pulseweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const home = "/pulse"

type pages struct{ s *pulse.Service }

// Routes of the slice.
func Routes(s *pulse.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Clinical)
	return []web.Route{
		on("GET", home, pulse.Read, p.board),
		on("POST", "/pulse/{id}", pulse.Answer, p.answer),
		on("GET", "/pulse/ask", pulse.Set, p.ask),
		on("POST", "/pulse/ask", pulse.Set, p.askPost),
	}
}

func (p *pages) board(c *web.Context) error { return p.show(c, form.Of(nil)) }

func (p *pages) show(c *web.Context, f form.Form) error {
	b, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	page := boardPage(c.FormPage("pulse.title", "", f), f, b, c.May(pulse.Answer), c.May(pulse.Set))
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) answer(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	f := form.From(c.R)
	score, err := strconv.Atoi(f.OneOf("score", "pulse.score.empty", pulse.Scores...))
	if err != nil {
		b, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
		if err == nil && !b.Asked(id) {
			err = fault.Missing("pulse")
		}
		if err != nil {
			return err
		}
		return p.show(c, f)
	}
	return c.Done(p.s.Give(c.Ctx(), c.Actor, c.Now, id, score), "pulse.thanks", home)
}

func (p *pages) ask(c *web.Context) error {
	return c.Render(askPage(c.Page("pulse.add", home), form.Of(url.Values{"id": {uuid.NewString()}})))
}

func (p *pages) askPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		return fault.Missing("form")
	}
	in := pulse.QuestionIn{ID: id, Text: f.Get("question"), Opens: f.Day("opens"), Closes: f.Day("closes")}
	if !f.Bad() {
		faults, err := p.s.Ask(c.Ctx(), c.Actor, c.Now, in)
		if err != nil {
			return err
		}
		f.Faults.Merge(faults)
	} else { // a date that could not be read is told with all else that is wrong
		f.Faults.Merge(pulse.Board{}.CheckQuestion(in, locale.Day(c.Now)))
		f.Faults.Order([]string{"question", "opens", "closes"})
	}
	if f.Bad() {
		return c.Invalid(askPage(c.FormPage("pulse.add", home, f), f))
	}
	c.Flash("pulse.saved")
	return c.Redirect(home)
}

func resultTable(ctx context.Context, all []pulse.Result) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "pulse.results"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "pulse.asked"), locale.T(ctx, "pulse.period"), locale.T(ctx, "pulse.mean"), locale.T(ctx, "pulse.answers"))}
	for _, r := range all {
		mean, n := locale.T(ctx, "pulse.few"), locale.T(ctx, "pulse.few.answers")
		if !r.Few {
			mean, n = locale.T(ctx, "pulse.mean.of", "mean", strconv.FormatFloat(r.Mean, 'f', 1, 64)), locale.T(ctx, "pulse.answers.about", "n", r.Answers)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(r.Text, locale.T(ctx, "pulse.period.of", "from", r.Opens.Long(), "to", r.Closes.Long()), mean, n))
	}
	return t
}
