// Package webtest asks questions of pages: it serves a slice's routes as any actor, and reads the HTML that
// comes back. The access table, loaders, error pages and security headers are the real ones; only the session
// is replaced by the actor that the test names.
package webtest

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Site serves routes for a test.
type Site struct {
	t       testing.TB
	handler http.Handler
	Denials []string     // what the table refused: "permission reason"
	Logged  bytes.Buffer // all that was logged, at every level
}

type actorKey struct{}

// New builds a site of routes under rules; now is the time of every request.
func New(t testing.TB, now time.Time, routes []web.Route, rules ...[]access.Rule) *Site {
	t.Helper()
	table, err := access.NewTable(rules...)
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{t: t}
	srv, err := web.New(web.Config{
		Routes: routes, Table: table, Sessions: scs.New(), Assets: http.NotFoundHandler(),
		Actor: func(ctx context.Context) (access.Actor, error) {
			a, ok := ctx.Value(actorKey{}).(access.Actor)
			if !ok {
				return access.Actor{}, fault.New(fault.SignIn, "")
			}
			return a, nil
		},
		Denied: func(_ context.Context, _ access.Actor, p access.Permission, _ access.Object, reason string) {
			s.Denials = append(s.Denials, string(p)+" "+reason)
		},
		ErrorPage: func(c *web.Context, titleKey, bodyKey, _ string) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, err := io.WriteString(w, "<html lang=en><title>"+c.T(titleKey)+"</title><main><h1>"+c.T(titleKey)+"</h1><p>"+c.T(bodyKey)+"</p></main></html>")
				return err
			})
		},
		SignedOut: func(_ *web.Context, typed form.Form) templ.Component {
			return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				if _, err := io.WriteString(w, "<html lang=en><title>Signed out</title><form method=post>"); err != nil {
					return err
				}
				return form.Kept(typed).Render(ctx, w)
			})
		},
		Now: func() time.Time { return now },
		Log: slog.New(slog.NewMultiHandler(slog.NewTextHandler(logTo{t}, &slog.HandlerOptions{Level: slog.LevelWarn}), slog.NewTextHandler(&s.Logged, &slog.HandlerOptions{Level: slog.LevelDebug}))),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = srv
	return s
}

type logTo struct{ t testing.TB }

func (l logTo) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// Browser is a site as one actor sees it. It keeps cookies, as one browser does.
type Browser struct {
	site  *Site
	actor *access.Actor
	jar   http.CookieJar
}

func (s *Site) browser(a *access.Actor) *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &Browser{s, a, jar}
}

// As gives the site to an actor.
func (s *Site) As(a access.Actor) *Browser { return s.browser(&a) }

// Anonymous gives the site to nobody.
func (s *Site) Anonymous() *Browser { return s.browser(nil) }

// Get asks for a page.
func (b *Browser) Get(path string) *Page {
	return b.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// Post sends a form, as the same origin does.
func (b *Browser) Post(path string, form url.Values) *Page {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

// Send sends any request, for uploads and headers of a test's own.
func (b *Browser) Send(r *http.Request) *Page { return b.do(r) }

func (b *Browser) do(r *http.Request) *Page {
	b.site.t.Helper()
	if b.actor != nil {
		r = r.WithContext(context.WithValue(r.Context(), actorKey{}, *b.actor))
	}
	at := &url.URL{Scheme: "https", Host: "rowan.test", Path: r.URL.Path}
	for _, c := range b.jar.Cookies(at) {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.handler.ServeHTTP(w, r)
	b.jar.SetCookies(at, w.Result().Cookies())
	return newPage(b.site.t, r.Method+" "+r.URL.Path, w)
}
