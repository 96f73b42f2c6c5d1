package app

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

// helpRoutes are the pages that the foot of every page leads to; they are open to everybody.
func helpRoutes() []web.Route {
	page := func(path, title string, body func(layout.PageParams) templ.Component) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Wall: access.Hall, Permission: account.Help, Load: web.NoObject, Public: true,
			Handle: func(c *web.Context) error { return c.Render(body(c.Page(title, ""))) }}
	}
	return []web.Route{
		page("/help/accessibility", "help.accessibility.title", accessibilityPage),
		page("/help/privacy", "help.privacy.title", privacyPage),
		page("/help/contact", "help.contact.title", contactPage),
	}
}

func errorPage(c *web.Context, titleKey, bodyKey, reference string) templ.Component {
	return faultPage(c.Page(titleKey, ""), titleKey, bodyKey, reference)
}
