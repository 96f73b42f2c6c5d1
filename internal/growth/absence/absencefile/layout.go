package absencefile

import (
	"fmt"
	"strings"
)

// field is a meaning that a column can have.
type field int

const (
	organisation field = iota
	month
	group
	lost
	available
	reason
	employee
	assignment
	primary
	kind
	start
	end
	fte
	calendarDays
	totalDays
	hours
	state
	countedTo
	openEnded
	mark   // read by nobody: it tells one generation of headings from another
	fields // how many there are
)

// column says under which headings a field is found. Headings are compared
// folded, so case, spaces, underscores and brackets make no difference.
type column struct {
	field    field
	optional bool
	names    []string
}

// layout is one kind of file. Of several that fit, the first in the list wins.
type layout struct {
	name    string
	columns []column
	read    func(*reading, row) error
}

var (
	published = []column{
		{lost, false, []string{"FTE days lost", "FTE days sick"}},
		{available, false, []string{"FTE days available"}},
		{organisation, false, []string{"Org code"}},
	}
	groupColumn = column{group, false, []string{"Staff group"}}
)

// layouts are all that have been met; the tests have their headings in full.
var layouts = []layout{
	{"NHS England rates from August 2022", append([]column{
		{month, false, []string{"Date"}}, groupColumn,
		{mark, false, []string{"ICS code"}},
	}, published...), (*reading).rate},
	{"NHS England rates April to July 2022", append([]column{
		{month, false, []string{"Date"}}, groupColumn,
		{mark, false, []string{"NHSE region code"}},
	}, published...), (*reading).rate},
	{"NHS England rates to March 2022", append([]column{
		{month, false, []string{"Tm End Date"}}, groupColumn,
		{mark, false, []string{"Cluster group"}},
	}, published...), (*reading).rate},
	{"NHS England rates, older heading", append([]column{
		{month, false, []string{"Tm End Date", "Date", "Month"}},
		{group, true, []string{"Staff group"}},
		{mark, false, []string{"Org Type", "SA Rate"}},
	}, published...), (*reading).rate},
	{"NHS England reasons", []column{
		{month, false, []string{"Date"}}, groupColumn,
		{reason, false, []string{"Reason"}},
		{lost, false, []string{"FTE days lost"}},
	}, (*reading).publishedReason},
	{"ESR absence report", []column{
		{employee, false, []string{"Employee", "Employee Number"}},
		{assignment, false, []string{"Assignment Number"}},
		{primary, true, []string{"Primary Assignment"}},
		{kind, true, []string{"Absence Type"}},
		{reason, false, []string{"Absence Reason"}},
		groupColumn,
		{start, false, []string{"Absence Start Date"}},
		{end, false, []string{"Absence End Date"}},
		{fte, true, []string{"FTE"}},
		{lost, false, []string{"FTE days lost"}},
		{calendarDays, true, []string{"Calendar Days Lost"}},
		{totalDays, true, []string{"Total Days Lost"}},
	}, (*reading).esr},
	{"HealthRoster absence report", []column{
		{employee, false, []string{"Staff Number"}},
		{kind, false, []string{"Group"}},
		{reason, false, []string{"Reason"}},
		{group, false, []string{"Grade Type"}},
		{start, false, []string{"Start"}},
		{end, false, []string{"End"}},
		{hours, false, []string{"Hours In Period (hh:mm)", "Hours In Period"}},
		{state, true, []string{"State"}},
		{countedTo, true, []string{"Submitted Upto Date"}},
		{openEnded, true, []string{"Is Open Ended"}},
	}, (*reading).healthRoster},
}

// UnknownLayoutError says that a heading row is of no known file. It quotes
// our headings, not the file's: the first row might not be a heading at all.
type UnknownLayoutError struct {
	Nearest string   // the layout that fits best, if any does half
	Missing []string // what it lacks
}

func (e *UnknownLayoutError) Error() string {
	if e.Nearest == "" {
		return "the first row is not the heading of an absence file that we know"
	}
	return fmt.Sprintf("this looks like %q, but these columns are missing: %s", e.Nearest, strings.Join(e.Missing, ", "))
}

// header is a recognised heading row.
type header struct {
	layout
	at    [fields]int // column of each field, -1 for none
	names []string    // as in the file, for rejects
}

func sniff(heading []string) (header, error) {
	where := make(map[string]int, len(heading))
	for i, name := range heading {
		if _, twice := where[fold(name)]; !twice {
			where[fold(name)] = i
		}
	}
	nearest, best := &UnknownLayoutError{}, 0.5
	for _, l := range layouts {
		h := header{layout: l}
		for i := range h.at {
			h.at[i] = -1
		}
		var missing []string
		required := 0
		for _, c := range l.columns {
			if !c.optional {
				required++
			}
			if h.at[c.field] = find(where, c.names); h.at[c.field] < 0 && !c.optional {
				missing = append(missing, c.names[0])
			}
		}
		if len(missing) == 0 {
			for _, name := range heading {
				h.names = append(h.names, strings.Clone(name))
			}
			return h, nil
		}
		if share := float64(required-len(missing)) / float64(required); share > best {
			nearest, best = &UnknownLayoutError{l.name, missing}, share
		}
	}
	return header{}, nearest
}

func find(where map[string]int, names []string) int {
	for _, name := range names {
		if i, ok := where[fold(name)]; ok {
			return i
		}
	}
	return -1
}
