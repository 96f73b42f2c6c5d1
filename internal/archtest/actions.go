package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
)

// Actions lists what is written to the audit log and has no words: there it would show as a code, to a Caldicott
// guardian who has to judge it. An action is what an audit.Entry is given: a literal, a constant, or an argument that
// is followed to its callers by the name of the function; of one put together ("consent." + kind) only the beginning is
// known. A refusal is written under the name of its permission, so
// permissions need words too. Words that no code writes are listed as well.
func Actions(t *Tree, words []string) []string {
	a := &actions{tree: t, constants: map[string]string{}, passes: map[string]int{}, written: map[string]string{}}
	for _, f := range t.Files {
		if f.AST != nil && !f.Test() && layerOf(f.Dir()) != test {
			a.files = append(a.files, f)
		}
	}
	for _, f := range a.files {
		a.declared(f)
	}
	for _, f := range a.files {
		a.eachFunc(f, a.entries)
	}
	// A function that hands its argument on makes its own callers count: Looked calls looked, which makes the entry.
	for before := -1; before != len(a.passes); {
		before = len(a.passes)
		for _, f := range a.files {
			a.eachFunc(f, a.calls)
		}
	}
	return a.compare(words)
}

type actions struct {
	tree      *Tree
	files     []*File
	constants map[string]string // package.Name: value
	passes    map[string]int    // package.Func: which argument is an action
	written   map[string]string // action: where
	begins    []string          // of actions put together
}

// declared reads the constants of a file; permissions are written when they are refused.
func (a *actions) declared(f *File) {
	ast.Inspect(f.AST, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range spec.Names {
			if i >= len(spec.Values) {
				break
			}
			if s, ok := literal(spec.Values[i]); ok {
				a.constants[path.Base(f.Dir())+"."+name.Name] = s
				if typ, ok := spec.Type.(*ast.SelectorExpr); ok && typ.Sel.Name == "Permission" {
					a.written[s] = a.tree.at(name.Pos())
				}
			}
		}
		return true
	})
}

func (a *actions) eachFunc(f *File, do func(*File, *ast.FuncDecl)) {
	for _, d := range f.AST.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			do(f, fn)
		}
	}
}

// entries follows what the entries of a function are given.
func (a *actions) entries(f *File, fn *ast.FuncDecl) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if nameOf(n.Type) != "Entry" {
				return true
			}
			for _, e := range n.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok && nameOf(pair.Key) == "Action" {
					a.follow(f, fn, pair.Value)
				}
			}
		case *ast.AssignStmt: // entry.Action = "person.import_previewed"
			for i, l := range n.Lhs {
				if _, ok := l.(*ast.SelectorExpr); ok && nameOf(l) == "Action" && i < len(n.Rhs) {
					a.follow(f, fn, n.Rhs[i])
				}
			}
		}
		return true
	})
}

// calls follows what functions that take an action are given. Calls of another package's function are told by its
// name alone, which must then be exported.
func (a *actions) calls(f *File, fn *ast.FuncDecl) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := callee(call)
		for passer, i := range a.passes {
			home, own := strings.CutSuffix(passer, "."+name)
			if own && i < len(call.Args) && (home == f.Dir() || ast.IsExported(name)) {
				a.follow(f, fn, call.Args[i])
			}
		}
		return true
	})
}

// follow finds the actions that an expression may stand for.
func (a *actions) follow(f *File, fn *ast.FuncDecl, e ast.Expr) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, ok := literal(e); ok {
			a.written[s] = a.tree.at(e.Pos())
		}
	case *ast.BinaryExpr: // "consent." + string(kind)
		if p, ok := pattern(e); ok {
			a.begins = append(a.begins, strings.TrimSuffix(p, "*"))
		}
	case *ast.CallExpr: // string(kind)
		if nameOf(e.Fun) == "string" && len(e.Args) == 1 {
			a.follow(f, fn, e.Args[0])
		}
	case *ast.SelectorExpr: // activity.CaseClosed
		if s, ok := a.constants[nameOf(e.X)+"."+e.Sel.Name]; ok {
			a.written[s] = a.tree.at(e.Pos())
		}
	case *ast.Ident:
		if s, ok := a.constants[path.Base(f.Dir())+"."+e.Name]; ok {
			a.written[s] = a.tree.at(e.Pos())
		}
		if i, ok := param(fn, e.Name); ok {
			a.passes[f.Dir()+"."+fn.Name.Name] = i
		}
		a.assigned(f, fn, e.Name)
	}
}

// assigned follows a variable to what the function puts into it.
func (a *actions) assigned(f *File, fn *ast.FuncDecl, name string) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok || len(as.Lhs) != len(as.Rhs) {
			return true
		}
		for i, l := range as.Lhs {
			if id, isIdent := as.Rhs[i].(*ast.Ident); nameOf(l) == name && (!isIdent || id.Name != name) {
				a.follow(f, fn, as.Rhs[i])
			}
		}
		return true
	})
}

func (a *actions) compare(words []string) (faults []string) {
	const prefix = "audit.action."
	has := map[string]bool{}
	for _, w := range words {
		if action, ok := strings.CutPrefix(w, prefix); ok {
			has[action] = true
			begun := func(p string) bool { return strings.HasPrefix(action, p) }
			if a.written[action] == "" && !slices.ContainsFunc(a.begins, begun) {
				faults = append(faults, fmt.Sprintf("words %s are for an action that nothing writes", w))
			}
		}
	}
	for action, where := range a.written {
		if !has[action] {
			faults = append(faults, fmt.Sprintf("%s: no words for %s in content/words/en/audit.yaml", where, prefix+action))
		}
	}
	return sorted(faults)
}

// param gives the place of a parameter among the arguments.
func param(fn *ast.FuncDecl, name string) (at int, ok bool) {
	for _, field := range fn.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == name {
				return at, true
			}
			at++
		}
	}
	return 0, false
}

// nameOf is the last name of an expression: Entry of audit.Entry.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
