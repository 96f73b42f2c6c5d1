// Package referral is how somebody comes to occupational health through their employer: a manager or HR asks
// OH about a person, in writing that the person sees word for word.
//
// A referral begins as a draft that only its author can see, is saved page by page and can be left and taken
// up again. It is sent when nothing needed is missing (package sheet) and the author still may refer the
// person: it is their report, a confirmed delegation says so, or the author is HR. Sending makes version 1,
// tells the person at once, and leaves a job that opens the case on the clinical side.
//
//	draft -> submitted -> returned -> submitted      OH needs more; an amendment sends it back
//	submitted | returned | accepted | booked -> withdrawn   by the referrer, with a reason; the person is told
//	every other state is OH's doing (package flow): the referrer watches
//
// The referrer's word that the person was told holds for the text that was shown: whoever changes an answer
// afterwards, before sending or in an amendment, has to show it again, on the day of the last change or later.
//
// An amendment is a new version made from a draft of the last one; every version stays, and referrer, OH and
// the person all see what changed; one that changes no answer is refused. After attendance a referral is neither amended nor withdrawn: the
// assessment has been made on what was written, and the report belongs to the person's decision.
//
// The employer's side holds the text, the versions, comments that the person shares, a state without clinical
// meaning and appointment times. The person reads all of that, and writes comments to OH alone or to OH and
// the referrer. A case has the id of its referral, so the ledger knows both by one key. A self-referral is
// another thing on the other side of the wall: see package selfreferral.
package referral
