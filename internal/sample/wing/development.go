package wing

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// development has the lead publish four offers, and two nurses and a physiotherapist keep a plan. One of them shares it with the
// lead, says that an offer interests her, and asked a colleague what he thinks.
func (t *story) development(ctx context.Context) error {
	team := map[access.Role][]access.Actor{}
	var staff []development.Colleague
	for _, r := range access.Team {
		for _, w := range t.team[r] {
			a := w.Actor(access.Clinical)
			team[r] = append(team[r], a)
			staff = append(staff, development.Colleague{Account: a.Account, Name: a.Name, Role: r})
		}
	}
	s := development.New(development.Deps{DB: t.DB, Box: t.Box, Colleagues: func(context.Context, uuid.UUID) ([]development.Colleague, error) {
		return staff, nil
	}})
	lead, nurse, second, physio := t.lead.At(access.Clinical), team[access.Nurse][0], team[access.Nurse][1], team[access.Physio][0]
	in := func(months int) civil.Date { return locale.Day(t.Now).AddMonths(months) }

	leading := t.Next()
	for _, o := range []development.OfferIn{
		{ID: leading, Kind: "leadership", Area: "leadership", Title: "Lead the immunisation clinics", About: "Four hours a week for a year, with the head of occupational health as your mentor. Your clinics are covered.", Roles: []string{string(access.Nurse)}, Places: 1, Closes: in(1)},
		{ID: t.Next(), Kind: "course", Area: "competence", Title: "Hand-arm vibration, tier 4", About: "Five days and a supervised logbook. The service pays the fee and backfills your clinics.", Roles: []string{string(access.Nurse), string(access.Physician)}, Places: 2, Closes: in(2)},
		{ID: t.Next(), Kind: "project", Area: "service", Title: "Shorten the way from referral to first appointment", About: "Half a day a week for three months, with the improvement team. You bring what you see in clinic; they bring the method.", Places: 3, Closes: in(1)},
		{ID: t.Next(), Kind: "shadowing", Area: "career", Title: "A day with a consultant occupational physician", About: "Case conferences, a workplace visit and a talk about ways into the specialty.", Roles: []string{string(access.Nurse), string(access.Physio), string(access.Counsellor)}, Places: 4, Closes: in(3)},
	} {
		if err := s.PublishOffer(ctx, lead, t.ago(20), o); err != nil {
			return err
		}
	}
	for _, g := range []struct {
		whose     access.Actor
		area      string
		in        int // months from now
		state     string
		what, why string
		step      string
	}{
		{nurse, "leadership", 9, development.Started, "Run a clinic of my own", "I train others already. I would like to decide how a clinic is run, and answer for it.", "Ask the head of service what she would want to see first"},
		{nurse, "competence", 6, development.Planned, "Assess hand-arm vibration on my own", "One colleague does all of them, and people wait for her.", "Sit in on two assessments"},
		{nurse, "service", 4, development.Started, "Fewer people who do not come to their first appointment", "Every third empty slot is one that somebody else needed.", "Count for a month why people did not come"},
		{second, "career", 18, development.Planned, "Decide whether to train as a specialist practitioner", "I have been a Band 6 for five years.", "Talk to two colleagues who did"},
		{physio, "competence", 8, development.Planned, "Write a functional capacity report that managers use", "Mine are read once and put away.", "Ask three managers what they needed and did not find"},
	} {
		if err := s.AddGoal(ctx, g.whose, t.ago(60), development.GoalIn{ID: t.Next(), Area: g.area, By: in(g.in), State: g.state, Words: development.Words{What: g.what, Why: g.why, Step: g.step}}); err != nil {
			return err
		}
	}
	ask := development.AskIn{ID: t.Next(), Of: physio.Account, Questions: [development.MaxQuestions]string{"What should I go on doing when we see somebody together?", "What should I do less of?"}}
	return all(
		func() error {
			return s.LookAgain(ctx, nurse, t.ago(25), development.ReviewIn{ID: t.Next(), Words: "The counting has begun and is easier than I thought. For the clinic I have not asked yet: I keep waiting for a quiet week.", Next: in(2)})
		},
		func() error { return valid(s.Share(ctx, nurse, t.ago(24), lead.Account)) },
		func() error { return s.Interest(ctx, nurse, t.ago(10), leading, true) },
		func() error { return valid(s.Ask(ctx, nurse, t.ago(22), ask)) },
	)
}
