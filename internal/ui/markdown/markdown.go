// Package markdown draws what somebody wrote in Markdown for others to read.
//
// Who writes is not trusted with the page around it: HTML in the text is left out, an image too, and a link goes to a web address,
// an e-mail address, a telephone number or a place on this site, or loses its address and stays as words. Headings begin
// below the page's own. The result needs nothing that the content security policy refuses.
package markdown

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// CommonMark alone: without the option for unsafe HTML, goldmark leaves HTML out.
var engine = goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(tidy{}, 100)))) //nolint:misspell // the library spells it so

// HTML is the text as a component.
func HTML(words string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return engine.Convert([]byte(words), w) })
}

// Text is the words alone, for a search.
func Text(words string) string {
	source := []byte(words)
	var b bytes.Buffer
	root := engine.Parser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(n ast.Node, in bool) (ast.WalkStatus, error) { // the walker below never fails
		switch n := n.(type) {
		case *ast.Text:
			if in {
				b.Write(n.Segment.Value(source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.RawHTML, *ast.HTMLBlock:
			return ast.WalkSkipChildren, nil
		default:
			if !in && n.Type() == ast.TypeBlock {
				b.WriteByte('\n')
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// tidy makes a parsed text fit the page, and safe.
type tidy struct{}

// deepest is the lowest heading of HTML.
const deepest = 6

// Transform changes the tree before it is drawn.
func (tidy) Transform(root *ast.Document, reader text.Reader, _ parser.Context) {
	var bad []ast.Node
	_ = ast.Walk(root, func(n ast.Node, in bool) (ast.WalkStatus, error) { // the walker below never fails
		if !in {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			n.Level = min(n.Level+1, deepest)
		case *ast.List:
			class := "nhsuk-list nhsuk-list--bullet"
			if n.IsOrdered() {
				class = "nhsuk-list nhsuk-list--number"
			}
			n.SetAttributeString("class", []byte(class))
		case *ast.Link:
			if !Allowed(string(n.Destination)) {
				bad = append(bad, n)
			}
		case *ast.AutoLink:
			if n.AutoLinkType != ast.AutoLinkEmail && !Allowed(string(n.URL(reader.Source()))) {
				bad = append(bad, n)
			}
		case *ast.Image, *ast.RawHTML, *ast.HTMLBlock:
			bad = append(bad, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range bad {
		drop(n, reader.Source())
	}
}

// drop takes a node away and leaves the words that a link or a picture had.
func drop(n ast.Node, source []byte) {
	parent := n.Parent()
	if auto, ok := n.(*ast.AutoLink); ok {
		parent.InsertBefore(parent, n, ast.NewString(util.EscapeHTML(auto.Label(source))))
	}
	if _, html := n.(*ast.HTMLBlock); !html {
		for c := n.FirstChild(); c != nil; {
			next := c.NextSibling()
			parent.InsertBefore(parent, n, c)
			c = next
		}
	}
	parent.RemoveChild(parent, n)
}

// Allowed says whether a link may lead there: http, https, mailto, tel, or a place on this site. A browser leaves out tabs
// and line ends in an address and reads a backslash as a slash, so an address that holds one is refused.
func Allowed(address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) {
		return false
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	case "":
		return u.Host == "" && (strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") || strings.HasPrefix(address, "#"))
	}
	return false
}
