package prose

import "math"

// Bound is what the case says from a source: in the words of the day on which it was written, and as it is now. Now is "" where there is
// nothing to say any more.
type Bound struct{ Title, Was, Now string }

// Standing is what a typed number is beside what the case says.
type Standing string

// The standings.
const (
	Holds Standing = "holds" // the case says the same, from its source
	Stale Standing = "stale" // the case said the same, and the source has moved on
	Typed Standing = "typed" // the case does not say it: nothing shows when it goes out of date
)

// Mark is a number of a text with its standing.
type Mark struct {
	Number
	Standing Standing
	Of       Bound // of a stale number: what it was taken from
}

// Same says whether a typed number is one that the case says, rounded as far as it was typed. Whoever writes of a cost leaves out the minus.
func (n Number) Same(said Number) bool {
	if n.Unit != said.Unit || n.Kind != said.Kind && n.Kind != "" && said.Kind != "" {
		return false
	}
	a, b := n.Value, said.Value
	if n.Unit == Money {
		a, b = math.Abs(a), math.Abs(b)
	}
	return math.Abs(a-b) <= n.Step/2+1e-9*math.Abs(b)
}

func (n Number) in(text string) bool {
	for _, x := range Find(text) {
		if n.Same(x) {
			return true
		}
	}
	return false
}

// signed says whether a text has the number with its sign: a cost and a net present value may be the same amount.
func (n Number) signed(text string) bool {
	for _, x := range Find(text) {
		if n.Same(x) && n.Value*x.Value >= 0 {
			return true
		}
	}
	return false
}

// Check gives the numbers of a text beside the figures that it cites and what else stands in the case. A figure that is cited goes before: a
// number which it had and has not any more is stale, though a table has the same by chance.
func Check(text string, cited []Bound, shown []string) (out []Mark) {
	for _, n := range Find(text) {
		out = append(out, n.mark(cited, shown))
	}
	return out
}

func (n Number) mark(cited []Bound, shown []string) Mark {
	m := Mark{Number: n, Standing: Typed}
	for _, b := range cited {
		switch {
		case n.in(b.Now):
			return Mark{Number: n, Standing: Holds}
		case n.in(b.Was) && (m.Standing == Typed || !n.signed(m.Of.Was) && n.signed(b.Was)):
			m.Standing, m.Of = Stale, b
		}
	}
	if m.Standing == Stale {
		return m
	}
	for _, text := range shown {
		if n.in(text) {
			m.Standing = Holds
		}
	}
	return m
}
