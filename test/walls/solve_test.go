package walls

import "testing"

func TestSolve(t *testing.T) {
	hidden := Range{1, 7}
	for name, c := range map[string]struct {
		whole Range
		parts []Range
		want  Range // of the first part
	}{
		"an exact margin gives one hidden cell away": {Range{12, 12}, []Range{hidden, {10, 10}}, Range{2, 2}},
		"a rounded one does not":                     {Range{8, 12}, []Range{hidden, {8, 12}}, Range{1, 4}},
		"four sevens are all that make 28":           {Range{28, 32}, []Range{hidden, hidden, hidden, hidden}, Range{7, 7}},
		"two of three":                               {Range{13, 17}, []Range{hidden, hidden, {0, 0}}, Range{6, 7}},
	} {
		cells, sum := map[string]Range{"whole": c.whole}, Sum{Whole: "whole"}
		for i, p := range c.parts {
			cells[string(rune('a'+i))] = p
			sum.Parts = append(sum.Parts, string(rune('a'+i)))
		}
		Solve(cells, []Sum{sum})
		if cells["a"] != c.want {
			t.Errorf("%s: %v, want %v", name, cells["a"], c.want)
		}
	}
}
