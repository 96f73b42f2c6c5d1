package strategy

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// The JSON of these types is what a version freezes (package board): a new field gets a new name, an old name keeps
// its meaning.

// Source is a figure that the plan relies on, as it stood.
type Source struct {
	Citation uuid.UUID `json:"citation"`
	Ref      string    `json:"ref"` // "kind/name"
	Title    string    `json:"title"`
	State    string    `json:"state"`
	Value    string    `json:"value,omitempty"`
	Period   string    `json:"period"`
}

// Change says when somebody last wrote a thing, and who. A form carries the time: what has been written since is not
// overwritten.
type Change struct {
	At time.Time `json:"-"`
	By string    `json:"-"`
}

// NeedStatus is how far a need has come.
type NeedStatus string

// The statuses of a need.
const (
	Proposed NeedStatus = "proposed"
	Agreed   NeedStatus = "agreed"
	Met      NeedStatus = "met"
	SetAside NeedStatus = "set_aside"
)

// Need is something that staff need.
type Need struct {
	ID         uuid.UUID  `json:"id"`
	Statement  string     `json:"statement"`
	Evidence   string     `json:"evidence,omitempty"`
	Source     *Source    `json:"source,omitempty"`
	Subsection string     `json:"subsection"`
	Importance int        `json:"importance"` // 1 to 5
	Reach      int        `json:"reach"`      // percent of staff
	Status     NeedStatus `json:"status"`
	Reason     string     `json:"reason,omitempty"`
	Last       Change     `json:"-"`
}

// Measure is a figure by which an objective is measured.
type Measure struct {
	ID     uuid.UUID `json:"id"`
	Source Source    `json:"source"`
}

// ObjectiveStatus says whether an objective still stands.
type ObjectiveStatus string

// The statuses of an objective.
const (
	Open      ObjectiveStatus = "open"
	Withdrawn ObjectiveStatus = "withdrawn"
)

// Objective is what the plan wants to reach.
type Objective struct {
	ID       uuid.UUID       `json:"id"`
	Title    string          `json:"title"`
	Driver   string          `json:"driver"`
	Element  string          `json:"element"`
	Horizon  string          `json:"horizon"`
	Serves   string          `json:"serves"` // the organisation's own objective
	Needs    []uuid.UUID     `json:"needs,omitempty"`
	Measures []Measure       `json:"measures,omitempty"`
	Status   ObjectiveStatus `json:"status"`
	Reason   string          `json:"reason,omitempty"`
	Last     Change          `json:"-"`
}

// ActionStatus is how far an action has come.
type ActionStatus string

// The statuses of an action.
const (
	Planned ActionStatus = "planned"
	Started ActionStatus = "started"
	Done    ActionStatus = "done"
	Stopped ActionStatus = "stopped"
)

// Action is what is done for an objective.
type Action struct {
	ID         uuid.UUID    `json:"id"`
	Objective  uuid.UUID    `json:"objective"`
	Title      string       `json:"title"`
	Owner      string       `json:"owner"` // a post
	Class      string       `json:"class"`
	Catalogue  string       `json:"catalogue,omitempty"` // I01 to I30
	Source     *Source      `json:"source,omitempty"`    // the figure it should change
	Start      civil.Date   `json:"start"`
	End        civil.Date   `json:"end"`
	Likelihood int          `json:"likelihood"`
	Impact     int          `json:"impact"`
	Mitigation string       `json:"mitigation"`
	Cost       string       `json:"cost"`
	Equality   string       `json:"equality"`
	Status     ActionStatus `json:"status"`
	Reason     string       `json:"reason,omitempty"`
	StartedOn  civil.Date   `json:"started_on,omitzero"`
	StoppedOn  civil.Date   `json:"stopped_on,omitzero"`
	Last       Change       `json:"-"`
}

// Risk is likelihood times impact: 1 to 25.
func (x Action) Risk() int { return x.Likelihood * x.Impact }

// Late says that an action should have started or ended by now.
func (x Action) Late(today civil.Date) bool {
	return x.Status == Planned && x.Start.Before(today) || x.Status == Started && x.End.Before(today)
}

// Plan is everything there is. Needs and objectives stand in the order in which they came, actions by their start.
type Plan struct {
	Needs      []Need      `json:"needs"`
	Objectives []Objective `json:"objectives"`
	Actions    []Action    `json:"actions"`
}

// Need finds a need.
func (p Plan) Need(id uuid.UUID) (Need, bool) {
	return find(p.Needs, func(n Need) bool { return n.ID == id })
}

// Objective finds an objective.
func (p Plan) Objective(id uuid.UUID) (Objective, bool) {
	return find(p.Objectives, func(o Objective) bool { return o.ID == id })
}

// Action finds an action.
func (p Plan) Action(id uuid.UUID) (Action, bool) {
	return find(p.Actions, func(x Action) bool { return x.ID == id })
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	var none T
	return none, false
}

// Answering lists the open objectives that answer a need.
func (p Plan) Answering(need uuid.UUID) []Objective {
	return filter(p.Objectives, func(o Objective) bool { return o.Status == Open && slices.Contains(o.Needs, need) })
}

// Answers says whether an objective answers a need.
func (p Plan) Answers(objective, need uuid.UUID) bool {
	o, _ := p.Objective(objective)
	return slices.Contains(o.Needs, need)
}

// Serving lists the actions for an objective.
func (p Plan) Serving(objective uuid.UUID) []Action {
	return filter(p.Actions, func(x Action) bool { return x.Objective == objective })
}

// Standing lists the open objectives.
func (p Plan) Standing() []Objective {
	return filter(p.Objectives, func(o Objective) bool { return o.Status == Open })
}

// Unanswered lists the needs that were agreed and that no open objective answers.
func (p Plan) Unanswered() []Need {
	return filter(p.Needs, func(n Need) bool { return n.Status == Agreed && len(p.Answering(n.ID)) == 0 })
}

// Undecided lists the needs that were proposed and on which nobody has decided.
func (p Plan) Undecided() []Need {
	return filter(p.Needs, func(n Need) bool { return n.Status == Proposed })
}

func filter[T any](all []T, keep func(T) bool) (out []T) {
	for _, x := range all {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

// Strategy is the part that goes to the board: needs that were agreed, open objectives, and their actions.
func (p Plan) Strategy() Plan {
	var s Plan
	s.Needs = filter(p.Needs, func(n Need) bool { return n.Status == Agreed || n.Status == Met })
	for _, o := range p.Standing() {
		o.Needs = filter(o.Needs, func(id uuid.UUID) bool { _, ok := s.Need(id); return ok })
		s.Objectives = append(s.Objectives, o)
	}
	s.Actions = filter(p.Actions, func(x Action) bool { _, ok := s.Objective(x.Objective); return ok })
	return s
}

// Sources lists every figure that the plan relies on and that still matters: not those of needs set aside, objectives
// withdrawn or actions stopped.
func (p Plan) Sources() (out []Source) {
	for _, n := range p.Needs {
		if n.Source != nil && n.Status != SetAside {
			out = append(out, *n.Source)
		}
	}
	for _, o := range p.Standing() {
		for _, m := range o.Measures {
			out = append(out, m.Source)
		}
	}
	for _, x := range p.Actions {
		if x.Source != nil && x.Status != Stopped {
			out = append(out, *x.Source)
		}
	}
	return out
}
