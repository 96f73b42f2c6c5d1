// Package noteweb has the pages on which a clinician writes: the note, its addenda, what is withheld, and fitness for work.
package noteweb

import (
	"slices"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct {
	s        *note.Service
	cases    *casefile.Service
	referral func(casefile.Referral) templ.Component // draws one
}

// Routes are the pages of the slice; cases loads the case that they are about.
func Routes(s *note.Service, cases *casefile.Service, referral func(casefile.Referral) templ.Component) []web.Route {
	p := &pages{s, cases, referral}
	on := func(method, path string, permission access.Permission, handle web.Handler) web.Route {
		return web.Route{Method: method, Path: "/cases/{id}/notes/" + path, Wall: access.Clinical, Permission: permission, Load: cases.LoadCase, Handle: handle}
	}
	return []web.Route{
		on("GET", "new", note.Write, p.begin),
		on("GET", "{note}", note.Read, p.read),
		on("POST", "{note}/save", note.Write, p.save),
		on("GET", "{note}/addendum", note.Write, p.addendumGet),
		on("POST", "{note}/addendum", note.Write, p.addendumPost),
		on("GET", "{note}/withhold", note.Withhold, p.withholdGet),
		on("POST", "{note}/withhold", note.Withhold, p.withholdPost),
		on("GET", "{note}/outcome", note.Opinion, p.outcomeGet),
		on("POST", "{note}/outcome", note.Opinion, p.outcomePost),
	}
}

// about is what every page of a note says: whose record it is, and where the way back leads.
type about struct {
	Case casefile.Case
	Back string
	Note string // id
}

func aboutOf(c *web.Context) about {
	x := c.Object.Value.(casefile.Case)
	if slices.Contains(c.Object.Relations, access.Author) { // the case is closed to them, all but what is withheld in it
		return about{Case: x, Back: "/today", Note: c.R.PathValue("note")}
	}
	return about{Case: x, Back: "/cases/" + x.ID.String(), Note: c.R.PathValue("note")}
}

func (a about) path(page string) string { return a.Back + "/notes/" + a.Note + page }
