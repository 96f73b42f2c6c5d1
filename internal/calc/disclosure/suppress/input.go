package suppress

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
)

// Method names the way of publishing.
type Method string

// The methods.
const (
	Suppress Method = "suppress"
	Round5   Method = "round5"
)

// Table is what is to be published. Only Rows, Cols and Cells are required; a zero field means the default.
type Table struct {
	Rows      []string `json:"rows"`
	Cols      []string `json:"cols"`
	Cells     [][]*int `json:"cells"`     // one list for each row
	Threshold *int     `json:"threshold"` // least count shown; default 8
	Margins   *bool    `json:"margins"`   // publish totals; default true
	Method    Method   `json:"method"`    // default suppress
	Special   []string `json:"special"`   // rows and columns on sensitive topics
}

const (
	// mostLines bounds each side of a table: more is not read by anybody, and the audit grows with its fourth power.
	mostLines = 50
	// mostCount is more people than there are in any table about people.
	mostCount = 1_000_000_000
	// mostThreshold is far beyond any rule in use (ONS: 10).
	mostThreshold = 1000
)

func (t *Table) check() error {
	for _, side := range []struct {
		key   string
		names []string
	}{{"rows", t.Rows}, {"cols", t.Cols}} {
		switch n := len(side.names); {
		case side.names == nil:
			return fmt.Errorf("%s is missing", side.key)
		case n == 0:
			return fmt.Errorf("%s is empty: a table has at least one row and one column", side.key)
		case n > mostLines:
			return fmt.Errorf("%s has %d names: at most %d", side.key, n, mostLines)
		}
		seen := map[string]bool{}
		for i, name := range side.names {
			if name == "" {
				return fmt.Errorf("%s[%d] has no name", side.key, i)
			}
			if seen[name] {
				return fmt.Errorf("%s has the name %q twice", side.key, name)
			}
			seen[name] = true
		}
	}
	if err := t.checkCells(); err != nil {
		return err
	}
	if n := t.Threshold; n != nil && (*n < 1 || *n > mostThreshold) {
		return fmt.Errorf("threshold is %d: give 1 to %d", *n, mostThreshold)
	}
	switch t.Method {
	case "", Suppress, Round5:
	default:
		return fmt.Errorf("method %q is not suppress or round5", t.Method)
	}
	for _, name := range t.Special {
		if !slices.Contains(t.Rows, name) && !slices.Contains(t.Cols, name) {
			return fmt.Errorf("special names %q, which is no row or column", name)
		}
	}
	return nil
}

func (t *Table) checkCells() error {
	switch {
	case t.Cells == nil:
		return errors.New("cells is missing")
	case len(t.Cells) != len(t.Rows):
		return fmt.Errorf("cells has %d rows but rows has %d names", len(t.Cells), len(t.Rows))
	}
	for i, row := range t.Cells {
		if len(row) != len(t.Cols) {
			return fmt.Errorf("cells[%d] has %d entries but cols has %d names", i, len(row), len(t.Cols))
		}
		for j, n := range row {
			switch {
			case n == nil:
				return fmt.Errorf("cells[%d][%d] is null: give the exact count", i, j)
			case *n < 0:
				return fmt.Errorf("cells[%d][%d] is %d: a count cannot be negative", i, j, *n)
			case *n > mostCount:
				return fmt.Errorf("cells[%d][%d] is %d: at most %d", i, j, *n, mostCount)
			}
		}
	}
	return nil
}

// Counts makes the cells of a Table of plain numbers.
func Counts(cells [][]int) [][]*int {
	out := make([][]*int, len(cells))
	for i, row := range cells {
		for j := range row {
			out[i] = append(out[i], &cells[i][j])
		}
	}
	return out
}

// rules are the rule of each row and of each column; the last of each is that of its totals.
func (t *Table) rules() (rows, cols []disclosure.Rule) {
	general := disclosure.General.Rule()
	if t.Threshold != nil {
		general.Threshold = *t.Threshold
	}
	special := disclosure.Special.Rule()
	special.Threshold = max(special.Threshold, general.Threshold)
	line := func(names []string) []disclosure.Rule {
		out := make([]disclosure.Rule, len(names)+1)
		for i := range out {
			out[i] = general
			if i < len(names) && slices.Contains(t.Special, names[i]) {
				out[i] = special
			}
		}
		return out
	}
	return line(t.Rows), line(t.Cols)
}
