// Package report is what occupational health writes to the employer about one case, and the only way by which
// it can leave: the person reads it first and agrees.
//
// A report hangs on a referral. It is opened when the case is accepted, with the people it would go to: those
// who may see the referral. The clinician answers the questions that the manager asked, in versions; a signed
// version never changes. Signing starts the person's time to read.
//
// # What the person may say
//
//   - Before the first signature: how it may go. After I read it (also when they say nothing), send now, or
//     after N days unless I object.
//   - After a signature: agree, do not agree, ask for a factual correction, or take their agreement back.
//
// Each is a consent event with the exact words that the person read or heard. The last event alone counts: any
// later one ends what an earlier one allowed. Decide is the rule, as a pure function; the trigger of
// migration 00009 is the same rule in the database, where nobody can go round it, and a property test holds the
// two together (decide_test.go, machine_test.go):
//
//   - an agreement releases exactly the version and the recipients it names;
//   - an early choice releases the first signed version only;
//   - a newer signed version voids what was said about an older one;
//   - silence is never consent.
//
// Who may receive is asked again when the report goes and each time it is opened (security.md A.3, 22): who has left, or
// is no longer the person's manager, a confirmed delegate or HR, gets nothing and finds nothing, though the person agreed
// to them. Where nobody remains the release is held, and occupational health gets a task.
//
// Whoever has no safe contact gets no link: OH telephones them, takes down how to reach them (package safecontact), from
// when every report that waits for them is announced again, or records what they decide by telephone. OH may also send
// the link once more.
//
// # What the manager learns
//
// A released version, for named recipients alone, immutable; they record what they did with each adjustment.
// If nothing was released by the end of the person's time (the service's review days, in working days), they get
// one fixed notice. It has the same words and comes at the same time whether the person refused, took their
// agreement back or said nothing. A later agreement still releases.
//
// # Disclosure without consent
//
// Where the law demands it or others are at serious risk, two senior clinicians may decide to tell a named
// recipient a minimum statement (clinical.md 1.8, C10). It is another table, another page and another text:
// never the report. The first names the colleague who is asked; they get a message that says nothing of whom or
// what, and find it under Today. While it waits, these two read it and whoever looks after the person, who may
// decide instead; after that, the two who decided.
//
// This is confidentiality consent, kept apart from the lawful basis under the UK GDPR (C13).
package report
