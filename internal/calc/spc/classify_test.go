package spc

import "testing"

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
