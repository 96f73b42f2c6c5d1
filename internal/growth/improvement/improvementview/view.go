// Package improvementview draws what the pages of the tools beside the plan share.
package improvementview

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Read, Ask and Write make the routes of a tool: a page, a page with a form, and what the form posts to.
func Read(path string, h web.Handler) web.Route {
	return route(http.MethodGet, path, improvement.Read, h)
}

// Ask is a page that only who writes needs.
func Ask(path string, h web.Handler) web.Route {
	return route(http.MethodGet, path, improvement.Write, h)
}

// Write is what a form posts to.
func Write(path string, h web.Handler) web.Route {
	return route(http.MethodPost, path, improvement.Write, h)
}

func route(method, path string, needs access.Permission, h web.Handler) web.Route {
	return web.Route{Method: method, Path: path, Wall: access.Growth, Permission: needs, Load: web.NoObject, Handle: h}
}

// Asking is a page that is one form. Hidden values of the form named id, seen and stage are sent along.
type Asking struct {
	Title  string
	Lede   string // "" for none
	Form   form.Form
	Button string // key of its words
}

// Answer shows the form, with status 422 when something is wrong with it.
func Answer(c *web.Context, back string, a Asking, fields ...Field) error {
	params := c.FormPage("improvement.form", back, a.Form)
	params.Title = a.Title
	page := askPage(params, a, fields)
	if a.Form.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

// Fresh is an empty form for a thing that gets this id: sent twice, it makes one thing.
func Fresh() (form.Form, error) {
	id, err := uuid.NewV7()
	return form.Of(url.Values{"id": {id.String()}}), err
}

// ID reads the id of a fresh form.
func ID(f form.Form) (uuid.UUID, error) {
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		return uuid.Nil, fault.Missing("form")
	}
	return id, nil
}

// Merge puts what a rule found beside what was wrong with a date as typed: one that is not real is not also missing.
func Merge(f *form.Form, found fault.Fields) {
	typed := f.Faults
	f.Faults = nil
	for _, x := range found {
		if d := typed.Of(x.Name); d != nil {
			x = *d
		}
		f.Faults = append(f.Faults, x)
	}
	for _, d := range typed {
		if f.Faults.Of(d.Name) == nil {
			f.Faults = append(f.Faults, d)
		}
	}
}

// Day reads a day; one that is missing or not real is the zero day.
func Day(f *form.Form, name string) civil.Date {
	t := f.Date(name)
	if t.IsZero() {
		return civil.Date{}
	}
	return locale.Day(t)
}

// SetDay stores a day so that the fields show it.
func SetDay(f form.Form, name string, d civil.Date) {
	form.SetDate(f.Values, name, locale.CivilDate(d.Year, d.Month, d.Day))
}
