// Package referweb is the journey in which a manager or HR writes a referral: find the person, answer one
// question a page with a task list to come back to, check, send. From "Refer" to the confirmation a typical
// referral takes twelve pages at most; a test counts them.
package referweb

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct {
	s *referral.Service
	d *delegation.Service
}

// Routes lists the pages of the journey.
func Routes(s *referral.Service, d *delegation.Service) []web.Route {
	p := &pages{s, d}
	start := func(method string, h web.Handler) web.Route {
		return web.Route{Method: method, Path: "/refer", Wall: access.Employer, Permission: referral.Start, Load: web.NoObject, Handle: h}
	}
	draft := func(method, path string, h web.Handler) web.Route {
		return web.Route{Method: method, Path: "/refer/{id}" + path, Wall: access.Employer, Permission: referral.Write, Load: p.load, Handle: h}
	}
	read := func(path string, h web.Handler) web.Route { return draft(http.MethodGet, path, p.writing(h)) }
	write := func(path string, h web.Handler) web.Route { return draft(http.MethodPost, path, h) }
	routes := []web.Route{
		start(http.MethodGet, p.findGet), start(http.MethodPost, p.findPost),
		read("", p.tasksGet),
		write("/discard", p.discardPost),
		read("/not-told", p.notToldGet),
		read("/answers", p.answersGet),
		read("/check", p.checkGet), write("/check", p.checkPost),
	}
	for _, s := range steps {
		post := p.stepPost(s)
		if s.take != nil {
			post = p.takePost(s)
		}
		routes = append(routes, read("/"+string(s.part), p.stepGet(s)), write("/"+string(s.part), post))
	}
	return routes
}

// load finds a draft of the actor's. One that was sent is gone: the referral it became is found instead, under
// the same id or the one that the page carries, so that a second press and the back button lead to it.
func (p *pages) load(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	d, err := p.s.Draft(ctx, a, id)
	if err == nil {
		return access.Object{Kind: "draft", ID: id, Subject: d.Answers.Person.ID, State: "draft", Relations: []access.Relation{access.Author}, Value: d}, nil
	}
	if fault.KindOf(err) != fault.NotFound {
		return access.Object{}, err
	}
	if sent, err := uuid.Parse(r.PostForm.Get("referral")); err == nil {
		id = sent
	}
	ref, err := p.s.Load(ctx, a, id)
	if err != nil {
		return access.Object{}, err
	}
	return ref.Object(a, ""), nil
}

// writing lets a page be seen of a draft, and sends everybody else on to the referral it became.
func (p *pages) writing(h web.Handler) web.Handler {
	return func(c *web.Context) error {
		if sent(c) {
			return follow(c)
		}
		return h(c)
	}
}

// sent says whether the draft has become a referral; every form asks itself, so that its source says what it answers.
func sent(c *web.Context) bool {
	_, draft := c.Object.Value.(referral.Draft)
	return !draft
}

// follow leads to the referral.
func follow(c *web.Context) error { return c.Redirect("/referrals/" + c.Object.ID.String() + "/sent") }

func draftOf(c *web.Context) referral.Draft { return c.Object.Value.(referral.Draft) }

func path(d referral.Draft, page string) string {
	if page != "" {
		page = "/" + page
	}
	return "/refer/" + d.ID.String() + page
}
