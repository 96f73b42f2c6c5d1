package round

import (
	"cmp"
	"slices"
)

// Rules are the settings of the framework pack and of the round.
type Rules struct {
	Targets      map[string]int // percent, by element
	AmberWithin  int            // points under the target that are still amber
	Disagreement int            // points between two perspectives that make a finding
}

// Light is the quick view of a score against its target; pages say it in words too.
type Light string

// The lights.
const (
	Green Light = "green"
	Amber Light = "amber"
	Red   Light = "red"
	Grey  Light = "grey" // no score
)

// Row is an element or a sub-section.
type Row struct {
	Code    string
	Element string
	Cells   map[Perspective]Cell
	Target  int
	Gap     float64 // target, at most the ceiling, less score of all, in points; 0 at or above it, or where there is no score
	Light   Light
}

// All is the cell of everybody.
func (r Row) All() Cell { return r.Cells[All] }

// Finding is a disagreement between two perspectives.
type Finding struct {
	Code      string // element or sub-section
	High, Low Perspective
	Above     float64
	Below     float64
}

// Points is how far they are apart.
func (f Finding) Points() float64 { return f.Above - f.Below }

// Results are what a round says.
type Results struct {
	Elements    []Row
	Subsections []Row
	Findings    []Finding // widest first; of elements, and of sub-sections
}

// Compute makes the results. Elements and sub-sections come in the order of the questions.
func Compute(r Record, rules Rules) Results {
	var out Results
	byElement := map[string]int{}
	for _, q := range r.Questions {
		if slices.ContainsFunc(out.Subsections, func(x Row) bool { return x.Code == q.Subsection }) {
			continue
		}
		in := r.codes(q.Subsection)
		leaf := Row{Code: q.Subsection, Element: q.Element, Cells: r.heads(func(c string) bool { return in[c] }).cells()}
		leaf.judge(rules)
		out.Subsections = append(out.Subsections, leaf)
		i, ok := byElement[q.Element]
		if !ok {
			i = len(out.Elements)
			byElement[q.Element] = i
			out.Elements = append(out.Elements, Row{Code: q.Element, Element: q.Element, Cells: map[Perspective]Cell{}})
		}
		out.Elements[i].add(leaf)
	}
	for i := range out.Elements {
		out.Elements[i].judge(rules)
	}
	for _, rows := range [][]Row{out.Elements, out.Subsections} {
		for _, row := range rows {
			if f, ok := row.disagreement(rules.Disagreement); ok {
				out.Findings = append(out.Findings, f)
			}
		}
	}
	slices.SortStableFunc(out.Findings, func(a, b Finding) int { return cmp.Compare(b.Points(), a.Points()) })
	return out
}

func (r Record) codes(subsection string) map[string]bool {
	in := map[string]bool{}
	for _, q := range r.Questions {
		if q.Subsection == subsection {
			in[q.Code] = true
		}
	}
	return in
}

// add puts the shown cells of a leaf into its element. Answered is that of the best answered leaf.
func (r *Row) add(leaf Row) {
	for p, c := range leaf.Cells {
		have, ok := r.Cells[p]
		switch {
		case !ok:
			have = c
		case c.State == Shown && have.State == Shown:
			have.sum, have.answers, have.Answered = have.sum+c.sum, have.answers+c.answers, max(have.Answered, c.Answered)
		case c.State == Shown:
			have = c
		case have.State == Nothing:
			have.State = c.State
		}
		have.settle()
		r.Cells[p] = have
	}
}

func (r *Row) judge(rules Rules) {
	r.Target, r.Light = rules.Targets[r.Element], Grey
	c := r.All()
	if c.State != Shown {
		return
	}
	r.Gap = max(0, float64(min(r.Target, Ceiling))-c.Percent) // more than the ceiling is said of no score
	switch {
	case r.Gap == 0:
		r.Light = Green
	case r.Gap <= float64(rules.AmberWithin):
		r.Light = Amber
	default:
		r.Light = Red
	}
}

// disagreement looks among the shown perspectives.
func (r Row) disagreement(points int) (f Finding, found bool) {
	for _, p := range Perspectives {
		c := r.Cells[p]
		if c.State != Shown {
			continue
		}
		if f.High == "" || c.Percent > f.Above {
			f.High, f.Above = p, c.Percent
		}
		if f.Low == "" || c.Percent < f.Below {
			f.Low, f.Below = p, c.Percent
		}
	}
	f.Code = r.Code
	return f, f.High != "" && f.Points() >= float64(points)
}

// Change is how an element or a sub-section moved for everybody or for a perspective, on the questions that both rounds asked.
type Change struct {
	Code        string
	Perspective Perspective
	Before      float64
	Now         float64
	Questions   int
	Reworded    int // asked in another version
}

// Points is the change in points.
func (c Change) Points() float64 { return c.Now - c.Before }

// Compare sets a round beside an earlier one: sub-sections and then elements, each for all and for the perspectives. What has no
// safe comparison is left out, of a sub-section as of its element.
func Compare(before, now Record) []Change {
	versions := map[string]int{}
	for _, q := range before.Questions {
		versions[q.Code] = q.Version
	}
	type pair struct {
		before, now         Row
		questions, reworded int
	}
	var out []Change
	var order []string
	elements, done := map[string]*pair{}, map[string]bool{}
	add := func(code string, x pair) {
		for _, p := range append([]Perspective{All}, Perspectives...) {
			if was, is := x.before.Cells[p], x.now.Cells[p]; was.State == Shown && is.State == Shown {
				out = append(out, Change{code, p, was.Percent, is.Percent, x.questions, x.reworded})
			}
		}
	}
	for _, q := range now.Questions {
		if done[q.Subsection] {
			continue
		}
		done[q.Subsection] = true
		x, common := pair{}, map[string]bool{}
		for _, other := range now.Questions {
			if v, ok := versions[other.Code]; ok && other.Subsection == q.Subsection {
				common[other.Code] = true
				x.questions++
				if v != other.Version {
					x.reworded++
				}
			}
		}
		x.before, x.now = before.only(q.Subsection, common), now.only(q.Subsection, common)
		for p := range x.now.Cells { // what one of them does not show is compared in neither
			if x.before.Cells[p].State != Shown || x.now.Cells[p].State != Shown {
				delete(x.before.Cells, p)
				delete(x.now.Cells, p)
			}
		}
		add(q.Subsection, x)
		e := elements[q.Element]
		if e == nil {
			e = &pair{Row{Cells: map[Perspective]Cell{}}, Row{Cells: map[Perspective]Cell{}}, 0, 0}
			elements[q.Element], order = e, append(order, q.Element)
		}
		e.before.add(x.before)
		e.now.add(x.now)
		e.questions, e.reworded = e.questions+x.questions, e.reworded+x.reworded
	}
	for _, code := range order {
		add(code, *elements[code])
	}
	return out
}

// only gives the cells of some questions of a sub-section, where they and what they leave out of it are safe to show.
func (r Record) only(subsection string, common map[string]bool) Row {
	in := r.codes(subsection)
	out := Row{Cells: r.heads(func(c string) bool { return in[c] && common[c] }).cells()}
	whole := r.heads(func(c string) bool { return in[c] }).cells()
	rest := r.heads(func(c string) bool { return in[c] && !common[c] }).few()
	for p := range out.Cells {
		if rest || whole[p].State != Shown {
			delete(out.Cells, p)
		}
	}
	return out
}
