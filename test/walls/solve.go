package walls

// Range is what may be known of a whole number: it lies from Low to High.
type Range struct{ Low, High int }

// Exact says whether only one number is left.
func (r Range) Exact() bool { return r.Low == r.High }

// Sum says that a cell is the sum of others.
type Sum struct {
	Whole string
	Parts []string
}

// Solve draws from sums whatever bounds can draw: a part is at least the whole less the most that the others can be, and at
// most the whole less the least; a whole lies between the sums of both. It goes on until nothing gets narrower. Where
// the sums share no two cells this finds every cell that can be known exactly, since each sum alone bounds its parts
// tightly; where they do, it finds what a patient reader with pencil and paper finds.
func Solve(cells map[string]Range, sums []Sum) {
	narrow := func(name string, low, high int) bool {
		was := cells[name]
		now := Range{max(was.Low, low), min(was.High, high)}
		cells[name] = now
		return now != was
	}
	for again := true; again; {
		again = false
		for _, s := range sums {
			var low, high int
			for _, p := range s.Parts {
				low, high = low+cells[p].Low, high+cells[p].High
			}
			again = narrow(s.Whole, low, high) || again
			whole := cells[s.Whole]
			for _, p := range s.Parts {
				c := cells[p]
				again = narrow(p, whole.Low-(high-c.High), whole.High-(low-c.Low)) || again
				low, high = low+cells[p].Low-c.Low, high+cells[p].High-c.High
			}
		}
	}
}
