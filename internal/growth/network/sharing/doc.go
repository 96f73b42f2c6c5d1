// Package sharing is what an organisation gives to its integrated care system (ICS): which metrics, from which month, and what has left.
//
// The lead of the OH service asks to share a metric, the executive agrees, and either may end it at any time: it is in no release from
// then on, and in every past one. That the organisation is named is agreed on in the same way; without it the ICS knows a pseudonym.
// One that is named no longer gets a new pseudonym, as the old one has been named.
//
// A release holds every month that was agreed on, is over, is known, and has not left before. A month of a metric leaves once and is
// never released anew, whatever becomes of the data behind it: two releases never speak of the same people, so that nothing can be
// learnt from what they differ in. It is made by the lead, who sees first exactly what leaves, or by a job each month. It is signed,
// kept as it left, and written into the tables of the ICS in the same transaction (package system); where the ICS is in another
// installation the file is handed to it.
//
// What leaves for the ICS leaves for the nation above it too, once that is agreed on: the same figures under the same pseudonym, from a
// month on. The nation asks for nothing of its own (docs/adr/0013-what-goes-on-to-the-nation.md).
//
// An organisation belongs to the ICS that stands above it in the tree on the last day of the newest month. One that moves to another
// ICS agrees anew; what it gave to the first one stays there.
package sharing
