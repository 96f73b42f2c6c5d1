package report

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Write             access.Permission = "report.write"
	Assist            access.Permission = "consent.assist"
	Disclose          access.Permission = "disclosure.propose"
	ReadDisclosure    access.Permission = "disclosure.read"
	Confirm           access.Permission = "disclosure.confirm"
	ListOwn           access.Permission = "report.list_own"
	ReadOwn           access.Permission = "report.read_own"
	DecideOwn         access.Permission = "report.decide_own"
	Receive           access.Permission = "report.receive"
	AnswerAdjustments access.Permission = "adjustment.answer"
)

var care = []access.Relation{access.Care}

// Rules say who may use them. No state is named: what a state allows, the commands and the database decide.
var Rules = []access.Rule{
	{Permission: Write, Wall: access.Clinical, Data: access.D3, Purpose: "write and sign the report to the employer",
		Allow: map[access.Role][]access.Relation{access.Nurse: care, access.Physician: care, access.Physio: care, access.Counsellor: care}},
	{Permission: Assist, Wall: access.Clinical, Data: access.D3, Purpose: "record what a person said by telephone, by post or in person about their report",
		// An administrator answers the telephone and opens the post; the page shows them no word of the report.
		Allow: map[access.Role][]access.Relation{access.OHAdmin: {access.Any}, access.Nurse: care, access.Physician: care, access.Physio: care, access.Counsellor: care}},
	{Permission: Disclose, Wall: access.Clinical, Data: access.D3, Purpose: "propose a minimum disclosure without consent",
		Allow: map[access.Role][]access.Relation{access.Nurse: care, access.Physician: care}},
	{Permission: ReadDisclosure, Wall: access.Clinical, Data: access.D3, Purpose: "read a disclosure that one proposed, or may decide or has decided on",
		Allow: map[access.Role][]access.Relation{access.Nurse: {access.Care, access.Author}, access.Physician: {access.Care, access.Author}}},
	{Permission: Confirm, Wall: access.Clinical, Data: access.D3, Purpose: "be the second senior clinician who decides on a disclosure", StepUp: true,
		Allow: map[access.Role][]access.Relation{access.Nurse: care, access.Physician: care}},
	{Permission: ListOwn, Wall: access.Portal, Data: access.D3, Purpose: "see which reports are about me",
		Allow: map[access.Role][]access.Relation{access.Person: {access.Any}}},
	{Permission: ReadOwn, Wall: access.Portal, Data: access.D3, Purpose: "read a report about me before it goes",
		Allow: map[access.Role][]access.Relation{access.Person: {access.Own}}},
	{Permission: DecideOwn, Wall: access.Portal, Data: access.D3, Purpose: "say whether and how my report goes to my employer",
		Allow: map[access.Role][]access.Relation{access.Person: {access.Own}}},
	{Permission: Receive, Wall: access.Employer, Data: access.D2, Purpose: "read a released report that is addressed to me",
		Allow: map[access.Role][]access.Relation{access.Manager: {access.Viewer}, access.HR: {access.Viewer}}},
	{Permission: AnswerAdjustments, Wall: access.Employer, Data: access.D2, Purpose: "say what was done with each adjustment, and whether the report helped",
		Allow: map[access.Role][]access.Relation{access.Manager: {access.Viewer}, access.HR: {access.Viewer}}},
}

// MaySign is the guard of clinical.md 1.11: only the author or a delegated clinician signs. Delegated is who
// owns the case, or who took it when it was referred on.
func MaySign(actor access.Actor, author, owner [16]byte, delegated bool) bool {
	return actor.Role.IsClinician() && (actor.Account == author || actor.Account == owner || delegated)
}
