package reportweb

import (
	"context"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/report"
)

func TestChanges(t *testing.T) {
	day := func(d int) civil.Date { return civil.Date{Year: 2026, Month: 12, Day: d} }
	base := func() report.Content {
		return report.Content{Header: report.Header{Person: "Amara Okafor", Post: "Staff nurse", SignedOn: day(1)}, Summary: "Light work.", Fitness: "FIT", EffectiveOn: day(9),
			Answers:     []report.Answer{{Question: "Is she fit?", Text: "Yes."}, {Question: "Is she fit?", Text: "Not yet."}},
			Adjustments: []report.Adjustment{{Kind: "LIFTING", Detail: "Up to 5 kg", EndsOn: day(31)}}, EqualityAct: "NOT_ADDRESSED", WorkRelated: "NO", Outlook: "Good."}
	}
	for name, x := range map[string]struct {
		edit func(*report.Content)
		want []change
	}{
		"signed on another day": {func(c *report.Content) { c.Header.SignedOn = day(5) }, nil},
		"a post and a date": {func(c *report.Content) { c.Header.Post, c.EffectiveOn = "Sister", day(12) },
			[]change{{"Post", "Staff nurse", "Sister"}, {"From", "9 December 2026", "12 December 2026"}}},
		"a date is gone":                {func(c *report.Content) { c.EffectiveOn = civil.Date{} }, []change{{"From", "9 December 2026", "Not given"}}},
		"an opinion that is new":        {func(c *report.Content) { c.EqualityAct = "LIKELY" }, []change{{"Equality Act 2010", "Not given", "Likely to be covered"}}},
		"the second of two alike":       {func(c *report.Content) { c.Answers[1].Text = "Yes." }, []change{{"Is she fit?", "Not yet.", "Yes."}}},
		"a question that is declined":   {func(c *report.Content) { c.Answers[0] = report.Answer{Question: "Is she fit?", Declined: true} }, []change{{"Is she fit?", "Yes.", "Occupational health does not answer this question."}}},
		"an adjustment that ends later": {func(c *report.Content) { c.Adjustments[0].EndsOn = day(30) }, []change{{"Adjustment 1", "Limit on lifting: Up to 5 kg. From: Not given. Until or review: 31 December 2026.", "Limit on lifting: Up to 5 kg. From: Not given. Until or review: 30 December 2026."}}},
		"an adjustment that is gone":    {func(c *report.Content) { c.Adjustments = nil }, []change{{"Adjustment 1", "Limit on lifting: Up to 5 kg. From: Not given. Until or review: 31 December 2026.", "Not given"}}},
	} {
		now := base()
		x.edit(&now)
		if got := changes(context.Background(), base(), now); !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}
