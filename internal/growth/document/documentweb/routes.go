// Package documentweb hands a document out.
package documentweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/documentview"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Routes of the slice.
func Routes(s *document.Service) []web.Route {
	return []web.Route{{Method: http.MethodGet, Path: "/documents/{id}", Wall: access.Growth, Permission: document.Read, Load: web.NoObject, Handle: func(c *web.Context) error {
		id, err := c.ID("id")
		if err != nil {
			return err
		}
		f, content, err := s.Open(c.Ctx(), c.Actor, c.Now, id)
		if err != nil {
			return err
		}
		documentview.Send(c.W, f, content)
		return nil
	}}}
}
