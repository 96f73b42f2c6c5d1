package wing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// gap is the gap of a sub-section in the round that was closed last.
func (t *story) gap(ctx context.Context, section string) (string, error) {
	all, err := t.rounds.Rounds(ctx, t.lead)
	if err != nil {
		return "", err
	}
	return diagnostic.Ref(all[0].ID, section).String(), nil
}

// makePlan turns the gaps of the first round into needs, objectives and actions, a month after it.
func (t *story) makePlan(ctx context.Context) error {
	for _, x := range []struct {
		ids       *struct{ need, objective, action uuid.UUID }
		need      strategy.NeedIn
		objective strategy.ObjectiveIn
		measure   string
		action    strategy.ActionIn
	}{
		{&t.waits, strategy.NeedIn{Statement: "Staff who are referred are seen while it can still keep them at work", Subsection: "E7.1", Importance: 5, Reach: 15},
			strategy.ObjectiveIn{Title: "Everybody who is referred is seen within two weeks", Driver: "D2", Element: "E7", Horizon: "year", Serves: "People plan, promise 4: we are safe and healthy"}, "indicator/K02",
			strategy.ActionIn{Title: "Three more clinics a week, and reminders by text", Owner: "Clinic manager, staff health", Class: "treatment", Catalogue: "I04", Figure: "indicator/K02",
				Start: t.begin, End: t.begin.AddMonths(10), Likelihood: 3, Impact: 3, Mitigation: "Two nurses are trained to take over a clinic at short notice.", Cost: "£96,000 a year, two posts",
				Equality: "One clinic is in the evening, for those who work nights."}},
		{&t.managers, strategy.NeedIn{Statement: "Managers know how to talk about health and wellbeing", Subsection: "E4.3", Importance: 4, Reach: 80},
			strategy.ObjectiveIn{Title: "Every manager holds wellbeing conversations and feels able to", Driver: "D1", Element: "E4", Horizon: "medium", Serves: "People plan, promise 1: we are compassionate and inclusive"}, "series/training_mandatory",
			strategy.ActionIn{Title: "Train managers for wellbeing conversations", Owner: "Head of organisational development", Class: "preventative", Catalogue: "I12", Figure: "series/training_mandatory",
				Start: t.begin.AddMonths(6), End: t.begin.AddMonths(18), Likelihood: 2, Impact: 3, Mitigation: "Short sessions at handover for wards that cannot release anybody.", Cost: "£18,000 once",
				Equality: "Sessions at all sites and at three times of day."}},
		{&t.msk, strategy.NeedIn{Statement: "Staff with back and joint pain get help before they go off sick", Subsection: "E1.2", Importance: 5, Reach: 45},
			strategy.ObjectiveIn{Title: "Staff can refer themselves to physiotherapy and are seen within a week", Driver: "D2", Element: "E1", Horizon: "medium", Serves: "Estates and safety strategy: fewer injuries at work"}, "indicator/first_seen_within",
			strategy.ActionIn{Title: "Open physiotherapy to self-referral at every site", Owner: "Lead physiotherapist, staff health", Class: "treatment", Catalogue: "I06", Figure: "indicator/first_seen_within",
				Start: locale.Day(t.Now).AddDays(25), End: locale.Day(t.Now).AddDays(390), Likelihood: 3, Impact: 4, Mitigation: "Begin at one site and look at demand after a month.", Cost: "£52,000 a year, one post",
				Equality: "Porters and healthcare assistants are told first: they have most pain and refer themselves least."}},
	} {
		x.ids.need, x.ids.objective, x.ids.action = t.Next(), t.Next(), t.Next()
		x.need.ID, x.objective.ID, x.action.ID = x.ids.need, x.ids.objective, x.ids.action
		x.objective.Needs, x.action.Objective = []uuid.UUID{x.ids.need}, x.ids.objective
		var err error
		if x.need.Figure, err = t.gap(ctx, x.need.Subsection); err != nil {
			return err
		}
		if err := all(
			func() error { return t.plan.ProposeNeed(ctx, t.lead, t.at(-5, 6), x.need) },
			func() error {
				return t.plan.MoveNeed(ctx, t.lead, t.at(-5, 20), x.need.ID, strategy.Proposed, strategy.Agreed, "")
			},
			func() error { return t.plan.SetObjective(ctx, t.lead, t.at(-5, 21), x.objective) },
			func() error {
				return t.plan.Measure(ctx, t.lead, t.at(-5, 21), t.Next(), x.objective.ID, x.measure)
			},
			func() error { return t.plan.PlanAction(ctx, t.lead, t.at(-5, 22), x.action) },
		); err != nil {
			return err
		}
	}
	t.overdue = t.Next()
	return t.plan.PlanAction(ctx, t.lead, t.at(-5, 23), strategy.ActionIn{ID: t.overdue, Objective: t.msk.objective, Title: "Look at lifting aids on every ward", Owner: "Manual handling adviser", Class: "diagnostic", Catalogue: "I03",
		Start: locale.Day(t.Now).AddDays(-40), End: locale.Day(t.Now).AddDays(80), Likelihood: 2, Impact: 2, Mitigation: "Bank hours are set aside.", Cost: "£4,000 once", Equality: "No group is left out: all wards are visited."})
}

// grow plans what comes next: the posts that the board is asked for are for an action of their own, and no cost of the clinics that there are.
func (t *story) grow(ctx context.Context) error {
	t.more = t.Next()
	return t.plan.PlanAction(ctx, t.lead, t.ago(65), strategy.ActionIn{ID: t.more, Objective: t.waits.objective, Title: "A nurse for evening clinics, more sessions of a doctor, and a nurse who trains for Band 6", Owner: "Head of occupational health", Class: "treatment", Catalogue: "I04", Figure: "indicator/K02",
		Start: t.spring(), End: t.spring().AddMonths(30), Likelihood: 3, Impact: 4, Mitigation: "One of the posts develops a nurse of our own, because qualified ones are hard to find.", Cost: "As in the business case",
		Equality: "Evening clinics are for those who work nights or cannot leave their ward by day."})
}

// signStrategy takes the plan to the board, where it is signed and comes into force before the first action starts.
func (t *story) signStrategy(ctx context.Context) error {
	n, err := t.board.Open(ctx, t.lead, t.at(-4, 2), "Staff of Wyre Valley are well at work, and seen in time when they are not")
	if err != nil {
		return err
	}
	talks := []board.Talk{
		{ID: t.Next(), On: locale.Day(t.at(-4, 8)), Who: "Staff side committee", Asked: "Which of these would members notice first?", Changed: "An evening clinic was added, for those who work nights."},
		{ID: t.Next(), On: locale.Day(t.at(-4, 15)), Who: "Disabled staff network", Asked: "What would keep you from using it?", Changed: "Reminders by text can be turned off, and say nothing about health."},
	}
	for _, x := range talks {
		if err := t.board.LogTalk(ctx, t.lead, t.at(-4, 16), n, x); err != nil {
			return err
		}
	}
	characters := t.plan.Pack().AllCharacteristics()
	better := []string{"disability", "shift_pattern", "staff_group"}
	for _, x := range []struct {
		some []string
		board.Impact
	}{
		{better, board.Impact{Effect: board.Better, Evidence: "Those who wait longest are on nights or have a long-term condition; both are seen sooner."}},
		{[]string{"language", "international"}, board.Impact{Effect: board.Unknown, Evidence: "We do not know who finds the invitation hard to read.", Mitigation: "Ask the international staff network within six months."}},
		{without(characters, append(better, "language", "international")), board.Impact{Effect: board.None, Evidence: "Nothing in the plan treats this group differently."}},
	} {
		if err := t.board.Judge(ctx, t.lead, t.at(-4, 17), n, x.some, x.Impact); err != nil {
			return err
		}
	}
	paper, question := t.Next(), t.Next()
	meeting := locale.Day(t.at(-3, 20))
	return all(
		func() error { return t.board.Submit(ctx, t.lead, t.at(-4, 20), n) },
		func() error {
			return t.board.AddItem(ctx, t.lead, t.at(-4, 21), board.ItemIn{ID: paper, Version: n, Title: "A strategy for the health and wellbeing of our staff", Meeting: meeting,
				Recommendation: "Approve version 1, and £96,000 a year for three more clinics.", Wellbeing: "Better for staff who wait. No group is worse off; of two groups we do not know yet."})
		},
		func() error {
			return t.board.Ask(ctx, t.guardian, t.at(-4, 24), board.Question{ID: question, Item: paper, Text: "How will we know that the clinics made the difference, and not a quiet winter?",
				Owner: "Head of occupational health", Due: meeting.AddDays(-5)})
		},
		func() error {
			return t.board.Answer(ctx, t.lead, t.at(-3, 8), question, "What the clinics should change is registered before they start, with what else may explain it, and judged against chance.", "indicator/K02")
		},
		func() error {
			return t.board.Decide(ctx, t.executive, t.at(-3, 21), t.Next(), paper, board.Decision{Choice: board.Conditions, On: meeting,
				Words: "Approved. The board wants to see the first judgement within a month of its being possible, and asks about the two groups of which nothing is known."})
		},
		func() error {
			return t.board.Sign(ctx, t.executive, t.at(-3, 22), n, board.Signing{Approve: true, Name: t.executive.Name, Post: "Chief people officer"})
		},
		func() error { return t.board.Enforce(ctx, t.lead, t.at(-3, 25), n) },
	)
}

func without(list, some []string) (out []string) {
	left := map[string]bool{}
	for _, x := range some {
		left[x] = true
	}
	for _, x := range list {
		if !left[x] {
			out = append(out, x)
		}
	}
	return out
}

// act starts what has started, and ends what has ended.
func (t *story) act(ctx context.Context) error {
	move := func(at time.Time, id uuid.UUID, from, to strategy.ActionStatus) func() error {
		return func() error { return t.plan.MoveAction(ctx, t.lead, at, id, from, to, "") }
	}
	return all(move(t.at(0, 0), t.waits.action, strategy.Planned, strategy.Started), move(t.at(6, 4), t.managers.action, strategy.Planned, strategy.Started),
		move(t.at(10, 9), t.waits.action, strategy.Started, strategy.Done))
}
