// Package ownweb has the pages on which a person reads their own record, and who looked at it.
package ownweb

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *own.Service }

// Routes are the pages of the slice.
func Routes(s *own.Service) []web.Route {
	p := &pages{s}
	return []web.Route{
		{Method: "GET", Path: "/my/record", Wall: access.Portal, Permission: own.Record, Load: web.NoObject, Handle: p.record},
		{Method: "GET", Path: "/my/who-looked", Wall: access.Portal, Permission: own.Looked, Load: web.NoObject, Handle: p.looked},
	}
}

func (p *pages) record(c *web.Context) error {
	mine, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(recordPage(c.Page("own.record.title", "/my"), mine, c.Now))
}

type looksView struct {
	Looks              []own.Look
	Total, Page, Pages int
}

func (p *pages) looked(c *web.Context) error {
	page, err := strconv.Atoi(c.R.URL.Query().Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	looks, total, err := p.s.Looks(c.Ctx(), c.Actor, page)
	if err != nil {
		return err
	}
	v := looksView{Looks: looks, Total: total, Page: page, Pages: (total + own.PerPage - 1) / own.PerPage}
	shell := c.Page("own.looked.title", "/my")
	shell.Page, shell.Pages = v.Page, v.Pages
	return c.Render(looksPage(shell, v))
}

// words gives the text of a key, or of another where a code has no words of its own: a row of the log is never left out
// because some part of the house has a new name for what it does.
func words(ctx context.Context, key, other string) string {
	if locale.From(ctx).Has(key) {
		return locale.T(ctx, key)
	}
	return locale.T(ctx, other)
}
