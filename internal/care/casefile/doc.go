// Package casefile is the OH case: who may open it, what they see of it, and how it goes on and ends.
//
// # Who may open a record
//
// Nearly every user of Rowan is also a person with a record and knows the others, so holding a clinical role
// opens nothing. A clinician needs a live relationship with the person, found by [Relation] at the moment of
// opening:
//
//	case         they own an open case of the person
//	step         they accepted a step inside one
//	appointment  the person is booked with them, or came to them within the last 12 months, and the case is open
//	task         an open task about the person is assigned to them
//	glass:<id>   break-glass: one person, at most 60 minutes, read only (package glass)
//
// The ground is written to the audit log with the opening, before the page is answered, and the person reads
// it under "who looked". Nobody opens their own record from this side, whatever their role: their own page is
// in package own. All relationships end with the case.
//
// # Who sees what of it (clinical.md 7.4)
//
// [SightOf] holds the whole table: nurses, physicians and physiotherapists see the record except counselling
// notes; counsellors see who it is, their own appointments, their own notes and the steps asked of counsellors;
// administrators see referral, appointments, states and how far the report is, nothing clinical. A counselling
// note is closed by the database (note.restricted) to everybody but its author, break-glass included.
//
// # How a case goes on and ends
//
// A clinician refers on inside one case ([Service.ReferOn]): somebody of the asked role accepts, which is their
// relationship, and says when it is done. A review sends the case back to be booked ([Service.PlanReview]).
// [Service.StopClock] and [Service.StartClock] pause what the case is measured by, for a reason; every wait is told
// with and without its pauses. [Service.Close] needs a reason and refuses while anything is outstanding: an open task or step, a booked
// appointment, an unsigned note, a report not yet signed or not yet decided by the person.
package casefile
