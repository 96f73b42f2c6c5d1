// Package exit is how a contract of an OH service ends: who takes over, which steps there are, whose each is, by when, and who said on
// which day that it was done (content/packs/exit.yaml).
//
// The plan stands in the hall, where contracts are kept. People, cases and records stand behind the clinical wall
// (internal/care/handover). Between them is one function of the database, exit_standing: it tells the hall how much is left, with counts
// of 1 to 7 hidden and others rounded, and whether the receiver has said that the records came. So who keeps contracts never sees who
// has a case, nor what it is about, and yet cannot close over an open one: with [Service.Close] the doors close only when every step is
// done and what the steps rest on still holds in the same transaction.
package exit
