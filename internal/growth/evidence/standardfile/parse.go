// Package standardfile reads lists of standards, CSV or YAML. It is pure: text in, standards and rejected rows out.
//
// A standard is known by its framework and code, over all editions. CSV needs the columns framework, edition, code,
// domain and title; level (must or should; must where it is empty) may be missing. YAML is the layout of
// content/packs/evidence-outline.yaml: frameworks with an edition, each with its standards. A row that cannot be taken
// is listed with line, column and reason, never with its content; the others are taken.
package standardfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// The limits of a list. The largest framework we know of has under 200 standards.
const (
	mostRows    = 5000
	mostBytes   = 4 << 20
	longestName = 120
	longestText = 600
)

// Key is the identity of a standard.
type Key struct{ Framework, Code string }

// Standard is one row.
type Standard struct {
	Key
	Line    int
	Edition string
	Domain  string
	Title   string
	Level   string // must | should
}

// File is what was read.
type File struct {
	Rows    int
	Good    []Standard
	Rejects sheet.Rejects
}

// code is the number that a framework gives a standard; it stands in tables, so it is one word.
var code = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]{0,29}$`)

// Parse reads a file; its name says whether it is YAML. A file that is not taken as a whole is a *sheet.Refused.
func Parse(name string, r io.Reader) (File, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	switch {
	case err != nil:
		return File{}, fmt.Errorf("read file: %w", err)
	case len(text) > mostBytes:
		return File{}, &sheet.Refused{Key: "evidence.import.too_long"}
	case !utf8.Valid(text) || bytes.ContainsRune(text, 0):
		return File{}, &sheet.Refused{Key: "evidence.import.encoding"}
	}
	g := &gather{seen: map[Key]bool{}, editions: map[string]string{}}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		err = g.yaml(text)
	default:
		err = g.csv(text)
	}
	switch {
	case err != nil:
		return File{}, err
	case g.file.Rows > mostRows:
		return File{}, &sheet.Refused{Key: "evidence.import.too_long"}
	case g.file.Rows == 0:
		return File{}, &sheet.Refused{Key: "evidence.import.nothing"}
	}
	return g.file, nil
}

type gather struct {
	file     File
	seen     map[Key]bool
	editions map[string]string // by framework: a file holds one edition of each
}

func (g *gather) csv(text []byte) error {
	t, err := sheet.NewTable(bytes.NewReader(text))
	if err != nil {
		return err
	}
	if err := t.Need("framework", "edition", "code", "domain", "title"); err != nil {
		return err
	}
	for g.file.Rows <= mostRows {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var bad *sheet.Reject
		switch {
		case errors.As(err, &bad):
			g.file.Rows++
			g.file.Rejects.Add(*bad)
		case err != nil:
			return err
		default:
			cell := func(name string) string { return strings.Clone(sheet.Unguard(row.Get(name))) }
			g.take(Standard{Key{cell("framework"), cell("code")}, row.Line, cell("edition"), cell("domain"), cell("title"), strings.ToLower(cell("level"))})
		}
	}
	return nil
}

func (g *gather) yaml(text []byte) error {
	var doc struct {
		Frameworks []struct {
			Framework string      `yaml:"framework"`
			Edition   string      `yaml:"edition"`
			Standards []yaml.Node `yaml:"standards"`
		} `yaml:"frameworks"`
	}
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return &sheet.Refused{Key: "evidence.import.yaml"}
	}
	for _, f := range doc.Frameworks {
		for _, n := range f.Standards {
			var x struct{ Code, Domain, Title, Level string }
			if err := n.Decode(&x); err != nil {
				g.file.Rows++
				g.file.Rejects.Add(sheet.Reject{Line: n.Line, Key: "evidence.reject.layout"})
				continue
			}
			trim := strings.TrimSpace
			g.take(Standard{Key{trim(f.Framework), trim(x.Code)}, n.Line, trim(f.Edition), trim(x.Domain), trim(x.Title), strings.ToLower(trim(x.Level))})
		}
	}
	return nil
}

// take holds a row to the rules.
func (g *gather) take(s Standard) {
	g.file.Rows++
	if s.Level == "" {
		s.Level = "must"
	}
	if bad := g.judge(s); bad != nil {
		g.file.Rejects.Add(*bad)
		return
	}
	g.seen[s.Key], g.editions[s.Framework] = true, s.Edition
	g.file.Good = append(g.file.Good, s)
}

func (g *gather) judge(s Standard) *sheet.Reject {
	at := func(column, key string) *sheet.Reject { return &sheet.Reject{Line: s.Line, Column: column, Key: key} }
	for _, x := range []struct {
		column, text string
		longest      int
	}{{"framework", s.Framework, longestName}, {"edition", s.Edition, longestName}, {"code", s.Code, longestName}, {"domain", s.Domain, longestName}, {"title", s.Title, longestText}} {
		switch {
		case x.text == "":
			return at(x.column, "evidence.reject.empty")
		case len([]rune(x.text)) > x.longest:
			return at(x.column, "evidence.reject.long")
		}
	}
	edition, known := g.editions[s.Framework]
	switch {
	case !code.MatchString(s.Code):
		return at("code", "evidence.reject.code")
	case s.Level != "must" && s.Level != "should":
		return at("level", "evidence.reject.level")
	case g.seen[s.Key]:
		return at("code", "evidence.reject.twice")
	case known && edition != s.Edition:
		return at("edition", "evidence.reject.editions")
	}
	return nil
}
