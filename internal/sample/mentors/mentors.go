// Package mentors tells of the mentoring in a sample's large trust, by the commands of its slice.
package mentors

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// helpers are the mentors of the large trust's service, and who is with them.
type helpers struct {
	*cast.Cast
	s    *mentoring.Service
	made int
}

// Tell has a senior nurse and a physician offer to be mentors: one nurse is with the first, one has asked, one waits for a place; what
// a physiotherapist had with the second is over.
func Tell(ctx context.Context, c *cast.Cast) error {
	at := c.Services[0]
	var staff []mentoring.Member
	var members []practice.Member
	for role, list := range at.Team {
		for _, w := range list {
			staff = append(staff, mentoring.Member{Account: w.Account, Organisation: w.Org.ID, Person: w.ID, Name: w.Name(), Role: role})
			members = append(members, practice.Member{Account: w.Account, Organisation: w.Org.ID, Person: w.ID, Name: w.Name(), Acting: role})
		}
	}
	able := practice.New(practice.Deps{DB: c.DB, Box: c.Box, Team: func(context.Context, uuid.UUID) ([]practice.Member, error) { return slices.Clone(members), nil }})
	x := &helpers{Cast: c, s: mentoring.New(mentoring.Deps{DB: c.DB, Box: c.Box, Areas: development.Areas,
		Team: func(context.Context, uuid.UUID) ([]mentoring.Member, error) { return staff, nil },
		Standing: func(ctx context.Context, a access.Actor, now time.Time) (has mentoring.Standing, err error) {
			self, err := able.Self(ctx, a, now)
			for key, s := range self.States {
				if s.Standing == practice.Unsupervised {
					has.Holds = append(has.Holds, key)
				}
			}
			return has, err
		}})}
	nurses, doctors, physios := at.Team[access.Nurse], at.Team[access.Physician], at.Team[access.Physio]
	if len(nurses) < 4 || len(doctors) == 0 || len(physios) == 0 {
		return nil
	}
	senior, doctor := nurses[0].Actor(access.Clinical), doctors[0].Actor(access.Clinical)
	if err := x.s.Offer(ctx, senior, x.ago(150), mentoring.ProfileIn{Taking: "yes", Places: 2, Offers: []string{"area.leadership", "area.competence", "competence.triage", "competence.immunisation", "interest.teaching", "interest.change"}, How: mentoring.Ways, Days: []string{"2", "4"}}); err != nil {
		return err
	}
	if err := x.s.Offer(ctx, doctor, x.ago(300), mentoring.ProfileIn{Taking: "yes", Places: 1, Offers: []string{"area.career", "area.service", "interest.research", "interest.exams"}, How: []string{"online"}, Days: []string{"5"}}); err != nil {
		return err
	}
	if err := x.together(ctx, senior, nurses[2].Actor(access.Clinical)); err != nil {
		return err
	}
	for i, n := range []int{3, 1} { // the first has the last place, and the other waits
		if _, err := x.s.Ask(ctx, nurses[n].Actor(access.Clinical), x.ago(9-4*i), x.id(), senior.Account, []string{"area.leadership"}); err != nil {
			return err
		}
	}
	over, err := x.begin(ctx, doctor, physios[0].Actor(access.Clinical), 280, "area.career", "interest.research")
	if err != nil {
		return err
	}
	physio := physios[0].Actor(access.Clinical)
	if err := x.s.End(ctx, physio, x.ago(30), over, "advice"); err != nil {
		return err
	}
	if over, err = x.seen(ctx, physio, over.ID); err != nil {
		return err
	}
	if err := x.s.Say(ctx, physio, x.ago(29), over, 5); err != nil {
		return err
	}
	return c.In(ctx, access.SystemActor(access.Worker, senior.Organisation, senior.Service), func(tx *postgres.Tx) error {
		return mentoring.Count(ctx, tx, c.Now)
	})
}

func (x *helpers) ago(days int) time.Time { return x.Now.AddDate(0, 0, -days) }

func (x *helpers) id() uuid.UUID {
	x.made++
	return x.ID("mentoring", x.made)
}

// seen is a mentorship as somebody sees it now.
func (x *helpers) seen(ctx context.Context, a access.Actor, id uuid.UUID) (mentoring.Mentorship, error) {
	all, err := x.s.Mentorships(ctx, a)
	if err != nil {
		return mentoring.Mentorship{}, err
	}
	i := slices.IndexFunc(all, func(m mentoring.Mentorship) bool { return m.ID == id })
	if i < 0 {
		return mentoring.Mentorship{}, fmt.Errorf("%s does not see the mentorship %s", a.Name, id)
	}
	return all[i], nil
}

// begin has somebody ask, and the mentor take them a day later; it is as who asked sees it.
func (x *helpers) begin(ctx context.Context, mentor, mentee access.Actor, ago int, wants ...string) (mentoring.Mentorship, error) {
	m, err := x.s.Ask(ctx, mentee, x.ago(ago), x.id(), mentor.Account, wants)
	if err != nil {
		return m, err
	}
	theirs, err := x.seen(ctx, mentor, m.ID)
	if err != nil {
		return m, err
	}
	if err := x.s.Answer(ctx, mentor, x.ago(ago-1), theirs, true); err != nil {
		return m, err
	}
	return x.seen(ctx, mentee, m.ID)
}

// together is a mentorship that goes on: a goal, meetings, the next one, and what each wrote for themselves.
func (x *helpers) together(ctx context.Context, mentor, mentee access.Actor) error {
	m, err := x.begin(ctx, mentor, mentee, 120, "competence.triage", "area.leadership")
	if err != nil {
		return err
	}
	for _, g := range []mentoring.GoalIn{{ID: x.id(), About: "competence.triage", State: mentoring.Open, Words: "Triage ten referrals a week with somebody who reads them after me"}, {ID: x.id(), About: "area.leadership", State: mentoring.Reached, Words: "Open the team meeting once"}} {
		if err := x.s.AddGoal(ctx, mentee, x.ago(110), m, g); err != nil {
			return err
		}
	}
	for i, days := range []int{110, 75, 30} {
		by := mentor
		if i == 1 {
			by = mentee
		}
		if err := x.s.Met(ctx, by, x.ago(days-1), m, mentoring.MeetingIn{ID: x.id(), On: locale.Day(x.ago(days)), Minutes: 45 + 15*i}); err != nil {
			return err
		}
	}
	if err := x.s.Plan(ctx, mentor, x.ago(29), m, locale.Day(x.Now).AddDays(9)); err != nil {
		return err
	}
	shown := x.id()
	if err := x.s.Write(ctx, mentee, x.ago(30), m, shown, "I decide too slowly when a referral says nothing of the work. Ask the manager first?"); err != nil {
		return err
	}
	if err := x.s.Show(ctx, mentee, x.ago(30), m, shown, true); err != nil {
		return err
	}
	if err := x.s.Write(ctx, mentee, x.ago(74), m, x.id(), "I was nervous, and it went well."); err != nil {
		return err
	}
	return x.s.Write(ctx, mentor, x.ago(30), m, x.id(), "Bring two referrals of last year next time.")
}
