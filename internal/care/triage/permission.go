package triage

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
)

// The permissions of this slice.
const (
	MayQueue       access.Permission = "triage.queue"
	MayAcknowledge access.Permission = "triage.acknowledge"
	MayOpen        access.Permission = "triage.open"
	MayComplete    access.Permission = "triage.complete"
	MayReturn      access.Permission = "triage.return"
	MayResume      access.Permission = "triage.resume"
	MayDecide      access.Permission = "triage.decide"
)

func team(r access.Relation) map[access.Role][]access.Relation {
	allow := clinicians(r)
	allow[access.OHAdmin] = []access.Relation{r}
	return allow
}

func clinicians(r access.Relation) map[access.Role][]access.Relation {
	allow := map[access.Role][]access.Relation{}
	for _, c := range access.Clinicians {
		allow[c] = []access.Relation{r}
	}
	return allow
}

// Rules of the slice. What changes a case has no states here: the commands refuse a case that has moved on, and
// a second click on the same form must find what the first one did.
var Rules = []access.Rule{
	{Permission: MayQueue, Wall: access.Clinical, Data: access.D3, Purpose: "See which referrals wait, and which are about to miss their target", Allow: team(access.Any)},
	{Permission: MayAcknowledge, Wall: access.Clinical, Data: access.D3, Purpose: "Take on somebody who needs help today, and say when it is done", Allow: team(access.Care)},
	{Permission: MayOpen, Wall: access.Clinical, Data: access.D3, Purpose: "Read a referral in order to decide what happens next", Allow: team(access.Care), States: waiting},
	{Permission: MayComplete, Wall: access.Clinical, Data: access.D2, Purpose: "Check that a referral has all that a clinician needs", Allow: team(access.Care)},
	{Permission: MayReturn, Wall: access.Clinical, Data: access.D2, Purpose: "Ask the referrer for what is missing", Allow: team(access.Care)},
	{Permission: MayResume, Wall: access.Clinical, Data: access.D2, Purpose: "Take a referral back into the queue when the answer came by telephone or post", Allow: team(access.Care)},
	{Permission: MayDecide, Wall: access.Clinical, Data: access.D3, Purpose: "Decide how urgent a referral is and who sees the person", Allow: clinicians(access.Care)},
}

// waiting are the states of the queue.
var waiting = []string{string(flow.Received), string(flow.Returned), string(flow.AwaitingBooking)}
