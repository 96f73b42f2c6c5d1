// Package practice keeps the professional practice of the OH team: who may do what without supervision, what each does
// to stay able, and when registrations end.
//
// A competence comes from the pack (content/packs/competencies.yaml: our own list, not a national one) and belongs to
// roles. Somebody begins to learn it, asks for sign-off, and is signed off to practise unsupervised by a colleague who is
// signed off themselves, or by the lead; never by themselves. A sign-off is dated, may end on a day, and may be withdrawn
// with a reason: by who gave it, by the lead, or by its holder, who knows first when a skill has gone. What happened is
// kept as events that never change; where somebody stands follows from them.
//
// Development (CPD) is an entry of one's own: day, kind and hours, which the lead sees added up, and one's own words,
// which nobody else sees: they are sealed, in a table whose rows are their author's by row security. Supervision is that
// it was taken, when, with whom and how long; never what was said. A colleague who gave it
// sees that too: one row, which its supervisee writes and both read. A registration is what its holder says of it: the
// number is checked for its shape, and only the register knows whether it is real.
//
// Supervision and learning are expected again after the interval of the pack, most of them a choice of the service's own, not a
// rule. What ends within 90 days is due, and so is what is expected again within 14. A job reminds at 90, 60 and 30 days, or at 14, once each: the person at work, and the lead of
// how many things there are. The messages name nothing.
package practice
