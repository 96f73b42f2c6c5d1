package round

import (
	"fmt"
	"slices"
	"testing"
)

// TestHiddenCannotBeSolved tries every turnout of up to eleven from four perspectives: whatever is shown, no hidden one can be
// told from it, by somebody who knows the rules as well as we do. What could be a turnout over eleven is left out: not all
// that looks like it was tried.
func TestHiddenCannotBeSolved(t *testing.T) {
	const most, tried = 11, 4
	type seen map[Perspective]map[int]bool // the turnouts that look alike
	alike, beyond := map[string]seen{}, map[string]bool{}
	var try func(n []int)
	try = func(n []int) {
		if len(n) < tried {
			for x := range most + 1 {
				try(append(n, x))
			}
			return
		}
		h := heads{map[Perspective]int{}, map[Perspective]int{}, map[Perspective]map[string]bool{}, map[Perspective]map[string]int{}}
		for i, p := range Perspectives[:tried] {
			h.votes[p] = map[string]int{"q": n[i]}
		}
		cells, look := h.cells(), ""
		for _, p := range append([]Perspective{All}, Perspectives...) {
			look += fmt.Sprint(cells[p].State, cells[p].Answered, " ")
		}
		if alike[look] == nil {
			alike[look] = seen{}
		}
		beyond[look] = beyond[look] || slices.Max(n) >= most-1
		for i, p := range Perspectives[:tried] {
			if cells[p].State != Hidden {
				continue
			}
			if alike[look][p] == nil {
				alike[look][p] = map[int]bool{}
			}
			alike[look][p][n[i]] = true
		}
	}
	try(nil)
	for look, s := range alike {
		for p, turnouts := range s {
			if len(turnouts) == 1 && !beyond[look] {
				t.Errorf("%s: the turnout of %s can only be %v", look, p, turnouts)
			}
		}
	}
}
