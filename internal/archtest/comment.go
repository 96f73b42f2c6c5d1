package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
)

// reminder is a note to oneself. It is put together so that this file does not hold one.
var reminder = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

// Reminders lists comments that put work off.
func Reminders(t *Tree) []string {
	var faults []string
	for _, f := range t.Files {
		if f.AST == nil || f.Generated {
			continue
		}
		for _, group := range f.AST.Comments {
			for _, c := range group.List {
				if found := reminder.FindString(c.Text); found != "" {
					faults = append(faults, fmt.Sprintf("%s says %s: do it, or write an issue", t.at(c.Pos()), found))
				}
			}
		}
	}
	return sorted(faults)
}

// Documented lists exported identifiers and packages without a comment. Methods that only satisfy an interface of the
// standard library say nothing new and need none.
func Documented(t *Tree) []string {
	var faults []string
	packages, commented := map[string]token.Pos{}, map[string]bool{}
	for _, f := range t.Files {
		if f.AST == nil || f.Generated || f.Test() {
			continue
		}
		packages[f.Dir()] = f.AST.Package
		commented[f.Dir()] = commented[f.Dir()] || f.AST.Doc != nil
		for _, d := range f.AST.Decls {
			faults = append(faults, t.undocumented(d)...)
		}
	}
	for dir, pos := range packages {
		if !commented[dir] {
			faults = append(faults, fmt.Sprintf("%s: package %s has no comment, which is its specification", t.at(pos), dir))
		}
	}
	return sorted(faults)
}

// known are methods whose meaning their interface gives.
var known = map[string]bool{"Error": true, "Unwrap": true, "Is": true, "As": true, "String": true, "Write": true, "Read": true, "Close": true,
	"ServeHTTP": true, "MarshalJSON": true, "UnmarshalJSON": true, "MarshalText": true, "UnmarshalText": true, "UnmarshalYAML": true,
	"Len": true, "Less": true, "Swap": true, "Kind": true, "Work": true, "Scan": true, "Value": true, "Render": true}

func (t *Tree) undocumented(d ast.Decl) (faults []string) {
	missing := func(name *ast.Ident) {
		faults = append(faults, fmt.Sprintf("%s: %s has no comment", t.at(name.Pos()), name.Name))
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || (receiverExported(d) && !known[d.Name.Name])) {
			missing(d.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					missing(s.Name)
				}
			case *ast.ValueSpec:
				// One comment over a group of constants speaks for all of them.
				if s.Names[0].IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					missing(s.Names[0])
				}
			}
		}
	}
	return faults
}

func receiverExported(d *ast.FuncDecl) bool {
	x := d.Recv.List[0].Type
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	if index, ok := x.(*ast.IndexExpr); ok {
		x = index.X
	}
	name, ok := x.(*ast.Ident)
	return ok && name.IsExported()
}
