package pathway

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
)

// Step is one of a pathway. Its JSON is what a version keeps: an old name keeps its meaning.
type Step struct {
	Title    string `json:"title"`
	Role     string `json:"role"`
	Class    string `json:"class"`
	Target   int    `json:"target"`
	Unit     string `json:"unit"`
	Measured string `json:"measured,omitempty"` // one of Measures, or nothing
}

// Stay says whether the step is held against time in a state, of which only the mean is known.
func (s Step) Stay() bool { return strings.HasPrefix(s.Measured, state) }

// Figure names what a step is held against; there is none where nothing measures it.
func (s Step) Figure() (figure.Ref, bool) {
	return figure.Ref{Kind: FigureKind, Name: s.Measured}, s.Measured != ""
}

// Units in which a target may be.
var Units = []string{"days", "minutes"}

// Measures are what a step may be held against: waits first, then the states in which cases lie.
var Measures = []string{
	wait + string(activity.WaitTriage), wait + string(activity.WaitFirstOffer), wait + string(activity.WaitFirstSeen), wait + string(activity.WaitReport),
	wait + string(activity.WaitRelease), wait + string(activity.WaitTotal), wait + string(activity.WaitAdjustment),
	state + activity.StateReceived, state + activity.StateReturned, state + activity.StatePaused, state + activity.StateBooking, state + activity.StateBooked,
	state + activity.StateAttended, state + activity.StateWithPerson,
}

const wait, state = "wait.", "state."

const (
	// longestTarget is two years of working days: more is a slip of the hand. Minutes are of one contact, so a day has 1,440.
	longestTarget = 520
	minutesOfDay  = 1440
	// mostSteps keep a pathway on a page.
	mostSteps = 30
)

// CheckName says what is wrong with what a pathway is called and whom it is for.
func CheckName(name, whom string) (f fault.Fields) {
	f.Text("name", "improvement.pathway.name.empty", name, improvement.LongestTitle)
	f.Text("whom", "improvement.pathway.whom.empty", whom, improvement.LongestTitle*2)
	return f
}

// CheckStep says what is wrong with a step. Roll-ups count days, so a target in minutes is held against nothing.
func CheckStep(s Step) (f fault.Fields) {
	f.Text("title", "improvement.step.title.empty", s.Title, improvement.LongestTitle)
	f.Text("role", "improvement.step.role.empty", s.Role, improvement.LongestTitle)
	improvement.Listed(&f, "class", "improvement.step.class.empty", s.Class, improvement.Classes)
	most := longestTarget
	if s.Unit == "minutes" {
		most = minutesOfDay
	}
	if s.Target < 0 || s.Target > most {
		f.Add("target", "improvement.step.target.empty", "n", most)
	}
	improvement.Listed(&f, "unit", "improvement.step.unit.empty", s.Unit, Units)
	switch {
	case s.Measured == "":
	case !slices.Contains(Measures, s.Measured):
		f.Add("measured", "improvement.step.measured.unknown")
	case s.Unit == "minutes":
		f.Add("measured", "improvement.step.measured.minutes")
	}
	return f
}

// put sets step n, from 1; one after the last is added.
func put(steps []Step, n int, s Step) ([]Step, bool) {
	switch {
	case n >= 1 && n <= len(steps):
		out := slices.Clone(steps)
		out[n-1] = s
		return out, true
	case n == len(steps)+1 && n <= mostSteps:
		return append(slices.Clone(steps), s), true
	}
	return nil, false
}

// up moves step n before the one before it.
func up(steps []Step, n int) ([]Step, bool) {
	if n < 2 || n > len(steps) {
		return nil, false
	}
	out := slices.Clone(steps)
	out[n-2], out[n-1] = out[n-1], out[n-2]
	return out, true
}

// without takes step n out.
func without(steps []Step, n int) ([]Step, bool) {
	if n < 1 || n > len(steps) {
		return nil, false
	}
	return slices.Delete(slices.Clone(steps), n-1, n), true
}

// Standing says how the measured time stands to the target.
type Standing string

// The standings.
const (
	NotMeasured Standing = "not_measured" // nothing measures the step
	None        Standing = "none"         // nobody passed it in those months
	Few         Standing = "few"          // too few passed to say
	Within      Standing = "within"       // nine in ten, or the mean, within the target
	Mostly      Standing = "mostly"       // the half is, nine in ten are not
	Longer      Standing = "longer"
)

// Time is what was measured of a step. Median and Nine are working days of a wait, Mean calendar days in a state.
type Time struct {
	Standing           Standing
	Median, Nine, Mean float64
	Share              disclosure.Percentage // of waits within the target
}

// Measured says whether there is a number to show.
func (t Time) Measured() bool {
	return t.Standing == Within || t.Standing == Mostly || t.Standing == Longer
}

// sums are what was measured in some months.
type sums struct {
	waits  map[string]activity.Histogram
	states map[string]stay
}

type stay struct {
	cases int
	hours float64
}

// calendar is how many calendar days a working day stands for, in a week of five.
const calendar = 7.0 / 5

func (s sums) time(step Step) Time {
	if name, ok := strings.CutPrefix(step.Measured, wait); ok {
		return ofWaits(s.waits[name], step.Target)
	}
	if name, ok := strings.CutPrefix(step.Measured, state); ok {
		return ofStay(s.states[name], step.Target)
	}
	return Time{Standing: NotMeasured}
}

func ofWaits(h activity.Histogram, target int) Time {
	switch n := h.N(); {
	case n == 0:
		return Time{Standing: None}
	case !disclosure.Statistic(n, disclosure.General):
		return Time{Standing: Few}
	}
	t := Time{Standing: Longer, Share: disclosure.Share(disclosure.Count(h.Within(target), disclosure.General), disclosure.Count(h.N(), disclosure.General))}
	t.Median, _ = h.Quantile(0.5)
	t.Nine, _ = h.Quantile(0.9)
	switch {
	case t.Nine <= float64(target):
		t.Standing = Within
	case t.Median <= float64(target):
		t.Standing = Mostly
	}
	return t
}

func ofStay(s stay, target int) Time {
	switch {
	case s.cases == 0:
		return Time{Standing: None}
	case !disclosure.Statistic(s.cases, disclosure.General):
		return Time{Standing: Few}
	}
	t := Time{Standing: Longer, Mean: s.hours / 24 / float64(s.cases)}
	if t.Mean <= float64(target)*calendar {
		t.Standing = Within
	}
	return t
}
