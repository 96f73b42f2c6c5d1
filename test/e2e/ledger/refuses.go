package ledger

import (
	"go/ast"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Source finds in the handlers' source which of them can refuse a form.
type Source struct {
	root     fs.FS
	packages map[string]*code
	shared   map[string][]*function // what other packages can hand a Context to, by name
}

// NewSource reads source below the root of the module.
func NewSource(root fs.FS) *Source { return &Source{root: root, packages: map[string]*code{}} }

// Refuses says whether the route's handler, or a function of the module that it calls or hands on, answers with
// Context.Invalid or with status 422. What cannot be followed is taken to refuse: a handler whose source is not found, and
// one that hands its Context to a function that came as a value.
func (s *Source) Refuses(r web.Route) bool {
	return s.refuses(runtime.FuncForPC(reflect.ValueOf(r.Handle).Pointer()).Name())
}

// madeIn ends the name of a function that is made in another one, and of a method that is a value.
var madeIn = regexp.MustCompile(`(\.func\d+|\.\d+|-range\d+|-fm)+$`)

// refuses takes a handler by the name that it has when it runs. That of a method value is …/accountweb.(*pages).signInPost-fm;
// one made inside another function has the name of that function, behind those into which the compiler has put it:
// …/referweb.Routes.Routes.func2.(*pages).step.func6.
func (s *Source) refuses(full string) bool {
	local, ok := strings.CutPrefix(full, module)
	if !ok {
		return true
	}
	dir, rest := path.Split(local)
	pkg, name, _ := strings.Cut(rest, ".")
	parts := strings.Split(madeIn.ReplaceAllString(strings.ReplaceAll(name, "[...]", ""), ""), ".")
	last, functions := len(parts)-1, s.code(dir+pkg).functions
	f := functions[parts[last]]
	if last > 0 {
		if m := functions[strings.Trim(parts[last-1], "(*)")+"."+parts[last]]; m != nil {
			f = m
		}
	}
	return f == nil || s.reaches(f, map[*function]bool{})
}

// reaches follows a function; one that is asked about already adds nothing.
func (s *Source) reaches(f *function, asked map[*function]bool) (yes bool) {
	if asked[f] {
		return false
	}
	asked[f] = true
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			_, constant := f.imports[ident(n.X)] // fault.Invalid is another answer
			yes = yes || n.Sel.Name == "Invalid" && !constant || n.Sel.Name == "StatusUnprocessableEntity"
		case *ast.CallExpr:
			yes = yes || s.call(f, n, asked)
		}
		return !yes
	})
	return yes
}

// call says whether what is called, or a function that is handed to it, refuses.
func (s *Source) call(f *function, call *ast.CallExpr, asked map[*function]bool) bool {
	called, known := s.named(f, call.Fun, len(call.Args))
	args := call.Args
	if ident(call.Fun) == "append" {
		args = args[1:] // a slice, which is no function
	}
	for _, arg := range args {
		if !known && f.contexts[ident(arg)] {
			return true // to whom the Context goes is not known
		}
		handed, _ := s.named(f, arg, -1)
		called = append(called, handed...)
	}
	return slices.ContainsFunc(called, func(g *function) bool { return s.reaches(g, asked) })
}

// named finds the functions that an expression may name; known is false where it may be any function. A method is found by
// its name: among those of the package, and among those of the module that take a Context and so many arguments (-1 for
// one that is not called). A function of another package that takes no Context has nothing to refuse with.
func (s *Source) named(f *function, x ast.Expr, args int) (list []*function, known bool) {
	switch x := x.(type) {
	case *ast.IndexExpr: // a generic function
		return s.named(f, x.X, args)
	case *ast.FuncLit: // its body is looked at where it stands
		return nil, true
	case *ast.Ident:
		if g := f.code.functions[x.Name]; g != nil {
			return []*function{g}, true
		}
	case *ast.SelectorExpr:
		if dir, ok := f.imports[ident(x.X)]; ok {
			for _, g := range s.handed()[x.Sel.Name] {
				if g.code.dir == dir && g.decl.Recv == nil {
					list = append(list, g)
				}
			}
			return list, dir == "" || len(list) > 0
		}
		list = slices.Clone(f.code.methods[x.Sel.Name])
		for _, g := range s.handed()[x.Sel.Name] {
			if g.decl.Recv != nil && g.code.dir != f.code.dir && (args < 0 || g.takes(args)) {
				list = append(list, g)
			}
		}
		return list, len(list) > 0
	}
	return nil, false
}
