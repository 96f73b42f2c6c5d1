package board

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
)

// State is how far a version has come.
type State string

// The states of a version.
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	Approved  State = "approved"
	Returned  State = "returned"
	InForce   State = "in_force"
	Replaced  State = "replaced"
)

// Snapshot is what a version says: its line and the plan. Its JSON is what is frozen.
type Snapshot struct {
	Vision string `json:"vision"`
	strategy.Plan
}

// Signature is who approved or returned a version.
type Signature struct {
	By, Post string
	At       time.Time
	Hash     string // of plan, co-production log and equality impact together
	Words    string
}

// Version is one version of the strategy. Snapshot is the plan as frozen; of a draft, as it stands.
type Version struct {
	N           int
	State       State
	Snapshot    Snapshot
	Hash        string // "" of a draft
	Opened      strategy.Change
	Submitted   strategy.Change
	Signature   *Signature
	InForceAt   time.Time
	ReplacedAt  time.Time
	Talks       []Talk
	Impacts     []Impact
	Characters  []string // every characteristic that the pack asks about
	frozenBytes string
}

// Talk is one entry of the co-production log.
type Talk struct {
	ID      uuid.UUID  `json:"id"`
	On      civil.Date `json:"on"`
	Who     string     `json:"who"` // a group
	Asked   string     `json:"asked"`
	Changed string     `json:"changed"`
	By      string     `json:"by"`
}

// The effects that a version may have on people of a characteristic.
const (
	Better  = "better"
	None    = "none"
	Worse   = "worse"
	Unknown = "unknown"
)

// Effects lists them in the order of the page.
var Effects = []string{Better, None, Worse, Unknown}

// Impact is what a version means for people of a characteristic.
type Impact struct {
	Characteristic string `json:"characteristic"`
	Effect         string `json:"effect"`
	Evidence       string `json:"evidence"`
	Mitigation     string `json:"mitigation"`
	By             string `json:"by"`
	// Covers are the objectives and actions that there were when it was judged. What a signature covers is the judgement.
	Covers []uuid.UUID `json:"-"`
}

// Choice is what the board decided.
type Choice string

// The choices.
const (
	Approve    Choice = "approve"
	Conditions Choice = "conditions"
	More       Choice = "more"
	Decline    Choice = "decline"
)

// Choices lists them in the order of the page.
var Choices = []Choice{Approve, Conditions, More, Decline}

// Decision is what the board decided on a paper.
type Decision struct {
	Choice Choice
	Words  string
	On     civil.Date
	At     time.Time
	By     string
}

// Question is what somebody on the board wants to know.
type Question struct {
	ID, Item   uuid.UUID
	Text       string
	Owner      string // a post
	Due        civil.Date
	Asked      strategy.Change
	Answer     string // "" until answered
	Answered   strategy.Change
	Sources    []strategy.Source
	PaperTitle string
}

// Open says that nobody has answered yet.
func (q Question) Open() bool { return q.Answer == "" }

// Overdue says that an answer should have come by now.
func (q Question) Overdue(today civil.Date) bool { return q.Open() && q.Due.Before(today) }

// Item is a paper for the board.
type Item struct {
	ID             uuid.UUID
	Version        int // that it is about; 0 where it is about the business case of its id
	Title          string
	Meeting        civil.Date
	Recommendation string
	Wellbeing      string
	Added          strategy.Change
	Decisions      []Decision
	Questions      []Question
}

// OfCase says that a paper is about a business case.
func (i Item) OfCase() bool { return i.Version == 0 }

// Decided gives the decision that closed the paper, if there is one.
func (i Item) Decided() (Decision, bool) {
	for _, d := range i.Decisions {
		if d.Choice != More {
			return d, true
		}
	}
	return Decision{}, false
}
