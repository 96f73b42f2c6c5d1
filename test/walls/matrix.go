package walls

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// Matrix draws who may do what with each table, for docs/walls.md.
func Matrix(c *Catalogue, d *Declared) string {
	l := &linter{c: c, d: d}
	var b strings.Builder
	b.WriteString("| table | class | data |")
	for _, w := range access.Walls {
		b.WriteString(" " + string(w) + " |")
	}
	b.WriteString("\n|---|---|---|" + strings.Repeat("---|", len(access.Walls)) + "\n")
	for _, t := range l.tables() {
		fmt.Fprintf(&b, "| %s | %s | %s |", t.Name, d.Class(t.Name), highest(d, t.Name))
		for _, w := range access.Walls {
			fmt.Fprintf(&b, " %s |", cell(c, t.Name, string(w)))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func highest(d *Declared, table string) string {
	var classes []string
	for class := range d.Tables[table].Columns {
		classes = append(classes, class)
	}
	slices.Sort(classes)
	return strings.Join(classes, " ")
}

// cell gives "S I U(state)": one letter a command, with its columns where it is limited to some, and a star where
// the policy is for all rows.
func cell(c *Catalogue, table, login string) string {
	var out []string
	for _, verb := range []string{"select", "insert", "update", "delete"} {
		for _, g := range c.Grants {
			if g.Kind != "table" || g.Object != table || g.Login != login || g.Verb != verb {
				continue
			}
			s := strings.ToUpper(verb[:1])
			if slices.ContainsFunc(c.Policies, func(p Policy) bool {
				return p.Table == table && p.Login == login && p.Verb == verb && (p.Using == "true" || p.Check == "true")
			}) {
				s += "*"
			}
			if len(g.Columns) > 0 {
				s += "(" + strings.Join(g.Columns, ", ") + ")"
			}
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, " ")
}
