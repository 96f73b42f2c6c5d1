// Package safecontact is how a person is reached about themselves, where nobody at work reads along.
//
// One-time links to somebody's own pages go to their safe contact alone (package message), so it must be theirs. It
// becomes one in two ways:
//
//   - The person types an e-mail address or a mobile number on their own page and proves it by the code that is sent
//     there. A code opens for 30 minutes and five tries, counted by the database; five codes go out in a day. It is
//     made from the id of the request with a key outside the database, so no table holds it. An address at work is
//     refused: others may read it.
//   - An OH administrator, or a clinician who looks after them, takes it down, says how they heard and how they made sure who it was, and has read it back.
//     Their form shows what the staff record holds to make sure by; each look at it is in the audit trail. The person reads
//     all of this on their page.
//
// Each way leaves a row that is never changed, and in the same transaction queues again, each once, what still waits for
// the person: it went out without a link, or to an address of before (Deps.Again). Whoever has an open case and no safe contact stands on a list for OH
// administrators, so that somebody telephones.
package safecontact
