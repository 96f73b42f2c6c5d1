package referral

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
)

// The permissions of the employer's side.
const (
	Start    access.Permission = "referral.start"
	Write    access.Permission = "referral.write"
	List     access.Permission = "referral.list"
	Read     access.Permission = "referral.read"
	Amend    access.Permission = "referral.amend"
	Withdraw access.Permission = "referral.withdraw"
)

// The permissions of the person it is about.
const (
	ReadOwn access.Permission = "referral.read_own"
	Comment access.Permission = "referral.comment"
)

// open are the states in which the referrer can still change what they asked.
var open = []string{string(flow.SeenSubmitted), string(flow.SeenReturned), string(flow.SeenAccepted), string(flow.SeenBooked)}

func referrers(rel access.Relation) map[access.Role][]access.Relation {
	return map[access.Role][]access.Relation{access.Manager: {rel}, access.HR: {rel}}
}

var own = map[access.Role][]access.Relation{access.Person: {access.Own}}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Start, Wall: access.Employer, Data: access.D1, Purpose: "find the person to refer", Allow: referrers(access.Any)},
	{Permission: Write, Wall: access.Employer, Data: access.D2, Purpose: "write a referral", Allow: referrers(access.Author)},
	{Permission: List, Wall: access.Employer, Data: access.D2, Purpose: "follow referrals one made or was named in", Allow: referrers(access.Any)},
	{Permission: Read, Wall: access.Employer, Data: access.D2, Purpose: "follow a referral", Allow: referrers(access.Viewer)},
	{Permission: Amend, Wall: access.Employer, Data: access.D2, Purpose: "correct or add to a referral", Allow: referrers(access.Author), States: open},
	{Permission: Withdraw, Wall: access.Employer, Data: access.D2, Purpose: "take a referral back", Allow: referrers(access.Author), States: open},
	{Permission: ReadOwn, Wall: access.Portal, Data: access.D2, Purpose: "read what was written about oneself", Allow: own},
	{Permission: Comment, Wall: access.Portal, Data: access.D2, Purpose: "answer what was written about oneself", Allow: own},
}
