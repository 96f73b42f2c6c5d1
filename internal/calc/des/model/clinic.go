package model

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/clinic"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// pathway is what only a clinic asks of a class.
type pathway struct {
	skills    []string
	minutes   int
	followUps float64
	back      int
	gap       des.Dist // weeks
	dna       float64
	rebook    float64
}

func newPathway() pathway { return pathway{rebook: 1, gap: des.Deterministic(6)} }

func (p *pathway) fields() fields {
	return fields{
		"skills": func(n *yaml.Node) error {
			return list(n, "skills", func(item *yaml.Node) error {
				var name string
				err := text(&name, "a skill")(item)
				p.skills = append(p.skills, name)
				return err
			})
		},
		"minutes": whole(&p.minutes, "minutes"),
		"follow_ups": func(n *yaml.Node) error {
			return object(n, "follow_ups", fields{
				"per_new": number(&p.followUps, "per_new"),
				"minutes": whole(&p.back, "minutes"),
				"gap":     distribution(&p.gap, "gap"),
			})
		},
		"dna": func(n *yaml.Node) error {
			return object(n, "dna", fields{"rate": number(&p.dna, "rate"), "rebook": number(&p.rebook, "rebook")})
		},
	}
}

// clinicText is a clinic as it is written.
type clinicText struct {
	clinic.Spec
	posts int
}

func (r *reader) readClinic(n *yaml.Node) error {
	c := &clinicText{Spec: clinic.Spec{Name: "clinic", BankHolidays: true}}
	r.clinic = c
	return object(n, "clinic", fields{
		"name":            text(&c.Name, "name"),
		"notice":          whole(&c.Notice, "notice"),
		"booking_horizon": whole(&c.Horizon, "booking_horizon"),
		"bank_holidays":   truth(&c.BankHolidays, "bank_holidays"),
		"overbooking": func(n *yaml.Node) error {
			return object(n, "overbooking", fields{"extra": whole(&c.Overbooking.Extra, "extra"), "from_slots": whole(&c.Overbooking.FromSlots, "from_slots")})
		},
		"clinicians": func(n *yaml.Node) error { return list(n, "clinicians", c.clinician) },
	})
}

// truth reads true or false.
func truth(to *bool, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Tag != "!!bool" || n.Decode(to) != nil {
			return wrong(n, "%s is %s, not true or false", what, describe(n))
		}
		return nil
	}
}

// clinician reads one post or several that are alike.
func (c *clinicText) clinician(n *yaml.Node) error {
	var p clinic.Post
	count, share, ramp := 1, 1.0, false
	err := object(n, "a clinician", fields{
		"name":  text(&p.Name, "name"),
		"skill": text(&p.Skill, "skill"),
		"count": whole(&count, "count"),
		"sessions": func(n *yaml.Node) error {
			return list(n, "sessions", func(n *yaml.Node) error { return sessions(n, &p) })
		},
		"leave": func(n *yaml.Node) error {
			return object(n, "leave", fields{
				"days_a_year": whole(&p.LeaveDays, "days_a_year"),
				"dates":       func(n *yaml.Node) error { return list(n, "dates", func(n *yaml.Node) error { return period(n, &p) }) },
			})
		},
		"sickness": func(n *yaml.Node) error {
			p.Spell = 5
			return object(n, "sickness", fields{"rate": number(&p.Sickness, "rate"), "spell": number(&p.Spell, "spell")})
		},
		"turnover":    number(&p.Turnover, "turnover"),
		"recruitment": distribution(&p.Recruitment, "recruitment"),
		"ramp_up": func(n *yaml.Node) error {
			ramp = true
			share = 0
			return object(n, "ramp_up", fields{"weeks": whole(&p.RampWeeks, "weeks"), "from": number(&share, "from")})
		},
		"vacant":   truth(&p.Vacant, "vacant"),
		"training": truth(&p.Training, "training"),
		"from":     date(&p.From, "from"),
		"until":    date(&p.Until, "until"),
	})
	p.RampFrom = share
	switch {
	case err != nil:
		return err
	case p.Name == "":
		return errors.New("a clinician needs a name")
	case count < 1 || count > clinic.MostPosts:
		return fmt.Errorf("clinician %s: count is %d: from 1 to %d", p.Name, count, clinic.MostPosts)
	case p.Training && !ramp:
		return fmt.Errorf("clinician %s: somebody in training needs a ramp_up", p.Name)
	case (p.Vacant || p.Turnover > 0) && p.Recruitment.IsZero():
		return fmt.Errorf("clinician %s: a post that is or falls vacant needs a recruitment time in weeks", p.Name)
	}
	if c.posts += count; c.posts > clinic.MostPosts {
		return fmt.Errorf("there are more than %d posts", clinic.MostPosts)
	}
	name := p.Name
	for i := range count {
		if count > 1 {
			p.Name = fmt.Sprintf("%s %d", name, i+1)
		}
		c.Posts = append(c.Posts, p)
	}
	return nil
}

func period(n *yaml.Node, p *clinic.Post) error {
	var l clinic.Period
	err := object(n, "dates of leave", fields{"from": date(&l.From, "from"), "to": date(&l.To, "to")})
	p.Leave = append(p.Leave, l)
	return err
}

// weekdays by their names.
var weekdays = func() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for d := time.Sunday; d <= time.Saturday; d++ {
		m[strings.ToLower(d.String())] = d
	}
	return m
}()

// sessions reads a session on one weekday or on several.
func sessions(n *yaml.Node, p *clinic.Post) error {
	var s clinic.Session
	var days []time.Weekday
	day := func(n *yaml.Node) error {
		d, known := weekdays[strings.ToLower(n.Value)]
		if !known {
			return wrong(n, "day is %s, not a weekday such as monday", describe(n))
		}
		days = append(days, d)
		return nil
	}
	err := object(n, "a session", fields{
		"day": func(n *yaml.Node) error {
			if n.Kind == yaml.SequenceNode {
				return list(n, "day", day)
			}
			return day(n)
		},
		"slots": func(n *yaml.Node) error { return slots(n, &s.Slots) },
		"every": whole(&s.Every, "every"),
		"first": whole(&s.First, "first"),
	})
	if err == nil && len(days) == 0 {
		err = errors.New("a session needs a day")
	}
	for _, d := range days {
		s.Day = d
		p.Sessions = append(p.Sessions, s)
	}
	return err
}

// slots reads a list of lengths in minutes, or {count, minutes} for slots that are all alike.
func slots(n *yaml.Node, to *[]int) error {
	add := func(minutes int) error {
		if *to = append(*to, minutes); len(*to) > clinic.MostSlots {
			return fmt.Errorf("a session has more than %d slots", clinic.MostSlots)
		}
		return nil
	}
	if n.Kind == yaml.MappingNode {
		count, minutes := 0, 0
		err := object(n, "slots", fields{"count": whole(&count, "count"), "minutes": whole(&minutes, "minutes")})
		for i := 0; err == nil && i < count; i++ {
			err = add(minutes)
		}
		return err
	}
	return list(n, "slots", func(item *yaml.Node) error {
		var minutes int
		if err := whole(&minutes, "a slot")(item); err != nil {
			return err
		}
		return add(minutes)
	})
}

const daysOfWeek = 7

func (r *reader) compileClinic() (report.Model, error) {
	if r.customers != 0 || r.warmup.customers != 0 || r.weeks < 1 {
		return nil, errors.New("a clinic needs a horizon in weeks, and a warmup in weeks if any")
	}
	s := r.clinic.Spec
	s.Start, s.Weeks, s.WarmupWeeks, s.Week, s.Target = r.start, r.weeks, r.warmup.weeks, r.week(), r.target
	for i := range s.Posts {
		if !s.Posts[i].Recruitment.IsZero() {
			s.Posts[i].Recruitment = s.Posts[i].Recruitment.Times(daysOfWeek)
		}
	}
	for _, c := range r.classes {
		a, p := &c.arrivals, c.pathway
		switch {
		case a.node != nil && (a.times != nil || !a.gap.IsZero()):
			return nil, wrong(a.node, "class %s: referrals to a clinic are poisson, weekly or monthly", c.Name)
		case len(c.Start) > 0 || !c.Patience.IsZero():
			return nil, wrong(c.node, "class %s: start and patience belong to stations, and a clinic has none", c.Name)
		case math.Abs(p.followUps) > 0 && p.back == 0:
			p.back = c.pathway.minutes
		}
		s.Classes = append(s.Classes, clinic.Class{Name: c.Name, Daily: a.daily(s.Start, daysOfWeek*s.Weeks, s.Week/daysOfWeek), Priority: c.Priority,
			Backlog: c.Backlog, Skills: p.skills, Minutes: p.minutes, FollowUps: p.followUps, Return: p.back, Gap: p.gap.Times(daysOfWeek), DNA: p.dna, Rebook: p.rebook})
	}
	c, err := clinic.Compile(s)
	if err != nil {
		return nil, err
	}
	return c, nil
}
