package nation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// meeting is one of a group: on a day, with what was brought to it and what it decided and agreed on.
type meeting struct {
	on        int // days from now
	papers    []group.Paper
	decisions [][2]string
	actions   []action
	note      string
}

type action struct {
	what, owner string
	due, done   int // days from now; done 0 for not yet
	outcome     string
}

// groups are the steering group and a task group.
func (b *builder) groups(ctx context.Context) error {
	s := group.New(b.DB)
	for _, g := range []struct {
		in       group.In
		members  [][3]string
		meetings []meeting
	}{
		{group.In{Kind: "steering", Name: "Steering group", Remit: "Steers the programme, decides on its plan and says what came of it. Meets every quarter."},
			[][3]string{{"Maud Ellery", "Independent", "chair"}, {"Ruth Moss", "The programme", "secretary"}, {"Idris Vaughan", "Staff side", "member"}, {"Clare Benson", "An integrated care system", "member"}, {"Hugh Sato", "Occupational physicians", "member"}, {"Nell Ashby", "Occupational health nurses", "member"}},
			[]meeting{
				{on: -112, papers: []group.Paper{{Title: "One front door for practices and small employers", Purpose: "decide", Presenter: "Task group on technology and access", Words: "## What we propose\n\n- One link that a practice shares with its staff\n- Nobody is on a list before their manager has confirmed it\n- What can be done by phone or video is\n\n## What it costs\n\nA day of an administrator for each new practice."}},
					decisions: [][2]string{{"The pattern for one front door is tried in three systems before it is recommended.", "It worked in one place; we do not know yet whether it works where distances are long."}},
					actions:   []action{{"Find three systems that try it", "Clare Benson", -60, -58, "Two hospitals' systems and a rural one have agreed."}, {"Ask staff side what members want to know first", "Idris Vaughan", -20, 0, ""}}, note: "Apologies were sent beforehand."},
				{on: -21, papers: []group.Paper{{Title: "Where the programme stands", Purpose: "note", Presenter: "Ruth Moss", Words: "Two milestones are late. One was moved, with its reason; the other waits for a third system."}},
					decisions: [][2]string{{"Case studies are asked for with what failed.", "We learn most from it, and nobody tells it unless they are asked."}},
					actions:   []action{{"Call for case studies", "Ruth Moss", -14, -20, "The call is open."}, {"Write to the system that has not begun", "Clare Benson", 12, 0, ""}}},
				{on: 26, papers: []group.Paper{{Title: "Guide for those who buy a service", Purpose: "decide", Presenter: "Head of services", Words: "## The question\n\nIs the guide recommended to every organisation, or tried first?\n\n## What speaks for each\n\n1. Every organisation asks for it now.\n2. Nobody has used it yet."}, {Title: "What small employers said", Purpose: "discuss", Presenter: "Nell Ashby", Words: "Answers to the call, and what we have told those who answered."}}},
			}},
		{group.In{Kind: "task", Name: "Technology, and access for primary care and small organisations", Remit: "One front door for those who have no occupational health of their own, with as little to fill in as can be."},
			[][3]string{{"Nell Ashby", "Occupational health nurses", "chair"}, {"Tariq Lowe", "General practice", "member"}, {"Wyn Harte", "Small employers", "member"}, {"Sola Adair", "Digital", "member"}},
			[]meeting{
				{on: -40, decisions: [][2]string{{"A practice is onboarded without a file of its staff.", "Practices have none that they can send safely."}}, actions: []action{{"Count the clicks from nothing to the first referral", "Sola Adair", -10, -12, "25 clicks and 20 fields over everybody."}, {"Ask five practices what they would pay for", "Tariq Lowe", 20, 0, ""}}},
				{on: 9, papers: []group.Paper{{Title: "What is left to be done by hand", Purpose: "discuss", Presenter: "Sola Adair", Words: "- Confirming who works there\n- Closing a link that has gone astray"}}},
			}},
	} {
		g.in.ID = b.Next()
		if err := s.Add(ctx, b.lead, b.ago(200), g.in); err != nil {
			return fmt.Errorf("found %s: %w", g.in.Name, err)
		}
		came, err := b.join(ctx, s, g.in.ID, g.members)
		if err != nil {
			return err
		}
		for i, m := range g.meetings {
			if err := b.meet(ctx, s, g.in.ID, m, came[:len(came)-i%2]); err != nil {
				return fmt.Errorf("a meeting of %s: %w", g.in.Name, err)
			}
		}
	}
	return nil
}

func (b *builder) join(ctx context.Context, s *group.Service, id uuid.UUID, members [][3]string) (out []uuid.UUID, err error) {
	for _, m := range members {
		in := group.MemberIn{ID: b.Next(), Name: m[0], Body: m[1], Part: m[2], From: locale.Day(b.ago(190))}
		if err := s.Join(ctx, b.lead, b.ago(190), id, in); err != nil {
			return nil, fmt.Errorf("%s: %w", m[0], err)
		}
		out = append(out, in.ID)
	}
	return out, nil
}

// meet plans a meeting five weeks before, or today if that is later, brings its papers, and has it held if its day has come.
func (b *builder) meet(ctx context.Context, s *group.Service, id uuid.UUID, m meeting, came []uuid.UUID) error {
	day := b.in(m.on)
	planned := b.Now.AddDate(0, 0, min(m.on-35, -1))
	in := group.MeetingIn{ID: b.Next(), On: day, At: "10:00", Place: "By video"}
	if err := s.Plan(ctx, b.lead, planned, id, in); err != nil {
		return err
	}
	for _, p := range m.papers {
		p.ID = b.Next()
		if err := s.Paper(ctx, b.lead, planned, in.ID, p, nil); err != nil {
			return err
		}
	}
	if m.on > 0 {
		return nil
	}
	at := noon(day)
	for _, d := range m.decisions {
		if err := s.Decide(ctx, b.lead, at, in.ID, group.Decision{ID: b.Next(), What: d[0], Why: d[1]}); err != nil {
			return err
		}
	}
	for _, x := range m.actions {
		a := group.Action{ID: b.Next(), What: x.what, Owner: x.owner, Promise: due.Promise{Due: b.in(x.due)}}
		if err := s.Agree(ctx, b.lead, at, in.ID, a); err != nil {
			return err
		}
		if x.done != 0 {
			if err := s.Done(ctx, b.lead, b.Now.AddDate(0, 0, x.done), a.ID, b.in(x.done), x.outcome); err != nil {
				return err
			}
		}
	}
	return s.Hold(ctx, b.lead, at, in.ID, came, m.note)
}

// noon of a day.
func noon(d civil.Date) time.Time {
	return locale.CivilDate(d.Year, d.Month, d.Day).Add(12 * time.Hour)
}
