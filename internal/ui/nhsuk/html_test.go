package nhsuk

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inline elements flow in a line of text, so a space before or after their content can matter. Around every other
// element white space cannot be seen.
var inline = map[atom.Atom]bool{atom.Span: true, atom.Strong: true, atom.Em: true, atom.B: true, atom.Code: true}

// normal parses a fragment and writes it one token a line: attributes sorted, and white space as a reader meets it.
// Runs of it collapse, at the edge of a block it vanishes, and elsewhere it stands before the next word or element
// that can be seen, wherever the source put it. A space lost between two words therefore shows as a difference.
func normal(t *testing.T, fragment string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"})
	if err != nil {
		t.Fatalf("parse %s: %v", fragment, err)
	}
	w := normaliser{edge: true}
	for _, n := range nodes {
		w.node(n)
	}
	return w.String()
}

type normaliser struct {
	strings.Builder
	edge  bool // at the edge of a block
	space bool // white space was met and not yet written
}

func (w *normaliser) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n)
	case html.ElementNode:
		block := !inline[n.DataAtom]
		w.boundary(block)
		fmt.Fprintf(w, "<%s%s>\n", n.Data, attributes(n))
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			w.node(c)
		}
		w.boundary(block)
		fmt.Fprintf(w, "</%s>\n", n.Data)
	}
}

func (w *normaliser) boundary(block bool) {
	if block {
		w.edge, w.space = true, false
	}
}

func (w *normaliser) text(n *html.Node) {
	if n.Parent != nil && n.Parent.DataAtom == atom.Textarea {
		fmt.Fprintf(w, "%q\n", n.Data)
		return
	}
	words := strings.Fields(n.Data)
	if n.Data != "" && strings.ContainsAny(n.Data[:1], " \n\t") || len(words) == 0 {
		w.space = true
	}
	if len(words) == 0 {
		return
	}
	if w.space && !w.edge {
		w.WriteString("(space)\n")
	}
	w.WriteString(strings.Join(words, " ") + "\n")
	w.edge, w.space = false, strings.ContainsAny(n.Data[len(n.Data)-1:], " \n\t")
}

func attributes(n *html.Node) string {
	var out []string
	for _, a := range n.Attr {
		value := a.Val
		if a.Key == "class" || a.Key == "aria-describedby" {
			value = strings.Join(strings.Fields(value), " ")
		}
		out = append(out, fmt.Sprintf(" %s=%q", a.Key, value))
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

func TestNormal(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"indentation", "<p>\n  one\n  two\n</p>", "<p>one two</p>", true},
		{"order of attributes", `<p id="a" class="b"></p>`, `<p class="b" id="a"></p>`, true},
		{"space inside or after a span", "<p><span>one </span>two</p>", "<p><span>one</span> two</p>", true},
		{"space lost between words", "<p><span>one </span>two</p>", "<p><span>one</span>two</p>", false},
		{"an attribute too many", `<p id="a"></p>`, `<p></p>`, false},
		{"another element", `<div>a</div>`, `<p>a</p>`, false},
		{"order of elements", `<i></i><b></b>`, `<b></b><i></i>`, false},
		{"space in a text area", "<textarea>a </textarea>", "<textarea>a</textarea>", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := normal(t, c.a) == normal(t, c.b); got != c.same {
				t.Errorf("same = %v, want %v:\n%s\nand\n%s", got, c.same, normal(t, c.a), normal(t, c.b))
			}
		})
	}
}
