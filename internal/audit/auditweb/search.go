package auditweb

import (
	"net/url"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/audit/watch"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// questions are the fields of the search, which the next page asks again.
var questions = []string{"about", "by", "action", "from-day", "from-month", "from-year", "to-day", "to-month", "to-year"}

// page counts the pages of a search from 1. What is asked for is told by the event it goes on after, so the number is
// for the title only: how many there are nobody counts, in a log of millions.
func page(f form.Form) int {
	n, err := strconv.Atoi(f.Get("page"))
	if err != nil || n < 1 || f.Get("after") == "" {
		return 1
	}
	return n
}

// searchGet shows the newest events of all.
func (p *pages) searchGet(c *web.Context) error {
	r, _, err := p.watch.Find(c.Ctx(), c.Actor, c.Now, watch.Search{})
	if err != nil {
		return err
	}
	return c.Render(searchPage(c.Page("audit.search.title", ""), form.Of(url.Values{}), r))
}

func (p *pages) searchPost(c *web.Context) error {
	f := form.From(c.R)
	in := watch.Search{About: f.Get("about"), By: f.Get("by"), Action: f.Get("action"), From: f.Date("from"), To: f.Date("to"), After: f.Get("after")}
	var r watch.Result
	if !f.Bad() {
		found, faults, err := p.watch.Find(c.Ctx(), c.Actor, c.Now, in)
		if err != nil {
			return err
		}
		f.Faults, r = faults, found
	}
	if f.Bad() {
		return c.Invalid(searchPage(c.FormPage("audit.search.title", "", f), f, r))
	}
	shell := c.Page("audit.search.title", "/audit")
	shell.Page = page(f)
	return c.Render(searchPage(shell, f, r))
}
