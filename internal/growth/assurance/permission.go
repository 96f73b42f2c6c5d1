package assurance

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// The permissions of the slice.
const (
	Read     access.Permission = "assurance.read"
	Keep     access.Permission = "assurance.keep"
	Rate     access.Permission = "assurance.rate"
	Ask                        = figure.Ask
	Answer   access.Permission = "assurance.answer"
	Close    access.Permission = "assurance.close"
	State    access.Permission = "assurance.state"
	PlanYear access.Permission = "assurance.plan"
	Freeze   access.Permission = "assurance.freeze"
)

func rule(p access.Permission, purpose string, roles ...access.Role) access.Rule {
	return access.Rule{Permission: p, Wall: access.Growth, Data: access.D7, Purpose: purpose, Allow: access.Allow(access.Any, roles...)}
}

// Rules of the slice: the lead writes, guardian and executives read and ask, the guardian judges.
var Rules = []access.Rule{
	rule(Read, "See what assures the board that staff are looked after", access.Lead, access.Guardian, access.Executive),
	rule(Keep, "Keep the evidence for each principle up to date", access.Lead),
	rule(Rate, "Say how well a principle is assured", access.Guardian),
	rule(Ask, "Ask the service a question that needs an answer by a day", access.Guardian, access.Executive),
	rule(Answer, "Answer a question of the guardian", access.Lead),
	rule(Close, "Accept an answer or ask again", access.Guardian),
	rule(State, "Say how a decision of the board affects the health of staff", access.Lead),
	rule(PlanYear, "Plan the year of assurance and say what is done", access.Lead),
	rule(Freeze, "Make the pack for the board", access.Lead),
}
