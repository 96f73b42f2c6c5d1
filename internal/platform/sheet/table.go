package sheet

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Reject is a row that was not taken: where it is, and the key of the words that say why. It never holds what the
// row said.
type Reject struct {
	Line   int    `json:"line"`
	Column string `json:"column"` // as we call it; "" when the whole row is at fault
	Key    string `json:"key"`
}

func (r *Reject) Error() string { return r.Key }

// Rejects counts the rows that were not taken and lists the first of them.
type Rejects struct {
	N    int
	List []Reject
}

// maxRejects bounds the list; a file with more is the wrong file.
const maxRejects = 5000

// Add notes one more.
func (r *Rejects) Add(x Reject) {
	r.N++
	if len(r.List) < maxRejects {
		r.List = append(r.List, x)
	}
}

// JSON is the list as a table keeps it: never null.
func (r Rejects) JSON() ([]byte, error) { return json.Marshal(append([]Reject{}, r.List...)) }

// WriteRejects writes the list as CSV in the words of say. What the rows hold stays in the sender's file.
func WriteRejects(w io.Writer, list []Reject, say func(key string, args ...any) string) error {
	out := csv.NewWriter(w)
	rows := [][]string{{say("intake.line"), say("intake.column"), say("intake.reason")}}
	for _, r := range list {
		rows = append(rows, []string{strconv.Itoa(r.Line), Guard(r.Column), say(r.Key)})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write rejected rows: %w", err)
	}
	return nil
}

// Table is a CSV file whose first row names its columns. Case, spaces, underscores and brackets of the names make no
// difference.
type Table struct {
	Heading []string
	records *csv.Reader
	at      map[string]int
}

// Row is one record; its cells are valid until the next is read.
type Row struct {
	Line  int
	cells []string
	t     *Table
}

// NewTable reads the heading. A file that is no table at all is *Refused.
func NewTable(r io.Reader) (*Table, error) {
	records, err := NewReader(r)
	if err != nil {
		return nil, err
	}
	records.ReuseRecord = true
	heading, err := records.Read()
	if err != nil {
		return nil, &Refused{"intake.heading", nil}
	}
	t := &Table{records: records, at: map[string]int{}}
	for i, name := range heading {
		t.Heading = append(t.Heading, strings.TrimSpace(strings.Clone(name)))
		if _, twice := t.at[Fold(name)]; !twice {
			t.at[Fold(name)] = i
		}
	}
	return t, nil
}

// Fold makes names of columns comparable.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// Has says whether the table has a column.
func (t *Table) Has(name string) bool { _, ok := t.at[Fold(name)]; return ok }

// Need refuses the file when columns are missing.
func (t *Table) Need(names ...string) error {
	var missing []string
	for _, n := range names {
		if !t.Has(n) {
			missing = append(missing, n)
		}
	}
	if len(missing) > 0 {
		return &Refused{"intake.missing", []any{"columns", strings.Join(missing, ", ")}}
	}
	return nil
}

// Next reads a row. The end is io.EOF; a row that is none is a *Reject, after which reading may go on; a file that
// cannot be read on is *Refused.
func (t *Table) Next() (Row, error) {
	cells, err := t.records.Read()
	if errors.Is(err, io.EOF) {
		return Row{}, io.EOF
	}
	if err != nil {
		line, _, fatal := BadRecord(err)
		switch {
		case fatal != nil:
			return Row{}, fatal
		case errors.Is(err, csv.ErrFieldCount):
			return Row{}, &Reject{line, "", "intake.reject.fields"}
		}
		return Row{}, &Reject{line, "", "intake.reject.quote"}
	}
	line, _ := t.records.FieldPos(0)
	return Row{line, cells, t}, nil
}

// Get gives a cell without the spaces around it; "" where there is no such column.
func (r Row) Get(name string) string {
	if i, ok := r.t.at[Fold(name)]; ok {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

// Fault makes the reject of this row.
func (r Row) Fault(column, key string) *Reject { return &Reject{r.Line, column, key} }
