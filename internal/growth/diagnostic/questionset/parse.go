package questionset

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Why a file as a whole is not taken.
var (
	ErrEmpty      = errors.New("the file holds no questions")
	ErrTooLong    = errors.New("the file holds more than 2,000 questions or 4 MB")
	ErrEncoding   = errors.New("the file is not in UTF-8")
	ErrUnreadable = errors.New("the file cannot be read as CSV or YAML")
)

// MissingColumnsError names the columns that the heading lacks.
type MissingColumnsError struct{ Columns []string }

func (e *MissingColumnsError) Error() string {
	return "the heading lacks " + strings.Join(e.Columns, ", ")
}

const mostBytes = 4 << 20

// Parse reads a file; its name says whether it is YAML. subsections are the codes of the framework.
func Parse(name string, r io.Reader, subsections []string) (File, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	switch {
	case err != nil:
		return File{}, fmt.Errorf("read file: %w", err)
	case len(text) > mostBytes:
		return File{}, ErrTooLong
	case !utf8.Valid(text):
		return File{}, ErrEncoding
	case bytes.ContainsRune(text, 0):
		return File{}, ErrUnreadable
	}
	f := File{}
	g := &gather{&f, subsections, map[string]bool{}}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		err = g.yaml(text)
	default:
		err = g.csv(text)
	}
	switch {
	case err != nil:
		return File{}, err
	case f.Rows == 0:
		return File{}, ErrEmpty
	case f.Rows > mostRows:
		return File{}, ErrTooLong
	}
	return f, nil
}

func (g *gather) yaml(text []byte) error {
	var doc struct {
		Name      string      `yaml:"name"`
		Questions []yaml.Node `yaml:"questions"`
	}
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return ErrUnreadable
	}
	g.file.Name = strings.TrimSpace(doc.Name)
	for _, n := range doc.Questions {
		var q Question
		if err := n.Decode(&q); err != nil {
			g.file.Rows++
			g.file.Rejects = append(g.file.Rejects, Reject{n.Line, "", "the entry is not laid out as a question"})
			continue
		}
		g.take(n.Line, q)
	}
	return nil
}

func (g *gather) csv(text []byte) error {
	in, err := sheet.NewReader(bytes.NewReader(text))
	if err != nil {
		return ErrEmpty
	}
	head, err := in.Read()
	if err != nil {
		return ErrUnreadable
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(name))] = i
	}
	var missing []string
	for _, name := range []string{"code", "version", "subsection", "statement"} {
		if _, ok := at[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return &MissingColumnsError{missing}
	}
	for g.file.Rows <= mostRows {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			line, reason, fatal := sheet.BadRecord(err)
			if fatal != nil {
				return ErrUnreadable
			}
			g.file.Rows++
			g.file.Rejects = append(g.file.Rejects, Reject{line, "", reason})
			continue
		}
		g.row(in, at, row)
	}
	return nil
}

func (g *gather) row(in *csv.Reader, at map[string]int, row []string) {
	line, _ := in.FieldPos(0)
	cell := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(sheet.Unguard(row[i]))
		}
		return ""
	}
	q := Question{Code: cell("code"), Subsection: cell("subsection"), Statement: cell("statement"), Guidance: cell("guidance"), Evidence: cell("evidence")}
	q.Version, _ = strconv.Atoi(cell("version")) // what is no number is version 0, which take refuses
	for _, s := range strings.FieldsFunc(cell("applies"), func(r rune) bool { return strings.ContainsRune(" ;,|/", r) }) {
		q.Applies = append(q.Applies, strings.ToLower(s))
	}
	q.Short = slices.Contains([]string{"yes", "y", "true", "1", "x"}, strings.ToLower(cell("short")))
	g.take(line, q)
}
