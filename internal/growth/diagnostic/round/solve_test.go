package round

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A world is how many of each perspective answered a question, and the sum of their scores.
type world struct {
	n, sum [5]int
}

func (w world) heads() heads {
	h := newHeads()
	for i, p := range Perspectives {
		if w.n[i] > 0 {
			h.give("q", p, 0, w.n[i])
			h.sum["q"][p] = w.sum[i]
			h.votes["q"][p] = w.n[i]
		}
	}
	return h
}

// look is all that is said.
func look(cells map[Perspective]Cell) (text string) {
	for _, p := range append([]Perspective{All}, Perspectives...) {
		text += fmt.Sprint(cells[p].State, cells[p].Answered, said(cells[p]), " ")
	}
	return text
}

// said is a percentage as a page says it.
func said(c Cell) int { return int(math.Round(c.Percent)) }

// span is a range of sums.
type span struct{ low, high int }

// sums are those of n scores that a page would say as a percentage. They lie side by side.
func sums(n, percent int) span {
	out := span{1, 0}
	for s := range MaxScore*n + 1 {
		c := Cell{State: Shown, sum: s, answers: n}
		if c.settle(); said(c) == percent {
			if out.low > out.high {
				out.low = s
			}
			out.high = s
		}
	}
	return out
}

// reader solves for what is hidden. It knows the rules, and tries turnouts up to most.
type reader struct {
	sums map[[2]int]span
	rng  *rand.Rand
	most int
}

func newReader(most int) *reader {
	return &reader{map[[2]int]span{}, rand.New(rand.NewPCG(1, 2)), most}
}

// between draws one of a span that is not empty.
func (r *reader) between(s span) int { return s.low + r.rng.IntN(s.high-s.low+1) }

func (r *reader) of(n, percent int) span {
	k := [2]int{n, percent}
	if _, ok := r.sums[k]; !ok {
		r.sums[k] = sums(n, percent)
	}
	return r.sums[k]
}

// known is what fits all that is shown: of each hidden perspective some turnouts and some sums of scores.
type known struct{ turnouts, scores map[Perspective]map[int]bool }

// open says whether two turnouts and two sums fit of each hidden perspective.
func (k known) open() bool {
	for p := range k.turnouts {
		if len(k.turnouts[p]) < 2 || len(k.scores[p]) < 2 {
			return false
		}
	}
	return true
}

// try draws a few worlds of a turnout whose percentages can be those shown, and adds those that look the same in everything.
func (r *reader) try(cells map[Perspective]Cell, n [5]int, k known) {
	total := 0
	for _, x := range n {
		total += x
	}
	everybody := span{0, MaxScore * total}
	if cells[All].State == Shown {
		everybody = r.of(total, said(cells[All]))
	}
	for range 3 {
		w, left, hidden := world{n: n}, everybody, 0
		for i, p := range Perspectives {
			if cells[p].State != Shown {
				hidden += n[i]
				continue
			}
			s := r.of(n[i], said(cells[p]))
			if s.low > s.high {
				return
			}
			w.sum[i] = r.between(s)
			left = span{left.low - w.sum[i], left.high - w.sum[i]}
		}
		left = span{max(0, left.low), min(MaxScore*hidden, left.high)}
		if left.low > left.high {
			continue
		}
		rest := r.between(left) // the hidden share it in some way
		for i, p := range Perspectives {
			if cells[p].State == Shown {
				continue
			}
			hidden -= n[i]
			w.sum[i] = r.between(span{max(0, rest-MaxScore*hidden), min(MaxScore*n[i], rest)})
			rest -= w.sum[i]
		}
		if look(w.heads().cells()) != look(cells) {
			continue
		}
		for i, p := range Perspectives {
			if cells[p].State == Hidden {
				k.turnouts[p][w.n[i]], k.scores[p][w.sum[i]] = true, true
			}
		}
	}
}

// exposed lists the hidden perspectives of which only one turnout, or only one sum of scores, fits. It tries turnouts near the
// true one first: mostly they are enough to show that nothing can be told.
func (r *reader) exposed(truth [5]int, cells map[Perspective]Cell) (out []string) {
	k := known{map[Perspective]map[int]bool{}, map[Perspective]map[int]bool{}}
	for _, p := range Perspectives {
		if cells[p].State == Hidden {
			k.turnouts[p], k.scores[p] = map[int]bool{}, map[int]bool{}
		}
	}
	for range 300 {
		n := truth
		for i := range n {
			n[i] = min(r.most, max(0, n[i]+r.rng.IntN(5)-2))
		}
		if r.try(cells, n, k); k.open() {
			return nil
		}
	}
	var n [5]int
	done := false
	var all func(at, total int)
	all = func(at, total int) {
		switch {
		case done:
		case at == len(n) && (cells[All].State != Shown || About(total) == cells[All].Answered):
			r.try(cells, n, k)
			done = k.open()
		case at < len(n):
			for x := range r.most + 1 {
				if cells[Perspectives[at]].State == Nothing && x > 0 || cells[Perspectives[at]].State == Shown && x < Few {
					continue // it would look otherwise
				}
				n[at] = x
				all(at+1, total+x)
			}
		}
	}
	if all(0, 0); done {
		return nil
	}
	for _, p := range Perspectives {
		if cells[p].State == Hidden && (len(k.turnouts[p]) < 2 || len(k.scores[p]) < 2) {
			out = append(out, fmt.Sprintf("%s: turnouts %v, sums %v", p, slices.Sorted(maps.Keys(k.turnouts[p])), slices.Sorted(maps.Keys(k.scores[p]))))
		}
	}
	return out
}

// TestHiddenCannotBeSolved takes turnouts of five perspectives up to eight, with scores at either end and between: whatever is
// shown, percentages too, somebody who knows the rules as well as we do is left with two turnouts or more of each hidden
// perspective, and two sums of its scores or more.
func TestHiddenCannotBeSolved(t *testing.T) {
	r := newReader(13) // 13: the reader thinks of more than there were
	looks, hidden := 0, 0
	look := func(w world, how string) {
		cells := w.heads().cells()
		looks++
		for _, c := range cells {
			if c.State == Hidden {
				hidden++
			}
		}
		if x := r.exposed(w.n, cells); len(x) > 0 {
			t.Errorf("turnout %v, sums %v (%s): %v", w.n, w.sum, how, x)
		}
	}
	// Before scores kept from their ends: all less the shown left seven people who gave nothing but nought.
	look(world{n: [5]int{0, 6, 5, 2, 8}, sum: [5]int{0, 2, 0, 0, 29}}, "found once")
	for range 60 {
		var n [5]int
		for i := range n {
			n[i] = r.rng.IntN(9)
		}
		for _, how := range []string{"lowest", "highest", "one under the highest", "each by chance", "apart"} {
			w := world{n: n}
			for i := range n {
				switch top := MaxScore * n[i]; how {
				case "highest":
					w.sum[i] = top
				case "one under the highest":
					w.sum[i] = max(0, top-1)
				case "each by chance":
					w.sum[i] = r.rng.IntN(top + 1)
				case "apart":
					w.sum[i] = top * r.rng.IntN(2)
				}
			}
			look(w, how)
		}
	}
	t.Logf("%d looks, %d hidden cells", looks, hidden)
	if hidden < 700 {
		t.Error("too little was hidden to show anything")
	}
}

// TestSolverFinds: what the solver is told of a board of one is enough, if a page were to say the turnouts as they are, or the
// scores to their ends.
func TestSolverFinds(t *testing.T) {
	r := newReader(13)
	told := map[Perspective]Cell{All: {State: Shown, Answered: 5, Percent: 100}}
	for _, p := range Perspectives {
		told[p] = Cell{State: Nothing}
	}
	told[Manager], told[Board] = Cell{State: Shown, Percent: 75}, Cell{State: Hidden}
	if x := r.exposed([5]int{1, 5, 0, 0, 0}, told); len(x) == 0 {
		t.Error("five managers shown beside a board of one, and nothing found")
	}
}
