package layout

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// page renders a page and parses it.
func page(t *testing.T, p PageParams) (string, *html.Node) {
	t.Helper()
	var out strings.Builder
	body := nhsuk.Heading(nhsuk.HeadingParams{Text: "The page"})
	if err := Page(p).Render(templ.WithChildren(t.Context(), body), &out); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(strings.NewReader(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), doc
}

// words are the visible words below a node, with single spaces.
func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// find is the first element with this tag whose attribute has this value ("" for any).
func find(n *html.Node, tag, attribute, value string) *html.Node {
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || c.Data != tag {
			continue
		}
		if attribute == "" {
			return c
		}
		for _, a := range c.Attr {
			if a.Key == attribute && (value == "" || a.Val == value) {
				return c
			}
		}
	}
	return nil
}

var nurse = &User{Name: "Amina Khan", Role: "occupational health nurse", Place: "Northfield OH"}

// variants are the pages the tests below all hold for.
var variants = map[string]PageParams{
	"nobody signed in": {Title: "Start"},
	"signed in":        {Title: "Your work", User: nurse, Nav: []NavItem{{Href: "/", Text: "Home", Current: true}}},
	"everything": {
		Title: "Refer", Lang: "cy", User: nurse, Demo: true, NotAssured: true, Back: "/before", Wide: true,
		Nav:    []NavItem{{Href: "/", Text: "Home"}, {Href: "/queue", Text: "Queue", Active: true}},
		Errors: []nhsuk.ErrorItem{{Href: "#name", Text: "Enter a name"}},
		Flash:  &Flash{Success: true, Text: "Saved"},
	},
}

func TestEveryPage(t *testing.T) {
	for name, p := range variants {
		t.Run(name, func(t *testing.T) {
			source, doc := page(t, p)
			if find(doc, "a", "href", HelpPath) == nil {
				t.Error("no way to help now")
			}
			if find(doc, "header", "", "") == nil || find(doc, "footer", "", "") == nil || find(find(doc, "main", "id", "maincontent"), "h1", "", "") == nil {
				t.Error("header, main with its heading, or footer is missing")
			}
			if first := find(doc, "a", "", ""); first == nil || first.Attr[0].Val != "nhsuk-skip-link" {
				t.Errorf("the first link does not skip to the content: %v", first)
			}
			if find(doc, "html", "lang", p.lang()) == nil {
				t.Error("the page does not say its language")
			}
			if strings.Contains(source, "nhsuk-header__logo") || find(doc, "img", "", "") != nil {
				t.Error("a logo")
			}
			signOut := find(doc, "form", "action", "/sign-out")
			if (signOut != nil) != (p.User != nil) {
				t.Errorf("sign out = %v, signed in = %v", signOut != nil, p.User != nil)
			}
			if p.User != nil && !strings.Contains(words(find(doc, "header", "", "")), "Amina Khan occupational health nurse, Northfield OH") {
				t.Errorf("who is signed in is not in the header: %s", words(find(doc, "header", "", "")))
			}
		})
	}
}

// TestOneNavigationOnEveryPage: the row of a wide page holds as much as that of another, or parts would come and go under More.
func TestOneNavigationOnEveryPage(t *testing.T) {
	nav := []NavItem{{Href: "/", Text: "Home"}, {Href: "/queue", Text: "Queue"}}
	var rows []string
	for _, wide := range []bool{false, true} {
		var out strings.Builder
		if err := nhsuk.Header(PageParams{Title: "Queue", User: nurse, Nav: nav, Wide: wide}.header(t.Context())).Render(t.Context(), &out); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, out.String())
	}
	if rows[0] != rows[1] {
		t.Errorf("a wide page has another header:\n%s\n%s", rows[0], rows[1])
	}
	for wide, class := range map[bool]string{false: "nhsuk-main-wrapper rowan-content", true: "nhsuk-main-wrapper"} {
		if _, doc := page(t, PageParams{Title: "Queue", User: nurse, Nav: nav, Wide: wide}); find(doc, "main", "class", class) == nil {
			t.Errorf("wide = %v: main is not of class %q", wide, class)
		}
	}
}

// TestSessionLimit: who is signed in reads the limit, and the script finds what it needs to warn of it.
func TestSessionLimit(t *testing.T) {
	_, doc := page(t, PageParams{Title: "Queue", User: nurse, SessionLeft: 15 * time.Minute})
	main := find(doc, "main", "id", "maincontent")
	if !strings.Contains(words(main), "you are signed out after 15 minutes") {
		t.Errorf("the limit is not on the page: %s", words(main))
	}
	part := find(main, "div", "data-module", "rowan-session")
	if part == nil || find(part, "p", "role", "alert") == nil || words(find(part, "p", "role", "alert")) != "" {
		t.Fatal("no empty live region for the warning")
	}
	if find(main, "div", "data-seconds", "900") != part || find(main, "div", "data-stay", StayPath) != part || find(main, "div", "data-warning", "") != part || find(main, "div", "data-ended", "") != part {
		t.Error("the script does not find the time, the path or its words")
	}
	if b := find(part, "button", "hidden", ""); b == nil || words(b) != "Stay signed in" {
		t.Error("the button is not there, or is shown before the warning")
	}
	if _, doc := page(t, PageParams{Title: "Start"}); find(doc, "div", "data-module", "rowan-session") != nil {
		t.Error("a warning for nobody")
	}
}

// TestTitleOfAPagedList: two pages of one list are told apart by their titles.
func TestTitleOfAPagedList(t *testing.T) {
	for _, c := range []struct {
		page, pages int
		want        string
	}{
		{0, 0, "Queue - Rowan"},
		{1, 1, "Queue - Rowan"},
		{1, 2, "Queue (page 1 of 2) - Rowan"},
		{2, 2, "Queue (page 2 of 2) - Rowan"},
		{9, 2, "Queue - Rowan"},
		{1, 0, "Queue - Rowan"},
		{2, 0, "Queue (page 2) - Rowan"},
	} {
		_, doc := page(t, PageParams{Title: "Queue", Page: c.page, Pages: c.pages})
		if got := words(find(doc, "title", "", "")); got != c.want {
			t.Errorf("page %d of %d: %q, want %q", c.page, c.pages, got, c.want)
		}
	}
}

// A strict policy refuses these; the browser would break the page without a word to the server.
func TestNoInlineScriptOrStyle(t *testing.T) {
	handler := regexp.MustCompile(`^on[a-z]+$`)
	for name, p := range variants {
		t.Run(name, func(t *testing.T) {
			_, doc := page(t, p)
			for n := range doc.Descendants() {
				if n.Data == "style" || n.Data == "script" && n.FirstChild != nil {
					t.Errorf("inline %s", n.Data)
				}
				for _, a := range n.Attr {
					if a.Key == "style" || handler.MatchString(a.Key) || strings.HasPrefix(a.Val, "javascript:") {
						t.Errorf("%s=%q on %s", a.Key, a.Val, n.Data)
					}
					if (a.Key == "src" || a.Key == "href") && strings.Contains(a.Val, "//") {
						t.Errorf("%s from elsewhere: %s", n.Data, a.Val)
					}
				}
			}
		})
	}
}

func TestErrors(t *testing.T) {
	_, doc := page(t, variants["everything"])
	if got, want := words(find(doc, "title", "", "")), "Error: Refer - Rowan"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	main := find(doc, "main", "", "")
	first := find(main, "div", "", "")
	if first.Attr[0].Val != "nhsuk-error-summary" || find(first, "a", "href", "#name") == nil {
		t.Errorf("main does not start with the errors: %s", words(main))
	}
	_, doc = page(t, variants["signed in"])
	if got, want := words(find(doc, "title", "", "")), "Your work - Rowan"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
}

func TestBars(t *testing.T) {
	for _, c := range []struct {
		name             string
		p                PageParams
		demo, notAssured bool
	}{
		{"neither", PageParams{}, false, false},
		{"demonstration", PageParams{Demo: true}, true, false},
		{"not assured", PageParams{NotAssured: true}, false, true},
		{"both", PageParams{Demo: true, NotAssured: true}, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, doc := page(t, c.p)
			if got := strings.Contains(words(doc), "Invented data"); got != c.demo {
				t.Errorf("demo bar = %v", got)
			}
			if got := strings.Contains(words(doc), "Not assured for live use"); got != c.notAssured {
				t.Errorf("not-assured bar = %v", got)
			}
		})
	}
}
