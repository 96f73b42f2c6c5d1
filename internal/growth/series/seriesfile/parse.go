package seriesfile

import (
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// State says whether there are numbers, and why there are none.
type State string

// The states; zero is a number and Known.
const (
	Known        State = "known"
	Suppressed   State = "suppressed"    // whoever counted hides it
	NotCollected State = "not_collected" // nobody counted
	NotDeclared  State = "not_declared"  // asked and not answered
)

// states are how files say them, folded.
var states = map[string]State{"suppressed": Suppressed, "notcollected": NotCollected, "notdeclared": NotDeclared}

// ParseState reads a state in words; an empty cell is Known.
func ParseState(s string) (State, bool) {
	if s == "" {
		return Known, true
	}
	state, ok := states[sheet.Fold(s)]
	return state, ok
}

// Definition is what a measure counts.
type Definition struct {
	Code      string `yaml:"code"`
	Title     string `yaml:"title"`
	Counts    string `yaml:"counts"` // what the numerator counts, of what
	Unit      string `yaml:"unit"`
	Per       int    `yaml:"per"`       // 0 a count, 100 a percentage, 1 a mean, else so many for each so many
	Direction string `yaml:"direction"` // increase | decrease | neutral: which way is better
	Source    string `yaml:"source"`
	Frequency string `yaml:"frequency"` // month | quarter | year | financial_year
	Control   string `yaml:"control"`   // general | special | none: the disclosure rule
}

// SameNumber says whether the same file gives the same numbers under both: what is counted, for how many, over which period
// and under which disclosure rule. Title, unit, source and which way is better are words around it.
func (d Definition) SameNumber(e Definition) bool {
	return d.Code == e.Code && d.Counts == e.Counts && d.Per == e.Per && d.Frequency == e.Frequency && d.Control == e.Control
}

// Point is one period of a series.
type Point struct {
	Row         sheet.Row // where it stands; only its Line and Fault outlive the reading
	Code        string
	Part        string // the group, folded; "" for everybody
	PartName    string
	Date        civil.Date
	State       State
	Numerator   float64
	Denominator float64
	Of          bool // there is a denominator
}

// Sink takes what is read. An error that is no *sheet.Reject stops the reading.
type Sink interface {
	Define(sheet.Row, Definition) error
	Point(Point) error
	Reject(error) error // gives back what is no reject
}

// Columns that every file needs.
var needed = []string{"measure", "date", "numerator", "denominator"}

// code is the name of a measure in URLs and files; no dot, since that separates a group.
var code = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// longest text of a definition: a paragraph.
const longest = 500

// Parse reads a file into the sink and says how many rows it had.
func Parse(r io.Reader, sink Sink) (rows int, err error) {
	t, err := sheet.NewTable(r)
	if err != nil {
		return 0, err
	}
	if err := t.Need(needed...); err != nil {
		return 0, err
	}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		rows++
		if err == nil {
			err = one(row, sink)
		}
		if err != nil {
			if err := sink.Reject(err); err != nil {
				return rows, err
			}
		}
	}
}

func one(r sheet.Row, sink Sink) error {
	name := strings.ToLower(r.Get("measure"))
	if !code.MatchString(name) {
		return r.Fault("measure", "series.reject.code")
	}
	name = strings.Clone(name)
	if r.Get("date") == "" {
		d, err := define(r, name)
		if err != nil {
			return err
		}
		return sink.Define(r, d)
	}
	p, err := point(r, name)
	if err != nil {
		return err
	}
	return sink.Point(p)
}

func define(r sheet.Row, name string) (Definition, error) {
	d := Definition{Code: name, Direction: "neutral", Frequency: "month", Control: "general"}
	for column, into := range map[string]*string{"title": &d.Title, "counts": &d.Counts, "unit": &d.Unit, "source": &d.Source} {
		*into = strings.Clone(r.Get(column))
		if len(*into) > longest {
			return d, r.Fault(column, "series.reject.long")
		}
	}
	for _, column := range []string{"title", "counts", "source"} {
		if r.Get(column) == "" {
			return d, r.Fault(column, "series.reject.definition")
		}
	}
	for _, c := range []struct {
		column  string
		into    *string
		allowed string
	}{{"direction", &d.Direction, "increase decrease neutral"}, {"frequency", &d.Frequency, "month quarter year financial_year"}, {"control", &d.Control, "general special none"}} {
		v := strings.ReplaceAll(strings.ToLower(r.Get(c.column)), " ", "_")
		if v == "" {
			continue
		}
		if !oneOf(v, c.allowed) {
			return d, r.Fault(c.column, "series.reject."+c.column)
		}
		*c.into = strings.Clone(v)
	}
	if s := r.Get("per"); s != "" {
		n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
		if err != nil || n < 0 || n > 1_000_000 {
			return d, r.Fault("per", "series.reject.per")
		}
		d.Per = n
	}
	return d, nil
}

func oneOf(v, allowed string) bool {
	for _, a := range strings.Fields(allowed) {
		if a == v {
			return true
		}
	}
	return false
}

func point(r sheet.Row, name string) (p Point, err error) {
	p = Point{Row: r, Code: name, PartName: strings.Clone(r.Get("group"))}
	if p.Part, err = Part(p.PartName); err != nil {
		return p, r.Fault("group", "series.reject.group")
	}
	var ok bool
	if p.Date, ok = Date(r.Get("date")); !ok {
		return p, r.Fault("date", "series.reject.date")
	}
	if p.State, ok = ParseState(r.Get("state")); !ok {
		return p, r.Fault("state", "series.reject.state")
	}
	n, d := r.Get("numerator"), r.Get("denominator")
	switch {
	case p.State != Known && (n != "" || d != ""):
		return p, r.Fault("state", "series.reject.both")
	case p.State != Known:
		return p, nil
	case n == "":
		return p, r.Fault("numerator", "series.reject.neither")
	}
	if p.Numerator, ok = Number(n); !ok {
		return p, r.Fault("numerator", "series.reject.number")
	}
	if d != "" {
		if p.Denominator, ok = Number(d); !ok {
			return p, r.Fault("denominator", "series.reject.number")
		}
		p.Of = true
	}
	if p.Of && p.Denominator == 0 && p.Numerator != 0 {
		return p, r.Fault("denominator", "series.reject.of_none")
	}
	return p, nil
}

// errGroup: the name of a group is too long, or has nothing to tell it by.
var errGroup = errors.New("no name of a group")

// Part folds the name of a group into what URLs and keys hold: small letters, digits and hyphens.
func Part(name string) (string, error) {
	if name == "" || sheet.Fold(name) == "all" || sheet.Fold(name) == "allstaff" {
		return "", nil
	}
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	part := strings.Trim(b.String(), "-")
	if part == "" || len(name) > 80 { // a line
		return "", errGroup
	}
	return part, nil
}

// Number reads a plain number that is not negative, with or without commas at the thousands.
func Number(s string) (float64, bool) {
	s = strings.ReplaceAll(s, ",", "")
	if s == "" || strings.Trim(s, "0123456789.eE+-") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	// More than a million million of anything is a mistake.
	return n, err == nil && n >= 0 && n < 1e12 && !math.IsNaN(n)
}
