package system

import (
	"cmp"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/funnel"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// Who is an organisation as an ICS knows it.
type Who struct{ Fingerprint, Code string }

// Value is a figure that was received.
type Value struct {
	Who
	Name, Model string
	System      string // the ICS that it was released to first, by its code
	release.Figure
}

// Unit is an organisation in a comparison.
type Unit struct {
	Who
	Name, Model string
	Part, Whole int // added up over the months
	Percent     float64
	Label       funnel.Label
	Own         bool // of whoever looks
}

// Why says why an organisation that has released a metric is not in the comparison.
type Why string

// The reasons.
const (
	TooFew    Why = "few"        // a month is too small to show
	NotAll    Why = "months"     // not every month was released
	Other     Why = "definition" // under another version of the definition
	NoneThere Why = "nothing"    // nothing happened
	Not       Why = ""           // it is in
)

// Left is an organisation that is not in the comparison.
type Left struct {
	Who
	Name string
	Why  Why
	Own  bool
}

// Comparison is a metric of an ICS over some months.
type Comparison struct {
	Metric     release.Metric
	Definition string       // the version that is compared
	Months     []civil.Date // oldest first; fewer than asked for where the definition changed
	Changed    bool         // so they are
	Units      []Unit       // in the order of their names, which is no ranking
	Left       []Left
	Covered    int // organisations that have released the last month
	Of         int // organisations of the ICS on its last day
	Enough     Enough
	Funnel     funnel.Output // empty unless Enough
}

// Enough says whether a benchmark may be shown, or why not.
type Enough string

// The answers.
const (
	Yes       Enough = "yes"
	FewUnits  Enough = "few"       // fewer organisations than the pack says
	Dominated Enough = "dominated" // one makes most of what is counted
)

// prevailing is the version of the definition that most have used in a month.
func prevailing(values []Value, month civil.Date) string {
	n := map[string]int{}
	for _, v := range values {
		if v.Month == month {
			n[v.Definition]++
		}
	}
	return Commonest(n)
}

// Commonest is the version of a definition that most use; of two that are used alike, the later in the alphabet, which is the newer one.
func Commonest(n map[string]int) string {
	best := ""
	for d, k := range n {
		if k > n[best] || k == n[best] && d > best {
			best = d
		}
	}
	return best
}

// Prevailing is the version of the definition that most figures of a month use.
func Prevailing(values []Value, month civil.Date) string { return prevailing(values, month) }

// window is the months of a comparison that end with a month: as many as wanted, as far back as the definition was the same.
func window(values []Value, last civil.Date, span int) (months []civil.Date, definition string, changed bool) {
	definition = prevailing(values, last)
	for i := range span {
		m := last.AddMonths(-i)
		if d := prevailing(values, m); i > 0 && d != definition {
			return months, definition, d != ""
		}
		months = append([]civil.Date{m}, months...)
	}
	return months, definition, false
}

// compare joins the values of a share over the months that end with one. N is how many organisations the ICS has.
func compare(m release.Metric, values []Value, last civil.Date, span, n int, p release.Pack, own Who) (Comparison, error) {
	c := Comparison{Metric: m, Of: n}
	values = slices.DeleteFunc(slices.Clone(values), func(v Value) bool { return v.Metric != m.ID })
	c.Months, c.Definition, c.Changed = window(values, last, span)
	by := map[Who][]Value{}
	var order []Who
	for _, v := range values {
		if slices.Contains(c.Months, v.Month) {
			if by[v.Who] == nil {
				order = append(order, v.Who)
			}
			by[v.Who] = append(by[v.Who], v)
			if v.Month == last {
				c.Covered++
			}
		}
	}
	for _, who := range order {
		all := by[who]
		u, why := join(all, len(c.Months), c.Definition)
		u.Who, u.Name, u.Model, u.Own = who, all[0].Name, all[0].Model, who == own
		if why != Not {
			c.Left = append(c.Left, Left{who, u.Name, why, u.Own})
			continue
		}
		c.Units = append(c.Units, u)
	}
	// Organisations of other installations that nobody has put into the tree are there all the same.
	c.Of = max(c.Of, c.Covered)
	slices.SortFunc(c.Units, func(a, b Unit) int { return byName(a.Name, a.Who, b.Name, b.Who) })
	slices.SortFunc(c.Left, func(a, b Left) int { return byName(a.Name, a.Who, b.Name, b.Who) })
	if c.Enough = enough(c.Units, p); c.Enough != Yes {
		return c, nil
	}
	return c, c.draw()
}

// byName puts named organisations before pseudonyms: no figure decides an order.
func byName(a string, x Who, b string, y Who) int {
	named := func(s string) int {
		if s == "" {
			return 1
		}
		return 0
	}
	return cmp.Or(named(a)-named(b), cmp.Compare(a, b), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Fingerprint, y.Fingerprint))
}

// join adds up the months of one organisation. Months that are not all there and known are not added up: those that are hidden are the
// small ones, so that what is left would be too large.
func join(all []Value, months int, definition string) (u Unit, why Why) {
	for _, v := range all {
		switch {
		case v.Definition != definition:
			return u, Other
		case v.State == release.Hidden:
			return u, TooFew
		}
		u.Part, u.Whole = u.Part+*v.Part, u.Whole+*v.Whole
	}
	switch {
	case len(all) < months:
		return u, NotAll
	case u.Whole == 0:
		return u, NoneThere
	}
	u.Percent = 100 * float64(u.Part) / float64(u.Whole)
	return u, Not
}

// enough holds a benchmark to its rule: enough organisations, and none that is nearly all of it.
func enough(units []Unit, p release.Pack) Enough {
	if len(units) < p.Least {
		return FewUnits
	}
	all := 0
	for _, u := range units {
		all += u.Whole
	}
	for _, u := range units {
		if u.Whole*100 > p.MostPercent*all {
			return Dominated
		}
	}
	return Yes
}

// curve is at how many sizes the limits are drawn.
const curve = 40

// draw computes the funnel.
func (c *Comparison) draw() error {
	in := funnel.Input{Type: funnel.Proportion}
	biggest := 0
	for _, u := range c.Units {
		in.Unit = append(in.Unit, u.Fingerprint+u.Code)
		in.Numerator, in.Denominator = append(in.Numerator, float64(u.Part)), append(in.Denominator, float64(u.Whole))
		biggest = max(biggest, u.Whole)
	}
	for i := range curve {
		in.At = append(in.At, float64(biggest)*1.1*float64(i+1)/curve)
	}
	out, err := funnel.Compute(in)
	if err != nil {
		return err
	}
	c.Funnel = out
	for i := range c.Units {
		c.Units[i].Label = out.Units[i].Label
	}
	return nil
}
