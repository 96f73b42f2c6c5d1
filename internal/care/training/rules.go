package training

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// The states of a place.
const (
	Waiting   = "waiting"
	Booked    = "booked"
	Cancelled = "cancelled"
	Attended  = "attended"
	Missed    = "missed"
)

// Bounds. The tables check those of numbers too.
const (
	MinMinutes = 15
	MaxMinutes = 2400 // a week of full days
	MaxRenew   = 120
	MaxPlaces  = 200
	MaxTitle   = 100
	MaxAbout   = 1000
	MaxPlace   = 200
	maxAhead   = 730 // days: nobody plans a session more than two years ahead
)

// Course is one that a service runs.
type Course struct {
	ID       uuid.UUID
	Code     string // of the pack; "" for one of its own
	Title    string
	About    string
	Audience string
	Role     string
	Minutes  int
	Renew    int // months; 0 for never
	Judged   bool
	Added    civil.Date
	By       string
	Ended    civil.Date
}

// Open says whether the course is run.
func (c Course) Open() bool { return c.Ended.IsZero() }

// For says whether somebody of the team in a role takes part.
func (c Course) For(r access.Role) bool {
	return c.Audience == OfTeam && (c.Role == "" || c.Role == string(r) || r == access.Lead)
}

// Session is one at which a course is held.
type Session struct {
	ID, Course     uuid.UUID
	Title          string // of the course
	Starts         time.Time
	Minutes        int
	Online         bool
	Place          string
	Places         int
	Trainer        string
	Taken, Waiting int
	Cancelled      bool
	Marked         bool
}

// Free is how many places there are left.
func (s Session) Free() int { return max(0, s.Places-s.Taken) }

// Ends is when it is over.
func (s Session) Ends() time.Time { return s.Starts.Add(time.Duration(s.Minutes) * time.Minute) }

// Coming says whether one can still take a place, or give one up.
func (s Session) Coming(now time.Time) bool { return !s.Cancelled && !s.Marked && now.Before(s.Starts) }

// Markable says whether the team can say who came: from its start on, for the days of the pack.
func (p Pack) Markable(s Session, now time.Time) bool {
	return !s.Cancelled && !s.Marked && !now.Before(s.Starts) && locale.Day(now).DaysSince(locale.Day(s.Starts)) <= p.MarkDays
}

// Evaluable says whether who came can still say what they think.
func (p Pack) Evaluable(s Session, now time.Time) bool {
	return s.Marked && locale.Day(now).DaysSince(locale.Day(s.Starts)) <= p.Evaluate
}

// Renewal is the day on which somebody who came is to come again; zero for never.
func (c Course) Renewal(held civil.Date) civil.Date {
	if c.Renew == 0 {
		return civil.Date{}
	}
	return held.AddMonths(c.Renew)
}

// CourseIn is a course of the service's own as it is made.
type CourseIn struct {
	ID           uuid.UUID
	Title, About string
	Audience     string
	Minutes      int
	Renew        int
}

// CheckCourse says what is wrong with it.
func CheckCourse(in CourseIn) (f fault.Fields) {
	f.Text("title", "training.title.empty", in.Title, MaxTitle)
	f.Text("about", "training.about.empty", in.About, MaxAbout)
	if !slices.Contains(Audiences, in.Audience) {
		f.Add("audience", "training.audience.empty")
	}
	if in.Minutes < MinMinutes || in.Minutes > MaxMinutes {
		f.Add("minutes", "training.minutes.bad", "min", MinMinutes, "max", MaxMinutes)
	}
	if in.Renew < 0 || in.Renew > MaxRenew {
		f.Add("renew", "training.renew.bad", "n", MaxRenew)
	}
	return f
}

// SessionIn is a session as it is planned.
type SessionIn struct {
	ID      uuid.UUID
	On      civil.Date
	At      string // "09:30"
	Online  string // "yes" or "no"
	Place   string
	Places  int
	Trainer string
}

// Starts is the moment that day and time name in England; ok is false where they name none.
func (in SessionIn) Starts() (at time.Time, ok bool) {
	clock, err := time.Parse("15:04", in.At)
	if err != nil || in.On.IsZero() {
		return at, false
	}
	return time.Date(in.On.Year, in.On.Month, in.On.Day, clock.Hour(), clock.Minute(), 0, 0, locale.London), true
}

// CheckSession says what is wrong with it. Whoever keeps the past (today is then that day) plans as one did then.
func CheckSession(in SessionIn, now time.Time) (f fault.Fields) {
	today := locale.Day(now)
	switch {
	case in.On.IsZero():
		f.Add("on", "training.on.empty")
	case in.On.Before(today):
		f.Add("on", "training.on.past")
	case in.On.DaysSince(today) > maxAhead:
		f.Add("on", "training.on.far")
	}
	if _, err := time.Parse("15:04", in.At); err != nil {
		f.Add("at", "training.at.bad")
	} else if starts, ok := in.Starts(); ok && in.On == today && starts.Before(now) {
		f.Add("at", "training.at.past")
	}
	if in.Online != "yes" && in.Online != "no" {
		f.Add("online", "training.online.empty")
	}
	f.Text("place", "training.place.empty", in.Place, MaxPlace)
	if in.Places < 1 || in.Places > MaxPlaces {
		f.Add("places", "training.places.bad", "n", MaxPlaces)
	}
	f.Text("trainer", "training.trainer.empty", in.Trainer, MaxTitle)
	return f
}

// CheckScores says what is wrong with the answers to the questions of the pack.
func (p Pack) CheckScores(scores map[string]int) (f fault.Fields) {
	for _, q := range p.Asked {
		if n := scores[q]; n < 1 || n > 5 {
			f.Add(q, "training.score.empty")
		}
	}
	return f
}

// letters of a certificate's number: none that is taken for another when it is read aloud. There are 32, so each is 5 bits.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Number writes 80 random bits as the number of a certificate: nobody guesses one.
func Number(random [10]byte) string {
	var b strings.Builder
	acc, bits := 0, 0
	for _, x := range random {
		acc, bits = acc<<8|int(x), bits+8
		for bits >= 5 {
			bits -= 5
			if n := b.Len(); n == 4 || n == 9 || n == 14 {
				b.WriteByte('-')
			}
			b.WriteByte(letters[acc>>bits&31])
		}
	}
	return b.String()
}

// ReadNumber tidies a number as somebody typed it; ok is false for what can be none.
func ReadNumber(typed string) (number string, ok bool) {
	s := strings.NewReplacer(" ", "", "-", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(typed))
	if len(s) != 16 || strings.Trim(s, letters) != "" {
		return "", false
	}
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:], true
}
