package webtest

import (
	"strings"

	"golang.org/x/net/html"
)

// Table is what a table shows, by its caption: the heads, then row by row. What a phone repeats beside a cell is left out. Without one the test
// fails.
func (p *Page) Table(caption string) (rows [][]string) {
	p.t.Helper()
	var table *html.Node
	walk(p.root, func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "caption" && shown(n) == caption && table == nil {
			table = n.Parent
		}
	})
	if table == nil {
		p.t.Fatalf("%s has no table %q: %s", p.what, caption, short(p.Text()))
	}
	walk(table, func(n *html.Node) {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "tr":
			rows = append(rows, nil)
		case n.Data == "th" || n.Data == "td":
			rows[len(rows)-1] = append(rows[len(rows)-1], shown(n))
		}
	})
	return rows
}

// shown is the text of a node that is not hidden from everybody who listens.
func shown(n *html.Node) string {
	var b strings.Builder
	var add func(*html.Node)
	add = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if Attr(n, "aria-hidden") == "true" {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			add(c)
		}
	}
	add(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
