package appointment

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	MaySeeClinics  access.Permission = "clinic.see"
	MayEditClinics access.Permission = "clinic.edit"
	MayBook        access.Permission = "appointment.book"
	MayOpen        access.Permission = "appointment.open"
	MayRecord      access.Permission = "appointment.record"
	MayClose       access.Permission = "appointment.close"
	MaySeeOwn      access.Permission = "appointment.see_own"
	MayChooseOwn   access.Permission = "appointment.choose_own"
	MayChangeOwn   access.Permission = "appointment.change_own"
)

func team(r access.Relation) map[access.Role][]access.Relation {
	allow := map[access.Role][]access.Relation{access.OHAdmin: {r}}
	for _, c := range access.Clinicians {
		allow[c] = []access.Relation{r}
	}
	return allow
}

func withLead(allow map[access.Role][]access.Relation) map[access.Role][]access.Relation {
	allow[access.Lead] = []access.Relation{access.Any}
	return allow
}

var own = map[access.Role][]access.Relation{access.Person: {access.Own}}

// Rules of the slice. They name no states: the commands refuse what has moved on, and a second click on the same
// form must find what the first one did.
var Rules = []access.Rule{
	{Permission: MaySeeClinics, Wall: access.Clinical, Data: access.D8, Purpose: "See which clinics there are and how full they are", Allow: withLead(team(access.Any))},
	{Permission: MayEditClinics, Wall: access.Clinical, Data: access.D8, Purpose: "Plan clinics, make sessions, cancel a session",
		Allow: map[access.Role][]access.Relation{access.OHAdmin: {access.Any}, access.Lead: {access.Any}}},
	{Permission: MayBook, Wall: access.Clinical, Data: access.D2, Purpose: "Book an appointment for somebody whose case waits for one", Allow: team(access.Care)},
	{Permission: MayOpen, Wall: access.Clinical, Data: access.D2, Purpose: "Look at one appointment", Allow: team(access.Care)},
	{Permission: MayRecord, Wall: access.Clinical, Data: access.D2, Purpose: "Record that an appointment was attended, missed, moved or cancelled", Allow: team(access.Care)},
	{Permission: MayClose, Wall: access.Clinical, Data: access.D3, Purpose: "Close the case of somebody who did not come twice", Allow: team(access.Care)},
	{Permission: MaySeeOwn, Wall: access.Portal, Data: access.D2, Purpose: "See your own appointments and the times offered to you", Allow: map[access.Role][]access.Relation{access.Person: {access.Any}}},
	{Permission: MayChooseOwn, Wall: access.Portal, Data: access.D2, Purpose: "Choose a time for your own appointment", Allow: own},
	{Permission: MayChangeOwn, Wall: access.Portal, Data: access.D2, Purpose: "Change or cancel your own appointment", Allow: own},
}
