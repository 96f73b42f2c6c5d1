// Package boardweb is the home of the plan, the plan on a page, its versions with what goes with them, and the papers
// for the board with decisions and questions.
package boardweb

import (
	"net/http"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *board.Service }

// Routes of the slice.
func Routes(s *board.Service) []web.Route {
	p := &pages{s}
	route := web.Behind(access.Growth)
	read := func(path string, h web.Handler) web.Route { return route(http.MethodGet, path, strategy.Read, h) }
	both := func(path string, needs access.Permission, get, post web.Handler) []web.Route {
		return []web.Route{route(http.MethodGet, path, needs, get), route(http.MethodPost, path, needs, post)}
	}
	all := []web.Route{
		read("/plan", p.home),
		read("/plan/page", p.now),
		read("/plan/versions", p.versions),
		read("/plan/versions/{n}", p.version),
		read("/plan/versions/{n}/page", p.page),
		read("/plan/versions/{n}/changes", p.changes),
		read("/plan/versions/{n}/coproduction", p.talks),
		read("/plan/versions/{n}/equality", p.impacts),
		read("/plan/board", p.papers),
		read("/plan/board/{id}", p.paper),
	}
	for _, pair := range [][]web.Route{
		both("/plan/versions/start", strategy.Write, p.start, p.startPost),
		both("/plan/versions/{n}/vision", strategy.Write, p.vision, p.visionPost),
		both("/plan/versions/{n}/submit", strategy.Write, p.submit, p.submitPost),
		both("/plan/versions/{n}/sign", board.Sign, p.sign, p.signPost),
		both("/plan/versions/{n}/force", strategy.Write, p.force, p.forcePost),
		both("/plan/versions/{n}/coproduction/add", strategy.Write, p.talk, p.talkPost),
		both("/plan/versions/{n}/equality/add", strategy.Write, p.impact, p.impactPost),
		both("/plan/board/add", strategy.Write, p.add, p.addPost),
		both("/plan/board/{id}/decide", board.Decide, p.decide, p.decidePost),
		both("/plan/board/{id}/ask", board.Ask, p.ask, p.askPost),
		both("/plan/questions/{id}/answer", strategy.Write, p.answer, p.answerPost),
	} {
		all = append(all, pair...)
	}
	return all
}

// find gives the version that the path names.
func (p *pages) find(c *web.Context) (board.Version, error) {
	n, err := strconv.Atoi(c.R.PathValue("n"))
	if err != nil {
		return board.Version{}, fault.Missing("version")
	}
	return p.s.Version(c.Ctx(), c.Actor, n)
}

func path(v board.Version) string { return "/plan/versions/" + strconv.Itoa(v.N) }

// answerWith draws a form: 422 when something is wrong with it.
func answerWith(c *web.Context, title, back, button, lede string, f form.Form, fields ...field) error {
	return ask.Show(c, back, ask.Page{Title: c.T(title), Lede: lede, Form: f, Button: button}, fields...)
}
