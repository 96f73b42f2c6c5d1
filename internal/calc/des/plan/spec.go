package plan

import (
	"errors"
	"fmt"
	"math"
)

// The limits of a plan: five years of days with some to spare, and a service as big as the whole of the NHS has.
const (
	mostDays    = 10 * 366
	mostPools   = 20
	mostClasses = 8
	mostDaily   = 500.0
	mostBacklog = 100_000
)

// Spec is a plan.
type Spec struct {
	Working   []bool // of each day; day 0 is a Monday
	Stretches []int  // first days of those in which the futures of the team stay as they are; none: nobody doubts the team
	Periods   []int  // day on which each period of the report ends, itself not in it; what is after the last is not simulated
	Target    int    // working days in which people should be seen
	Demand    []Demand
	Pools     []Pool
	Classes   []Class // their shares add up to 1; of two due on one day the one named first goes first
	Level     Level
	Unseen    float64 // share of referrals that leave without an appointment
	UnseenFor int     // days that they are on the list
	DNA       float64
	Rebook    float64 // of those who did not come
	FollowUps float64 // for each person seen first
	Gap       int     // days from an appointment to the next
}

// Demand is a type of referral.
type Demand struct {
	Daily   []float64 // expected
	LevelSE float64   // error of the logarithm of the level, by replication
	TrendSE float64   // and of its growth a year
	Corr    float64
}

// Level is the wandering of demand: weekly, of the logarithm.
type Level struct{ SD, Memory float64 }

// Class is a priority.
type Class struct {
	Share float64
	Lead  int // days before which nobody is seen
	Due   int // days after the referral by which somebody should be: who is due first goes first
}

// Pool is a profession.
type Pool struct {
	Name    string
	Share   []float64   // of each type of demand
	Backlog int         // on the list at the start
	Due     float64     // follow-ups due on each working day until those of the plan's own appointments are
	Slots   []float64   // appointments on each day
	Futures [][]float64 // appointments more on each working day, by stretch; replication n has the n-th, or begins with the first again. None: Slots are certain
	Weekly  float64     // appointments of a week that React, SD, SE, Least and Most are about
	React   float64     // more a week for each person on the list over Mean
	Mean    float64
	SD      float64 // of a week
	SE      float64 // of the mean
	Least   float64 // of a week
	Most    float64
}

func share(x float64) bool { return x >= 0 && x <= 1 }

// Check says what is wrong with a plan.
func (s *Spec) Check() error {
	days := len(s.Working)
	switch {
	case days == 0 || days > mostDays:
		return fmt.Errorf("a plan has 1 to %d days", mostDays)
	case len(s.Periods) == 0:
		return errors.New("a plan has periods")
	case len(s.Demand) == 0 || len(s.Pools) == 0 || len(s.Classes) == 0:
		return errors.New("a plan has demand, pools and classes")
	case len(s.Pools) > mostPools || len(s.Classes) > mostClasses:
		return fmt.Errorf("a plan has at most %d pools and %d classes", mostPools, mostClasses)
	case !share(s.Unseen) || !share(s.DNA) || !share(s.Rebook):
		return errors.New("a share is from 0 to 1")
	case s.DNA > 0.9:
		return errors.New("more than nine in ten do not come")
	case s.FollowUps < 0 || s.FollowUps > 100 || s.Gap < 1 || s.UnseenFor < 0 || s.Target < 0:
		return errors.New("follow-ups are 0 to 100, the gap to them 1 day or more, times not negative")
	case s.Level.SD < 0 || s.Level.SD > 2 || s.Level.Memory < 0 || s.Level.Memory >= 1:
		return errors.New("the level wanders by 0 to 2 and keeps less than all")
	}
	for i, first := range s.Stretches {
		if i == 0 && first != 0 || i > 0 && first <= s.Stretches[i-1] || first >= days {
			return errors.New("stretches follow each other from the first day on")
		}
	}
	before := 0
	for _, end := range s.Periods {
		if end <= before || end > days {
			return errors.New("periods follow each other and end within the days")
		}
		before = end
	}
	sum := 0.0
	for _, c := range s.Classes {
		if !share(c.Share) || c.Lead < 0 || c.Due < 0 {
			return errors.New("a class has a share, a lead time and a day by which people are due")
		}
		sum += c.Share
	}
	if math.Abs(sum-1) > 1e-6 {
		return errors.New("the shares of the classes add up to 1")
	}
	for _, d := range s.Demand {
		if len(d.Daily) != days {
			return errors.New("demand has a number for each day")
		}
		for _, x := range d.Daily {
			if !(x >= 0 && x <= mostDaily) {
				return fmt.Errorf("a day has 0 to %g referrals of a type", mostDaily)
			}
		}
		if !(d.LevelSE >= 0 && d.TrendSE >= 0 && math.Abs(d.Corr) <= 1) {
			return errors.New("errors are not negative")
		}
	}
	for _, p := range s.Pools {
		if err := p.check(days, len(s.Demand), len(s.Stretches)); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	return nil
}

func (p Pool) check(days, types, stretches int) error {
	switch {
	case len(p.Slots) != days || len(p.Share) != types:
		return errors.New("a pool has appointments for each day and a share of each type")
	case p.Backlog < 0 || p.Backlog > mostBacklog || !(p.Due >= 0 && p.Due <= mostDaily):
		return errors.New("too many wait at the start")
	case !(p.Weekly >= 0 && p.React >= 0 && p.SD >= 0 && p.SE >= 0 && p.Least >= 0 && p.Most >= p.Least):
		return errors.New("what a week gives is not negative")
	}
	for _, x := range p.Slots {
		if !(x >= 0 && x <= mostDaily) {
			return fmt.Errorf("a day has 0 to %g appointments", mostDaily)
		}
	}
	for _, future := range p.Futures {
		if len(future) != stretches || stretches == 0 {
			return errors.New("a future has a number for each stretch")
		}
		for _, x := range future {
			if !(math.Abs(x) <= mostDaily) {
				return fmt.Errorf("a future has at most %g appointments more on a day", mostDaily)
			}
		}
	}
	return nil
}
