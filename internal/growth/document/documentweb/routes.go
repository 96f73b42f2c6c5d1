// Package documentweb hands a document out.
package documentweb

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
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
		send(c.W, f, content)
		return nil
	}}}
}

// send gives a document as an attachment: no browser shows it as a page of ours, or guesses that it is one.
func send(w http.ResponseWriter, f document.File, content []byte) {
	media := f.MediaType
	if strings.HasPrefix(media, "text/") {
		media += "; charset=utf-8"
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	_, _ = w.Write(content) // whoever asked may have gone
}
