// Package improvementview draws what the pages of the tools beside the plan share.
package improvementview

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
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

var route = web.Behind(access.Growth)
