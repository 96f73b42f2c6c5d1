// Package note is what a clinician writes in a case: notes that lock, the opinion on fitness, and the contact
// that the note tells of.
//
// # A note
//
// A note has a structure (Findings: what the person came with, how they function, what at work bears on it, what
// risk there is) and free text. It is saved from the first word on, every 20 seconds and when the page is left,
// under an id that the page made, so a double click, a second tab or a save after signing in again finds the
// same draft. Only its author sees a draft.
//
// Signing locks it: code and a trigger of the database refuse any change after (clinical.md 7.2). What was wrong is
// put right by an addendum, a note of its own that names the first and is signed at once. A contact with the
// person, when the note tells of one, is recorded with the signature.
//
// A note by a counsellor is restricted: its author alone opens it. A note may be withheld from the person's own view, for
// serious harm or because it tells of a third party, with the reason in words and a day on which that is looked at again.
// That is decided with the signature, so that there is no moment between, or later; what is added to a withheld note is
// withheld with it. On the day of review it stands on Today for its author and for who leads the case, and it can be
// reviewed, shown or withheld after the case is closed.
//
// # An opinion
//
// An outcome hangs on a signed note and says how fit the person is for their work (clinical.md 1.10), from when, with which
// adjustments, and when it is looked at again. Each fitness code asks for its own facts; the pack fitness.yaml says which.
// It never changes: a new opinion is a new row.
package note
