package mentoring

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// What the two of a mentorship write, and what is wrong with it.

// GoalIn is a goal as it is written.
type GoalIn struct {
	ID    uuid.UUID
	About string // one of the things of the mentorship
	State string
	Words string
}

// CheckGoal says what is wrong with it.
func CheckGoal(in GoalIn, m Mentorship) (f fault.Fields) {
	if !slices.Contains(m.Wants, in.About) {
		f.Add("about", "mentoring.about.empty")
	}
	said(&f, in.Words, "mentoring.goal.words.empty", MaxLine)
	if !slices.Contains(GoalStates, in.State) {
		f.Add("state", "mentoring.goal.state.empty")
	}
	return f
}

// said faults words that are missing or too long.
func said(f *fault.Fields, text, key string, most int) {
	switch n := len([]rune(strings.TrimSpace(text))); {
	case n == 0:
		f.Add("words", key)
	case n > most:
		f.Add("words", "form.too_long", "n", most)
	}
}

// CheckEntry says what is wrong with an entry of a log.
func CheckEntry(words string) (f fault.Fields) {
	said(&f, words, "mentoring.log.words.empty", MaxText)
	return f
}

// MeetingIn is a meeting as it is written down.
type MeetingIn struct {
	ID      uuid.UUID
	On      civil.Date
	Minutes int
}

// CheckMeeting says what is wrong with it: it was since the mentorship began; began is the day of that.
func CheckMeeting(in MeetingIn, began, today civil.Date) (f fault.Fields) {
	switch {
	case in.On.IsZero():
		f.Add("on", "mentoring.meeting.on.empty")
	case in.On.After(today) || in.On.Before(began):
		f.Add("on", "mentoring.meeting.on.bad", "day", began.Long())
	}
	if in.Minutes < 1 || in.Minutes > maxMinutes {
		f.Add("minutes", "mentoring.meeting.minutes.bad", "n", maxMinutes)
	}
	return f
}

// monthsAhead is how far ahead a next meeting may lie.
const monthsAhead = 12

// CheckNext says what is wrong with the day of the next meeting; none is a choice.
func CheckNext(on, today civil.Date) (f fault.Fields) {
	if !on.IsZero() && (on.Before(today) || on.After(today.AddMonths(monthsAhead))) {
		f.Add("next", "mentoring.next.bad")
	}
	return f
}

// CheckThanks says what is wrong with what somebody thanks for.
func (p Pack) CheckThanks(code string) (f fault.Fields) {
	if !slices.Contains(p.Thanks, code) {
		f.Add("thanks", "mentoring.thanks.empty")
	}
	return f
}

// CheckScore says what is wrong with an answer to whether it helped.
func CheckScore(score int) (f fault.Fields) {
	if score < 1 || score > 5 {
		f.Add("score", "mentoring.help.empty")
	}
	return f
}
