// Package outreach runs open days and wellbeing events: the plan, who does what, who signed up, who came, and what became of it.
//
// # The life of an event
//
//	planned ──> open ──> held (somebody said who came) ──> names forgotten
//	   └─────────┴─────> called off
//
// The plan is the steps of the pack, each with its day before or after the event. While it is open, whoever has its link, or reads its
// QR code with a phone, may take a place without signing in, gives a name and an e-mail address, and gets a page of their own: the
// event for their calendar, and a button to give the place up. Places are counted in the row of the event, so two people never get
// the last one, and the login that writes who comes cannot read who else does.
//
// # Leads
//
// Somebody is a lead only where they ticked that they may be written to about working in occupational health. The team notes what
// became of each. Six months after the event (the pack says) names and addresses are deleted; five numbers stay.
//
// # What it cost
//
// The money spent, and the hours of the team at the rate of the pack, over the leads: the cost of a lead. Without a lead there is none.
//
// It stands in the care wing as training does (ADR 0010): a place names a person.
package outreach
