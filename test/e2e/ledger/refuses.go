package ledger

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"reflect"
	"runtime"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// module begins the import path of every handler's package.
const module = "github.com/rowan-ohwb/rowan/"

// Source finds in the handlers' source which of them can refuse a form.
type Source struct {
	root     fs.FS
	packages map[string]map[string]*ast.FuncDecl
}

// NewSource reads source below the root of the module.
func NewSource(root fs.FS) *Source {
	return &Source{root: root, packages: map[string]map[string]*ast.FuncDecl{}}
}

// Refuses says whether the route's handler, or a function of its package that it calls, answers with Context.Invalid.
// A handler is named by its method value: …/accountweb.(*pages).signInPost-fm; one made inside another function by that
// function: …/accountweb.(*pages).step.func1.
func (s *Source) Refuses(r web.Route) bool {
	full := runtime.FuncForPC(reflect.ValueOf(r.Handle).Pointer()).Name()
	local, ok := strings.CutPrefix(full, module)
	if !ok {
		return false
	}
	dir, rest := path.Split(local)
	pkg, name, _ := strings.Cut(rest, ".")
	name = strings.TrimSuffix(name, "-fm")
	if i := strings.Index(name, ".func"); i >= 0 {
		name = name[:i]
	}
	if i := strings.LastIndex(name, ")."); i >= 0 {
		name = name[i+2:]
	}
	return s.invalid(s.functions(dir+pkg), name, map[string]bool{})
}

// functions gives the functions and methods of a package by name. Two methods of one name share an entry; the page
// packages have one type each.
func (s *Source) functions(dir string) map[string]*ast.FuncDecl {
	if f, ok := s.packages[dir]; ok {
		return f
	}
	found := map[string]*ast.FuncDecl{}
	s.packages[dir] = found
	files, err := fs.Glob(s.root, dir+"/*.go")
	if err != nil {
		return found
	}
	for _, name := range files {
		source, err := fs.ReadFile(s.root, name)
		if err != nil || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler has the better message
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				found[f.Name.Name] = f
			}
		}
	}
	return found
}

func (s *Source) invalid(functions map[string]*ast.FuncDecl, name string, asked map[string]bool) (yes bool) {
	f := functions[name]
	if f == nil || asked[name] {
		return false
	}
	asked[name] = true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || yes {
			return !yes
		}
		switch fn := call.Fun.(type) {
		case *ast.SelectorExpr:
			yes = fn.Sel.Name == "Invalid" || s.invalid(functions, fn.Sel.Name, asked)
		case *ast.Ident:
			yes = s.invalid(functions, fn.Name, asked)
		}
		return !yes
	})
	return yes
}
