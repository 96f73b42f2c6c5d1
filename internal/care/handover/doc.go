// Package handover is what goes to the next provider when the contract with a client ends: which people, which cases, which records, and
// that they came.
//
// # Who is on the list
//
// A clinician of the service sees who has an open case with that client, and nothing of what it is about: name, day of birth, since when,
// how far. Nobody decides on their own. That the list was opened is in the audit trail.
//
// # What is decided
//
// People are told that the provider changes and may say no; agreement of each is impractical (content/packs/exit.yaml names the source),
// so who says nothing was told and did not object, and who agreed or objected is written down with the day. Of who objects nothing
// goes. An open case is closed where cases are closed, goes to the new provider, or ends with the contract for a reason.
//
// # The file
//
// One clinician asks for the file of the records that go, another makes it: a ZIP with one page a person, and an index that says on what
// basis each goes. It is made and handed out once and kept nowhere; what is kept is its SHA-256. That each record went is in the audit
// trail of its person, who reads it under "who looked". Counselling notes do not go, nor drafts, nor what the employer has.
//
// # The receipt
//
// The receiver says that the file came, with the fingerprint that they found. A foreign key refuses any other than the file's own. Only
// then are the cases that went closed, by the same rules as every case: nothing may be outstanding.
package handover
