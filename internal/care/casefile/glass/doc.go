// Package glass is how OH staff find a person with whom they have no relationship, and the glass they may break.
//
// # Finding somebody
//
// A search takes at least two identifiers: the beginning of a name, a date of birth, an employee number. It answers
// who people are, never whether they have a case. The words searched for stay out of addresses and logs.
//
// # Break-glass
//
// A person's page shows nothing clinical without a relationship (casefile.Relation). In an emergency a nurse,
// physician or physiotherapist may open one person's record without one: after a page that says what will
// follow, with a reason, words and a fresh second factor; for at most 60 minutes; to read only. It is written
// to the audit log as "break_glass.opened" at once, the Caldicott guardian of the
// service's organisation is told in the same
// transaction, and the person reads it under "who looked". Counselling notes stay closed even so. The grant ends by
// the clock: every opening asks again.
package glass
