package documentview

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/growth/document"
)

// Send gives a document as an attachment: no browser shows it as a page of ours, or guesses that it is one.
func Send(w http.ResponseWriter, f document.File, content []byte) {
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
