// Package tree makes the audit log tamper-evident.
//
// Audit events are numbered without gaps from 0 by one sealer, encoded in one
// canonical way (Encode) and hashed into an RFC 6962 Merkle tree: a leaf is
// SHA-256(0x00 || encoding), a node SHA-256(0x01 || left || right). Now and
// then the sealer signs a checkpoint with an Ed25519 key that the database
// does not hold, and the checkpoint is kept outside the database, one file
// each:
//
//	rowan audit log
//	1234                              how many events the tree holds
//	hX0...=                           the root over them
//	previous 1200 Qm4...=             size and root of the checkpoint before
//	signed 2026-11-22T09:30:00Z
//
//	— rowan-audit 5f3c...=
//
// The name of the file is checkpoint- and the size in twelve digits. Because
// each checkpoint names the one before, a missing one shows.
//
// An export is JSON lines, one sealed event each, in order, exactly as
// WriteLine writes it: number, event, leaf hash. Verify reads an export and a
// folder of checkpoints, needs no database, and finds any event that was
// changed, deleted, inserted or moved, a tail cut off, a log hashed anew, and
// a checkpoint that is altered, missing or signed by someone else. It is
// strict on purpose: one byte that the exporter would not have written is a
// finding, so there is no difference between "harmless" and "harmful" edits to
// argue about.
//
// An export for one tenant withholds the events of others: such a line has
// number and leaf hash only, and the roots still prove that nothing was
// altered. The report counts them, so that a reader who expects none sees it.
//
// What no verifier can see: an export cut back together with every checkpoint
// made since. Copies of the newest checkpoint therefore belong with someone
// else (another host, the Caldicott guardian's mailbox), and the report says
// when the newest one was signed so that a reader can compare.
//
// Nothing here knows a database, a network or a clock. Events hold ids and
// codes only, so a record can be erased without breaking the tree.
package tree
