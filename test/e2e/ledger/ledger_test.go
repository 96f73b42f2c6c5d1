package ledger_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/account/accountweb"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/test/e2e/ledger"
)

// TestLedger visits a few pages of the sign-in and reads what is left.
func TestLedger(t *testing.T) {
	routes := slices.DeleteFunc(accountweb.Routes(account.New(account.Deps{}), func(access.Actor) string { return "/" }, func(seal.Link) string { return "/" }), func(r web.Route) bool {
		return !slices.Contains([]string{"/sign-in", "/sign-out", "/l/{token}", "/account/role"}, r.Path)
	})
	l := ledger.New(routes, ledger.NewSource(os.DirFS("../../..")).Refuses, "X-Visitor")
	var seen []string
	l.Each = func(what string) { seen = append(seen, what) }
	status := map[string]int{"/sign-in": http.StatusOK, "/account/role": http.StatusNotFound, "/l/abc": http.StatusGone}
	h := l.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status[r.URL.Path])
	}))
	ask := func(method, path string) {
		r := httptest.NewRequest(method, path, nil)
		r.Header.Set("X-Visitor", "amara")
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	before := l.Unvisited()
	want := []string{"GET /account/role shown", "GET /l/{token} shown", "GET /sign-in shown", "POST /l/{token} refused", "POST /sign-in refused"}
	if !slices.Equal(before, want) {
		t.Errorf("wanted are %q, want %q", before, want)
	}
	ask(http.MethodGet, "/sign-in")
	ask(http.MethodGet, "/account/role") // not found: nobody saw the page
	ask(http.MethodGet, "/l/abc")
	ask(http.MethodPost, "/sign-in")
	if route, code := l.Last("amara"); route != "POST /sign-in" || code != http.StatusUnprocessableEntity {
		t.Errorf("last was %s %d", route, code)
	}
	if !l.Visited("POST /sign-in", ledger.Refused) || l.Visited("POST /sign-in", ledger.Shown) {
		t.Error("a refused form is noted as shown")
	}
	l.Examined("GET /l/{token}", http.StatusGone)
	if got, want := l.Unexamined(), []string{"GET /sign-in shown"}; !slices.Equal(got, want) {
		t.Errorf("unexamined are %q, want %q", got, want) // the refused form came as no page: it has no content type
	}
	if got := l.Unforeseen(); len(got) > 0 {
		t.Errorf("unforeseen are %q", got)
	}
	ask(http.MethodPost, "/sign-in")
	ask(http.MethodPost, "/sign-out") // which cannot be refused, its source says
	if got, want := l.Unforeseen(), []string{"POST /sign-out"}; !slices.Equal(got, want) {
		t.Errorf("unforeseen are %q, want %q", got, want)
	}
	if want := []string{"GET /sign-in shown", "GET /l/{token} shown", "POST /sign-in refused", "POST /sign-out refused"}; !slices.Equal(seen, want) {
		t.Errorf("seen are %q, want %q", seen, want)
	}
	left := []string{"GET /account/role shown", "POST /l/{token} refused"}
	if got := l.Unvisited(); !slices.Equal(got, left) {
		t.Errorf("left are %q, want %q", got, left)
	}
}

// TestDownload saves a file of HTML: axe has no page to look at.
func TestDownload(t *testing.T) {
	routes := slices.DeleteFunc(accountweb.Routes(account.New(account.Deps{}), func(access.Actor) string { return "/" }, func(seal.Link) string { return "/" }), func(r web.Route) bool {
		return r.Path != "/account/role"
	})
	l := ledger.New(routes, func(web.Route) bool { return false }, "X-Visitor")
	h := l.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="a.html"`)
	}))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/account/role", nil))
	if !l.Visited("GET /account/role", ledger.Shown) || len(l.Unexamined()) > 0 {
		t.Errorf("left are %q, unexamined %q", l.Unvisited(), l.Unexamined())
	}
}

// TestSeenBeforeSent asks for the status while the answer is still being written, as a fast browser does.
func TestSeenBeforeSent(t *testing.T) {
	routes := slices.DeleteFunc(accountweb.Routes(account.New(account.Deps{}), func(access.Actor) string { return "/" }, func(seal.Link) string { return "/" }), func(r web.Route) bool {
		return r.Path != "/account/role"
	})
	l := ledger.New(routes, func(web.Route) bool { return false }, "X-Visitor")
	h := l.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if _, err := w.Write([]byte("here")); err != nil {
			t.Error(err)
		}
		if _, status := l.Last("amara"); status != http.StatusOK {
			t.Errorf("while it is sent the status is %d, want 200", status)
		}
	}))
	r := httptest.NewRequest(http.MethodGet, "/account/role", nil)
	r.Header.Set("X-Visitor", "amara")
	h.ServeHTTP(httptest.NewRecorder(), r)
}
