package staffcsv

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/identifier"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// group brings the rows of each person together. One bad row of a person takes
// the others with it: with some of the posts missing, those would be ended.
func (feed *Feed) group(rows []row) {
	byEmployee := map[string][]*row{}
	var order []string
	for i := range rows {
		r := &rows[i]
		number := r.person.EmployeeNumber
		if !identifier.Is(identifier.ESREmployee, number) {
			feed.Rejects = append(feed.Rejects, r.rejected())
			continue
		}
		if byEmployee[number] == nil {
			order = append(order, number)
		}
		byEmployee[number] = append(byEmployee[number], r)
	}
	for _, number := range order {
		feed.take(byEmployee[number])
	}
}

// take makes a person of rows, or rejects them all.
func (feed *Feed) take(rows []*row) {
	agree(rows)
	var bad *row
	for _, r := range rows {
		if r.reason != "" {
			bad = r
			break
		}
	}
	if bad == nil {
		person := rows[0].person
		for _, r := range rows {
			person.Posts = append(person.Posts, r.post)
		}
		slices.SortStableFunc(person.Posts, func(a, b Post) int { // the primary one first
			switch {
			case a.Primary == b.Primary:
				return strings.Compare(a.AssignmentNumber, b.AssignmentNumber)
			case a.Primary:
				return -1
			}
			return 1
		})
		feed.People = append(feed.People, person)
		return
	}
	for _, r := range rows {
		r.reject("", "person.import.why.other_post", "line", strconv.Itoa(bad.line))
		feed.Rejects = append(feed.Rejects, r.rejected())
	}
}

// agree rejects rows of one person that contradict each other.
func agree(rows []*row) {
	first, primaries := rows[0], 0
	seen := map[string]bool{}
	for _, r := range rows {
		for _, same := range []struct {
			column string
			equal  bool
		}{
			{"family_name", r.person.FamilyName == first.person.FamilyName},
			{"given_name", r.person.GivenName == first.person.GivenName},
			{"date_of_birth", r.person.DateOfBirth.Equal(first.person.DateOfBirth)},
			{"work_email", r.person.WorkEmail == first.person.WorkEmail},
			{"mobile", r.person.Mobile == first.person.Mobile},
			{"personal_email", r.person.PersonalEmail == first.person.PersonalEmail},
			{"declared", r.person.Declared == nil || *r.person.Declared == *first.person.Declared},
		} {
			if !same.equal {
				r.reject(same.column, "person.import.why.differs", "line", strconv.Itoa(first.line))
			}
		}
		if seen[r.post.AssignmentNumber] {
			r.reject("assignment_number", "person.import.why.twice")
		}
		seen[r.post.AssignmentNumber] = true
		if r.post.Primary {
			if primaries++; primaries > 1 {
				r.reject("primary", "person.import.why.primaries")
			}
		}
	}
	if primaries == 0 {
		first.reject("primary", "person.import.why.no_primary")
	}
}

// reasonColumn is what WriteRejects adds. Feeding the file again passes it over.
const reasonColumn = "reason"

// WriteRejects writes the rejected rows as they were, with the reason at the
// end, safe to open in a spreadsheet.
func WriteRejects(w io.Writer, words *locale.Words, feed Feed) error {
	out := csv.NewWriter(w)
	heading := slices.Clone(feed.Heading)
	reason := slices.IndexFunc(heading, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), reasonColumn) })
	if reason < 0 {
		heading, reason = append(heading, reasonColumn), len(heading)
	}
	write := func(cells []string) error {
		guarded := make([]string, len(cells))
		for i, cell := range cells {
			guarded[i] = sheet.Guard(sheet.Unguard(cell)) // a row fed again has its guard already
		}
		return out.Write(guarded)
	}
	err := write(heading)
	for _, r := range feed.Rejects {
		if err != nil {
			break
		}
		cells, at := slices.Clone(r.Row), reason
		if reason == len(feed.Heading) {
			at = max(reason, len(cells)) // a row that is too long keeps all it has
		}
		cells = append(cells, make([]string, max(0, at+1-len(cells)))...)
		cells[at] = words.T("person.import.why.row", "line", strconv.Itoa(r.Line), "why", r.Why(words))
		if r.Column != "" {
			cells[at] = words.T("person.import.why.cell", "line", strconv.Itoa(r.Line), "column", r.Column, "why", r.Why(words))
		}
		err = write(cells)
	}
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("write rejected staff rows: %w", err)
	}
	return nil
}
