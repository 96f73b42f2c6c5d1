package clinic

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// Clinic is a compiled model. It is immutable: workers share it.
type Clinic struct {
	layout  report.Layout
	days    int
	warmup  int // days
	notice  int
	horizon int
	target  int   // days
	minutes []int // by kind of slot
	skills  []int // the same; numbers for names
	groups  []group
	classes []Class
	posts   []post
	closed  []bool // by day: a bank holiday
	first   int    // weekday of day 0, Monday 0
	known   bool   // whether the bank holidays of the whole horizon are known
	warning string
	dna     []string // purposes by class
	arrive  []string
	follow  []string
}

// group is who shares a list: the new of a class, or its follow-ups.
type group struct {
	rank  int
	kinds []uint8 // of slots that will do, the preferred first
}

// post is a Post in numbers of days from the start.
type post struct {
	Post
	purpose  string
	sessions [7][]session // by weekday, Monday first
	leave    []bool       // by day; nil for none
	from, to int          // days in which the post exists
}

// session is a Session with its slots by kind.
type session struct {
	slots        []uint8
	every, first int
	extra        int
}

// kind is a skill and a length.
type kind struct {
	skill   string
	minutes int
}

// Compile checks a model and makes it ready to run.
func Compile(s Spec) (*Clinic, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	var kinds []kind
	for _, p := range s.Posts {
		for _, session := range p.Sessions {
			for _, m := range session.Slots {
				if k := (kind{p.Skill, m}); !slices.Contains(kinds, k) {
					kinds = append(kinds, k)
				}
			}
		}
	}
	if len(kinds) > MostKinds {
		return nil, fmt.Errorf("clinic: there are %d different skills and lengths of slots: at most %d", len(kinds), MostKinds)
	}
	c := &Clinic{days: 7 * s.Weeks, warmup: 7 * s.WarmupWeeks, notice: s.Notice, horizon: s.Horizon, classes: s.Classes,
		first: int(s.Start.Weekday()+6) % 7, known: true}
	ticks := des.Ticks(7 / s.Week) // a tick is a day
	c.layout = report.Layout{Stations: []string{s.Name}, Ticks: ticks, Weeks: s.Weeks, Target: s.Target > 0}
	c.target = int(s.Target*float64(ticks) + 1e-9)
	for _, k := range kinds {
		c.minutes = append(c.minutes, k.minutes)
		c.skills = append(c.skills, slices.IndexFunc(kinds, func(o kind) bool { return o.skill == k.skill }))
	}
	c.bankHolidays(&s)
	var ranks []int
	for _, class := range s.Classes {
		ranks = append(ranks, class.Priority)
	}
	for i, class := range s.Classes {
		c.layout.Classes = append(c.layout.Classes, class.Name)
		for _, minutes := range []int{class.Minutes, class.Return} {
			c.groups = append(c.groups, group{ranks[i], preferred(&s, class.Skills, kinds, minutes)})
		}
		c.arrive = append(c.arrive, "arrive "+class.Name)
		c.dna = append(c.dna, "dna "+class.Name)
		c.follow = append(c.follow, "follow "+class.Name)
	}
	for _, p := range s.Posts {
		c.posts = append(c.posts, c.post(&s, p, kinds))
	}
	return c, nil
}

// preferred lists the kinds of slots that will do: skill by skill, in each the shortest that is long enough first.
func preferred(s *Spec, skills []string, kinds []kind, minutes int) (out []uint8) {
	if len(skills) == 0 {
		for _, p := range s.Posts {
			if !slices.Contains(skills, p.Skill) {
				skills = append(skills, p.Skill)
			}
		}
	}
	for i, k := range kinds {
		if k.minutes >= minutes && slices.Contains(skills, k.skill) {
			out = append(out, uint8(i))
		}
	}
	slices.SortStableFunc(out, func(a, b uint8) int {
		x, y := kinds[a], kinds[b]
		return cmp.Or(cmp.Compare(slices.Index(skills, x.skill), slices.Index(skills, y.skill)), cmp.Compare(x.minutes, y.minutes))
	})
	return out
}

func (c *Clinic) bankHolidays(s *Spec) {
	c.closed = make([]bool, c.days)
	if !s.BankHolidays {
		return
	}
	calendar := workday.England()
	from, to := calendar.Known()
	for d := range c.closed {
		day := s.Start.AddDays(d)
		c.closed[d] = calendar.Holiday(day) != ""
		if day.Before(from) || day.After(to) {
			c.known = false
		}
	}
	if !c.known {
		c.warning = calendar.Warning()
	}
}

// Warnings are what the user should know of the model.
func (c *Clinic) Warnings() []string {
	if c.known {
		return nil
	}
	return []string{c.warning}
}

func (c *Clinic) post(s *Spec, p Post, kinds []kind) post {
	out := post{Post: p, purpose: "post " + p.Name, to: c.days}
	for _, in := range p.Sessions {
		session := session{every: max(in.Every, 1), first: max(in.First, 1) - 1}
		for _, m := range in.Slots {
			session.slots = append(session.slots, uint8(slices.Index(kinds, kind{p.Skill, m})))
		}
		if len(in.Slots) >= s.Overbooking.FromSlots {
			session.extra = s.Overbooking.Extra
		}
		day := (in.Day - time.Monday + 7) % 7
		out.sessions[day] = append(out.sessions[day], session)
	}
	if !p.From.IsZero() {
		out.from = max(0, p.From.DaysSince(s.Start))
	}
	if !p.Until.IsZero() {
		out.to = min(c.days, p.Until.DaysSince(s.Start)+1)
	}
	for _, l := range p.Leave {
		if out.leave == nil {
			out.leave = make([]bool, c.days)
		}
		last := min(c.days-1, l.To.DaysSince(s.Start))
		for d := max(0, l.From.DaysSince(s.Start)); d <= last; d++ {
			out.leave[d] = true
		}
	}
	return out
}

// Layout says what the outcomes hold.
func (c *Clinic) Layout() *report.Layout { return &c.layout }
