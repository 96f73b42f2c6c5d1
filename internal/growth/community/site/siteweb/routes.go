// Package siteweb is where the public site of a service is written: the list of its pages, a page with its preview and its old
// versions, vacancies, and where the site is.
package siteweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home  = "/site-editor"
	pages = home + "/pages/"
)

type editor struct {
	s    *site.Service
	base string // of the links that are shown
}

// Routes of the editors; base is the address under which this installation is found.
func Routes(s *site.Service, base string) []web.Route {
	p := &editor{s, base}
	open := web.Route{Wall: access.Hall, Permission: site.Open, Load: web.NoObject}.On
	draft := web.Route{Wall: access.Growth, Permission: site.Draft, Load: web.NoObject}.On
	publish := web.Route{Wall: access.Growth, Permission: site.Publish, Load: web.NoObject}.On
	return []web.Route{
		draft("GET", home, p.list),
		open("GET", home+"/open", p.open),
		open("POST", home+"/open", p.openPost),
		draft("GET", home+"/add", p.add),
		draft("POST", home+"/add", p.addPost),
		draft("GET", pages+"{page}", p.page),
		draft("GET", pages+"{page}/edit", p.edit),
		draft("POST", pages+"{page}/edit", p.editPost),
		draft("POST", pages+"{page}/offer", p.offer),
		draft("GET", pages+"{page}/versions/{version}", p.version),
		publish("POST", pages+"{page}/publish", p.publish),
		publish("GET", pages+"{page}/return", p.giveBack),
		publish("POST", pages+"{page}/return", p.giveBackPost),
		publish("POST", pages+"{page}/withdraw", p.withdraw),
		publish("GET", pages+"{page}/reviewed", p.reviewed),
		publish("POST", pages+"{page}/reviewed", p.reviewedPost),
		publish("GET", home+"/settings", p.settings),
		publish("POST", home+"/settings", p.settingsPost),
		publish("GET", home+"/vacancies/{id}", p.vacancy),
		publish("POST", home+"/vacancies/{id}", p.vacancyPost),
		publish("POST", home+"/vacancies/{id}/hide", p.hide),
	}
}
