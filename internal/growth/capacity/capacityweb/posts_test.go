package capacityweb

import (
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/hindsight"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/said"
)

// TestWithin: what falls short of what is asked for does not look as if it were reached.
func TestWithin(t *testing.T) {
	for _, x := range []struct {
		percent float64
		asked   int
		want    string
	}{{89.6, 90, "89.6%"}, {89.97, 90, "89.9%"}, {90, 90, "90%"}, {90.4, 90, "90%"}, {89.4, 90, "89%"}, {89.6, 85, "90%"}} {
		if got := within(t.Context(), x.percent, x.asked); got != x.want {
			t.Errorf("%v of %d is %s, want %s", x.percent, x.asked, got, x.want)
		}
	}
}

// TestSpanned: two ends that are written alike are one number; a number that is alone has no range behind it.
func TestSpanned(t *testing.T) {
	ctx := t.Context()
	for want, got := range map[string]string{
		"6":                              said.Span(ctx, "6", "6"),
		"between 6 and 9":                said.Span(ctx, "6", "9"),
		"6 in 8 of 10 simulated runs":    between(ctx, 5.6, 6.4),
		"6 working days":                 ranged(ctx, capacity.Median, capacity.Band{P10: 5.8, P50: 6, P90: 6.1}),
		"6 working days (5 to 6)":        ranged(ctx, capacity.Median, capacity.Band{P10: 5, P50: 6, P90: 6.1}),
		"so 14 too few.":                 tail(erred(ctx, &capacity.Back{Weeks: []hindsight.Week{{Middle: 60, Happened: 74}}})),
		"so 14 too many.":                tail(erred(ctx, &capacity.Back{Weeks: []hindsight.Week{{Middle: 74, Happened: 60}}})),
		"wait as did: 60 in a mean week": strings.TrimSuffix(erred(ctx, &capacity.Back{Weeks: []hindsight.Week{{Middle: 60.2, Happened: 59.8}}})[len("The model expected as many people to "):], "."),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func tail(said string) string { return said[strings.LastIndex(said, "so "):] }

// TestIdle: what is used is said of the row that answers, and nothing of an answer that does not know it.
func TestIdle(t *testing.T) {
	ctx := t.Context()
	within := func(x float64) []mix.Share { return []mix.Share{{Middle: x}} }
	row := func(posts int, share, used float64) capacity.With {
		return capacity.With{Posts: posts, Within: within(share), Used: mix.Share{Low: used - 2, Middle: used, High: used + 2}}
	}
	s := &capacity.Staffed{Last: civil.MustParse("2032-01-01"), Table: []capacity.With{row(0, 60, 90), row(1, 80, 70), row(2, 93, 48)}}
	v := postsView{Share: 90}
	v.Best = &capacity.Run{Result: &capacity.Result{Staffed: s}}
	for share, want := range map[int]string{
		90: "With that, 48% of the appointments of the year from April 2031 to March 2032 would be used (between 46 and 50 in 8 of 10 simulated runs): 52 in 100 would stand empty.",
		70: "With that, 70% of the appointments of the year from April 2031 to March 2032 would be used (between 68 and 72 in 8 of 10 simulated runs): 30 in 100 would stand empty.",
		50: "With the team as it is, 90% of the appointments of the year from April 2031 to March 2032 would be used (between 88 and 92 in 8 of 10 simulated runs).",
	} {
		v.Share = share
		if got := idle(ctx, v); !slices.Equal(got, []string{want}) {
			t.Errorf("%d in 100: %q, want %q", share, got, want)
		}
	}
	v.Share, s.Table[0].Used = 50, mix.Share{}
	if got := idle(ctx, v); got != nil {
		t.Errorf("nobody knows, and it says %q", got)
	}
}
