package ledger

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// module begins the import path of every handler's package, and contexts' is the package of their Context.
const (
	module     = "github.com/rowan-ohwb/rowan/"
	contextDir = "internal/platform/web"
)

// code is what a package says.
type code struct {
	dir       string
	functions map[string]*function   // by name; a method with its receiver: pages.signInPost
	methods   map[string][]*function // by name alone
}

// function is one that has a body.
type function struct {
	code     *code
	decl     *ast.FuncDecl
	imports  map[string]string // of its file: name to folder, "" for a package that is not of the module
	contexts map[string]bool   // names of the arguments, its own and those of functions made in it, that are a *web.Context
}

// code reads a package.
func (s *Source) code(dir string) *code {
	if c, ok := s.packages[dir]; ok {
		return c
	}
	c := &code{dir: dir, functions: map[string]*function{}, methods: map[string][]*function{}}
	s.packages[dir] = c
	files, err := fs.Glob(s.root, dir+"/*.go")
	if err != nil {
		return c
	}
	for _, name := range files {
		if skipped(name) {
			continue
		}
		source, err := fs.ReadFile(s.root, name)
		if err != nil {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler has the better message
		}
		c.add(file)
	}
	return c
}

// skipped are the tests, and the templates: they draw what they are given, and are given no Context.
func skipped(name string) bool {
	return strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go")
}

func (c *code) add(file *ast.File) {
	imports := map[string]string{}
	for _, i := range file.Imports {
		full, _ := strconv.Unquote(i.Path.Value) // it was parsed
		name := path.Base(full)
		if i.Name != nil {
			name = i.Name.Name
		}
		dir, ours := strings.CutPrefix(full, module)
		if !ours {
			dir = ""
		}
		imports[name] = dir
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		g := &function{code: c, decl: f, imports: imports, contexts: map[string]bool{}}
		ast.Inspect(f, g.context)
		if f.Recv == nil {
			c.functions[f.Name.Name] = g
			continue
		}
		c.functions[base(f.Recv.List[0].Type)+"."+f.Name.Name] = g
		c.methods[f.Name.Name] = append(c.methods[f.Name.Name], g)
	}
}

// handed lists by name what packages let others hand a Context to.
func (s *Source) handed() map[string][]*function {
	if s.shared != nil {
		return s.shared
	}
	s.shared = map[string][]*function{}
	read := map[string]bool{}
	_ = fs.WalkDir(s.root, "internal", func(name string, _ fs.DirEntry, err error) error { // a folder that cannot be read has no package
		dir := path.Dir(name)
		if err != nil || read[dir] || !strings.HasSuffix(name, ".go") || skipped(name) {
			return nil
		}
		source, err := fs.ReadFile(s.root, name)
		if err != nil || !bytes.Contains(source, []byte(contextDir+`"`)) {
			return nil
		}
		read[dir] = true
		for _, f := range s.code(dir).functions {
			if f.decl.Name.IsExported() && len(f.contexts) > 0 {
				s.shared[f.decl.Name.Name] = append(s.shared[f.decl.Name.Name], f)
			}
		}
		return nil
	})
	return s.shared
}

// context notes the arguments of a function that are a *web.Context.
func (f *function) context(n ast.Node) bool {
	t, ok := n.(*ast.FuncType)
	if !ok {
		return true
	}
	for _, p := range t.Params.List {
		star, ok := p.Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		if sel, ok := star.X.(*ast.SelectorExpr); ok && sel.Sel.Name == "Context" && f.imports[ident(sel.X)] == contextDir {
			for _, name := range p.Names {
				f.contexts[name.Name] = true
			}
		}
	}
	return true
}

// takes says whether a function can be called with so many arguments.
func (f *function) takes(args int) bool {
	n := 0
	for _, p := range f.decl.Type.Params.List {
		if _, ok := p.Type.(*ast.Ellipsis); ok {
			return args >= n
		}
		n += max(1, len(p.Names))
	}
	return args == n
}

// base names the type of a receiver: neither its pointer nor what it is generic over.
func base(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return base(t.X)
	case *ast.IndexExpr:
		return base(t.X)
	case *ast.IndexListExpr:
		return base(t.X)
	}
	return ident(t)
}

func ident(x ast.Expr) string {
	if id, ok := x.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
