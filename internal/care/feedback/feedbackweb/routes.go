// Package feedbackweb has the pages of feedback: the one that anybody with a link can answer, and what the
// service reads.
package feedbackweb

import (
	"net/http"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// home is what a service reads of its feedback.
const home = "/service/feedback"

type pages struct{ s *feedback.Service }

// Routes are the pages of feedback.
func Routes(s *feedback.Service) []web.Route {
	p := &pages{s}
	return []web.Route{
		{Method: "GET", Path: "/feedback/{token}", Wall: access.Portal, Permission: feedback.Give, Load: web.NoObject, Handle: p.giveGet, Public: true},
		{Method: "POST", Path: "/feedback/{token}", Wall: access.Portal, Permission: feedback.Give, Load: web.NoObject, Handle: p.givePost, Public: true},
		{Method: "GET", Path: home, Wall: access.Clinical, Permission: feedback.Read, Load: web.NoObject, Handle: p.readGet},
		{Method: "GET", Path: home + "/{id}", Wall: access.Clinical, Permission: feedback.Mark, Load: web.NoObject, Handle: p.markGet},
		{Method: "POST", Path: home + "/{id}", Wall: access.Clinical, Permission: feedback.Mark, Load: web.NoObject, Handle: p.markPost},
		{Method: "GET", Path: home + "/{id}/quote", Wall: access.Clinical, Permission: feedback.Mark, Load: web.NoObject, Handle: p.quoteGet},
		{Method: "POST", Path: home + "/{id}/quote", Wall: access.Clinical, Permission: feedback.Mark, Load: web.NoObject, Handle: p.quotePost},
		{Method: "POST", Path: home + "/{id}/withdraw", Wall: access.Clinical, Permission: feedback.Mark, Load: web.NoObject, Handle: p.withdraw},
	}
}

func (p *pages) giveGet(c *web.Context) error {
	asked, err := p.s.Look(c.Ctx(), c.R.PathValue("token"), c.Now)
	if err != nil {
		return err
	}
	if asked.State != feedback.Open {
		return p.closed(c, asked.State)
	}
	return c.Render(givePage(c.Page("feedback.give.title."+asked.Audience, ""), form.Of(nil), asked.Audience))
}

func (p *pages) givePost(c *web.Context) error {
	f := form.From(c.R)
	mark := func(name string) int {
		n, _ := strconv.Atoi(f.Get(name)) // what is no number is no mark, and Check says so
		return n
	}
	st, faults, err := p.s.Give(c.Ctx(), c.R.PathValue("token"), c.Now, feedback.Answer{Communication: mark("communication"), Specific: mark("specific"),
		Mattered: mark("mattered"), Comment: f.Get("comment"), Quotable: f.Get("quotable") == "yes"})
	if err != nil {
		return err
	}
	if st != feedback.Open {
		return p.closed(c, st)
	}
	if len(faults) > 0 {
		f.Faults = faults
		asked, err := p.s.Look(c.Ctx(), c.R.PathValue("token"), c.Now)
		if err != nil {
			return err
		}
		return c.Invalid(givePage(c.FormPage("feedback.give.title."+asked.Audience, "", f), f, asked.Audience))
	}
	return c.Render(wordPage(c.Page("feedback.thanks.title", ""), c.T("feedback.thanks.body")))
}

// closed says kindly why a link does not open.
func (p *pages) closed(c *web.Context, st feedback.State) error {
	switch st {
	case feedback.Used:
		return c.RenderStatus(http.StatusGone, wordPage(c.Page("feedback.used.title", ""), c.T("feedback.used.body")))
	case feedback.Expired:
		return c.RenderStatus(http.StatusGone, wordPage(c.Page("feedback.expired.title", ""), c.T("feedback.expired.body")))
	}
	return c.RenderStatus(http.StatusNotFound, wordPage(c.Page("feedback.unknown.title", ""), c.T("feedback.unknown.body")))
}

func (p *pages) readGet(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(readPage(c.Page("feedback.read.title", "/performance"), r))
}
