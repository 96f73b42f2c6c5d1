package cycle

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
)

// Action is what the slice knows of an action of the plan.
type Action struct {
	ID    uuid.UUID
	Title string
}

// Kinds of measure.
var Kinds = []string{"outcome", "process", "balancing"}

// Acts are what a cycle may end with.
var Acts = []string{"adopt", "adapt", "abandon"}

// Aim is what an action should change.
type Aim struct {
	Action uuid.UUID
	Text   string
	By     civil.Date
	At     time.Time
	Author string
}

// Measure is a figure by which one sees whether it does.
type Measure struct {
	ID       uuid.UUID
	Kind     string
	Citation uuid.UUID
	Cited    figure.Checked
}

// Stage is the step that a cycle waits for.
type Stage string

// The stages.
const (
	Do    Stage = "do"
	Study Stage = "study"
	Act   Stage = "act"
	Over  Stage = "over"
)

// Cycle is one round of plan, do, study, act.
type Cycle struct {
	ID                         uuid.UUID
	N                          int
	Question, Prediction, Plan string
	PlanOn                     civil.Date
	Did, Studied               string
	DidOn, StudiedOn           civil.Date
	Act, ActWords              string
	ActedOn                    civil.Date
	By                         string
}

// Stage says what comes next.
func (c Cycle) Stage() Stage {
	switch {
	case c.DidOn.IsZero():
		return Do
	case c.StudiedOn.IsZero():
		return Study
	case c.ActedOn.IsZero():
		return Act
	}
	return Over
}

// last is the day of the last step that was written.
func (c Cycle) last() civil.Date {
	switch c.Stage() {
	case Do:
		return c.PlanOn
	case Study:
		return c.DidOn
	}
	return c.StudiedOn
}

// Step is what is written of a stage.
type Step struct {
	Stage Stage
	Text  string
	Act   string // of the stage Act
	On    civil.Date
}

// CheckAim says what is wrong with an aim.
func CheckAim(text string, by civil.Date) (f fault.Fields) {
	f.Text("aim", "improvement.aim.empty", text, improvement.LongestText)
	if by.IsZero() {
		f.Add("by", "improvement.aim.by.empty")
	}
	return f
}

// CheckPlan says what is wrong with the beginning of a cycle.
func CheckPlan(c Cycle) (f fault.Fields) {
	f.Text("question", "improvement.cycle.question.empty", c.Question, improvement.LongestTitle*2)
	f.Text("prediction", "improvement.cycle.prediction.empty", c.Prediction, improvement.LongestText)
	f.Text("plan", "improvement.cycle.plan.empty", c.Plan, improvement.LongestText)
	if c.PlanOn.IsZero() {
		f.Add("on", "improvement.cycle.on.empty")
	}
	return f
}

// CheckStep says what is wrong with a step that is dated today at the latest.
func CheckStep(c Cycle, s Step, today civil.Date) (f fault.Fields) {
	if s.Stage == Act {
		improvement.Listed(&f, "act", "improvement.cycle.act.choose", s.Act, Acts)
	}
	f.Text("text", "improvement.cycle."+string(s.Stage)+".empty", s.Text, improvement.LongestText)
	switch {
	case s.On.IsZero():
		f.Add("on", "improvement.cycle.on.empty")
	case s.On.After(today):
		f.Add("on", "improvement.cycle.on.future")
	case s.On.Before(c.last()):
		f.Add("on", "improvement.cycle.on.before", "date", c.last().Long())
	}
	return f
}
