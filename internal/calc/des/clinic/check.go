package clinic

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

func share(x float64) bool { return x >= 0 && x <= 1 }

// Check says in one sentence what is wrong.
func (s *Spec) Check() error {
	switch {
	case s.Name == "":
		return errors.New("clinic: the name is empty")
	case s.Weeks < 1 || s.Weeks > MostWeeks:
		return fmt.Errorf("horizon: a clinic runs for 1 to %d weeks, not %d", MostWeeks, s.Weeks)
	case s.WarmupWeeks < 0 || s.WarmupWeeks >= s.Weeks:
		return errors.New("warmup must be shorter than the horizon, in weeks")
	case !(s.Week > 0 && s.Week <= des.MostTime):
		return errors.New("the length of a week in the unit of time is missing")
	case !(s.Target >= 0 && s.Target <= des.MostTime):
		return fmt.Errorf("target is not from 0 to %g", des.MostTime)
	case len(s.Classes) == 0 || len(s.Classes) > MostClasses:
		return fmt.Errorf("classes has %d entries: a model has 1 to %d", len(s.Classes), MostClasses)
	case len(s.Posts) == 0 || len(s.Posts) > MostPosts:
		return fmt.Errorf("clinic: there are %d posts: from 1 to %d", len(s.Posts), MostPosts)
	case s.Horizon < 0 || s.Horizon > MostHorizon:
		return fmt.Errorf("clinic: the booking horizon is %d days: from 0 to %d", s.Horizon, MostHorizon)
	case s.Notice < 0 || s.Notice > s.Horizon:
		return fmt.Errorf("clinic: the notice is %d days: from 0 to the booking horizon of %d", s.Notice, s.Horizon)
	case s.Overbooking.Extra < 0 || s.Overbooking.Extra > MostSlots || s.Overbooking.FromSlots < 0:
		return fmt.Errorf("clinic: overbooking needs 0 to %d extra bookings, from 0 slots or more", MostSlots)
	}
	slots := 0
	for _, p := range s.Posts {
		for _, session := range p.Sessions {
			slots += len(session.Slots) + s.Overbooking.Extra
		}
	}
	if slots > MostWeekSlots {
		return fmt.Errorf("clinic: the sessions have %d slots in all: at most %d", slots, MostWeekSlots)
	}
	for i := range s.Posts {
		if err := s.checkPost(i); err != nil {
			return fmt.Errorf("clinician %s: %w", s.Posts[i].Name, err)
		}
	}
	expected, backlog := 0.0, 0
	for i := range s.Classes {
		c := &s.Classes[i]
		if err := s.checkClass(i); err != nil {
			return fmt.Errorf("class %s: %w", c.Name, err)
		}
		for _, x := range c.Daily {
			expected += x * (1 + c.FollowUps)
		}
		backlog += c.Backlog
	}
	if expected > MostReferrals {
		return fmt.Errorf("about %.2g appointments asked for are too many: at most %.2g", expected, float64(MostReferrals))
	}
	if backlog > MostInside {
		return fmt.Errorf("the backlogs add up to %d: at most %d", backlog, MostInside)
	}
	if expected == 0 && backlog == 0 {
		return errors.New("nobody is ever referred: no class has arrivals or a backlog")
	}
	return nil
}

func (s *Spec) checkClass(i int) error {
	c := &s.Classes[i]
	switch {
	case c.Name == "" || slices.IndexFunc(s.Classes, func(d Class) bool { return d.Name == c.Name }) != i:
		return errors.New("each class needs a name of its own")
	case len(c.Daily) != 7*s.Weeks:
		return errors.New("arrivals are wanted for each day of the horizon")
	case slices.ContainsFunc(c.Daily, func(x float64) bool { return !(x >= 0 && x <= MostInside) }):
		return fmt.Errorf("the arrivals of a day are not from 0 to %d", MostInside)
	case c.Backlog < 0 || c.Backlog > MostInside:
		return fmt.Errorf("backlog is %d: from 0 to %d", c.Backlog, MostInside)
	case c.Minutes < 0 || c.Minutes > MostMinutes || c.Return < 0 || c.Return > MostMinutes:
		return fmt.Errorf("an appointment takes from 0 to %d minutes", MostMinutes)
	case !(c.FollowUps >= 0 && c.FollowUps <= MostFollowUps):
		return fmt.Errorf("follow_ups is %g: from 0 to %d for each new", c.FollowUps, MostFollowUps)
	case !share(c.DNA) || c.DNA == 1 || !share(c.Rebook):
		return errors.New("dna needs a rate from 0 to below 1 and a share to rebook from 0 to 1")
	}
	if c.FollowUps > 0 {
		if err := c.Gap.Check(); err != nil {
			return fmt.Errorf("the time to a follow-up %w", err)
		}
	}
	for j, skill := range c.Skills {
		if !slices.ContainsFunc(s.Posts, func(p Post) bool { return p.Skill == skill }) {
			return fmt.Errorf("no clinician has the skill %q", skill)
		}
		if slices.Index(c.Skills, skill) != j {
			return fmt.Errorf("the skill %q appears twice", skill)
		}
	}
	for _, minutes := range []int{c.Minutes, c.Return} {
		if minutes == c.Return && c.FollowUps == 0 && minutes != c.Minutes {
			continue
		}
		if !s.fits(c, minutes) {
			return fmt.Errorf("no session has a slot of %d minutes with a skill that it may use", minutes)
		}
	}
	return nil
}

// fits looks for a slot that is long enough.
func (s *Spec) fits(c *Class, minutes int) bool {
	for _, p := range s.Posts {
		if len(c.Skills) > 0 && !slices.Contains(c.Skills, p.Skill) {
			continue
		}
		for _, session := range p.Sessions {
			if slices.Max(session.Slots) >= minutes {
				return true
			}
		}
	}
	return false
}

func (s *Spec) checkPost(i int) error {
	p := &s.Posts[i]
	switch {
	case p.Name == "" || slices.IndexFunc(s.Posts, func(q Post) bool { return q.Name == p.Name }) != i:
		return errors.New("each clinician needs a name of their own")
	case p.Skill == "":
		return errors.New("the skill is missing")
	case len(p.Sessions) == 0 || len(p.Sessions) > MostSessions:
		return fmt.Errorf("there are %d sessions: from 1 to %d", len(p.Sessions), MostSessions)
	case p.LeaveDays < 0 || p.LeaveDays > 260:
		return fmt.Errorf("leave of %d days a year is not from 0 to 260", p.LeaveDays)
	case !(p.Sickness >= 0 && p.Sickness < 1) || p.Sickness > 0 && !(p.Spell >= 1 && p.Spell <= 1000):
		return errors.New("sickness needs a rate from 0 to below 1 and a mean spell of 1 to 1000 days")
	case p.Sickness > 0 && p.Sickness > p.Spell*(1-p.Sickness):
		return fmt.Errorf("sickness of %g in spells of %g days would need more than one onset a day", p.Sickness, p.Spell)
	case !(p.Turnover >= 0 && p.Turnover <= 100):
		return fmt.Errorf("turnover is %g a year: from 0 to 100", p.Turnover)
	case p.RampWeeks < 0 || p.RampWeeks > MostWeeks || !share(p.RampFrom):
		return fmt.Errorf("ramp_up needs 0 to %d weeks and a share from 0 to 1", MostWeeks)
	case !p.From.IsZero() && !p.Until.IsZero() && p.Until.Before(p.From):
		return errors.New("until lies before from")
	}
	if !p.Recruitment.IsZero() || p.Turnover > 0 || p.Vacant {
		if err := p.Recruitment.Check(); err != nil {
			return fmt.Errorf("the recruitment time %w", err)
		}
	}
	for _, leave := range p.Leave {
		if leave.From.IsZero() || leave.To.Before(leave.From) {
			return errors.New("leave needs a day from and a day to that is not before it")
		}
	}
	for _, session := range p.Sessions {
		if len(session.Slots) == 0 || len(session.Slots) > MostSlots {
			return fmt.Errorf("a session has %d slots: from 1 to %d", len(session.Slots), MostSlots)
		}
		for _, minutes := range session.Slots {
			if minutes < 1 || minutes > MostMinutes {
				return fmt.Errorf("a slot of %d minutes is not from 1 to %d", minutes, MostMinutes)
			}
		}
		if session.Every < 0 || session.Every > MostWeeks || session.First < 0 || session.First > max(session.Every, 1) {
			return errors.New("a session comes every so many weeks, the first in one of these")
		}
	}
	return nil
}
