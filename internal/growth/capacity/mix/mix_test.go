package mix

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
)

// seen is a profession of which 100 were seen, so many of them in time whatever the target.
func seen(inTime int32) plan.Part {
	p := plan.Part{Seen: make([]int32, plan.LongestTarget+2), Given: 200, Used: 200 - inTime}
	for d := range p.Seen {
		p.Seen[d] = inTime
	}
	p.Seen[plan.LongestTarget+1] = 100
	return p
}

// TestSearch: with a nurse at 50 and a doctor at 120, half of the people of each, the cheapest way to each share is the one that
// counting by hand gives; a dearer combination that brings no more is not kept.
func TestSearch(t *testing.T) {
	runs := Runs{{{seen(40), seen(20)}}, {{seen(80), seen(90)}}, {{seen(82), seen(100)}}}
	found := runs.Search([]float64{50, 120})[10]
	for percent, want := range map[float64]struct {
		posts []int
		cost  float64
	}{30: {[]int{0, 0}, 0}, 31: {[]int{1, 0}, 50}, 50: {[]int{1, 0}, 50}, 51: {[]int{2, 0}, 100}, 52: {[]int{0, 1}, 120}, 66: {[]int{1, 1}, 170}, 86: {[]int{2, 1}, 220}, 90: {[]int{1, 2}, 290}} {
		if m, ok := Cheapest(found, percent); !ok || !slices.Equal(m.Posts, want.posts) || m.Cost != want.cost {
			t.Errorf("%v in 100 take %+v, want %+v", percent, m, want)
		}
	}
	if m, ok := Cheapest(found, 92); ok {
		t.Errorf("what nothing reaches is reached by %+v", m)
	}
	for i, m := range found[1:] {
		if m.Middle <= found[i].Middle || m.Cost <= found[i].Cost {
			t.Errorf("%+v is kept after %+v", m, found[i])
		}
	}
	for _, m := range found { // of 400 appointments, as many idle as are seen in time
		if want := 100 - m.Middle/2; m.Used != (Share{want, want, want}) {
			t.Errorf("%+v uses %+v, want %v", m.Posts, m.Used, want)
		}
	}
	// Who cannot be hired is not.
	for _, m := range runs.Search([]float64{50, 0})[10] {
		if m.Posts[1] != 0 {
			t.Errorf("%+v has a profession that nobody has a price of", m)
		}
	}
}
