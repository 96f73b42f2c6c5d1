package board

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
)

// Field is one thing that a part of the plan says. Value is what people wrote, or a code for which the page has words.
type Field struct{ Name, Value string }

// Part is one need, objective or action of a version, or its line, as a list of fields. Every part of a kind has
// the same fields in the same order.
type Part struct {
	Kind   string // "vision", "need", "objective", "action"
	ID     uuid.UUID
	Title  string
	Fields []Field
}

// Edit is a field that says something else.
type Edit struct{ Name, Before, After string }

// What says what became of a part.
type What string

// The three.
const (
	Added   What = "added"
	Removed What = "removed"
	Changed What = "changed"
)

// Difference is one part that two versions do not share.
type Difference struct {
	What  What
	Kind  string
	ID    uuid.UUID
	Title string // as the later version has it; of a removed part, as the earlier had it
	Edits []Edit // of a changed part
}

// Diff lists what became of the parts of one version in another: in the order of the later one, then what is gone.
func Diff(before, after Snapshot) (out []Difference) {
	old, now := Parts(before), Parts(after)
	for _, p := range now {
		i := slices.IndexFunc(old, p.same)
		if i < 0 {
			out = append(out, Difference{What: Added, Kind: p.Kind, ID: p.ID, Title: p.Title})
			continue
		}
		var edits []Edit
		for j, f := range p.Fields {
			if was := old[i].Fields[j]; was.Value != f.Value {
				edits = append(edits, Edit{f.Name, was.Value, f.Value})
			}
		}
		if len(edits) > 0 {
			out = append(out, Difference{What: Changed, Kind: p.Kind, ID: p.ID, Title: p.Title, Edits: edits})
		}
	}
	for _, p := range old {
		if !slices.ContainsFunc(now, p.same) {
			out = append(out, Difference{What: Removed, Kind: p.Kind, ID: p.ID, Title: p.Title})
		}
	}
	return out
}

func (p Part) same(q Part) bool { return p.Kind == q.Kind && p.ID == q.ID }

// Parts takes a version apart. What a part names of another part (its objective, its needs) is said by the other's
// title, so that a reader sees words and not ids.
func Parts(s Snapshot) (out []Part) {
	out = append(out, Part{Kind: "vision", Title: s.Vision, Fields: []Field{{"vision", s.Vision}}})
	for _, n := range s.Needs {
		out = append(out, Part{"need", n.ID, n.Statement, []Field{
			{"statement", n.Statement}, {"evidence", n.Evidence}, {"source", source(n.Source)}, {"subsection", n.Subsection},
			{"importance", strconv.Itoa(n.Importance)}, {"reach", strconv.Itoa(n.Reach)}, {"need_status", string(n.Status)}, {"reason", n.Reason}}})
	}
	for _, o := range s.Objectives {
		var needs, measures string
		for _, id := range o.Needs {
			n, _ := s.Need(id)
			needs = line(needs, n.Statement)
		}
		for _, m := range o.Measures {
			measures = line(measures, source(&m.Source))
		}
		out = append(out, Part{"objective", o.ID, o.Title, []Field{
			{"title", o.Title}, {"driver", o.Driver}, {"element", o.Element}, {"horizon", o.Horizon}, {"serves", o.Serves}, {"needs", needs}, {"measures", measures}}})
	}
	for _, x := range s.Actions {
		o, _ := s.Objective(x.Objective)
		out = append(out, Part{"action", x.ID, x.Title, []Field{
			{"title", x.Title}, {"objective", o.Title}, {"owner", x.Owner}, {"class", x.Class}, {"catalogue", x.Catalogue}, {"source", source(x.Source)},
			{"start", long(x.Start)}, {"end", long(x.End)}, {"likelihood", strconv.Itoa(x.Likelihood)}, {"impact", strconv.Itoa(x.Impact)},
			{"mitigation", x.Mitigation}, {"cost", x.Cost}, {"equality", x.Equality}, {"action_status", string(x.Status)}, {"reason", x.Reason}, {"started_on", long(x.StartedOn)}}})
	}
	return out
}

func source(s *strategy.Source) string {
	if s == nil {
		return ""
	}
	said := s.Value
	if said == "" {
		said = s.State
	}
	return s.Title + ": " + said + " (" + s.Period + ")"
}

func line(so, more string) string {
	if so == "" {
		return more
	}
	return so + "\n" + more
}

func long(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Long()
}
