package web

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// policy is the content security policy of every page: our own files, no inline script or style, Trusted Types.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; " + framedByNobody + "; object-src 'none'; require-trusted-types-for 'script'"

const framedByNobody = "frame-ancestors 'none'"

// FramedBy lets the sites at some origins show the page inside one of theirs; none where there are none. It is for a page that
// holds nothing to press but links. Who calls it has checked the origins: a space or a semicolon in one would add to the policy.
func (c *Context) FramedBy(origins []string) {
	if len(origins) == 0 {
		return
	}
	c.W.Header().Set("Content-Security-Policy", strings.Replace(policy, framedByNobody, "frame-ancestors "+strings.Join(origins, " "), 1))
	c.W.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// maxBody bounds a form: the longest has ten text boxes of 4,000 characters. Uploads have their own bound.
const (
	maxBody   = 256 << 10
	maxUpload = 64 << 20 // a year of a large trust's absence export is about 20 MB
	inMemory  = 1 << 20  // of an upload; the rest goes to disk until it is read
)

func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, uuid.NewString())))
	})
}

// noStore keeps pages out of every cache: the next person at a ward PC must not find them with the back button.
func noStore(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func (s *Server) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				// The panic's text may quote a value, so the log has its type only.
				s.log.ErrorContext(r.Context(), "handler panicked", "request", requestID(r), "type", fmt.Sprintf("%T", p))
				http.Error(w, "Sorry, there is a problem with Rowan", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

type requestKey struct{}

func requestID(r *http.Request) string {
	id, _ := r.Context().Value(requestKey{}).(string)
	return id
}

// isUpload says whether a POST brings a file.
func isUpload(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data")
}

// parseUpload reads a form with a file within its bound. From the public it takes no more than a form may have, which
// stays in memory.
func parseUpload(w http.ResponseWriter, r *http.Request, public bool) error {
	limit := int64(maxUpload)
	if public {
		limit = maxBody
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if err := r.ParseMultipartForm(inMemory); err != nil {
		return fault.Wrap(fault.Invalid, "fault.too_long", err)
	}
	return nil
}

// address is the IP address that a request came from. Behind our proxy it is the last one of X-Forwarded-For, which the
// proxy added; what stands before it anybody can write. A text that is no address is none.
func address(r *http.Request, proxied bool) string {
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	if proxied {
		from = ""
		if list := r.Header.Values("X-Forwarded-For"); len(list) > 0 {
			last := list[len(list)-1]
			from = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
		}
	}
	ip, err := netip.ParseAddr(from)
	if err != nil {
		return ""
	}
	return ip.Unmap().WithZone("").String()
}

// parse reads the form of a POST, other than an upload, within its bound.
func parse(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.too_long", err)
	}
	return nil
}

// text gives a form field with line ends made one, outer spaces and NUL bytes (which PostgreSQL refuses) gone.
func text(r *http.Request, name string) string {
	v := strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n")
	return strings.TrimSpace(strings.ReplaceAll(v, "\x00", ""))
}

var errStepUp = fault.New(fault.StepUp, "")

func forbidden(p access.Permission, reason string) error {
	return fault.Wrap(fault.Forbidden, "fault.not_found", fmt.Errorf("%s refused: %s", p, reason))
}
