// Package selfcheckweb is the home of "What staff need": the self-check by audience, and the guided route with templates.
package selfcheckweb

import (
	"io"
	"net/http"
	"net/url"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct {
	s      *selfcheck.Service
	rounds *diagnostic.Service // of which the home shows the gaps
}

// Routes of the slice.
func Routes(s *selfcheck.Service, rounds *diagnostic.Service) []web.Route {
	p := &pages{s, rounds}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/need", selfcheck.Read, p.home),
		route(http.MethodGet, "/need/selfcheck/{audience}", selfcheck.Read, p.audience),
		route(http.MethodGet, "/need/selfcheck/{audience}/{call}", selfcheck.Write, p.callGet),
		route(http.MethodPost, "/need/selfcheck/{audience}/{call}", selfcheck.Write, p.callPost),
		route(http.MethodGet, "/need/route/{step}", selfcheck.Read, p.stepGet),
		route(http.MethodPost, "/need/route/{step}", selfcheck.Write, p.stepPost),
		route(http.MethodGet, "/need/route/{step}/template.md", selfcheck.Read, p.template),
	}
}

// most gaps that the home shows: what a plan can begin with.
const most = 3

// gaps are the biggest of a round.
type gaps struct {
	round     diagnostic.Round
	framework diagnostic.Framework
	rows      []round.Row
}

func (p *pages) home(c *web.Context) error {
	standing, err := p.s.Read(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var found gaps
	o, ok, err := p.rounds.Newest(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if ok {
		found = gaps{o.Round, p.rounds.Framework(), round.Biggest(o.Subsections, most)}
	}
	return c.Render(homePage(c.Page("need.home.title", ""), p.s.Calls(), p.s.Route(), standing, found))
}

func (p *pages) find(c *web.Context) (selfcheck.Audience, error) {
	all := p.s.Calls().Audiences
	i := slices.IndexFunc(all, func(a selfcheck.Audience) bool { return a.Code == c.R.PathValue("audience") })
	if i < 0 {
		return selfcheck.Audience{}, fault.Missing("audience")
	}
	return all[i], nil
}

func (p *pages) audience(c *web.Context) error {
	a, err := p.find(c)
	if err != nil {
		return err
	}
	standing, err := p.s.Read(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if err := p.s.Recheck(c.Ctx(), c.Actor, c.Now, standing, a.Calls...); err != nil {
		return err
	}
	params := c.Page("need.check.title", "/need")
	params.Title = a.Title
	return c.Render(audiencePage(params, a, p.s.Calls(), standing, c.May(selfcheck.Write)))
}

func (p *pages) call(c *web.Context) (a selfcheck.Audience, call selfcheck.Call, err error) {
	if a, err = p.find(c); err != nil {
		return a, call, err
	}
	i := slices.IndexFunc(a.Calls, func(x selfcheck.Call) bool { return x.Code == c.R.PathValue("call") })
	if i < 0 {
		return a, call, fault.Missing("call")
	}
	return a, a.Calls[i], nil
}

func (p *pages) callGet(c *web.Context) error {
	a, call, err := p.call(c)
	if err != nil {
		return err
	}
	standing, err := p.s.Read(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if err := p.s.Recheck(c.Ctx(), c.Actor, c.Now, standing, call); err != nil {
		return err
	}
	x := standing.Checks[call.Code]
	v := url.Values{"position": {x.Position}, "evidence": {x.Evidence}, "link": {x.Link}, "next_step": {x.NextStep}, "owner": {x.Owner}}
	form.SetDate(v, "due", x.Due)
	return p.callPage(c, a, call, form.Of(v), x.Cited)
}

func (p *pages) callPage(c *web.Context, a selfcheck.Audience, call selfcheck.Call, f form.Form, cited *figure.Checked) error {
	figures, err := p.s.Figures(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	params := c.FormPage("need.check.title", "/need/selfcheck/"+a.Code, f)
	page := callPage(params, call, f, options(c.T("need.check.figure.none"), figures), cited)
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func options(none string, figures []figure.Figure) []form.Option {
	out := []form.Option{{Value: "", Text: none}}
	for _, f := range figures {
		out = append(out, form.Option{Value: f.Ref.String(), Text: f.Title + ", " + f.PeriodText})
	}
	return out
}

func (p *pages) callPost(c *web.Context) error {
	a, call, err := p.call(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	x := selfcheck.Check{Call: call.Code, Position: f.Get("position"), Evidence: f.Get("evidence"), Link: f.Get("link"), Figure: f.Get("figure"),
		NextStep: f.Get("next_step"), Owner: f.Get("owner"), Due: f.Date("due")}
	if f.Bad() { // a date that is none: the other faults are shown with it
		for _, other := range x.Verify() {
			if other.Name != "due" {
				f.Faults = append(f.Faults, other)
			}
		}
	} else if f.Faults, err = p.s.Save(c.Ctx(), c.Actor, c.Now, x); err != nil {
		return err
	}
	if f.Bad() {
		return p.callPage(c, a, call, f, nil)
	}
	c.Flash("need.check.saved")
	return c.Redirect("/need/selfcheck/" + a.Code)
}

func (p *pages) step(c *web.Context) (selfcheck.Step, error) {
	all := p.s.Route().Steps
	i := slices.IndexFunc(all, func(s selfcheck.Step) bool { return s.Code == c.R.PathValue("step") })
	if i < 0 {
		return selfcheck.Step{}, fault.Missing("step")
	}
	return all[i], nil
}

func (p *pages) stepGet(c *web.Context) error {
	s, err := p.step(c)
	if err != nil {
		return err
	}
	standing, err := p.s.Read(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	t := standing.Tasks[s.Code]
	v := url.Values{"state": {t.State}, "note": {t.Note}}
	form.SetDate(v, "done", t.Done)
	return p.stepPage(c, s, form.Of(v))
}

func (p *pages) stepPage(c *web.Context, s selfcheck.Step, f form.Form) error {
	params := c.FormPage("need.step.title", "/need", f)
	params.Title = s.Title
	page := stepPage(params, s, f, c.May(selfcheck.Write))
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) stepPost(c *web.Context) error {
	s, err := p.step(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	t := selfcheck.Task{Step: s.Code, State: f.Get("state"), Note: f.Get("note"), Done: f.Date("done")}
	if !f.Bad() {
		if f.Faults, err = p.s.SaveStep(c.Ctx(), c.Actor, c.Now, t); err != nil {
			return err
		}
	}
	if f.Bad() {
		return p.stepPage(c, s, f)
	}
	c.Flash("need.step.saved")
	return c.Redirect("/need")
}

func (p *pages) template(c *web.Context) error {
	s, err := p.step(c)
	if err != nil {
		return err
	}
	c.Attach("text/markdown; charset=utf-8", s.Code+".md")
	_, err = io.WriteString(c.W, s.Template)
	return err
}
