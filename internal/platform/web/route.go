// Package web turns a table of routes into a server. Every route names the wall it works behind, the
// permission it needs and the loader that finds the object it is about; the server refuses to start if one
// does not. A handler gets a Context, and returns an error that one function (errors.go) turns into a page
// and a log line.
package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// Handler answers one request.
type Handler func(c *Context) error

// Loader finds the object a route is about, and what the actor is to it. It answers fault.Missing for an
// object that is not there, which a user cannot tell from one that is forbidden.
type Loader func(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error)

// NoObject is the loader of a page that is about no single thing.
func NoObject(context.Context, access.Actor, *http.Request) (access.Object, error) {
	return access.Object{}, nil
}

// Route is one row of the table.
type Route struct {
	Method     string // GET or POST
	Path       string // in net/http's pattern language: /referrals/{id}/amend
	Wall       access.Wall
	Permission access.Permission
	Load       Loader
	Handle     Handler
	Public     bool // open without a session; Permission must then allow access.Anonymous
	// Open is a public page that is the same for everybody: no session is read and none is begun, so no cookie is set, and
	// the handler may let caches keep the answer.
	Open bool
}

// On is the row of one page of r's kind: its path goes on from r's, and it has r's wall, permission and loader.
func (r Route) On(method, path string, h Handler) Route {
	r.Method, r.Path, r.Handle = method, r.Path+path, h
	return r
}

// Behind makes rows of pages that are about no single object, each with its own permission behind one wall.
func Behind(wall access.Wall) func(method, path string, needs access.Permission, h Handler) Route {
	return func(method, path string, needs access.Permission, h Handler) Route {
		return Route{Wall: wall, Permission: needs, Load: NoObject}.On(method, path, h)
	}
}

// Pattern is what http.ServeMux takes.
func (r Route) Pattern() string {
	p := r.Path
	if p == "/" {
		p = "/{$}"
	}
	return r.Method + " " + p
}

// check holds the rules of the table.
func check(routes []Route, table *access.Table) error {
	var faults []error
	seen := map[string]bool{}
	for _, r := range routes {
		rule, known := table.Rule(r.Permission)
		twice := seen[r.Pattern()]
		seen[r.Pattern()] = true
		switch {
		case twice:
			faults = append(faults, fmt.Errorf("route %s is in the table twice", r.Pattern()))
		case r.Handle == nil || r.Load == nil:
			faults = append(faults, fmt.Errorf("route %s has no handler or no loader", r.Pattern()))
		case !known:
			faults = append(faults, fmt.Errorf("route %s needs permission %q, which has no rule", r.Pattern(), r.Permission))
		case rule.Wall != r.Wall:
			faults = append(faults, fmt.Errorf("route %s is behind the %s wall, its permission behind %s", r.Pattern(), r.Wall, rule.Wall))
		case r.Public != (len(rule.Allow[access.Anonymous]) > 0):
			faults = append(faults, fmt.Errorf("route %s: public must agree with its permission", r.Pattern()))
		case r.Open && (!r.Public || r.Method != http.MethodGet):
			faults = append(faults, fmt.Errorf("route %s is open, so it must be public and only read", r.Pattern()))
		}
	}
	return errors.Join(faults...)
}
