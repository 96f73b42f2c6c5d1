package wing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/gauge"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

var (
	inAll  = investment.In{Minimum: true, Preferred: true, Maximum: true}
	inMost = investment.In{Preferred: true, Maximum: true}
	inTop  = investment.In{Maximum: true}
)

// invest plans what a nurse, a doctor's sessions, a development post and what goes with them cost and bring, follows the first two quarters,
// and takes the case to the board.
func (t *story) invest(ctx context.Context) error {
	start, at := t.planned(), t.ago(60)
	if err := t.money.SavePlan(ctx, t.lead, at, investment.Plan{Start: start, PayUplift: 2.5, Inflation: 2, Delay: 2, Chosen: option.Preferred}); err != nil {
		return err
	}
	for _, l := range t.costs(start) {
		if err := t.money.WriteLine(ctx, t.lead, at, l); err != nil {
			return err
		}
	}
	gains := t.gains(start)
	for _, b := range gains {
		ref := figure.Ref{}
		if b.Measure == "" {
			from, to := 9.0, 5.2 // days: 1,200 weeks a year among some 1,600 referrals
			ref, b.Gauge = figure.Ref{Kind: "indicator", Name: "K02"}, gauge.Gauge{From: &from, To: &to}
		}
		if err := t.money.WriteBenefit(ctx, t.lead, at, b, ref); err != nil {
			return err
		}
	}
	return all(
		func() error {
			return t.money.Enter(ctx, t.lead, t.ago(30), 0, []investment.Actual{{Kind: "spend", Value: 4_900}})
		},
		func() error {
			return t.money.Enter(ctx, t.lead, t.ago(12), 1, []investment.Actual{{Kind: "spend", Value: 12_300}, {Kind: "posts", Value: 0.6, Reason: "A nurse from the bank runs the evening clinic until the post is filled"}, {Kind: "benefit", Benefit: gains[0].ID, Value: 0}})
		},
		func() error { return t.argue(ctx) },
	)
}

// costs are the lines beside the posts, which the plan for people prices.
func (t *story) costs(start civil.Date) []investment.Line {
	money := func(title, kind, treatment string, action uuid.UUID, pounds int64, recurrent bool, from, until int, in investment.In, kindOf string, bias float64, why string) investment.Line {
		l := investment.Line{ID: t.Next(), Title: title, Kind: kind, Treatment: treatment, Action: action, Pence: pounds * 100, Recurrent: recurrent, Start: start.AddMonths(from), In: in, Type: kindOf, Bias: bias, BiasReason: why}
		if until > 0 {
			l.End = start.AddMonths(until)
		}
		return l
	}
	return []investment.Line{
		money("Booking and reminders by text", "licence", "revenue", t.waits.action, 14_400, true, 0, 0, inAll, "equipment", 40, "The price is quoted for three years; only the rollout is uncertain"),
		money("VAT on the licence", "licence", "transfer", t.waits.action, 2_880, true, 0, 0, inAll, "fixed", 0, ""),
		money("Rent of a room in the evening", "estate", "revenue", t.waits.action, 6_000, true, 3, 0, inMost, "outsourcing", 20, "The rent is agreed for two years"),
		money("A second clinic room", "estate", "capital", t.more, 38_000, false, 6, 0, inTop, "building", 24, ""),
	}
}

// gains are the benefits: nursing days have two owners who share them. Their sizes are what a board could check:
//
//   - 1,500 referrals a year (cast), of which about half are of somebody who is off sick. Attributed to the plan are at the most likely values
//     900 x 50% + 1,200 x 40% = 930 days a year: a little over one day for each of them, from being seen a week or so sooner;
//   - that is half a percent of the some 180,000 days that a trust of 10,000 full-time staff loses at a sickness rate of 5%: within the
//     "plausible attributable change" that growth.md 7.9 asks for, where published returns multiply nothing;
//   - a day is worth what it costs, by 365 (growth.md 6.2 and 7.9: £59,748 a year in Band 6 is £164 a day); that of other staff, of whom more
//     are in lower bands, £150. What a week of waiting is worth to somebody is a guess, and small;
//   - at worst and at best are less than half and more than one and a half times the most likely, because nobody has measured it here.
//
// So the preferred option is worth somewhat more than it costs, and there is a chance that it is not; most of it releases no cash.
func (t *story) gains(start civil.Date) []investment.Benefit {
	slowly := []int{0, 25, 50, 75, 100}
	of := func(title, class, owner, measure, population, unit string, low, mode, high float64, pounds int64, attribution, share float64, in investment.In) investment.Benefit {
		return investment.Benefit{ID: t.Next(), Title: title, Class: class, Owner: owner, Measure: measure, Population: population, Unit: unit, Low: low, Mode: mode, High: high, UnitPence: pounds * 100, Attribution: attribution, Share: share,
			Ramp: slowly, Start: start.AddMonths(6), In: in}
	}
	const lost = "Days lost to sickness absence"
	return []investment.Benefit{
		of("Less agency and bank cover", "cash", "Director of finance", lost, "Nursing and midwifery staff", "days", 350, 900, 1_500, 164, 50, 60, inMost),
		of("Nursing days worked that needed no cover", "public", "Director of nursing", lost, "Nursing and midwifery staff", "days", 350, 900, 1_500, 164, 50, 40, inMost),
		of("Days worked that would have been lost", "public", "Chief people officer", lost, "All other staff", "days", 400, 1_200, 2_000, 150, 40, 100, inMost),
		of("Help comes sooner", "staff", "Head of occupational health", "", "Staff who are referred", "weeks waited", 500, 1_200, 1_900, 30, 50, 100, inAll),
	}
}

// argue writes the case and submits it.
func (t *story) argue(ctx context.Context) error {
	for _, x := range []struct {
		part, text string
		figures    []figure.Ref
	}{
		{"strategic", "Staff who are referred wait longer than is good for them: some are off sick by the time they are seen.\n\nThe strategy that the board signed promises everybody an appointment within two weeks. If nothing is done, " + t.late[option.Nothing] + " in 100 would still wait longer than that in five years, in the middle of all simulated runs, although the posts that are empty now are advertised and filled. The preferred option does not keep the promise for everybody either: " + t.late[option.Preferred] + " in 100 would wait longer.",
			[]figure.Ref{{Kind: "indicator", Name: "K02"}, {Kind: "indicator", Name: "K10"}}},
		{"economic", "Four options were costed and simulated. Of 100 people, " + t.inTime[option.Nothing] + " would be seen within ten working days in five years if nothing is done, " + t.inTime[option.Minimum] + " with a nurse for the evening, " + t.inTime[option.Preferred] + " with the preferred option and " + t.inTime[option.Maximum] + " with the most. More nurses alone bring little more, because the rest wait for a doctor: that is why the preferred option adds a doctor’s sessions, and a development post so that a nurse’s list does not stand still when somebody leaves. It is worth more than it costs if each person who is off sick comes back about a day sooner; there is a real chance that they do not.\n\nA second room and a senior nurse for surveillance would come on top; they bring nothing that is written down yet. Trust in the service could not be put into pounds.",
			[]figure.Ref{{Kind: "case", Name: "npsv.preferred"}, {Kind: "case", Name: "bcr.preferred"}, {Kind: "case", Name: "risk.preferred"}}},
		{"commercial", "The posts are advertised by the trust. Nurses with the occupational health qualification are hard to find, which is why one of the posts develops a nurse of our own. The doctor’s sessions are offered first to those we have. The licence is bought under a framework for three years.", nil},
		{"financial", "Most of the cost is pay. Less agency cover releases cash from the wards' budgets from the second year on; their owner, the director of finance, has agreed to the share. The rest has to be found.",
			[]figure.Ref{{Kind: "case", Name: "cost.preferred"}, {Kind: "case", Name: "npv.preferred"}}},
		{"management", "The clinic manager of staff health answers for delivery. Spend, posts, waits and benefits are entered each quarter. The effect on the wait was registered before the clinics began and is judged by a rule that was fixed then. The largest risk is that the posts stay empty; two nurses are trained to take over at short notice.", nil},
	} {
		if err := t.argument.Write(ctx, t.lead, t.ago(10), x.part, 0, x.text, x.figures); err != nil {
			return err
		}
	}
	paper := fivecase.Paper{ID: t.Next(), Meeting: locale.Day(t.ago(3)), Recommendation: "Agree to the preferred option: a nurse, four more sessions of a doctor, a development post and reminders by text, for five years.",
		Wellbeing: "Of 100 staff who are referred, " + t.inTime[option.Preferred] + " would be seen within ten working days in five years, where it would be " + t.inTime[option.Nothing] + " if nothing is done. Fewer of them are off sick by the time they are."}
	return all(
		func() error { return t.argument.Submit(ctx, t.lead, t.ago(10).Add(time.Hour), paper) },
		func() error {
			return t.board.Decide(ctx, t.executive, t.ago(3), t.Next(), paper.ID, board.Decision{Choice: board.Conditions, On: paper.Meeting,
				Words: "The nurse, the doctor's sessions and the development post are agreed. Spend, posts and waits come back to the board each quarter, and the second year's money depends on them."})
		},
	)
}
