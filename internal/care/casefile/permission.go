package casefile

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
)

// The permissions of this slice.
const (
	Today       access.Permission = "casefile.today"
	Open        access.Permission = "casefile.open"
	ReferringOn access.Permission = "casefile.refer_on"
	AnswerStep  access.Permission = "casefile.answer_step"
	FinishTasks access.Permission = "casefile.finish_task"
	Reviewing   access.Permission = "casefile.plan_review"
	Closing     access.Permission = "casefile.close"
	Pausing     access.Permission = "casefile.pause"
)

// Live are the states of a case in which work on it is possible.
var Live = []string{string(flow.Received), string(flow.Returned), string(flow.AwaitingBooking), string(flow.Booked), string(flow.Attended),
	string(flow.ReportDraft), string(flow.ReportSigned), string(flow.WithPerson)}

// Care gives each clinical role the relations: the shape of most rules about a record.
func Care(relations ...access.Relation) map[access.Role][]access.Relation {
	m := map[access.Role][]access.Relation{}
	for _, r := range access.Clinicians {
		m[r] = relations
	}
	return m
}

func with(m map[access.Role][]access.Relation, role access.Role, relations ...access.Relation) map[access.Role][]access.Relation {
	m[role] = relations
	return m
}

// Rules say who may do what with a case.
var Rules = []access.Rule{
	{Permission: Today, Wall: access.Clinical, Data: access.D2,
		Purpose: "See one's own work of the day; for administrators the day of the service",
		Allow:   with(Care(access.Any), access.OHAdmin, access.Any)},
	// The page itself is referral, appointments and progress; what is clinical on it is shown to roles that hold note.read
	// alone (SightOf; a test holds the two together).
	{Permission: Open, Wall: access.Clinical, Data: access.D2,
		Purpose: "Open a case: clinicians to care for the person, administrators to see it along",
		Allow:   with(Care(access.Care, access.Glass), access.OHAdmin, access.Any)},
	{Permission: ReferringOn, Wall: access.Clinical, Data: access.D3, States: Live,
		Purpose: "Ask another profession of the service for help inside the case",
		Allow:   Care(access.Care)},
	{Permission: AnswerStep, Wall: access.Clinical, Data: access.D3, States: Live,
		Purpose: "Read what one's profession is asked inside a case, take it and finish it",
		Allow:   Care(access.Viewer)},
	{Permission: FinishTasks, Wall: access.Clinical, Data: access.D2, States: Live,
		Purpose: "Say that a task about a case is done",
		Allow:   with(Care(access.Care), access.OHAdmin, access.Any)},
	{Permission: Reviewing, Wall: access.Clinical, Data: access.D2, States: []string{string(flow.Attended), string(flow.WithPerson)},
		Purpose: "Have the person seen again",
		Allow:   Care(access.Care)},
	{Permission: Pausing, Wall: access.Clinical, Data: access.D2, States: Live,
		Purpose: "Stop the clock of a case with a reason, and start it again",
		Allow:   with(Care(access.Care), access.OHAdmin, access.Any)},
	{Permission: Closing, Wall: access.Clinical, Data: access.D2, States: Live,
		Purpose: "End a case with its reason when nothing is outstanding",
		Allow:   with(Care(access.Care), access.OHAdmin, access.Any)},
}
