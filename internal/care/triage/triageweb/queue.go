package triageweb

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type queueView struct {
	Actor  access.Actor
	Now    time.Time
	Urgent []triage.Task
	triage.Page
	Filter triage.Filter
	Form   form.Form
	Last   triage.Last // what the reader has just decided; none without an outcome
}

// todo leads to the cases that wait for one thing.
type todo struct {
	Key, Href string
	N         int
}

var states = []string{triage.ToCheck, string(flow.Received), string(flow.Returned), string(flow.AwaitingBooking)}

var pathways = []string{string(access.Nurse), string(access.Physician), string(access.Physio), string(access.Counsellor), triage.Paper}

// queue shows the whole queue, or what a filter leaves; a filter that is not on its list is none.
func (p *pages) queue(c *web.Context) error {
	asked := c.R.URL.Query()
	f := triage.Filter{Page: 1}
	if s := asked.Get("state"); slices.Contains(states, s) {
		f.State = s
	}
	if s := asked.Get("pathway"); slices.Contains(pathways, s) {
		f.Pathway = s
	}
	if n, err := strconv.Atoi(asked.Get("page")); err == nil {
		f.Page = n
	}
	page, err := p.s.Queue(c.Ctx(), c.Actor, c.Now, f)
	if err != nil {
		return err
	}
	urgent, err := p.s.Urgent(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := queueView{Actor: c.Actor, Now: c.Now, Urgent: urgent, Page: page, Filter: f,
		Form: form.Of(url.Values{"state": {f.State}, "pathway": {f.Pathway}})}
	if id, err := uuid.Parse(asked.Get("decided")); err == nil {
		if v.Last, err = p.s.Last(c.Ctx(), c.Actor, id); err != nil {
			return err
		}
	}
	shell := c.Page("triage.queue.title", "")
	shell.Wide, shell.Page, shell.Pages = true, page.Page, page.Pages
	return c.Render(queuePage(shell, v))
}

func (v queueView) href(page int) string {
	q := url.Values{"page": {strconv.Itoa(page)}}
	if v.Filter.State != "" {
		q.Set("state", v.Filter.State)
	}
	if v.Filter.Pathway != "" {
		q.Set("pathway", v.Filter.Pathway)
	}
	return "/queue?" + q.Encode()
}

// todo is what the reader has to do, their own task first: administrators check, clinicians triage.
func (v queueView) todo() []todo {
	list := []todo{{"triage.queue.to_triage", "/queue?state=" + string(flow.Received), v.ToTriage}, {"triage.queue.to_check", "/queue?state=" + triage.ToCheck, v.ToCheck}}
	if v.Actor.Role == access.OHAdmin {
		slices.Reverse(list)
	}
	return slices.DeleteFunc(list, func(x todo) bool { return x.N == 0 })
}

func (v queueView) pagination() nhsuk.PaginationParams {
	var out nhsuk.PaginationParams
	if v.Page.Page > 1 {
		out.Previous.Href = v.href(v.Page.Page - 1)
	}
	if v.Page.Page < v.Pages {
		out.Next.Href = v.href(v.Page.Page + 1)
	}
	return out
}

func (p *pages) acknowledge(c *web.Context) error {
	return c.Done(p.s.Acknowledge(c.Ctx(), c.Actor, c.Now, c.Object.ID), "triage.flash.acknowledged", "/queue")
}

func (p *pages) done(c *web.Context) error {
	return c.Done(p.s.Finish(c.Ctx(), c.Actor, c.Now, c.Object.ID), "triage.flash.done", "/queue")
}
