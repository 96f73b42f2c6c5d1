// Package feed fills the activity ledger from the file of another occupational health system, so that a trust which
// keeps its system can use the growth wing.
//
// A mapping says which column is what, and what their words are in our codes ("DNA" is an appointment.missed with the
// outcome DNA). It is saved under a name and used again. It is made on a page from the heading of a file, or written
// as YAML (docs/data-in.md).
//
// References to a person or a case never leave the reading: each becomes an id made of the service and the reference,
// which the ledger turns into a pseudonym. An event's id is made of the service and what identifies the row: its own
// number where the file has one, else kind, time, organisation, person and case as the file says them. So the same file
// again changes nothing, and a file that overlaps an earlier one adds only what is new; translating a word otherwise
// does not add the event a second time, nor correct it: the ledger is append-only.
//
// A code that is not on our lists refuses its row: a name in the wrong column can never become a code. Rows that cannot
// be taken are known by line, column and reason. A file goes in whole or not at all; the roll-ups follow.
//
// Events of one case that share a time are put in the order in which a case meets them, by microseconds: many systems
// know days only.
package feed
