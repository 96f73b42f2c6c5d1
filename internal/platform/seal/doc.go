// Package seal holds the keys that must not be in the database, and the four
// things done with them.
//
//   - A field is sealed for its cell: who may read it is decided elsewhere, but
//     a stolen database does not contain it, and a ciphertext copied into
//     another row, column or tenant does not open (SealField, OpenField).
//   - A link token carries what a one-time link is for, so that nothing about a
//     person stands in a URL and no table of open links is needed to read it
//     (MintLink, OpenLink). That it is used once is for the caller, who records
//     the link's id in the transaction of the effect.
//   - A pseudonym names a person or case in the activity ledger: the same thing
//     always gets the same one within a service, nobody without the key can
//     tell whose it is, and two services cannot compare (Pseudonym).
//   - Other secrets (the audit signing key) are kept in the same folder.
//
// Keys lie in one folder, in files that only their owner may read, and are made
// on first use. A file "made" lists every key that was ever made: a key on the
// list that is not in the folder has been lost, and is an error. Making another
// in its place would leave sealed fields unreadable and split every person in
// the ledger in two without anybody noticing. If the whole folder is lost that
// list is lost too, so the installation records the Fingerprint in the database
// and refuses to start under another one.
//
// Back the folder up apart from the database: together they are everything.
package seal
