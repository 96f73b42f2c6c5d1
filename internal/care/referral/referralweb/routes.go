// Package referralweb is where a referrer follows what they asked: their list, the timeline of one referral
// with what happens next and by when, changing it and taking it back. It knows states without clinical
// meaning, appointment times and what the person chose to share; behind the employer's wall there is no more.
package referralweb

import (
	"context"
	"net/http"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *referral.Service }

// Routes lists the pages.
func Routes(s *referral.Service) []web.Route {
	p := &pages{s}
	one := func(method, path string, perm access.Permission, h web.Handler) web.Route {
		return web.Route{Method: method, Path: "/referrals/{id}" + path, Wall: access.Employer, Permission: perm, Load: p.load, Handle: h}
	}
	return []web.Route{
		{Method: http.MethodGet, Path: "/referrals", Wall: access.Employer, Permission: referral.List, Load: web.NoObject, Handle: p.listGet},
		one(http.MethodGet, "", referral.Read, p.showGet),
		one(http.MethodGet, "/sent", referral.Read, p.sentGet),
		one(http.MethodPost, "/amend", referral.Amend, p.amendPost),
		one(http.MethodGet, "/withdraw", referral.Withdraw, p.withdrawGet),
		one(http.MethodPost, "/withdraw", referral.Withdraw, p.withdrawPost),
	}
}

func (p *pages) load(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	ref, err := p.s.Load(ctx, a, id)
	if err != nil {
		return access.Object{}, err
	}
	return ref.Object(a, "referrer"), nil
}

type listView struct {
	Rows   []referral.Row
	Drafts []referral.Draft
}

func (p *pages) listGet(c *web.Context) (err error) {
	var v listView
	if v.Rows, v.Drafts, err = p.s.List(c.Ctx(), c.Actor); err != nil {
		return err
	}
	return c.Render(listPage(c.Page("referral.list.title", ""), v))
}

type showView struct {
	referral.View
	Author bool
}

func (p *pages) show(c *web.Context) (v showView, err error) {
	v.Author = slices.Contains(c.Object.Relations, access.Author)
	v.View, err = p.s.View(c.Ctx(), c.Actor, c.Now, c.Object.ID, c.Object.Ground)
	return v, err
}

func (p *pages) showGet(c *web.Context) error {
	v, err := p.show(c)
	if err != nil {
		return err
	}
	return c.Render(showPage(c.Page("referral.show.title", "/referrals", "name", v.Text.Person.Name), v))
}

func (p *pages) sentGet(c *web.Context) error {
	v, err := p.show(c)
	if err != nil {
		return err
	}
	return c.Render(sentPage(c.Page(sentKey(v.View), ""), v))
}

// sentKey and textKey name what was sent: a new referral, or changes of one.
func sentKey(v referral.View) string {
	if v.Version > 1 {
		return "referral.sent.changes"
	}
	return "referral.sent.title"
}

func textKey(v referral.View) string {
	if v.Version > 1 {
		return "referral.text.now"
	}
	return "referral.text"
}

func (p *pages) amendPost(c *web.Context) error {
	id, err := p.s.StartAmendment(c.Ctx(), c.Actor, c.Now, c.Object.Value.(referral.Referral))
	if err != nil {
		return err
	}
	return c.Redirect("/refer/" + id.String() + "/check")
}

type withdrawView struct {
	Form form.Form
	Name string
}

func (p *pages) withdrawGet(c *web.Context) error {
	r := c.Object.Value.(referral.Referral)
	v := withdrawView{Name: r.Text.Person.Name}
	return c.Render(withdrawPage(c.Page("referral.withdraw.title", here(r, ""), "name", v.Name), v))
}

func (p *pages) withdrawPost(c *web.Context) error {
	r := c.Object.Value.(referral.Referral)
	v := withdrawView{Form: form.From(c.R), Name: r.Text.Person.Name}
	reason := v.Form.OneOf("reason", "referral.withdraw.empty", referral.WithdrawReasons...)
	if v.Form.Bad() {
		return c.Invalid(withdrawPage(c.FormPage("referral.withdraw.title", here(r, ""), v.Form, "name", v.Name), v))
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, r.ID, reason), "referral.withdrawn", here(r, ""))
}

func here(r referral.Referral, page string) string { return "/referrals/" + r.ID.String() + page }
