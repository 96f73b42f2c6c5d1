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
	write := func(method, path string, h web.Handler) web.Route {
		return web.Route{Method: method, Path: "/refer/{id}" + path, Wall: access.Employer, Permission: referral.Write, Load: p.load, Handle: p.writing(h)}
	}
	routes := []web.Route{
		start(http.MethodGet, p.findGet), start(http.MethodPost, p.findPost),
		write(http.MethodGet, "", p.tasksGet),
		{Method: http.MethodPost, Path: "/refer/{id}/discard", Wall: access.Employer, Permission: referral.Write, Load: p.load, Handle: p.discardPost},
		write(http.MethodGet, "/not-told", p.notToldGet),
		write(http.MethodGet, "/answers", p.answersGet),
		write(http.MethodGet, "/check", p.checkGet), write(http.MethodPost, "/check", p.checkPost),
	}
	for _, s := range steps {
		routes = append(routes, write(http.MethodGet, "/"+string(s.part), p.stepGet(s)), write(http.MethodPost, "/"+string(s.part), p.stepPost(s)))
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

// writing lets a handler through to a draft, and sends everybody else on to the referral it became.
func (p *pages) writing(h web.Handler) web.Handler {
	return func(c *web.Context) error {
		if _, draft := c.Object.Value.(referral.Draft); !draft {
			return follow(c)
		}
		return h(c)
	}
}

// follow leads to the referral that a draft became.
func follow(c *web.Context) error { return c.Redirect("/referrals/" + c.Object.ID.String() + "/sent") }

func draftOf(c *web.Context) referral.Draft { return c.Object.Value.(referral.Draft) }

func path(d referral.Draft, page string) string {
	if page != "" {
		page = "/" + page
	}
	return "/refer/" + d.ID.String() + page
}
