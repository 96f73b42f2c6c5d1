package spc

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// chart computes and fails the test on an error.
func chart(t testing.TB, in Input) Output {
	t.Helper()
	out, err := Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// months are n first days of months from January 2024.
func months(n int) []civil.Date {
	out := make([]civil.Date, n)
	for i := range out {
		out[i] = civil.MustParse("2024-01-01").AddMonths(i)
	}
	return out
}

func ptr[T any](v T) *T { return &v }

// rulesOf writes one letter set for each point: o, s, t, 2 and - for none.
func rulesOf(out Output) string {
	var b strings.Builder
	for i, r := range out.Rules {
		if i > 0 {
			b.WriteByte(' ')
		}
		if r == 0 || r == NoRules {
			b.WriteByte('-')
		}
		for k, letter := range "ost2" {
			if r.Has(1 << k) {
				b.WriteRune(letter)
			}
		}
	}
	return b.String()
}

// classesOf writes one letter for each point: c, i, w(orse), h, l or _ for null.
func classesOf(out Output) string {
	letters := map[Point]string{CommonCause: "c", Improvement: "i", Concern: "w", SpecialNeutralHigh: "h", SpecialNeutralLow: "l", "": "_"}
	var b strings.Builder
	for _, p := range out.Point {
		b.WriteString(letters[p])
	}
	return b.String()
}

func near(t *testing.T, what string, got Number, want float64) {
	t.Helper()
	if !got.Known || math.Abs(got.Value-want) > 1e-9*max(1, math.Abs(want)) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func warned(out Output, part string) bool {
	return strings.Contains(strings.Join(out.Warnings, "\n"), part)
}

// Twelve points 10, 12, 10, 12 ... have mean 11, every moving range 2, limits
// 11 ± 5.32 and two sigma 11 ± 3.5467.
func zigzag(n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = 10 + 2*float64(i%2)
	}
	return xs
}

func TestLimits(t *testing.T) {
	t.Run("mean and 2.66 mean moving ranges, not the standard deviation", func(t *testing.T) {
		out := chart(t, Input{Values: Series(5, 7, 4, 8)}) // ranges 2, 3, 4
		near(t, "mean", out.Mean[0], 6)
		near(t, "lower", out.Lower[3], 6-2.66*3)
		near(t, "upper", out.Upper[3], 6+2.66*3)
	})
	t.Run("a missing value has null outputs and no range with either neighbour", func(t *testing.T) {
		values := Series(5, 7, 0, 20, 24)
		values[2] = Number{}
		out := chart(t, Input{Values: values}) // ranges 2 and 4; 13 is not one
		near(t, "mean", out.Mean[0], 14)
		near(t, "upper", out.Upper[0], 14+2.66*3)
		if out.Mean[2].Known || out.Lower[2].Known || out.Upper[2].Known || out.Segment[2] != NoSegment || out.Point[2] != "" || out.Rules[2] != NoRules {
			t.Errorf("missing value has outputs: %+v", out)
		}
	})
	t.Run("no moving range across a recalculation", func(t *testing.T) {
		out := chart(t, Input{Values: Series(1, 3, 1, 21, 25, 21), Dates: months(6), Rebase: months(4)[3:]})
		near(t, "first mean", out.Mean[0], 5.0/3)
		near(t, "first upper", out.Upper[2], 5.0/3+2.66*2)
		near(t, "second mean", out.Mean[3], 67.0/3)
		near(t, "second upper", out.Upper[5], 67.0/3+2.66*4)
	})
	t.Run("a ghost keeps its lines, and its neighbours are neighbours", func(t *testing.T) {
		out := chart(t, Input{Values: Series(5, 7, 1000, 4, 8), Ghost: []bool{false, false, true, false, false}})
		near(t, "mean at the ghost", out.Mean[2], 6)
		near(t, "upper", out.Upper[2], 6+2.66*3)
		if out.Rules[2] != 0 || out.Point[2] != CommonCause {
			t.Errorf("ghost is flagged: %v %v", out.Rules[2], out.Point[2])
		}
	})
	t.Run("fix_after keeps the first points of each segment", func(t *testing.T) {
		xs := append(zigzag(12), 30, 30, 40)
		out := chart(t, Input{Values: Series(xs...), FixAfter: ptr(12)})
		near(t, "mean", out.Mean[14], 11)
		near(t, "upper", out.Upper[14], 11+5.32)
		if out.Segment[14] != 0 {
			t.Errorf("segment %d: fixing limits is not a recalculation", out.Segment[14])
		}
	})
	t.Run("one point has a mean and no limits", func(t *testing.T) {
		out := chart(t, Input{Values: Series(5), Direction: Increase, Target: ptr(5.0)})
		near(t, "mean", out.Mean[0], 5)
		if out.Lower[0].Known || out.Upper[0].Known || out.Variation != "" || out.Assurance != "" {
			t.Errorf("one point: %+v", out)
		}
	})
	t.Run("limits from two points on", func(t *testing.T) {
		out := chart(t, Input{Values: Series(5, 6)})
		near(t, "lower", out.Lower[0], 5.5-2.66)
		if out.Variation != VariationCommonCause || !warned(out, "2 points: under 13") {
			t.Errorf("%+v", out)
		}
	})
	t.Run("no values", func(t *testing.T) {
		out := chart(t, Input{Values: []Number{}})
		if out.Variation != "" || out.Assurance != "" || !warned(out, "0 points") {
			t.Errorf("%+v", out)
		}
	})
}

// Eleven steps of 1 and one of 13 into the last point: mean range 2, so ranges
// from 6.534 are screened out and the mean range becomes 1.
func TestScreening(t *testing.T) {
	xs := []float64{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 14}
	meanAll := 20.0 / 13
	for _, c := range []struct {
		name         string
		in           Input
		mean, range_ float64
	}{
		{"mdc is off by default", Input{}, meanAll, 2},
		{"mdc recomputes the mean too", Input{Screen: ptr(true)}, 0.5, 1},
		{"R is on by default and keeps the mean", Input{Profile: NHSRplotthedots}, meanAll, 1},
		{"R off", Input{Profile: NHSRplotthedots, Screen: ptr(false)}, meanAll, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.Values = Series(xs...)
			out := chart(t, c.in)
			near(t, "mean", out.Mean[0], c.mean)
			near(t, "upper", out.Upper[0], c.mean+2.66*c.range_)
		})
	}
	t.Run("a single pass", func(t *testing.T) {
		// Ranges: 20 of 1, one of 5, one of 100. The first pass (mean 5.68, limit
		// 18.6) drops 100; the mean becomes 25/21 with limit 3.89, and 5 must stay.
		xs := append(zigzag(20), 0, 0, 0)
		for i := range 20 {
			xs[i] = float64(i % 2)
		}
		xs = append(xs[:20], 0, 5, 105) // last step of the zigzag 1 -> 0, then 5, then 100
		out := chart(t, Input{Profile: NHSRplotthedots, Values: Series(xs...)})
		near(t, "reach", Some(out.Upper[0].Value-out.Mean[0].Value), 2.66*25/21)
	})
	t.Run("constant series is not screened away", func(t *testing.T) {
		out := chart(t, Input{Profile: NHSRplotthedots, Values: Series(7, 7, 7)})
		near(t, "upper", out.Upper[0], 7)
	})
}

func TestRules(t *testing.T) {
	base := zigzag(12)
	fixed := func(more ...float64) Input {
		return Input{Values: Series(append(zigzag(12), more...)...), FixAfter: ptr(12)}
	}
	twelve := strings.Repeat("- ", len(base))
	// Fixed limits: mean 11, two sigma 7.4533 and 14.5467, limits 5.68 and 16.32.
	for _, c := range []struct {
		name string
		in   Input
		want string // rules of the points after the first twelve
	}{
		{"strictly beyond a limit", fixed(17, 11, 5), "o - o"},
		{"on the upper limit", fixed(11 + 5.32), "-"},
		{"two of three, the third not flagged", fixed(11, 15, 12, 15), "- 2 - 2"},
		{"two of three needs one side", fixed(15, 10, 15), "- - -"},
		{"a third point on the mean breaks it", fixed(15, 11, 15), "- - -"},
		{"beyond counts the outlier", fixed(11, 17, 15, 12), "- o2 2 -"},
		{"never overhangs the end", fixed(11, 15, 15), "- - -"},
		{"low side", fixed(11, 7, 7, 10), "- 2 2 -"},
		{"seven on one side", fixed(11, 12, 13, 12, 13, 12, 13, 12), "- s s s s s s s"},
		{"six on one side", fixed(11, 12, 13, 12, 13, 12, 13, 11), "- - - - - - - -"},
		{"a point on the mean breaks the run", fixed(11, 12, 13, 12, 11, 13, 12, 13, 12), "- - - - - - - - -"},
		{"eight are all flagged", fixed(11, 12, 13, 12, 13, 12, 13, 12, 13), "- s s s s s s s s"},
		{"trend of seven points", fixed(11, 10.4, 10.6, 10.8, 11, 11.2, 11.4, 11.6, 11.6), "- t t t t t t t -"},
		{"six points are no trend", fixed(11, 10.4, 10.6, 10.8, 11, 11.2, 11.4, 11.4), "- - - - - - - -"},
		{"a tie breaks a trend", fixed(11, 10.4, 10.6, 10.8, 10.8, 11, 11.2, 11.4, 11), "- - - - - - - - -"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// A leading 11 keeps the zigzag's last 12 out of runs and windows.
			if got := rulesOf(chart(t, c.in)); got != twelve+c.want {
				t.Errorf("got  %s\nwant %s", got, twelve+c.want)
			}
		})
	}
	t.Run("between leaves the outlier out of two of three", func(t *testing.T) {
		in := fixed(11, 17, 15, 12, 11, 17, 15, 15)
		in.TwoOfThree = Between
		if got := rulesOf(chart(t, in)); got != twelve+"- o - - - o 2 2" {
			t.Error(got)
		}
	})
	t.Run("runs skip a missing value", func(t *testing.T) {
		in := fixed(11, 12, 13, 12, 0, 13, 12, 13, 12)
		in.Values[16] = Number{}
		if got := rulesOf(chart(t, in)); got != twelve+"- s s s - s s s s" {
			t.Error(got)
		}
	})
	t.Run("runs skip a ghost", func(t *testing.T) {
		in := fixed(11, 12, 13, 12, 5, 13, 12, 13, 12)
		in.Ghost = make([]bool, len(in.Values))
		in.Ghost[16] = true
		if got := rulesOf(chart(t, in)); got != twelve+"- s s s - s s s s" {
			t.Error(got)
		}
	})
	t.Run("lengths can be set", func(t *testing.T) {
		in := fixed(11, 12, 13, 12, 13, 12, 13)
		in.Shift = ptr(6)
		if got := rulesOf(chart(t, in)); got != twelve+"- s s s s s s" {
			t.Error(got)
		}
		in.Shift = ptr(5)
		if !warned(chart(t, in), "shift of 5") {
			t.Error("no warning")
		}
	})
	t.Run("a decimal mean is not missed by rounding", func(t *testing.T) {
		xs := make([]float64, 14)
		for i := range xs {
			xs[i] = 0.1
		}
		xs[0], xs[1] = 0.3, -0.1 // mean exactly 0.1 on paper
		if got := rulesOf(chart(t, Input{Values: Series(xs...), Shift: ptr(7)})); strings.Contains(got, "s") {
			t.Error(got)
		}
	})
}

func TestRecalculation(t *testing.T) {
	dates := months(14)
	rising := Series(5, 3, 6, 4, 5, 6, 7, 8, 9, 10, 8, 9, 8, 9) // rises from 4 (place 3) to 10 (place 9)
	cut := []civil.Date{civil.MustParse("2024-07-15")}          // first point on or after is 1 August, place 7
	mdc := chart(t, Input{Values: rising, Dates: dates, Rebase: cut})
	r := chart(t, Input{Profile: NHSRplotthedots, Values: rising, Dates: dates, Rebase: cut})
	if got := fmt.Sprint(mdc.Segment); got != "[0 0 0 0 0 0 0 1 1 1 1 1 1 1]" {
		t.Errorf("segments %s", got)
	}
	for i := range rising {
		if want := i >= 3 && i <= 9; mdc.Rules[i].Has(Trend) != want {
			t.Errorf("mdc: trend at %d is %v", i, !want)
		}
		if r.Rules[i].Has(Trend) {
			t.Errorf("R: trend crosses the recalculation at %d", i)
		}
	}
	t.Run("a shift does not cross", func(t *testing.T) {
		xs := append(zigzag(12), 13, 13, 13, 13, 13, 13, 13)
		in := Input{Values: Series(xs...), Dates: months(19), FixAfter: ptr(12)}
		if !strings.Contains(rulesOf(chart(t, in)), "s") {
			t.Fatal("no shift without recalculation")
		}
		in.Rebase = []civil.Date{months(16)[15]}
		if got := rulesOf(chart(t, in)); strings.Contains(got, "s") {
			t.Error(got)
		}
	})
	t.Run("one before the start or after the end changes no segment", func(t *testing.T) {
		out := chart(t, Input{Values: Series(1, 2), Dates: months(2), Rebase: []civil.Date{civil.MustParse("2020-01-01"), civil.MustParse("2030-01-01")}})
		if out.Segment[1] != 0 || !warned(out, "after the last date") {
			t.Errorf("%+v", out)
		}
	})
	t.Run("two at one point are one", func(t *testing.T) {
		out := chart(t, Input{Values: rising, Dates: dates, Rebase: []civil.Date{cut[0], civil.MustParse("2024-08-01")}})
		if out.Segment[13] != 1 {
			t.Errorf("%v", out.Segment)
		}
	})
	t.Run("a short segment is warned of", func(t *testing.T) {
		if !warned(mdc, "segment 1, from 2024-08-01, has 7 points") {
			t.Errorf("%v", mdc.Warnings)
		}
	})
}

func TestDates(t *testing.T) {
	t.Run("twice is an error", func(t *testing.T) {
		_, err := Compute(Input{Values: Series(1, 2), Dates: []civil.Date{months(1)[0], months(1)[0]}})
		if err == nil || !strings.Contains(err.Error(), "twice") {
			t.Error(err)
		}
	})
	t.Run("any order gives the same chart in the order of the input", func(t *testing.T) {
		d := months(4)
		sorted := chart(t, Input{Values: Series(1, 5, 2, 9), Dates: d})
		mixed := chart(t, Input{Values: Series(9, 1, 2, 5), Dates: []civil.Date{d[3], d[0], d[2], d[1]}})
		if sorted.Upper[0] != mixed.Upper[1] {
			t.Errorf("%v %v", sorted.Upper, mixed.Upper)
		}
	})
	t.Run("an absent month is like an empty one, with a warning", func(t *testing.T) {
		d := months(6)
		absent := chart(t, Input{Values: Series(5, 7, 20, 24, 23), Dates: append(d[:2:2], d[3:]...)})
		empty := Series(5, 7, 0, 20, 24, 23)
		empty[2] = Number{}
		if want := chart(t, Input{Values: empty, Dates: d}); absent.Upper[0] != want.Upper[0] {
			t.Errorf("%v, want %v", absent.Upper[0], want.Upper[0])
		}
		if !warned(absent, "1 month is missing from the dates (first: March 2024)") {
			t.Errorf("%v", absent.Warnings)
		}
	})
	t.Run("quarters are complete", func(t *testing.T) {
		d := months(10)
		if out := chart(t, Input{Values: Series(1, 2, 3, 4), Dates: []civil.Date{d[0], d[3], d[6], d[9]}}); warned(out, "missing") {
			t.Errorf("%v", out.Warnings)
		}
	})
	t.Run("month ends are months", func(t *testing.T) {
		d := []civil.Date{civil.MustParse("2024-01-31"), civil.MustParse("2024-02-29"), civil.MustParse("2024-03-31"), civil.MustParse("2024-05-31")}
		if out := chart(t, Input{Values: Series(1, 2, 3, 4), Dates: d}); !warned(out, "April 2024") {
			t.Errorf("%v", out.Warnings)
		}
	})
}

func TestClasses(t *testing.T) {
	fixed := func(profile Profile, d Direction, more ...float64) Output {
		return chart(t, Input{Profile: profile, Direction: d, FixAfter: ptr(12), Values: Series(append(zigzag(12), more...)...)})
	}
	tail := func(out Output) string { return classesOf(out)[12:] }
	rising := []float64{11, 8, 8.5, 9, 9.5, 10, 10.5, 10.8, 10.8} // a trend up, below the mean throughout
	falling := []float64{11, 10, 9.8, 9.6, 9.4, 9.2, 9, 8.8, 8.8}
	for _, c := range []struct {
		name string
		out  Output
		want string
	}{
		{"up metric, high", fixed(MDC, Increase, 17), "i"},
		{"up metric, low", fixed(MDC, Increase, 5), "w"},
		{"down metric, high", fixed(MDC, Decrease, 17), "w"},
		{"neutral, high", fixed(MDC, Neutral, 17), "h"},
		{"neutral, low", fixed(MDC, Neutral, 5), "l"},
		{"improvement wins over concern (trend up, shift low)", fixed(MDC, Increase, rising...), "ciiiiiiiw"},
		{"improvement wins for a down metric too", fixed(MDC, Decrease, rising...), "ciiiiiiii"},
		{"R: trend comes before shift", fixed(NHSRplotthedots, Decrease, rising...), "cwwwwwwwi"},
		{"neutral: high is tested before low", fixed(MDC, Neutral, rising...), "chhhhhhhl"},
		{"travel and side agree (the trend begins at 12)", fixed(MDC, Decrease, falling...), "iiiiiiiii"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := tail(c.out); got != c.want {
				t.Errorf("classes %s, want %s; rules %s", got, c.want, rulesOf(c.out))
			}
		})
	}
	if !warned(fixed(MDC, Increase, rising...), "shown as improvement: point 14, point 15, point 16, 4 more") {
		t.Error("a conflict is not warned of")
	}
	if warned(fixed(NHSRplotthedots, Increase, rising...), "shown as improvement") {
		t.Error("R has no conflicts")
	}
}

// A rise to 20 and a fall from it: the turning point is in both trends.
func TestTurningPoint(t *testing.T) {
	xs := []float64{14, 15, 16, 17, 18, 19, 20, 19, 18, 17, 16, 15, 14}
	mdc := chart(t, Input{Values: Series(xs...), Direction: Decrease})
	r := chart(t, Input{Profile: NHSRplotthedots, Values: Series(xs...), Direction: Decrease, Screen: ptr(false)})
	// The top is beyond the upper limit as well: mean 16.77, mean range 1, limit 19.43.
	if mdc.Point[6] != Improvement || !warned(mdc, "improvement by one rule and concern by another") {
		t.Errorf("mdc: %s %v", classesOf(mdc), mdc.Warnings)
	}
	if r.Point[6] != Concern {
		t.Errorf("R: outlier comes first: %s", classesOf(r))
	}
	wide := append(xs, 40, 0, 40, 0, 40) // wide limits: no outlier at the top
	r = chart(t, Input{Profile: NHSRplotthedots, Values: Series(wide...), Direction: Decrease, Screen: ptr(false)})
	if r.Point[5] != Concern || r.Point[6] != Improvement {
		t.Errorf("R: the turning point follows the step to its right: %s", classesOf(r))
	}
}

func TestVariation(t *testing.T) {
	for _, c := range []struct {
		d    Direction
		last float64
		want Variation
	}{
		{Increase, 17, VariationImprovementHigh}, {Increase, 5, VariationConcernLow},
		{Decrease, 17, VariationConcernHigh}, {Decrease, 5, VariationImprovementLow},
		{Neutral, 17, VariationNeutralHigh}, {Neutral, 5, VariationNeutralLow},
		{Increase, 11, VariationCommonCause},
	} {
		xs := append(zigzag(12), c.last)
		for _, p := range []Profile{MDC, NHSRplotthedots} {
			if out := chart(t, Input{Profile: p, Values: Series(xs...), Direction: c.d, FixAfter: ptr(12)}); out.Variation != c.want {
				t.Errorf("%s, %s, %v: %s, want %s", p, c.d, c.last, out.Variation, c.want)
			}
		}
	}
	t.Run("only the last point that is not ghosted or missing", func(t *testing.T) {
		values := Series(append(zigzag(12), 17, 11, 5, 0)...)
		values[15] = Number{}
		ghost := make([]bool, 16)
		ghost[14] = true
		if out := chart(t, Input{Values: values, Direction: Increase, FixAfter: ptr(12), Ghost: ghost}); out.Variation != VariationCommonCause {
			t.Error(out.Variation)
		}
		ghost[13] = true
		if out := chart(t, Input{Values: values, Direction: Increase, FixAfter: ptr(12), Ghost: ghost}); out.Variation != VariationImprovementHigh {
			t.Error(out.Variation)
		}
	})
}

func TestAssurance(t *testing.T) {
	constant := Series(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
	plain := Series(zigzag(12)...) // limits 5.68 and 16.32
	for _, c := range []struct {
		name   string
		values []Number
		d      Direction
		target float64
		mdc, r Assurance
	}{
		{"up, target below", plain, Increase, 5, Pass, Pass},
		{"up, target above", plain, Increase, 17, Fail, Fail},
		{"up, target inside", plain, Increase, 11, HitOrMiss, HitOrMiss},
		{"up, on the lower limit", plain, Increase, 11 - 5.32, Pass, HitOrMiss},
		{"up, on the upper limit", plain, Increase, 11 + 5.32, Fail, HitOrMiss},
		{"down, target above", plain, Decrease, 17, Pass, Pass},
		{"down, target below", plain, Decrease, 5, Fail, Fail},
		{"down, on the upper limit", plain, Decrease, 11 + 5.32, Pass, HitOrMiss},
		{"constant at its target passes", constant, Increase, 0.1, Pass, HitOrMiss},
		{"constant at its target passes downwards", constant, Decrease, 0.1, Pass, HitOrMiss},
		{"always nought", Series(0, 0, 0), Decrease, 0, Pass, HitOrMiss},
		{"constant above its target", constant, Increase, 0.05, Pass, Pass},
		{"neither metric has none", plain, Neutral, 5, "", ""},
	} {
		for p, want := range map[Profile]Assurance{MDC: c.mdc, NHSRplotthedots: c.r} {
			if out := chart(t, Input{Profile: p, Values: c.values, Direction: c.d, Target: &c.target}); out.Assurance != want {
				t.Errorf("%s, %s: %q, want %q", c.name, p, out.Assurance, want)
			}
		}
	}
	t.Run("last segment only", func(t *testing.T) {
		xs := append(zigzag(12), 110, 112, 110, 112)
		out := chart(t, Input{Values: Series(xs...), Dates: months(16), Rebase: months(13)[12:], Direction: Increase, Target: ptr(50.0)})
		if out.Assurance != Pass {
			t.Error(out.Assurance)
		}
	})
	t.Run("no target", func(t *testing.T) {
		if out := chart(t, Input{Values: plain, Direction: Increase}); out.Assurance != "" {
			t.Error(out.Assurance)
		}
	})
}
