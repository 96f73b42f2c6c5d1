package staffcsv

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// columns of the feed. Hazards may be left out; the rest must be there.
var (
	columns = []string{
		"employee_number", "assignment_number", "primary", "family_name", "given_name", "date_of_birth",
		"work_email", "mobile", "personal_email", "job_title", "band", "staff_group", "site", "department",
		"team", "contracted_hours", "shift_pattern", "manager_employee_number", "start_date", "end_date",
	}
	hazardColumns = []string{"epp", "patient_contact", "drives", "lone_worker", "safety_critical"}
)

// maxRows stops a file that is no staff list: the largest NHS employer has
// under 40,000 people.
const maxRows = 500_000

// Parse reads a feed. today is for telling a plausible date of birth. An error
// means that the file as a whole was not read.
func Parse(r io.Reader, today time.Time) (Feed, error) {
	in, err := withoutMark(r)
	if err != nil {
		return Feed{}, err
	}
	records := csv.NewReader(in)
	heading, err := records.Read()
	if errors.Is(err, io.EOF) {
		return Feed{}, errors.New("the file is empty")
	}
	if err != nil {
		return Feed{}, fmt.Errorf("read staff heading: %w", err)
	}
	at, err := places(heading)
	if err != nil {
		return Feed{}, err
	}
	feed := Feed{Heading: heading}
	var rows []row
	for {
		cells, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if feed.Rows++; feed.Rows > maxRows {
			return Feed{}, fmt.Errorf("the file has more than %d rows", maxRows)
		}
		if err != nil {
			reject, err := badRecord(err, cells)
			if err != nil {
				return Feed{}, err
			}
			feed.Rejects = append(feed.Rejects, reject)
			continue
		}
		line, _ := records.FieldPos(0)
		rows = append(rows, readRow(line, cells, at, today))
	}
	feed.group(rows)
	slices.SortStableFunc(feed.Rejects, func(a, b Reject) int { return a.Line - b.Line })
	return feed, nil
}

func withoutMark(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r)
	mark, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read staff file: %w", err)
	}
	if string(mark) == "\xef\xbb\xbf" { // Excel writes a byte order mark
		_, err = in.Discard(3)
		return in, err
	}
	return in, nil
}

// places says where each column is, and refuses a heading that is not ours.
func places(heading []string) (map[string]int, error) {
	at := make(map[string]int, len(heading))
	var unknown []string
	for i, name := range heading {
		name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
		if _, twice := at[name]; twice {
			return nil, fmt.Errorf("the column %s is there twice", name)
		}
		at[name] = i
		// Our own rejects file can be fed again: its reason column is passed over.
		if !slices.Contains(columns, name) && !slices.Contains(hazardColumns, name) && name != reasonColumn {
			unknown = append(unknown, name)
		}
	}
	var missing []string
	for _, name := range columns {
		if _, ok := at[name]; !ok {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) == len(columns):
		return nil, errors.New("the first row is not the heading of a staff file")
	case len(missing) > 0:
		return nil, fmt.Errorf("these columns are missing: %s", strings.Join(missing, ", "))
	case len(unknown) > 0:
		return nil, fmt.Errorf("these columns are not used here, so leave them out: %s", strings.Join(unknown, ", "))
	}
	return at, nil
}

// badRecord rejects a row that is not proper CSV, unless it swallowed others.
func badRecord(err error, cells []string) (Reject, error) {
	var parse *csv.ParseError
	switch {
	case !errors.As(err, &parse):
		return Reject{}, fmt.Errorf("read staff file: %w", err)
	case errors.Is(parse.Err, csv.ErrFieldCount):
		return Reject{parse.StartLine, "", "the row has more or fewer columns than the heading", cells}, nil
	case parse.Line != parse.StartLine:
		return Reject{}, fmt.Errorf("a quotation mark opened on line %d is not closed properly", parse.StartLine)
	}
	return Reject{parse.Line, "", "there is a quotation mark in the wrong place", nil}, nil
}
