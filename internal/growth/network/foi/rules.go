package foi

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

// mostReference is how long a reference may be.
const mostReference = 80

// By what a table is divided.
const (
	Organisation = "organisation"
	System       = "system"
	Model        = "model"
)

// Groupings in their order.
var Groupings = []string{Organisation, System, Model}

// Choice is what somebody asks for.
type Choice struct {
	ID                    uuid.UUID
	Reference, Metric, By string
	From, To              civil.Date // months
}

// Line is a line of a table.
type Line struct {
	Name  string `json:"name"`  // "" for an organisation that is not named, and for a model
	Code  string `json:"code"`  // pseudonym, code of the ICS, or model
	N     int    `json:"n"`     // organisations
	Part  int    `json:"part"`  // as released, added up
	Whole int    `json:"whole"` // the same
}

// Percent is the share, where it may be shown.
func (l Line) Percent() (float64, bool) { return disclosure.RoundedShare(l.Part, l.Whole) }

// Why an organisation that released something is not in the table.
const (
	Small  = "small"      // a month of it is hidden
	Months = "months"     // not every month was released
	Other  = "definition" // under another version of the definition
)

// Table is an extract.
type Table struct {
	Metric     string         `json:"metric"`
	Definition string         `json:"definition"`
	From       civil.Date     `json:"from"`
	To         civil.Date     `json:"to"`
	By         string         `json:"by"`
	Lines      []Line         `json:"lines"`
	Others     *Line          `json:"others"`  // small groups together; nil for none
	Groups     int            `json:"groups"`  // how many groups that is
	Missing    int            `json:"missing"` // organisations whose groups are too small even together
	Total      Line           `json:"total"`   // of everything shown
	Left       map[string]int `json:"left"`    // organisations that are not in it, by why
}

// Check finds what is missing; months are those that can be chosen.
func (c Choice) Check(p release.Pack, months []civil.Date) (f fault.Fields) {
	f.Text("reference", "foi.reference.empty", c.Reference, mostReference)
	if m, ok := p.Find(c.Metric); !ok || m.Kind != release.Share {
		f.Add("metric", "foi.metric.empty")
	}
	if !slices.Contains(months, c.From) {
		f.Add("from", "foi.from.empty")
	}
	switch {
	case !slices.Contains(months, c.To):
		f.Add("to", "foi.to.empty")
	case c.To.Before(c.From):
		f.Add("to", "foi.to.early")
	}
	if !slices.Contains(Groupings, c.By) {
		f.Add("by", "foi.by.empty")
	}
	return f
}

// one is an organisation over all months.
type one struct {
	system.Who
	name, system, model string
	part, whole         int
}

// Extract makes a table from what was released of the months of a choice; names are those of ICSs by their codes.
func Extract(values []system.Value, c Choice, p release.Pack, names map[string]string) Table {
	t := Table{Metric: c.Metric, From: c.From, To: c.To, By: c.By, Left: map[string]int{}}
	values = slices.DeleteFunc(slices.Clone(values), func(v system.Value) bool {
		return v.Metric != c.Metric || v.Month.Before(c.From) || v.Month.After(c.To)
	})
	t.Definition = newest(values)
	all := whole(values, &t)
	if c.By == Organisation {
		for _, x := range all {
			t.Lines = append(t.Lines, Line{x.name, x.Code, 1, x.part, x.whole})
		}
	} else {
		t.group(all, p, names)
	}
	slices.SortFunc(t.Lines, func(a, b Line) int { return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Code, b.Code)) })
	for _, l := range t.Lines {
		t.Total.add(l)
	}
	if t.Others != nil {
		t.Total.add(*t.Others)
	}
	return t
}

func (l *Line) add(x Line) { l.N, l.Part, l.Whole = l.N+x.N, l.Part+x.Part, l.Whole+x.Whole }

// newest is the version of the definition of the last month, by how many used it; of two used alike the later in the alphabet.
func newest(values []system.Value) string {
	var last civil.Date
	n := map[string]int{}
	for _, v := range values {
		if v.Month.After(last) {
			last = v.Month
			clear(n)
		}
		if v.Month == last {
			n[v.Definition]++
		}
	}
	best := ""
	for d, k := range n {
		if k > n[best] || k == n[best] && d > best {
			best = d
		}
	}
	return best
}

// whole adds up each organisation that has every month, known and under the definition of the table; why others are left out is counted.
func whole(values []system.Value, t *Table) (out []one) {
	by := map[system.Who][]system.Value{}
	var order []system.Who
	for _, v := range values {
		if by[v.Who] == nil {
			order = append(order, v.Who)
		}
		by[v.Who] = append(by[v.Who], v)
	}
	months := 12*(t.To.Year-t.From.Year) + int(t.To.Month) - int(t.From.Month) + 1
	for _, who := range order {
		list := by[who]
		x := one{Who: who, name: list[0].Name, system: list[0].System, model: list[0].Model}
		why := ""
		if len(list) < months {
			why = Months
		}
		for _, v := range list {
			switch {
			case v.Definition != t.Definition:
				why = Other
			case v.State == release.Hidden:
				why = cmp.Or(why, Small)
			case v.State == release.Known:
				x.part, x.whole = x.part+*v.Part, x.whole+*v.Whole
			}
		}
		if why != "" {
			t.Left[why]++
			continue
		}
		out = append(out, x)
	}
	return out
}

// group puts organisations together. Groups that are too small go together, and where that is too small as well, out.
func (t *Table) group(all []one, p release.Pack, names map[string]string) {
	groups := map[string][]one{}
	for _, x := range all {
		key := x.model
		if t.By == System {
			key = x.system
		}
		groups[key] = append(groups[key], x)
	}
	var small []one
	for key, list := range groups {
		if !enough(list, p) {
			small = append(small, list...)
			t.Groups++
			continue
		}
		name := ""
		if t.By == System {
			name = names[key]
		}
		t.Lines = append(t.Lines, sum(name, key, list))
	}
	switch {
	case len(small) == 0:
	case enough(small, p):
		others := sum("", "", small)
		t.Others = &others
	default:
		t.Missing, t.Groups = len(small), 0
	}
}

func sum(name, code string, list []one) Line {
	l := Line{Name: name, Code: code}
	for _, x := range list {
		l.add(Line{N: 1, Part: x.part, Whole: x.whole})
	}
	return l
}

// enough says whether organisations are many enough to stand as a group, and none makes nearly all of it.
func enough(list []one, p release.Pack) bool {
	total := sum("", "", list).Whole
	return len(list) >= p.Least && !slices.ContainsFunc(list, func(x one) bool { return x.whole*100 > p.MostPercent*total })
}
