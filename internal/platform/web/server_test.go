package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

// TestErrorPageOfNobody: a page drawn before anybody is known shows no role, no place and no way to sign out.
func TestErrorPageOfNobody(t *testing.T) {
	table, err := access.NewTable([]access.Rule{{Permission: "x.read", Wall: access.Hall, Data: access.D0, Purpose: "Test", Allow: map[access.Role][]access.Relation{access.Nurse: {access.Any}}}})
	if err != nil {
		t.Fatal(err)
	}
	nurse := access.Actor{Name: "Helen Marsh", Role: access.Nurse}
	for _, c := range []struct {
		name, path string
		actor      access.Actor
		err        error
		status     int
		signedIn   bool
	}{
		{"no such page, no session", "/nowhere", access.Actor{}, fault.New(fault.SignIn, ""), http.StatusNotFound, false},
		{"no such page, signed in", "/nowhere", nurse, nil, http.StatusNotFound, true},
		{"the session cannot be read", "/x", access.Actor{}, errors.New("no database"), http.StatusInternalServerError, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := web.New(web.Config{
				Routes: []web.Route{{Method: http.MethodGet, Path: "/x", Wall: access.Hall, Permission: "x.read", Load: web.NoObject, Handle: func(c *web.Context) error { return nil }}},
				Table:  table, Sessions: scs.New(), Assets: http.NotFoundHandler(), Now: time.Now, Log: slog.New(slog.DiscardHandler),
				Actor: func(context.Context) (access.Actor, error) { return c.actor, c.err },
				ErrorPage: func(c *web.Context, titleKey, _, _ string) templ.Component {
					return layout.Page(c.Page(titleKey, ""))
				},
				Frame: web.Frame{Place: func(context.Context, access.Actor) string { return "Staff Health" }},
			})
			if err != nil {
				t.Fatal(err)
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
			body := w.Body.String()
			if w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
			if strings.Contains(body, "role.") || strings.Contains(body, "Sign out") != c.signedIn || strings.Contains(body, "Staff Health") != c.signedIn {
				t.Errorf("signed in %v: %s", c.signedIn, body)
			}
		})
	}
}

// TestRoleGoesFirst: to a role that may never use a route it is missing before its object is looked for or its form is
// read, so which object was asked for makes no difference.
func TestRoleGoesFirst(t *testing.T) {
	table, err := access.NewTable([]access.Rule{{Permission: "x.write", Wall: access.Hall, Data: access.D0, Purpose: "Test", Allow: map[access.Role][]access.Relation{access.Nurse: {access.Any}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role                      access.Role
		status                    int
		loaded, read, handled, in bool
	}{
		{access.Nurse, http.StatusOK, true, true, true, true},
		{access.Manager, http.StatusNotFound, false, false, false, true},
		{access.Anonymous, http.StatusUnauthorized, false, true, false, false}, // what was typed is kept for after signing in
	} {
		t.Run(string(c.role), func(t *testing.T) {
			loaded, handled, denied := false, false, false
			s, err := web.New(web.Config{
				Routes: []web.Route{{Method: http.MethodPost, Path: "/x/{id}", Wall: access.Hall, Permission: "x.write",
					Load: func(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
						loaded = true
						return access.Object{}, nil
					},
					Handle: func(c *web.Context) error { handled = true; return nil }}},
				Table: table, Sessions: scs.New(), Assets: http.NotFoundHandler(), Now: time.Now, Log: slog.New(slog.DiscardHandler),
				Actor: func(context.Context) (access.Actor, error) {
					if !c.in {
						return access.Actor{}, fault.New(fault.SignIn, "")
					}
					return access.Actor{Role: c.role}, nil
				},
				Denied: func(_ context.Context, _ access.Actor, _ access.Permission, o access.Object, _ string) {
					denied = o.Kind == ""
				},
				SignedOut: func(c *web.Context, _ form.Form) templ.Component { return layout.Page(c.Page("x", "")) },
				ErrorPage: func(c *web.Context, titleKey, _, _ string) templ.Component { return layout.Page(c.Page(titleKey, "")) },
			})
			if err != nil {
				t.Fatal(err)
			}
			w, body := httptest.NewRecorder(), strings.NewReader("a=b")
			r := httptest.NewRequest(http.MethodPost, "/x/1", body)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			s.ServeHTTP(w, r)
			if read := body.Len() == 0; w.Code != c.status || loaded != c.loaded || read != c.read || handled != c.handled {
				t.Errorf("status %d, loaded %v, read %v, handled %v", w.Code, loaded, read, handled)
			}
			if denied != (c.role == access.Manager) {
				t.Errorf("denied and written down: %v", denied)
			}
		})
	}
}
