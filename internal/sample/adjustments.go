package sample

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

const (
	// mostPassports keeps what this adds to the start of a demonstration under a second, and is enough for numbers that may be shown.
	mostPassports = 36
	// agreedBefore is how many days ago most of it began: the answers of four weeks later fall into a month that has been counted.
	agreedBefore = 80
)

// helps are what people of the sample write down.
var helps = []struct{ code, how, why string }{
	{"breaks", "Ten minutes every two hours, away from the ward.", "I can concentrate again afterwards."},
	{"equipment", "A chair with support for the lower back, at the nurses' station too.", "Sitting long is hard for me."},
	{"pattern", "No late shift before an early one.", "I need the sleep."},
	{"communication", "What matters in writing, after the meeting.", "I lose track when many people talk."},
	{"quiet", "The desk by the window, away from the printer.", ""},
	{"parking", "A space near the south entrance.", ""},
}

// adjustments has people of the large trust keep passports, their managers answer, and one come back step by step.
func (c *circle) adjustments(ctx context.Context) error {
	now := func() time.Time { return c.Now }
	s := adjustment.New(adjustment.Deps{DB: c.DB, Box: c.Box, Now: now})
	then, made := c.Now.AddDate(0, 0, -agreedBefore), 0
	var asked []access.Actor
	for i, t := range c.teams(c.Services[0].Team[access.Lead][0].Org) {
		for n, m := range t.staff {
			if made == mostPassports || n > 1 {
				break
			}
			person := as(m, access.Person, access.Portal)
			switch err := c.passport(ctx, s, then, person, as(t.boss, access.Manager, access.Employer), i+n); {
			case err == nil:
				asked, made = append(asked, person), made+1
			case fault.KindOf(err) != fault.Conflict: // a conflict: they had not come yet, or had nobody to ask
				return fmt.Errorf("passport %d: %w", made, err)
			}
		}
		if t.boss.Account != uuid.Nil && len(t.staff) > 2 {
			if err := c.comesBack(ctx, t.boss, t.staff[2]); err != nil {
				return fmt.Errorf("hours in team %d: %w", i, err)
			}
		}
	}
	follow := then.AddDate(0, 0, 30)
	if err := c.In(ctx, access.SystemActor(access.Worker, c.lead.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return adjustment.Follow(ctx, tx, c.lead.Organisation, follow)
	}); err != nil {
		return err
	}
	for i, person := range asked {
		p, err := s.Mine(ctx, person, c.Now)
		if err != nil {
			return err
		}
		for _, q := range p.Waiting() {
			if i%5 == 4 {
				continue // does not answer
			}
			answers := q.Answers()
			in := adjustment.HelpIn{Answer: answers[(i/3)%len(answers)], Stands: adjustment.Stands[i%len(adjustment.Stands)], Share: []string{"yes", "no"}[i%2]}
			if err := s.Help(ctx, person, follow.AddDate(0, 0, 1), q, in); err != nil {
				return err
			}
		}
	}
	return c.In(ctx, access.SystemActor(access.Worker, c.lead.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return adjustment.Count(ctx, tx, c.lead.Organisation, c.Now)
	})
}

// passport has somebody write down what helps and share it; most managers agree, some in part, one in nine has not answered yet.
func (c *circle) passport(ctx context.Context, s *adjustment.Service, at time.Time, person, boss access.Actor, n int) error {
	x := helps[n%len(helps)]
	if err := s.Write(ctx, person, at, x.code, x.how, x.why); err != nil {
		return err
	}
	if n%9 == 8 {
		at = c.Now.AddDate(0, 0, -4)
	}
	if err := s.Share(ctx, person, at, []string{x.code}); err != nil {
		return err
	}
	if n%9 == 8 {
		return nil // waits for an answer
	}
	p, err := s.Mine(ctx, person, c.Now)
	if err != nil {
		return err
	}
	in := adjustment.In{Answer: adjustment.Agreed, From: locale.Day(at), Review: locale.Day(at).AddMonths(6)}
	switch n % 7 {
	case 3:
		in.Answer, in.Reason = adjustment.Part, "trial"
	case 6:
		in.Answer, in.Reason = adjustment.Declined, "cover"
	}
	item, _ := p.Item(x.code)
	asked, open := item.Now()
	if !open {
		return nil
	}
	return s.Answer(ctx, boss, at.AddDate(0, 0, 1), person.Person, asked.ID, 0, in)
}

// comesBack has a manager and somebody of the team agree hours that rise to the contract.
func (c *circle) comesBack(ctx context.Context, boss, m *cast.Member) error {
	s := returnplan.New(returnplan.Deps{DB: c.DB, Calendar: workday.England(), Now: func() time.Time { return c.Now }})
	at := c.Now.AddDate(0, 0, -9)
	in := returnplan.First{Start: locale.Day(at).AddDays(4), Shape: returnplan.Usual, Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday}}
	if err := s.Propose(ctx, as(boss, access.Manager, access.Employer), at, m.ID, c.id(), in); err != nil {
		return err
	}
	return s.Agree(ctx, as(m, access.Person, access.Portal), at.AddDate(0, 0, 1), m.ID, 1)
}
