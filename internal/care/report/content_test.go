package report

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// TestCheckOrder: errors stand in the order of the page, and name the question that lacks an answer.
func TestCheckOrder(t *testing.T) {
	c := Content{Answers: []Answer{{Question: "First?", Text: "a"}, {Question: "Second?"}, {Question: "Third?", Declined: true}}, Fitness: "UNFIT_TEMP",
		Adjustments: []Adjustment{{Kind: "PHASED_RETURN", Detail: "Half hours"}}}
	var got []string
	f := c.Check(access.Nurse, civil.Date{Year: 2026, Month: 11, Day: 22})
	for _, x := range f {
		got = append(got, x.Name)
	}
	want := []string{"summary", "answer-2", "fitness_detail", "adjustment-1-end", "equality_act", "outlook", "work_related", "review_on"}
	if !slices.Equal(got, want) {
		t.Errorf("errors at %q, want %q", got, want)
	}
	if x := f.Of("answer-2"); !slices.Contains(x.Args, any("Second?")) {
		t.Errorf("the unanswered question is not named: %v", x)
	}
}

func TestClinicalWords(t *testing.T) {
	c := Content{Summary: "Takes SERTRALINE, and sertraline again. Depressing news.", Answers: []Answer{{Question: "Has she cancer?", Text: "No migraines"}},
		Adjustments: []Adjustment{{Detail: "Rest"}, {Detail: "Crohn’s: near a toilet"}}, Outlook: "Good"}
	want := []Found{{"sertraline", "summary"}, {"migraines", "answer-1"}, {"crohn's", "adjustment-2-detail"}}
	if got := c.Clinical(); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestCheck(t *testing.T) {
	today := civil.Date{Year: 2026, Month: 11, Day: 22}
	later := civil.Date{Year: 2027, Month: 1, Day: 5}
	full := func(change func(*Content)) Content {
		c := Content{Summary: "s", Answers: []Answer{{Text: "a"}}, Fitness: "FIT", EffectiveOn: today, EqualityAct: "UNLIKELY", Outlook: "o", WorkRelated: "NO"}
		change(&c)
		return c
	}
	one := []Adjustment{{Kind: "DUTIES", Detail: "d"}}
	for name, x := range map[string]struct {
		change func(*Content)
		role   access.Role
		want   []string // faulty fields
	}{
		"complete":                      {func(*Content) {}, access.Nurse, nil},
		"fit from when":                 {func(c *Content) { c.EffectiveOn = civil.Date{} }, access.Nurse, []string{"effective_on"}},
		"an unanswered question":        {func(c *Content) { c.Answers[0].Text = "" }, access.Nurse, []string{"answer-1"}},
		"adjustments that are none":     {func(c *Content) { c.Fitness = "FIT_ADJ_PERM" }, access.Nurse, []string{"adjustment-1-kind"}},
		"temporary without an end":      {func(c *Content) { c.Fitness, c.Adjustments = "FIT_ADJ_TEMP", one }, access.Nurse, []string{"adjustment-1-end"}},
		"temporary with a review":       {func(c *Content) { c.Fitness, c.Adjustments, c.ReviewOn = "FIT_ADJ_TEMP", one, later }, access.Nurse, nil},
		"permanent":                     {func(c *Content) { c.Fitness, c.Adjustments = "FIT_ADJ_PERM", one }, access.Nurse, nil},
		"unfit for how long":            {func(c *Content) { c.Fitness = "UNFIT_TEMP" }, access.Nurse, []string{"fitness_detail", "review_on"}},
		"redeployment limits":           {func(c *Content) { c.Fitness = "UNFIT_PERM_ROLE" }, access.Nurse, []string{"fitness_detail"}},
		"any role is a physician's":     {func(c *Content) { c.Fitness = "UNFIT_PERM_ANY" }, access.Nurse, []string{"fitness"}},
		"any role by a physician":       {func(c *Content) { c.Fitness = "UNFIT_PERM_ANY" }, access.Physician, nil},
		"not assessed needs its reason": {func(c *Content) { *c = Content{Fitness: "NOT_ASSESSED"} }, access.Nurse, []string{"fitness_detail"}},
		"not assessed, nothing more":    {func(c *Content) { *c = Content{Fitness: "NOT_ASSESSED", FitnessDetail: "d"} }, access.Nurse, nil},
		"a forged code":                 {func(c *Content) { c.EqualityAct = "CERTAIN" }, access.Nurse, []string{"equality_act"}},
		"a review in the past":          {func(c *Content) { c.ReviewOn = civil.Date{Year: 2026, Month: 1, Day: 1} }, access.Nurse, []string{"review_on"}},
		"an end before the start":       {func(c *Content) { c.Adjustments = []Adjustment{{"DUTIES", "d", later, today}} }, access.Nurse, []string{"adjustment-1-end"}},
	} {
		got := full(x.change).Check(x.role, today)
		bad := len(got) != len(x.want)
		for i := range got {
			bad = bad || got[i].Name != x.want[i]
		}
		if bad {
			t.Errorf("%s: %+v, want faults of %v", name, got, x.want)
		}
	}
}
