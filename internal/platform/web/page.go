package web

import (
	"strings"

	"context"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

// Link is one part of the site in the navigation, for those who may use its permission.
type Link struct {
	Key        string // of its words
	Path       string
	Permission access.Permission
}

// Frame is what the shell of every page needs besides the page itself.
type Frame struct {
	Demo       bool
	NotAssured func(ctx context.Context) bool
	Nav        []Link
	// Place says in words where an actor acts: the name of the organisation or service.
	Place func(ctx context.Context, a access.Actor) string
}

// Page makes the shell of a page: its title, who is signed in and as what, and where they can go.
func (c *Context) Page(titleKey, back string, args ...any) layout.PageParams {
	p := layout.PageParams{
		Title: c.T(titleKey, args...), Lang: locale.From(c.Ctx()).Lang, Back: back,
		Demo: c.srv.cfg.Frame.Demo, Nav: c.nav(),
	}
	if c.srv.cfg.Frame.NotAssured != nil {
		p.NotAssured = c.srv.cfg.Frame.NotAssured(c.Ctx())
	}
	if c.Actor.Role != access.Anonymous {
		p.User = &layout.User{Name: c.Actor.Name, Role: c.T("role." + string(c.Actor.Role))}
		p.SessionLeft = c.Actor.SessionLeft
		if c.srv.cfg.Frame.Place != nil {
			p.User.Place = c.srv.cfg.Frame.Place(c.Ctx(), c.Actor)
		}
	}
	if !c.open {
		if key := c.srv.sessions.PopString(c.Ctx(), flashKey); key != "" {
			p.Flash = &layout.Flash{Success: true, Text: c.T(key)}
		}
	}
	return p
}

// FormPage is Page with the error summary of a form.
func (c *Context) FormPage(titleKey, back string, f form.Form, args ...any) layout.PageParams {
	p := c.Page(titleKey, back, args...)
	p.Errors = form.ErrorItems(c.Ctx(), f)
	return p
}

// nav lists the links that the actor may use. The one whose path is the longest beginning of the page's own is where
// we are: /my/reports is a part of /my, but only one link is lit.
func (c *Context) nav() []layout.NavItem {
	var items []layout.NavItem
	here, nearest := c.R.URL.Path, -1
	for _, l := range c.srv.cfg.Frame.Nav {
		if c.Actor.Role == access.Anonymous || !c.May(l.Permission) {
			continue
		}
		within := here == l.Path || strings.HasPrefix(here, l.Path+"/")
		if within && (nearest < 0 || len(l.Path) > len(items[nearest].Href)) {
			nearest = len(items)
		}
		items = append(items, layout.NavItem{Href: l.Path, Text: c.T(l.Key), Current: here == l.Path})
	}
	if nearest >= 0 {
		items[nearest].Active = !items[nearest].Current
	}
	return items
}
