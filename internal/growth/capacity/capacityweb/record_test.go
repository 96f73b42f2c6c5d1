package capacityweb

import (
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/hindsight"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
)

// TestRecordFirst: where hardly any hours of a profession are recorded the page leads to recording them, of one profession and of several, and
// has no price; where they are, it leads to posts.
func TestRecordFirst(t *testing.T) {
	ctx := t.Context()
	share := func(x float64) []mix.Share { return []mix.Share{{Low: x, Middle: x, High: x}} }
	with := func(n int, x float64) capacity.With { return capacity.With{Posts: n, Within: share(x)} }
	counsellor, nurse := capacity.OnePost{Role: "counsellor", Hours: 20, Cost: 65_000}, capacity.OnePost{Role: "nurse", Hours: 20, Cost: 53_000}
	alone := capacity.Staffed{One: counsellor, Table: []capacity.With{with(0, 70), with(1, 91)}, Ceiling: share(99), Everyone: share(99)}
	several := capacity.Staffed{One: capacity.OnePost{Role: capacity.Several}, Team: []capacity.OnePost{counsellor, nurse}, Table: []capacity.With{with(0, 70)}, Ceiling: share(99), Everyone: share(99),
		Mixes: [][]mix.Mix{{{Posts: []int{0, 0}, Middle: 70}, {Posts: []int{1, 0}, Cost: 65_000, Middle: 91}}}}
	view := func(s capacity.Staffed, recorded float64) postsView {
		v := postsView{Share: 90, Least: 10, Writes: true}
		v.Best = &capacity.Run{Result: &capacity.Result{Staffed: &s}}
		v.Recorded = []measured.Recorded{{Role: "counsellor", Appointments: recorded, Minutes: 60, Offered: 100, Few: recorded < 10}}
		return v
	}
	const few = "Of the hours with patients, only 6% of those of counsellors are recorded: below 10% nothing shows what one more would bring, so record their hours first, then ask again."
	for name, s := range map[string]capacity.Staffed{"alone": alone, "several": several} {
		v := view(s, 6)
		said := strings.Join(answers(ctx, v), "\n")
		if !strings.Contains(said, few) || strings.Contains(said, "£") {
			t.Errorf("%s: it says %q", name, said)
		}
		if l := lead(ctx, v); l == nil || l.Path != "/capacity/demand" || l.Text != "Record the hours of counsellors first" {
			t.Errorf("%s: it leads to %+v", name, l)
		}
		if _, ok := planned(v); ok {
			t.Errorf("%s: it can be planned in one press", name)
		}
		v = view(s, 10)
		if said := strings.Join(answers(ctx, v), "\n"); !strings.Contains(said, "£65,000 a year") || strings.Contains(said, few) {
			t.Errorf("%s, recorded: it says %q", name, said)
		}
	}
	if l := lead(ctx, view(alone, 10)); l == nil || !strings.HasPrefix(l.Path, "/workforce/changes/add?") {
		t.Errorf("it leads to %+v", l)
	}
	if _, ok := planned(view(several, 10)); !ok {
		t.Error("it cannot be planned")
	}
	// Others of the team may be recorded as little as they are.
	v := view(several, 6)
	v.Recorded[0].Role = "nurse"
	if got := measured.Unknown(v.Recorded, v.at().Of(several.Mixes[0][1])); len(got) != 0 || !slices.Equal(v.at().Of(several.Mixes[0][1]), []string{"counsellor"}) {
		t.Errorf("of nobody in the combination it says %+v", got)
	}
}

// TestSided: beside the warning it is said which way the model erred, and so which way its answers err; where the list was in the band in every week
// that it says so, how far the middle was off.
func TestSided(t *testing.T) {
	week := func(happened float64) hindsight.Week {
		return hindsight.Week{Low: 50, Middle: 60, High: 70, Happened: happened}
	}
	for want, weeks := range map[string][]hindsight.Week{
		"The list really was shorter than the model's range in 2 of 3 weeks, and longer in 0. If it errs this way again, the waits here are too long and it asks for too many people.": {week(40), week(41), week(60)},
		"The list really was longer than the model's range in 2 of 3 weeks, and shorter in 1. If it errs this way again, the waits here are too short and it asks for too few people.": {week(80), week(81), week(40)},
		"The list really was longer than the model's range in 1 of 2 weeks, and shorter in 1: it errs both ways, so the waits here may be too long or too short.":                      {week(80), week(40)},
		"The model expected fewer people to wait than did: 60 in a mean week, where 65 did, so 5 too few.":                                                                             {week(65)},
	} {
		b := &capacity.Back{Weeks: weeks, Verdict: capacity.Missed}
		if got := sided(t.Context(), b); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
		if !strings.Contains(failure(t.Context(), b), want) {
			t.Errorf("the warning does not say %q", want)
		}
	}
}
