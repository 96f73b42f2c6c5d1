package wing

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func ref(text string) figure.Ref {
	r, _ := figure.ParseRef(text) // written here
	return r
}

// assurance is the guardian's part: evidence, judgements, a question that was answered and one that is open, a
// statement for a paper, the plan of the year, and a frozen pack of four weeks ago.
func (t *story) assurance(ctx context.Context) error {
	today := locale.Day(t.Now)
	for _, e := range []assurance.NewEvidence{
		{Principle: "access", Kind: assurance.KindFigure, Figure: ref("indicator/K02")},
		{Principle: "access", Kind: assurance.KindFigure, Figure: ref("indicator/K09")},
		{Principle: "access", Kind: assurance.KindDecision, Title: "Board decision on the strategy", Link: "/plan", Dated: locale.Day(t.at(-3, 20))},
		{Principle: "equality", Kind: assurance.KindFigure, Figure: ref("indicator/K25")},
		{Principle: "equality", Kind: assurance.KindFigure, Figure: ref("indicator/K30")},
		{Principle: "harm", Kind: assurance.KindFigure, Figure: ref("absence/rate")},
		{Principle: "environment", Kind: assurance.KindDocument, Title: "Stress risk assessments of all wards", Link: "https://intranet.wyrevalley.example/stress", Dated: locale.Day(t.at(2, 3)), ValidUntil: today.AddDays(-9)},
		{Principle: "distress", Kind: assurance.KindDocument, Title: "Plan for support after distressing events", Link: "https://intranet.wyrevalley.example/after-events", Dated: locale.Day(t.at(5, 11)), ValidUntil: today.AddDays(200)},
	} {
		e.ID = t.Next()
		if err := t.assure.AddEvidence(ctx, t.lead, t.ago(75), e); err != nil {
			return err
		}
	}
	for _, r := range []assurance.NewRating{
		{Principle: "access", Rating: "moderate", Lines: []string{"management", "oversight"}, Words: "Waits are shorter and were judged against what was registered. Self-referral is still slow."},
		{Principle: "equality", Rating: "limited", Lines: []string{"management"}, Words: "Adjustments are made, but nobody knows whether every group is reached."},
		{Principle: "environment", Rating: "limited", Lines: []string{"management"}, Words: "Rest space is where board and staff side disagree most."},
		{Principle: "suicide", Rating: "none", Words: "There is no agreed process yet."},
	} {
		r.ID = t.Next()
		if err := t.assure.Rate(ctx, t.guardian, t.ago(52), r); err != nil {
			return err
		}
	}
	answered, open := t.Next(), t.Next()
	return all(
		func() error {
			return t.assure.Plan(ctx, t.lead, t.ago(74), assurance.FinancialYear(locale.Day(t.ago(74))))
		},
		func() error {
			return t.assure.Ask(ctx, t.guardian, t.ago(70), assurance.NewQuestion{ID: answered, Principle: "access", Words: "Did the three clinics do what the board was told they would?", Owner: "Head of occupational health",
				Due: locale.Day(t.ago(42)), Figures: []figure.Ref{ref("indicator/K02")}})
		},
		func() error {
			return t.assure.Follow(ctx, t.lead, t.ago(58), answered, assurance.NewEntry{ID: t.Next(), Kind: assurance.EntryAnswered, Words: "What was registered and what came is on the page of the forecast, with what else may explain it. We claim no more than that.",
				Figures: []figure.Ref{ref("indicator/K02")}})
		},
		func() error {
			return t.assure.Follow(ctx, t.guardian, t.ago(53), answered, assurance.NewEntry{ID: t.Next(), Kind: assurance.EntryAccepted, Words: "Thank you. Please bring it to the board like this."})
		},
		func() error {
			return t.assure.WriteStatement(ctx, t.lead, t.ago(40), assurance.NewStatement{ID: t.Next(), Decision: "Close the staff rest area at Quay House for building work", Meeting: today.AddDays(15), Groups: "About 300 staff at Quay House, most of them on shifts.",
				Effect: "worse", EffectWords: "Nowhere to rest on nights for eight weeks.", Mitigation: "A room on the second floor is furnished before the work begins.", Figures: []figure.Ref{ref("absence/rate")}})
		},
		func() error { return t.finish(ctx) },
		func() error { return t.assure.Freeze(ctx, t.lead, t.ago(25), t.Next()) },
		func() error {
			return t.assure.Ask(ctx, t.guardian, t.ago(9), assurance.NewQuestion{ID: open, Principle: "equality", Words: "Which staff groups does the service reach least, and what is done about it?", Owner: "Head of occupational health",
				Due: today.AddDays(19), Figures: []figure.Ref{ref("indicator/K30")}})
		},
	)
}

// finish says when the steps of the year were done: all that were due before the pack. What was due since is overdue.
func (t *story) finish(ctx context.Context) error {
	r, err := t.assure.Read(ctx, t.lead, t.Now)
	if err != nil {
		return err
	}
	at := t.ago(26)
	for _, x := range r.Steps {
		if x.Due.Before(locale.Day(at)) {
			if err := t.assure.Finish(ctx, t.lead, at, x.ID, x.Due, ""); err != nil {
				return err
			}
		}
	}
	return nil
}
