package catalogue

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
)

// Action is what the balance knows of an action of the plan.
type Action struct {
	ID           uuid.UUID
	Title, Class string
	Catalogue    string // code of an intervention, or nothing
	Open         bool   // planned or started
}

// Need is what it knows of an open need: the classes of the actions that are planned or started to answer it.
type Need struct{ Classes []string }

// Planned is what the plan says.
type Planned struct {
	Actions []Action
	Needs   []Need
}

// By lists the actions from an intervention.
func (p Planned) By(code string) (out []Action) {
	for _, x := range p.Actions {
		if x.Catalogue == code {
			out = append(out, x)
		}
	}
	return out
}

// Unanswered counts the needs to which no action answers yet.
func (p Planned) Unanswered() (n int) {
	for _, x := range p.Needs {
		if len(x.Classes) == 0 {
			n++
		}
	}
	return n
}

// Entry is what was spent and worked in a class; nil where nobody knows.
type Entry struct {
	Class        string
	Spend, Hours *int64
}

// Row is a class in the balance.
type Row struct {
	Entry
	SpendShare, HoursShare *int // percent, where all classes are known
	Contacts               disclosure.Figure
	ContactShare           disclosure.Percentage
	Open                   int // actions planned or started
	Needs                  int // open needs that an open action of the class answers
}

// rows lays the classes side by side.
func rows(entries []Entry, contacts map[string]int, planned Planned) []Row {
	all := 0
	for _, n := range contacts {
		all += n
	}
	var out []Row
	for _, class := range improvement.Classes {
		r := Row{Entry: Entry{Class: class}}
		for _, e := range entries {
			if e.Class == class {
				r.Entry = e
			}
		}
		if all > 0 {
			r.Contacts = disclosure.Count(contacts[class], disclosure.General)
			r.ContactShare = disclosure.Share(r.Contacts, disclosure.Count(all, disclosure.General))
		}
		for _, x := range planned.Actions {
			if x.Class == class && x.Open {
				r.Open++
			}
		}
		for _, n := range planned.Needs {
			if slices.Contains(n.Classes, class) {
				r.Needs++
			}
		}
		out = append(out, r)
	}
	spend := shares(out, func(r Row) *int64 { return r.Spend })
	hours := shares(out, func(r Row) *int64 { return r.Hours })
	for i := range out {
		out[i].SpendShare, out[i].HoursShare = spend[i], hours[i]
	}
	return out
}

// shares are percentages of what all classes make up: only where each is known.
func shares(rows []Row, of func(Row) *int64) []*int {
	out, total := make([]*int, len(rows)), int64(0)
	for _, r := range rows {
		if of(r) == nil {
			return out
		}
		total += *of(r)
	}
	if total == 0 {
		return out
	}
	for i, r := range rows {
		share := int((*of(r)*100 + total/2) / total)
		out[i] = &share
	}
	return out
}

// Largest is more than the whole NHS spends on its staff's health in a year: above it there is a slip of the hand.
const Largest = 1_000_000_000

// Number reads a whole number of pounds or hours; commas, spaces and a pound sign are let through. Empty is nil.
func Number(f *fault.Fields, name, key, typed string, args ...any) *int64 {
	typed = strings.NewReplacer(",", "", " ", "", "£", "").Replace(typed)
	if typed == "" {
		return nil
	}
	n, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || n < 0 || n > Largest {
		f.Add(name, key, args...)
		return nil
	}
	return &n
}

// FinancialYear is the year in which the financial year of a day begins, on 1 April.
func FinancialYear(d civil.Date) int {
	if d.Month < time.April {
		return d.Year - 1
	}
	return d.Year
}

// entered is how many financial years can be entered: this one and four before, the length of a plan.
const entered = 5

// Years lists the financial years that can be entered, newest first.
func Years(today civil.Date) (out []int) {
	for i := range entered {
		out = append(out, FinancialYear(today)-i)
	}
	return out
}

// YearText writes a financial year: 2026/27.
func YearText(year int) string {
	end := (year + 1) % 100
	if end < 10 {
		return strconv.Itoa(year) + "/0" + strconv.Itoa(end)
	}
	return strconv.Itoa(year) + "/" + strconv.Itoa(end)
}
