// Package triage decides what becomes of a referral: how urgent it is, who sees the person, or why not.
//
// Everything here is behind the clinical wall. A case arrives in state received (from a manager, from HR or
// from the person) and waits in the queue, by priority and then by the day on which its working-day target is
// missed. P0 does not wait: an open P0 task stands above the queue until somebody acknowledges it, owns it and
// does it.
//
//   - An administrator checks that a referral is complete, or returns it for information. They never set a
//     priority: that takes a registered clinician (nurse, physician, physiotherapist, counsellor).
//   - A clinician sets P0 to P3 and accepts, returns, declines, redirects or merges, with a rationale that
//     stays on the clinical side. The referrer reads one of a few fixed texts (content/packs/triage.yaml).
//   - Returning stops the clock; the answer starts it again.
//   - Accepting a referral of an employer opens the report about it, so that the person can say from then on
//     how it may be released.
//   - A merge joins a referral to an open case of the same person. Only OH sees that: the referrer gets the
//     same state, at the same time, with the same message as for any accepted referral.
//   - Nobody in OH triages, or finds in the queue, a case of their own.
package triage
