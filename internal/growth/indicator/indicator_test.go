package indicator

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

var june = civil.MustParse("2026-06-01")

// TestPackHasWords: every indicator has its title and the whole definition in words, and a unit.
func TestPackHasWords(t *testing.T) {
	p, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range p.Indicators {
		for _, part := range []string{d.ID + ".title", d.ID + ".question", d.ID + ".numerator", d.ID + ".denominator", d.ID + ".clock", d.ID + ".exclusions", "unit." + d.Unit, "value." + d.Unit} {
			if !locale.English().Has("indicator." + part) {
				t.Errorf("no words for indicator.%s", part)
			}
		}
	}
	for _, code := range p.Missing {
		for _, part := range []string{"what", "source"} {
			if !locale.English().Has("indicator.missing." + code + "." + part) {
				t.Errorf("no words for what is missing of %s", code)
			}
		}
	}
	for _, s := range journey {
		if !locale.English().Has("indicator.state." + s) {
			t.Errorf("no words for state %s", s)
		}
	}
}

func TestCompute(t *testing.T) {
	counts := func(rows ...activity.Count) Data {
		for i := range rows {
			rows[i].Month = june
		}
		return Data{Months: []civil.Date{june}, Counts: rows}
	}
	all := func(k activity.Kind, n int) activity.Count {
		return activity.Count{Kind: k, Dimension: "all", Code: "all", N: n}
	}
	outcome := func(k activity.Kind, code string, n int) activity.Count {
		return activity.Count{Kind: k, Dimension: "outcome", Code: code, N: n}
	}
	waits := func(priority string, h activity.Histogram) activity.Waits {
		return activity.Waits{Month: june, Measure: activity.WaitFirstSeen, Clock: activity.Raw, Priority: priority, Lengths: h}
	}
	dna := Definition{Kind: KindRate, Events: []activity.Kind{activity.AppointmentDNA}, Without: []string{"CANC-OH", "TECH-FAIL"}, Of: []activity.Kind{activity.AppointmentHeld}}
	late := Definition{Kind: KindRate, Events: []activity.Kind{activity.AppointmentMoved}, Only: []string{"LATE-CANC-EMP"}, Of: []activity.Kind{activity.AppointmentHeld, activity.AppointmentDNA}}
	seen := Definition{Kind: KindWithin, Measure: activity.WaitFirstSeen}
	targets := []Target{{"first_seen.P2", civil.MustParse("2020-01-01"), 10}, {"first_seen.P2", civil.MustParse("2026-06-01"), 15}, {"first_seen.P2", civil.MustParse("2026-07-01"), 1}}
	for _, c := range []struct {
		name    string
		d       Definition
		data    Data
		outside bool
		want    spc.Number
		small   bool
	}{
		// clinical.md 1.7: DNA / (attended + DNA), our own cancellations and technical failures excluded
		{"dna", dna, counts(all(activity.AppointmentDNA, 10), outcome(activity.AppointmentDNA, "DNA", 7), outcome(activity.AppointmentDNA, "tech_fail", 3), all(activity.AppointmentHeld, 63)), false, spc.Some(10), false},
		{"late cancellation", late, counts(all(activity.AppointmentMoved, 30), outcome(activity.AppointmentMoved, "LATE-CANC-EMP", 5), all(activity.AppointmentHeld, 15), all(activity.AppointmentDNA, 5)), false, spc.Some(20), false},
		{"ten are too few for a percentage", dna, counts(all(activity.AppointmentDNA, 1), all(activity.AppointmentHeld, 9)), false, spc.Number{}, true},
		{"eleven are enough", dna, counts(all(activity.AppointmentDNA, 0), all(activity.AppointmentHeld, 11)), false, spc.Some(0), false},
		{"outside, seven are hidden", Definition{Kind: KindCount, Events: []activity.Kind{activity.ReferralSubmitted}}, counts(all(activity.ReferralSubmitted, 7)), true, spc.Number{}, true},
		{"outside, 18 is 20", Definition{Kind: KindCount, Events: []activity.Kind{activity.ReferralSubmitted}}, counts(all(activity.ReferralSubmitted, 18)), true, spc.Some(20), false},
		{"outside, a small numerator hides the share", dna, counts(all(activity.AppointmentDNA, 3), all(activity.AppointmentHeld, 97)), true, spc.Number{}, true},
		{"outside, from rounded numbers", dna, counts(all(activity.AppointmentDNA, 12), all(activity.AppointmentHeld, 99)), true, spc.Some(9), false}, // 10 of 110
		{"within the target of the day", seen, Data{Months: []civil.Date{june}, Targets: targets, Waits: []activity.Waits{waits("P2", activity.Histogram{10: 5, 15: 5, 16: 10}), waits("P9", activity.Histogram{1: 50})}}, false, spc.Some(50), false},
		{"median", Definition{Kind: KindQuantile, Measure: activity.WaitFirstSeen, P: 0.5}, Data{Months: []civil.Date{june}, Waits: []activity.Waits{waits("P1", activity.Histogram{1: 1}), waits("P2", activity.Histogram{4: 2, 9: 1})}}, false, spc.Some(4), false},
		{"outside, a median of seven is hidden", Definition{Kind: KindQuantile, Measure: activity.WaitFirstSeen, P: 0.5}, Data{Months: []civil.Date{june}, Waits: []activity.Waits{waits("P1", activity.Histogram{1: 7})}}, true, spc.Number{}, true},
		{"score", Definition{Kind: KindScore, Question: "mattered"}, Data{Months: []civil.Date{june}, Scores: []activity.Score{{Month: june, Question: "mattered", Score: 5, N: 3}, {Month: june, Question: "mattered", Score: 1, N: 1}, {Month: june, Question: "specific", Score: 1, N: 9}}}, false, spc.Some(4), false},
		{"nothing", Definition{Kind: KindScore, Question: "mattered"}, Data{Months: []civil.Date{june}}, true, spc.Number{}, false},
	} {
		got := compute(c.d, activity.Raw, c.data, c.outside)[0]
		if got.Value.Known != c.want.Known || got.Value.Known && got.Value != c.want || got.Small != c.small {
			t.Errorf("%s: %+v, want %+v small %v", c.name, got, c.want, c.small)
		}
		if c.outside && got.Events != 0 {
			t.Errorf("%s: the exact number left the service", c.name)
		}
	}
}

func TestViewJudgesAnInitiative(t *testing.T) {
	d := Definition{ID: "x", Kind: KindQuantile, Measure: activity.WaitFirstSeen, P: 0.5, Direction: spc.Decrease, Unit: "working_days"}
	start := civil.MustParse("2026-01-01")
	data := Data{}
	for i := range 30 {
		m := civil.MustParse("2024-05-01").AddMonths(i)
		wait := 20 + i%3
		if !m.Before(start) {
			wait -= 8
		}
		data.Months = append(data.Months, m)
		var h activity.Histogram
		h.Add(wait, 20)
		data.Waits = append(data.Waits, activity.Waits{Month: m, Measure: activity.WaitFirstSeen, Clock: activity.Raw, Lengths: h})
	}
	marks := []Mark{{Indicator: Every, Kind: Initiative, Month: start, Text: "Nurse-led triage"}, {Indicator: "x", Kind: Recalculate, Month: start}, {Indicator: "y", Kind: Recalculate, Month: start}}
	v, err := view(d, activity.Raw, data, marks, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Effects) != 1 || v.Effects[0].Verdict.Judgement != effect.Improved {
		t.Errorf("effects %+v", v.Effects)
	}
	if len(v.Marks) != 2 || v.Out.Segment[29] != 1 || v.Out.Segment[0] != 0 {
		t.Errorf("marks %v, segments %v", v.Marks, v.Out.Segment)
	}
	if v.Suggestion != nil {
		t.Errorf("recalculated, and still suggested: %+v", v.Suggestion)
	}
	again := []Mark{{Indicator: "y", Kind: Recalculate, Month: start}}
	if v, err = view(d, activity.Raw, data, again, false); err != nil || v.Suggestion != nil {
		t.Errorf("ten months are too few: %+v %v", v.Suggestion, err)
	}
	for i, m := range data.Months {
		if m == start.AddMonths(-2) || m == start.AddMonths(-1) {
			data.Waits[i].Lengths = activity.Histogram{12: 20}
		}
	}
	v, err = view(d, activity.Raw, data, again, false)
	if err != nil || v.Suggestion == nil || *v.Suggestion != (Suggestion{From: start.AddMonths(-2), Months: 12}) || v.Out.Segment[29] != 0 {
		t.Errorf("twelve months lower: %+v %v, segments %v", v.Suggestion, err, v.Out.Segment)
	}
	empty, err := view(d, activity.Raw, Data{}, marks, false)
	if err != nil || len(empty.Points) != 0 {
		t.Errorf("no months: %v %v", empty.Points, err)
	}
}

func TestCheck(t *testing.T) {
	s := New(Deps{})
	now := time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC)
	good := Mark{Indicator: "dna_rate", Kind: Recalculate, Month: june, Text: "New reminder, expected to last"}
	for name, c := range map[string]struct {
		change func(*Mark)
		field  string
	}{
		"good":                       {func(*Mark) {}, ""},
		"no reason":                  {func(m *Mark) { m.Text = "  " }, "text"},
		"not begun":                  {func(m *Mark) { m.Month = june.AddMonths(1) }, "month"},
		"middle of a month":          {func(m *Mark) { m.Month = june.AddDays(3) }, "month"},
		"no month":                   {func(m *Mark) { m.Month = civil.Date{} }, "month"},
		"no kind":                    {func(m *Mark) { m.Kind = "" }, "kind"},
		"unknown measure":            {func(m *Mark) { m.Indicator = "x" }, "indicator"},
		"recalculate everything":     {func(m *Mark) { m.Indicator = Every }, "indicator"},
		"initiative on all":          {func(m *Mark) { m.Indicator, m.Kind = Every, Initiative }, ""},
		"initiative without a way":   {func(m *Mark) { m.Indicator, m.Kind = "referrals", Initiative }, "direction"},
		"initiative that says a way": {func(m *Mark) { m.Indicator, m.Kind, m.Direction = "referrals", Initiative, spc.Increase }, ""},
	} {
		m := good
		c.change(&m)
		f := s.Check(m, now)
		if c.field == "" && len(f) > 0 || c.field != "" && (len(f) != 1 || f[0].Name != c.field) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestOneVerdict: whoever looks is told the same, whatever rounding and hiding leave to be seen. Numbers that are said are of
// what may be seen.
func TestOneVerdict(t *testing.T) {
	d := Definition{ID: "x", Kind: KindRate, Events: []activity.Kind{activity.AppointmentDNA}, Of: []activity.Kind{activity.AppointmentHeld}, Direction: spc.Decrease, Unit: "percent", Target: new(float64)}
	*d.Target = 12
	differed := 0
	rapid.Check(t, func(t *rapid.T) {
		var data Data
		for i := range rapid.IntRange(1, 36).Draw(t, "months") {
			m := civil.MustParse("2024-01-01").AddMonths(i)
			data.Months = append(data.Months, m)
			data.Counts = append(data.Counts, activity.Count{Month: m, Kind: activity.AppointmentDNA, Dimension: "all", N: rapid.IntRange(0, 14).Draw(t, "missed")},
				activity.Count{Month: m, Kind: activity.AppointmentHeld, Dimension: "all", N: rapid.IntRange(0, 90).Draw(t, "held")})
		}
		marks := []Mark{{Indicator: Every, Kind: Initiative, Month: data.Months[len(data.Months)/2]}}
		lead, err := view(d, activity.Raw, data, marks, false)
		if err != nil {
			t.Fatal(err)
		}
		executive, err := view(d, activity.Raw, data, marks, true)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := compiled(d, activity.Raw, data, marks, true)
		if err != nil {
			t.Fatal(err)
		}
		if _, any := executive.Last(); !any {
			return // nothing may be seen, and nothing is said
		}
		if shown.Out.Variation != lead.Out.Variation || shown.Out.Assurance != lead.Out.Assurance {
			differed++
		}
		if executive.Out.Variation != lead.Out.Variation || executive.Out.Assurance != lead.Out.Assurance || executive.Enough() != lead.Enough() || !reflect.DeepEqual(executive.Suggestion, lead.Suggestion) {
			t.Fatalf("the lead is told %s, %s; the executive %s, %s", lead.Out.Variation, lead.Out.Assurance, executive.Out.Variation, executive.Out.Assurance)
		}
		e, l, s := executive.Effects[0], lead.Effects[0].Verdict, shown.Effects[0].Verdict
		if e.Verdict.Judgement != l.Judgement || e.Verdict.TooFew != l.TooFew || e.Untold != (s.TooFew && !l.TooFew) {
			t.Fatalf("of the initiative the lead is told %+v; the executive %+v", l, e)
		}
		if e.Verdict.Before != s.Before || e.Verdict.After != s.After || e.Verdict.Low != s.Low || e.Verdict.High != s.High || !reflect.DeepEqual(executive.Points, shown.Points) || !reflect.DeepEqual(executive.Out.Mean, shown.Out.Mean) || !reflect.DeepEqual(executive.Out.Upper, shown.Out.Upper) {
			t.Fatal("an exact number left the service")
		}
	})
	if differed == 0 {
		t.Error("rounding never made a difference, so nothing was shown")
	}
}
