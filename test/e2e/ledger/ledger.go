// Package ledger notes which pages a run has visited, so that one which no walk visits fails the run.
//
// It wraps the server's handler and matches every request against the same patterns, therefore it sees what was
// answered and not what a test believes it asked. Each GET route must have been shown; each POST route whose handler can
// refuse a form must have refused one (status 422), because the page with its errors is another page to a screen reader.
// Which handlers can is read in their source; a form that was refused and was not expected to be fails the run as well.
// And axe must have examined every page that was shown, in each of the two states.
package ledger

import (
	"net/http"
	"sort"
	"strings"
	"sync"

	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// The states of a route.
const (
	Shown   = "shown"   // a page or a redirect
	Refused = "refused" // the form again, with its errors
)

// Ledger is the book of one run.
type Ledger struct {
	Each     func(seen string) // is told what is seen for the first time; nil for nobody
	header   string
	mux      *http.ServeMux
	wanted   map[visit]bool
	mu       sync.Mutex
	visited  map[visit]bool
	pages    map[visit]bool // visited, and an HTML page: neither a redirect nor a download
	examined map[visit]bool
	visitors map[string]answer
}

type visit struct{ route, state string }

type answer struct {
	route  string
	status int
}

// New opens a book for a route table. refuses says which POST routes can refuse a form; header names the visitor.
func New(routes []web.Route, refuses func(web.Route) bool, header string) *Ledger {
	l := &Ledger{header: header, mux: http.NewServeMux(), wanted: map[visit]bool{}, visited: map[visit]bool{}, pages: map[visit]bool{}, examined: map[visit]bool{}, visitors: map[string]answer{}}
	for _, r := range routes {
		l.mux.Handle(r.Pattern(), http.NotFoundHandler())
		switch {
		case r.Method == http.MethodGet:
			l.wanted[visit{r.Pattern(), Shown}] = true
		case refuses(r):
			l.wanted[visit{r.Pattern(), Refused}] = true
		}
	}
	return l
}

// Wrap notes what a handler answers.
func (l *Ledger) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, pattern := l.mux.Handler(r)
		if pattern == "" || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		seen := &recorder{ResponseWriter: w, note: func(status int) {
			redirect := status >= http.StatusMultipleChoices && status < http.StatusBadRequest
			download := strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment")
			page := !redirect && !download && strings.HasPrefix(w.Header().Get("Content-Type"), "text/html")
			l.note(pattern, status, page, r.Header.Get(l.header))
		}}
		next.ServeHTTP(seen, r)
		seen.see(http.StatusOK)
	})
}

// state is that of an answer; "" for what is no page of this route.
func state(status int) string {
	switch {
	case status == http.StatusUnprocessableEntity:
		return Refused
	case status < http.StatusBadRequest || status == http.StatusGone: // 410: a link that is over has its own page
		return Shown
	}
	return ""
}

func (l *Ledger) note(route string, status int, page bool, visitor string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := state(status); s != "" {
		v := visit{route, s}
		if l.Each != nil && !l.visited[v] {
			l.Each(route + " " + s)
		}
		l.visited[v], l.pages[v] = true, l.pages[v] || page
	}
	if visitor != "" {
		l.visitors[visitor] = answer{route, status}
	}
}

// Last gives the route and status that a visitor was answered last.
func (l *Ledger) Last(visitor string) (route string, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.visitors[visitor]
	return a.route, a.status
}

// Examined notes that axe has looked at the page that a route answered with this status.
func (l *Ledger) Examined(route string, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.examined[visit{route, state(status)}] = true
}

// Unexamined lists the pages that a walk has seen and axe has not.
func (l *Ledger) Unexamined() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return missing(l.pages, l.examined)
}

// Visited says whether a route was seen in a state.
func (l *Ledger) Visited(route, state string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.visited[visit{route, state}]
}

// Unforeseen lists the forms that were refused although their source does not say that they can be.
func (l *Ledger) Unforeseen() (out []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for v := range l.visited {
		if v.state == Refused && strings.HasPrefix(v.route, http.MethodPost) && !l.wanted[v] {
			out = append(out, v.route)
		}
	}
	sort.Strings(out)
	return out
}

// Unvisited lists what no walk has seen: "GET /today shown", "POST /refer refused".
func (l *Ledger) Unvisited() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return missing(l.wanted, l.visited)
}

// missing lists what one set has and the other has not.
func missing(in, from map[visit]bool) (out []string) {
	for v, yes := range in {
		if yes && !from[v] {
			out = append(out, v.route+" "+v.state)
		}
	}
	sort.Strings(out)
	return out
}

// recorder notes the status of an answer before anything of it is sent: the walk asks for it as soon as the page is
// there, which may be before the handler has returned.
type recorder struct {
	http.ResponseWriter
	note  func(status int)
	noted bool
}

func (r *recorder) see(status int) {
	if !r.noted {
		r.noted = true
		r.note(status)
	}
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	r.see(status)
	r.ResponseWriter.WriteHeader(status)
}

// Write notes that all is well, unless a status was written.
func (r *recorder) Write(p []byte) (int, error) {
	r.see(http.StatusOK)
	return r.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
