package strategy

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The longest title still fits the plan on a page; the longest text is about half a page of paper.
const (
	LongestTitle = 150
	LongestText  = 1000
)

var needMoves = map[NeedStatus][]NeedStatus{
	Proposed: {Agreed, SetAside},
	Agreed:   {Met, SetAside},
	Met:      {Agreed},
	SetAside: {Proposed},
}

// Moves lists where a need may go.
func (s NeedStatus) Moves() []NeedStatus { return needMoves[s] }

var actionMoves = map[ActionStatus][]ActionStatus{
	Planned: {Started, Stopped},
	Started: {Done, Stopped},
}

// Moves lists where an action may go.
func (s ActionStatus) Moves() []ActionStatus { return actionMoves[s] }

// CheckNeedMove says what is wrong with a move of a need.
func CheckNeedMove(from, to NeedStatus, reason string) (f fault.Fields) {
	if !slices.Contains(from.Moves(), to) {
		f.Add("to", "strategy.move.to.empty")
	}
	checkReason(&f, to == SetAside, reason)
	return f
}

// CheckActionMove says what is wrong with a move of an action.
func CheckActionMove(from, to ActionStatus, reason string) (f fault.Fields) {
	if !slices.Contains(from.Moves(), to) {
		f.Add("to", "strategy.move.to.empty")
	}
	checkReason(&f, to == Stopped, reason)
	return f
}

func checkReason(f *fault.Fields, needed bool, reason string) {
	if needed && strings.TrimSpace(reason) == "" {
		f.Add("reason", "strategy.move.reason.empty")
	}
	f.Long("reason", reason, LongestText)
}

// NeedIn is a need as somebody writes it.
type NeedIn struct {
	ID                uuid.UUID
	Statement         string
	Figure            string // "kind/name", or nothing
	Evidence          string
	Subsection        string
	Importance, Reach int
}

// CheckNeed says what is wrong with a need.
func (p Pack) CheckNeed(in NeedIn) (f fault.Fields) {
	f.Text("statement", "strategy.need.statement.empty", in.Statement, LongestTitle*2)
	if in.Figure == "" && in.Evidence == "" {
		f.Add("evidence", "strategy.need.evidence.empty")
	}
	f.Long("evidence", in.Evidence, LongestText)
	one(&f, "subsection", "strategy.need.subsection.empty", in.Subsection, p.Subsections())
	between(&f, "importance", "strategy.need.importance.empty", in.Importance, 1, 5)
	between(&f, "reach", "strategy.need.reach.empty", in.Reach, 1, 100)
	return f
}

// ObjectiveIn is an objective as somebody writes it.
type ObjectiveIn struct {
	ID                                      uuid.UUID
	Title, Driver, Element, Horizon, Serves string
	Needs                                   []uuid.UUID
}

// CheckObjective says what is wrong with an objective.
func (p Pack) CheckObjective(in ObjectiveIn) (f fault.Fields) {
	f.Text("title", "strategy.objective.title.empty", in.Title, LongestTitle)
	one(&f, "driver", "strategy.objective.driver.empty", in.Driver, p.Drivers)
	one(&f, "element", "strategy.objective.element.empty", in.Element, p.ElementCodes())
	one(&f, "horizon", "strategy.objective.horizon.empty", in.Horizon, p.Horizons)
	f.Text("serves", "strategy.objective.serves.empty", in.Serves, LongestTitle*2)
	return f
}

// ActionIn is an action as somebody writes it.
type ActionIn struct {
	ID, Objective      uuid.UUID
	Need               uuid.UUID // of a new action: the need that its objective then answers; nil for none
	Title, Owner       string
	Class, Catalogue   string
	Figure             string // "kind/name", or nothing
	Start, End         civil.Date
	Likelihood, Impact int
	Mitigation         string
	Cost, Equality     string
}

// catalogueCode is the shape of the codes of the intervention catalogue.
var catalogueCode = regexp.MustCompile(`^I[0-9]{2}$`)

// lastIntervention is how many the catalogue ships.
const lastIntervention = 30

// CheckAction says what is wrong with an action, given the open objectives.
func (p Pack) CheckAction(in ActionIn, open []Objective) (f fault.Fields) {
	f.Text("title", "strategy.action.title.empty", in.Title, LongestTitle)
	if !slices.ContainsFunc(open, func(o Objective) bool { return o.ID == in.Objective }) {
		f.Add("objective", "strategy.action.objective.empty")
	}
	f.Text("owner", "strategy.action.owner.empty", in.Owner, LongestTitle)
	one(&f, "class", "strategy.action.class.empty", in.Class, p.Classes)
	if in.Catalogue != "" && !intervention(in.Catalogue) {
		f.Add("catalogue", "strategy.action.catalogue.unknown")
	}
	if in.Start.IsZero() {
		f.Add("start", "strategy.action.start.empty")
	}
	switch {
	case in.End.IsZero():
		f.Add("end", "strategy.action.end.empty")
	case in.End.Before(in.Start):
		f.Add("end", "strategy.action.end.before")
	}
	between(&f, "likelihood", "strategy.action.likelihood.empty", in.Likelihood, 1, 5)
	between(&f, "impact", "strategy.action.impact.empty", in.Impact, 1, 5)
	f.Text("mitigation", "strategy.action.mitigation.empty", in.Mitigation, LongestText)
	f.Text("cost", "strategy.action.cost.empty", in.Cost, LongestTitle*2)
	f.Text("equality", "strategy.action.equality.empty", in.Equality, LongestText)
	return f
}

func intervention(code string) bool {
	if !catalogueCode.MatchString(code) {
		return false
	}
	n, err := strconv.Atoi(code[1:])
	return err == nil && n >= 1 && n <= lastIntervention
}

func one(f *fault.Fields, name, key, v string, of []string) {
	if !slices.Contains(of, v) {
		f.Add(name, key)
	}
}

func between(f *fault.Fields, name, key string, n, least, most int) {
	if n < least || n > most {
		f.Add(name, key)
	}
}
