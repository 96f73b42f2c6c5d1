// Package evidence keeps what an occupational health service shows to be accredited: standards, the evidence that meets
// them, and what it looked like on a day.
//
//   - Standards come by file (standardfile), several frameworks side by side. A standard is its framework and code, over
//     all versions; those of a framework's newest edition count. Rowan ships an outline of its own and no scheme's text.
//
//   - An item of evidence is a file, a link, a note or a cited figure, with an owner and a reviewer (posts, and not the same), the
//     day it was collected and, where it runs out, the last day it is valid. One item may serve many standards of many
//     frameworks. Its life:
//
//     draft ──sent──> review ──accepted──> accepted
//     review ──sent back──> draft;  a change makes a draft of it;  replaced by another item, which takes over its links
//
//     It is expired after its last day, whatever its life. Nothing is deleted.
//
//   - Before an item is accepted or a snapshot frozen, its words are searched for what looks like a person (redaction). A
//     finding is taken out, or confirmed not to be about a person, with a reason. The words of a file are searched too; one
//     with parts that cannot be searched (document) is a finding itself, until somebody confirms that they have read it.
//
//   - A reminder is written once for each item, last day and band: 90, 60 and 30 days before. A job does it twice a day;
//     an item that enters late begins with the band it is in. Whoever leads the service is sent one message about what is
//     new. Growth knows no addresses: it names the role, and the worker finds out who holds it.
//
//   - A standard is met by accepted evidence that is valid for more than 90 days (or does not run out); partly met by
//     evidence that is a draft, in review or runs out within 90 days; else it is missing. Readiness is the share met.
//
//   - A snapshot is all standards with their evidence as on a day, rendered once with its SHA-256 (frozen). The database
//     refuses to change it, and reading it computes the hash again.
//
// The OH lead writes; guardian and executives read. Nothing here is about a person.
package evidence
