package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
)

const module = "github.com/rowan-ohwb/rowan/"

// Tree is the source of the house.
type Tree struct {
	Files []*File
	fset  *token.FileSet
}

// File is one Go file or template.
type File struct {
	Path      string // from the root of the module: internal/fault/fault.go
	Lines     int
	Generated bool
	AST       *ast.File // nil for a template
}

// Dir is the file's package, from the root of the module.
func (f *File) Dir() string { return path.Dir(f.Path) }

// Test says whether the file is a test.
func (f *File) Test() bool { return strings.HasSuffix(f.Path, "_test.go") }

// Imports lists our own packages that the file imports, from the root of the module.
func (f *File) Imports() (ours, others []string) {
	if f.AST == nil {
		return nil, nil
	}
	for _, i := range f.AST.Imports {
		name := strings.Trim(i.Path.Value, `"`)
		if own, ok := strings.CutPrefix(name, module); ok {
			ours = append(ours, own)
		} else {
			others = append(others, name)
		}
	}
	return ours, others
}

// Load reads a tree. Folders that are not ours (node_modules, dot folders, the tools' own module) are left out.
func Load(root fs.FS) (*Tree, error) {
	t := &Tree{fset: token.NewFileSet()}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := path.Base(name); name != "." && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || name == "tools") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".templ") {
			return nil
		}
		return t.add(root, name)
	})
	sort.Slice(t.Files, func(i, j int) bool { return t.Files[i].Path < t.Files[j].Path })
	return t, err
}

func (t *Tree) add(root fs.FS, name string) error {
	source, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	f := &File{Path: name, Lines: bytes.Count(source, []byte("\n"))}
	if strings.HasSuffix(name, ".go") {
		f.AST, err = parser.ParseFile(t.fset, name, source, parser.ParseComments)
		if err != nil {
			return err
		}
		f.Generated = ast.IsGenerated(f.AST)
	}
	t.Files = append(t.Files, f)
	return nil
}

// at names a place for a message.
func (t *Tree) at(p token.Pos) string {
	where := t.fset.Position(p)
	return fmt.Sprintf("%s:%d", where.Filename, where.Line)
}

// sorted removes repetitions, so that a fault is told once.
func sorted(faults []string) []string {
	sort.Strings(faults)
	return slices.Compact(faults)
}
