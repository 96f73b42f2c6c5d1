package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is an answer, parsed.
type Page struct {
	t        testing.TB
	what     string
	Status   int
	Location string // of a redirect
	Header   map[string][]string
	Body     string
	root     *html.Node
}

func newPage(t testing.TB, what string, w *httptest.ResponseRecorder) *Page {
	t.Helper()
	body := w.Body.String()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return &Page{t: t, what: what, Status: w.Code, Location: w.Header().Get("Location"), Header: w.Header(), Body: body, root: root}
}

// Want fails the test unless the page has the status; it returns the page, so that questions can follow.
func (p *Page) Want(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s: status %d, want %d; location %q; page: %s", p.what, p.Status, status, p.Location, short(p.Text()))
	}
	return p
}

// To fails the test unless the page sends the browser on to a path that begins so; it returns the path.
func (p *Page) To(prefix string) string {
	p.t.Helper()
	if p.Status != 303 || !strings.HasPrefix(p.Location, prefix) {
		p.t.Fatalf("%s: status %d to %q, want 303 to %s…; page: %s", p.what, p.Status, p.Location, prefix, short(p.Text()))
	}
	return p.Location
}

// Says fails the test unless the page's text holds each of the words.
func (p *Page) Says(words ...string) *Page {
	p.t.Helper()
	for _, w := range words {
		if !strings.Contains(p.Text(), w) {
			p.t.Errorf("%s does not say %q; it says: %s", p.what, w, short(p.Text()))
		}
	}
	return p
}

// Hides fails the test if any of the words is anywhere in the answer, markup included.
func (p *Page) Hides(words ...string) *Page {
	p.t.Helper()
	for _, w := range words {
		if strings.Contains(p.Body, w) {
			p.t.Errorf("%s shows %q", p.what, w)
		}
	}
	return p
}

// Text is what a reader sees, spaces folded.
func (p *Page) Text() string {
	var b strings.Builder
	walk(p.root, func(n *html.Node) {
		if n.Type == html.TextNode && n.Parent != nil && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(n.Data + " ")
		}
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// Title is the page's title.
func (p *Page) Title() (title string) {
	walk(p.root, func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "title" && n.FirstChild != nil {
			title = strings.TrimSpace(n.FirstChild.Data)
		}
	})
	return title
}

// Errors lists the texts of the error summary.
func (p *Page) Errors() (out []string) {
	walk(p.root, func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "a" && n.Parent != nil && n.Parent.Parent != nil && strings.Contains(Attr(n.Parent.Parent, "class"), "nhsuk-error-summary") && n.FirstChild != nil {
			out = append(out, strings.TrimSpace(n.FirstChild.Data))
		}
	})
	return out
}

// Refuses holds the page to a form that came back with these errors and no others, and says so in its title.
func (p *Page) Refuses(want ...string) *Page {
	p.t.Helper()
	if got := p.Want(http.StatusUnprocessableEntity).Errors(); !slices.Equal(got, want) {
		p.t.Errorf("%s: errors\n%s\nwant\n%s", p.what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !strings.HasPrefix(p.Title(), "Error: ") {
		p.t.Errorf("%s: title %q", p.what, p.Title())
	}
	return p
}

// Links lists every href.
func (p *Page) Links() (out []string) {
	walk(p.root, func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "a" && Attr(n, "href") != "" {
			out = append(out, Attr(n, "href"))
		}
	})
	return out
}

// Link is the first href that a pattern matches from end to end; without one the test fails.
func (p *Page) Link(pattern string) string {
	p.t.Helper()
	whole := regexp.MustCompile("^(?:" + pattern + ")$")
	links := p.Links()
	i := slices.IndexFunc(links, whole.MatchString)
	if i < 0 {
		p.t.Fatalf("%s has no link %s; it has %q", p.what, pattern, links)
	}
	return links[i]
}

// Figures lists the figures of the page, and which of them do not lead to where they come from.
func (p *Page) Figures() (all, unsourced []string) { return Figures(p.root) }

// Figures lists the figures under a node (elements of the class rowan-figure), and which of them do not lead to where they
// come from.
func Figures(root *html.Node) (all, unsourced []string) {
	walk(root, func(n *html.Node) {
		if n.Type != html.ElementNode || !slices.Contains(strings.Fields(Attr(n, "class")), "rowan-figure") {
			return
		}
		text, sourced := "", false
		walk(n, func(m *html.Node) {
			if m.Type == html.TextNode {
				text += m.Data
			}
			sourced = sourced || m.Data == "a" && strings.HasPrefix(Attr(m, "href"), "/figures/")
		})
		if all = append(all, text); !sourced {
			unsourced = append(unsourced, text)
		}
	})
	return all, unsourced
}

// Form gives what the page's form would post unchanged: typed text, hidden fields, chosen boxes. A field named
// more than once keeps every value.
func (p *Page) Form() url.Values {
	v := url.Values{}
	walk(p.root, func(n *html.Node) {
		if n.Type != html.ElementNode {
			return
		}
		name := Attr(n, "name")
		switch {
		case name == "":
		case n.Data == "textarea":
			if n.FirstChild != nil {
				v.Add(name, strings.TrimPrefix(n.FirstChild.Data, "\n"))
			} else {
				v.Add(name, "")
			}
		case n.Data == "input":
			kind := Attr(n, "type")
			if (kind != "radio" && kind != "checkbox") || hasAttr(n, "checked") {
				v.Add(name, Attr(n, "value"))
			}
		case n.Data == "select":
			walk(n, func(o *html.Node) {
				if o.Data == "option" && hasAttr(o, "selected") {
					v.Add(name, Attr(o, "value"))
				}
			})
		}
	})
	return v
}

// Attr gives an attribute of a node.
func Attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func walk(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func short(s string) string {
	if len(s) > 600 {
		return s[:600] + "…"
	}
	return s
}

// Fill answers fields of a form: name, value, name, value ...
func Fill(f url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}
