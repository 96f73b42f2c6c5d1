// Package auditweb is the pages of the Caldicott guardian. What somebody searches for never stands in an address:
// a search is posted.
package auditweb

import (
	"context"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit/watch"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ watch *watch.Service }

// Routes of the slice.
func Routes(s *watch.Service) []web.Route {
	p := &pages{s}
	route := func(method, path string, may access.Permission, load web.Loader, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Audit, Permission: may, Load: load, Handle: h}
	}
	return []web.Route{
		route(http.MethodGet, "/audit", watch.Read, web.NoObject, p.searchGet),
		route(http.MethodPost, "/audit", watch.Read, web.NoObject, p.searchPost),
		route(http.MethodGet, "/audit/break-glass", watch.Review, web.NoObject, p.glassList),
		route(http.MethodGet, "/audit/break-glass/{id}", watch.Review, p.loadGlass, p.reviewGet),
		route(http.MethodPost, "/audit/break-glass/{id}", watch.Review, p.loadGlass, p.reviewPost),
		route(http.MethodGet, "/audit/snooping", watch.Read, web.NoObject, p.snooping),
		route(http.MethodGet, "/audit/checkpoints", watch.Read, web.NoObject, p.checkpoints),
		route(http.MethodGet, "/audit/export", watch.Read, web.NoObject, p.exportGet),
		route(http.MethodPost, "/audit/export", watch.Export, web.NoObject, p.exportPost),
	}
}

func (p *pages) loadGlass(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	g, err := p.watch.FindGlass(ctx, a, id)
	if err != nil {
		return access.Object{}, err
	}
	state := "open"
	if g.Finding != "" {
		state = "reviewed"
	}
	return access.Object{Kind: "break_glass", ID: id, Subject: g.Subject, State: state, Relations: []access.Relation{access.Any}, Value: g}, nil
}
