package memberweb

import (
	"context"
	"net/http"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Inside leads whoever is not in the community, or does not moderate it, from its lists and forms to its first page, which says how it
// is with them. Pages about somebody or something stay missing for them.
func Inside(routes []web.Route) []web.Route {
	for i, r := range routes {
		if r.Method != http.MethodGet || r.Path == home || strings.Contains(r.Path, "{") {
			continue
		}
		load, handle := r.Load, r.Handle
		routes[i].Load = func(ctx context.Context, a access.Actor, asked *http.Request) (access.Object, error) {
			o, err := load(ctx, a, asked)
			if fault.KindOf(err) == fault.NotFound { // Handle looks again, and leads away
				return access.Object{Kind: "community", Relations: []access.Relation{access.Viewer}}, nil
			}
			return o, err
		}
		routes[i].Handle = func(c *web.Context) error {
			_, err := load(c.Ctx(), c.Actor, c.R)
			if err == nil {
				err = handle(c)
			}
			if fault.KindOf(err) == fault.NotFound {
				return c.Redirect(home)
			}
			return err
		}
	}
	return routes
}
