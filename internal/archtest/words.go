package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// worded are the folders whose pages speak by key. ui holds no words but Rowan's name; ui/nhsuk renders what it is given.
var worded = []string{"internal/care", "internal/growth", "internal/organisation", "internal/account", "internal/person", "internal/app"}

func isWorded(dir string) bool {
	for _, w := range worded {
		if under(dir, w) {
			return true
		}
	}
	return false
}

// LiteralWords lists English that stands in a template or a page's code instead of under a key. It reads what templ
// made of a template, because there the fixed text is apart from the expressions.
func LiteralWords(t *Tree) []string {
	var faults []string
	for _, f := range t.Files {
		if f.AST == nil || f.Test() || layerOf(f.Dir()) == test || !isWorded(f.Dir()) {
			continue
		}
		if strings.HasSuffix(f.Path, "_templ.go") {
			for _, text := range fixedText(f.AST) {
				faults = append(faults, fmt.Sprintf("%s says %q: give it a key", template(f.Path), text))
			}
		}
		for _, p := range literalParams(f.AST) {
			faults = append(faults, fmt.Sprintf("%s gives a component %s: give it a key", t.at(p.Pos()), p.Value))
		}
	}
	return sorted(faults)
}

func template(generated string) string {
	return strings.TrimSuffix(generated, "_templ.go") + ".templ"
}

// fixedText finds words in the constant parts of generated code. The parts are joined by a space where an expression
// stood, so that tags and attributes stay whole.
func fixedText(f *ast.File) []string {
	var parts, out []string
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch name := callee(call); {
		case name == "WriteString" && len(call.Args) == 3: // templruntime.WriteString(buffer, number, text)
			if s, ok := literal(call.Args[2]); ok {
				parts = append(parts, s)
			}
		case name == "JoinStringErrs" && len(call.Args) == 1: // { "text" }
			if s, ok := literal(call.Args[0]); ok && hasLetter(s) {
				out = append(out, s)
			}
		}
		return true
	})
	return append(out, spoken(strings.Join(parts, " "))...)
}

// spokenAttributes are read out or shown.
var spokenAttributes = map[string]bool{"alt": true, "title": true, "placeholder": true, "aria-label": true, "aria-description": true, "content": true}

// spoken lists the texts with letters of a piece of HTML.
func spoken(source string) (out []string) {
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.TextToken:
			if s := strings.TrimSpace(string(z.Text())); hasLetter(s) {
				out = append(out, s)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if spokenAttributes[a.Key] && hasLetter(a.Val) {
					out = append(out, a.Val)
				}
			}
		}
	}
}

// spokenParams are fields of component parameters that end up on the page.
var spokenParams = map[string]bool{"Text": true, "Title": true, "Label": true, "Caption": true, "Heading": true, "Hint": true, "Legend": true,
	"Summary": true, "SummaryText": true, "TitleText": true, "VisuallyHiddenText": true, "AriaLabel": true, "Alt": true}

func literalParams(f *ast.File) (out []*ast.BasicLit) {
	ast.Inspect(f, func(n ast.Node) bool {
		pair, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		key, ok := pair.Key.(*ast.Ident)
		if !ok || !spokenParams[key.Name] {
			return true
		}
		lit, ok := pair.Value.(*ast.BasicLit)
		if ok && lit.Kind == token.STRING && hasLetter(lit.Value) {
			out = append(out, lit)
		}
		return true
	})
	return out
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// callee is the last name of what is called: T of locale.T(...).
func callee(call *ast.CallExpr) string {
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		return fn.Name
	case *ast.SelectorExpr:
		return fn.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
