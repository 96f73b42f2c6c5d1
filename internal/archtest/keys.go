package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// takesKey says which argument of a function is a key of words. For Options it is the prefix of the keys of its values.
var takesKey = map[string]int{
	"Page": 0, "FormPage": 0, "Flash": 0, "Submit": 0, "Other": 0, "WhoReads": 0,
	"Required": 1, "OneOf": 1, "Int": 1, "Add": 1, "Text": 1,
	"New": 1, "Wrap": 1, // of fault
}

// Dynamic are keys that code puts together in a way this rule cannot follow, with a star for the part that varies, and
// why. A concatenation that begins with the whole prefix ("report.state." + s) is followed by itself and needs no line.
type Dynamic map[string]string

// key is the shape of a key: the name of its file, then dotted names.
var key = regexp.MustCompile(`^[a-z_]+(\.[A-Za-z0-9_-]+)+$`)

// Keys lists keys that code names and nobody wrote words for, and words that no code uses.
func Keys(t *Tree, words []string, dynamic Dynamic) []string {
	u := &usage{words: map[string]bool{}, stems: map[string]bool{}, literals: map[string]bool{}, patterns: map[string]bool{}}
	for _, w := range words {
		u.words[w] = true
		u.stems[stem(w)] = true
	}
	for _, f := range t.Files {
		if f.AST != nil && !f.Test() && layerOf(f.Dir()) != test {
			u.read(t, f)
		}
	}
	for p := range dynamic {
		u.patterns[p] = true
	}
	u.unused(dynamic)
	return sorted(u.faults)
}

type usage struct {
	words, stems, literals, patterns map[string]bool
	faults                           []string
}

func stem(key string) string {
	s, _, _ := strings.Cut(key, ".")
	return s
}

func (u *usage) read(t *Tree, f *File) {
	ast.Inspect(f.AST, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s, ok := literal(n); ok && u.stems[stem(s)] {
				u.literals[s] = true
			}
		case *ast.BinaryExpr:
			if p, ok := pattern(n); ok && u.stems[stem(p)] {
				u.patterns[p] = true
				return false
			}
		case *ast.CallExpr:
			u.call(t, n)
		case *ast.KeyValueExpr:
			if name, ok := n.Key.(*ast.Ident); ok && strings.HasSuffix(name.Name, "Key") {
				u.need(t, n.Value)
			}
		}
		return true
	})
}

// call looks at the arguments that are keys.
func (u *usage) call(t *Tree, call *ast.CallExpr) {
	name := callee(call)
	switch {
	case name == "T" && len(call.Args) > 0: // c.T(key), words.T(key), locale.T(ctx, key)
		u.need(t, call.Args[0])
		if len(call.Args) > 1 {
			if s, ok := call.Fun.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "locale" {
					u.need(t, call.Args[1])
				}
			}
		}
	case name == "Options" && len(call.Args) > 0:
		u.options(t, call)
	default:
		if i, ok := takesKey[name]; ok && i < len(call.Args) {
			u.need(t, call.Args[i])
		}
	}
}

// options follows form.Options(prefix, values...): each value's words stand under prefix.value, with a hint or not.
func (u *usage) options(t *Tree, call *ast.CallExpr) {
	prefix, ok := literal(call.Args[0])
	if !ok || !u.stems[stem(prefix)] {
		return
	}
	for _, a := range call.Args[1:] {
		value, ok := literal(a)
		if !ok || call.Ellipsis.IsValid() {
			u.patterns[prefix+".*"] = true
			return
		}
		u.literals[prefix+"."+value] = true
		u.exists(t, a.Pos(), prefix+"."+value)
	}
}

// need holds a key argument that is a literal to the words.
func (u *usage) need(t *Tree, e ast.Expr) {
	if s, ok := literal(e); ok {
		u.exists(t, e.Pos(), s)
	}
}

func (u *usage) exists(t *Tree, pos token.Pos, s string) {
	if !key.MatchString(s) || u.words[s] {
		return
	}
	u.faults = append(u.faults, fmt.Sprintf("%s: no words for %s in content/words/en", t.at(pos), s))
}

// pattern turns "report." + name + ".empty" into report.*.empty.
func pattern(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return pattern(e.X)
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		left, ok := pattern(e.X)
		if !ok {
			return "", false
		}
		right := "*"
		if s, ok := literal(e.Y); ok {
			right = s
		}
		return left + right, true
	}
	return literal(e)
}

// unused lists words that nothing leads to.
func (u *usage) unused(dynamic Dynamic) {
	var patterns []*regexp.Regexp
	for p := range u.patterns {
		expr := strings.ReplaceAll(regexp.QuoteMeta(p), `\*`, `.+`)
		r := regexp.MustCompile("^" + expr + `(\.hint)?$`)
		matched := false
		for w := range u.words {
			matched = matched || r.MatchString(w)
		}
		if !matched && dynamic[p] != "" {
			u.faults = append(u.faults, fmt.Sprintf("dynamic key %s has no words: remove it from the list", p))
		}
		// "absence.*" would call every word of a file used: such a prefix needs its reason on the list.
		if !slices.Contains([]string{stem(p) + ".*", stem(p) + ".*.hint"}, p) || dynamic[p] != "" {
			patterns = append(patterns, r)
		}
	}
	for w := range u.words {
		if u.literals[w] || u.literals[strings.TrimSuffix(w, ".hint")] {
			continue
		}
		if !slices.ContainsFunc(patterns, func(r *regexp.Regexp) bool { return r.MatchString(w) }) {
			u.faults = append(u.faults, fmt.Sprintf("words %s are not used", w))
		}
	}
}
