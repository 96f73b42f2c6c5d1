package staffcsv

import (
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// columns of the feed. Hazards, and what people declared (declaredColumns), may be left out; the rest must be there.
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

// Parse reads a feed. today is for telling a plausible date of birth. A
// *[sheet.Refused] says why the file as a whole was not taken.
func Parse(r io.Reader, today time.Time) (Feed, error) {
	records, err := sheet.NewReader(r)
	if err != nil {
		return Feed{}, err
	}
	heading, err := records.Read()
	if err != nil {
		return Feed{}, &sheet.Refused{Key: "person.import.heading"}
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
			return Feed{}, &sheet.Refused{Key: "person.import.too_long", Args: []any{"most", maxRows}}
		}
		if err != nil {
			line, reason, fatal := sheet.BadRecord(err)
			if fatal != nil {
				return Feed{}, fatal
			}
			feed.Rejects = append(feed.Rejects, Reject{Line: line, Reason: reason, Row: cells})
			continue
		}
		line, _ := records.FieldPos(0)
		rows = append(rows, readRow(line, cells, at, today))
	}
	feed.group(rows)
	slices.SortStableFunc(feed.Rejects, func(a, b Reject) int { return a.Line - b.Line })
	return feed, nil
}

// places says where each column is, and refuses a heading that is not ours.
func places(heading []string) (map[string]int, error) {
	at := make(map[string]int, len(heading))
	var unknown []string
	for i, name := range heading {
		name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
		if _, twice := at[name]; twice {
			return nil, &sheet.Refused{Key: "person.import.twice", Args: []any{"column", name}}
		}
		at[name] = i
		// Our own rejects file can be fed again: its reason column is passed over.
		if !slices.Contains(columns, name) && !slices.Contains(hazardColumns, name) && !slices.Contains(declaredColumns, name) && name != reasonColumn {
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
		return nil, &sheet.Refused{Key: "person.import.heading"}
	case len(missing) > 0:
		return nil, &sheet.Refused{Key: "person.import.missing", Args: []any{"columns", strings.Join(missing, ", ")}}
	case len(unknown) > 0:
		return nil, &sheet.Refused{Key: "person.import.not_used", Args: []any{"columns", strings.Join(unknown, ", ")}}
	}
	return at, nil
}
