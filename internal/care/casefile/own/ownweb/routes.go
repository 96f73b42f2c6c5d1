// Package ownweb has the pages on which a person reads their own record, and who looked at it.
package ownweb

import (
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own"
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
	Looks       []own.Look
	Total, Page int
	More        bool
}

func (p *pages) looked(c *web.Context) error {
	page, err := strconv.Atoi(c.R.URL.Query().Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	looks, total, more, err := p.s.Looks(c.Ctx(), c.Actor, page)
	if err != nil {
		return err
	}
	shell := c.Page("own.looked.title", "/my")
	shell.Page = page
	return c.Render(looksPage(shell, looksView{looks, total, page, more}))
}
