package call

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/growth/survey"
)

// TestShares lays every table of three and of four options beside what is shown of it, and what somebody may know who knows the rule: no
// small number can be told from it, and none is shown alone.
func TestShares(t *testing.T) {
	for options, most := range map[int]int{2: 40, 3: 30, 4: 14} {
		names := strings.Split("ABCD", "")[:options]
		found := map[string][]map[int]bool{} // by what is shown, what each option can be
		counts := make([]int, options)
		var each func(at int)
		each = func(at int) {
			if at < options {
				for counts[at] = 0; counts[at] <= most; counts[at]++ {
					each(at + 1)
				}
				return
			}
			all := 0
			for _, n := range counts {
				all += n
			}
			if all < fewest {
				return
			}
			var text []string
			for _, s := range shares(names, counts) {
				n, ok := s.People.Value()
				if !ok || n < fewest {
					t.Fatalf("%v: %+v", counts, s)
				}
				text = append(text, fmt.Sprint(s.Options, n))
			}
			key := strings.Join(text, " ")
			if found[key] == nil {
				for range names {
					found[key] = append(found[key], map[int]bool{})
				}
			}
			for i, n := range counts {
				found[key][i][n] = true
			}
		}
		each(0)
		for key, can := range found {
			for i := range names {
				small := 0
				for n := range can[i] {
					if n < fewest {
						small++
					}
				}
				if small == 1 && len(can[i]) == 1 {
					t.Errorf("%d options, %s: %s is told", options, key, names[i])
				}
			}
		}
		if len(found) < options {
			t.Errorf("%d options: %d tables", options, len(found))
		}
	}
}

func TestHear(t *testing.T) {
	q := survey.Question{Words: "A", Options: []string{"Yes", "No", "Perhaps"}}
	if _, ok := hear(q, map[string]int{"Yes": 7}); ok {
		t.Error("7 answers are shown")
	}
	h, ok := hear(q, map[string]int{"Yes": 21, "No": 2})
	if n, _ := h.Shares[0].People.Value(); !ok || len(h.Shares) != 1 || n != 25 || strings.Join(h.Shares[0].Options, "") != "YesNoPerhaps" {
		t.Errorf("few said no, and it is told: %+v", h)
	}
	h, ok = hear(q, map[string]int{"Yes": 21, "No": 2, "Perhaps": 9})
	if n, _ := h.Shares[1].People.Value(); !ok || len(h.Shares) != 2 || n != 10 || strings.Join(h.Shares[1].Options, "") != "NoPerhaps" {
		t.Errorf("%+v", h)
	}
	h, ok = hear(survey.Question{Words: "B"}, map[string]int{"b": 1, "a": 6, "c": 1})
	if !ok || strings.Join(h.Wrote, "") != "aaaaaabc" {
		t.Errorf("%+v", h)
	}
}
