package walls

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/care/sealed"
)

// sealed: the columns of a sealed class, those that the code seals, and those that hold bytes are the same, each under
// the same class; nothing beside one of them is, or could be, its text in clear.
func (l *linter) sealed() {
	for _, t := range l.tables() {
		for _, col := range l.c.Columns {
			if col.Table == t.Name {
				l.sealedColumn(col)
			}
		}
	}
	for _, c := range sealed.Columns {
		if !l.d.IsSealed(c.Table, c.Name) {
			l.fault("column %s.%s is sealed by the code and declared %s, which is not sealed", c.Table, c.Name, l.d.Data(c.Table, c.Name))
		}
	}
}

func (l *linter) sealedColumn(col Column) {
	class := l.d.Data(col.Table, col.Name)
	if !l.d.IsSealed(col.Table, col.Name) {
		return
	}
	if col.Type != "bytea" {
		l.fault("column %s.%s is %s, so sealed, and holds %s", col.Table, col.Name, class, col.Type)
	}
	if !slices.ContainsFunc(sealed.Columns, func(c sealed.Column) bool {
		return c.Table == col.Table && c.Name == col.Name && c.Class == class
	}) {
		l.fault("column %s.%s is %s, so sealed, and the code does not seal it as that", col.Table, col.Name, class)
	}
	for _, other := range l.c.Columns {
		if other.Table == col.Table && other.Name != col.Name && twin(other.Name, col.Name) && !l.d.IsSealed(other.Table, other.Name) {
			l.fault("column %s.%s could be the text of the sealed %s in clear", col.Table, other.Name, col.Name)
		}
	}
}

// twin says whether a column is named after another: body_text, plain_body, body2.
func twin(name, of string) bool {
	return strings.HasPrefix(name, of) || strings.HasSuffix(name, "_"+of)
}
