// Package conversation keeps wellbeing conversations: that one is due, was offered, took place or was declined; what was agreed to do
// at work; and each person's own plan.
//
// # What may be written down
//
// The employer side has days and codes and nothing else: no column, field, page, export or log line can hold a word that somebody
// typed. What is agreed comes from a list, help is pointed to by category, and who held it is a role (content/packs/conversations.yaml;
// the database holds the same lists as constraints). Diagnoses, symptoms, what somebody tells of their family, scores and notes have no
// place to go. Immediate danger to life is not for this module: the pages say whom to call. TestNoText reads the catalogue, the forms
// and the log and proves it.
//
// # The life of one
//
//	(due) ──> offered ──> held | declined | elsewhere
//	  asked ──┘
//
// A manager offers, and records what came of it; the person may ask for one, may answer an offer themselves, that they do not want one or
// would rather talk with somebody else, and may take either back. Neither needs a reason, and none can be given. Their own answer is not
// the manager's to change. The person is told of what their manager recorded, reads it, and can say that it is not right: that stands
// beside the record, whatever becomes of it, until they say that it is right. When the next is due follows from the pack ([Pack.Stand]).
//
// A manager is whom the live post names, or who stands in by a confirmed delegation; row security knows no other, and shows them no more
// months than the pack says ([Read]).
//
// # The plan
//
// What keeps somebody well, what makes work harder and what helps is theirs: sealed text behind the portal login through their person
// id. They may share some parts with their manager until a day, and take that back. The manager reads the parts as themselves, behind the
// portal login too: nothing of it is ever copied to the employer side, whose login has no right on the table.
//
// # Uptake
//
// Once a month the worker counts, for each team, how many had a conversation in the last year, puts that under disclosure control and
// stores only what may be shown ([Tell]): nought is as few as seven. What somebody says is not right is not counted, and whether somebody
// declined is not counted by team at all.
package conversation
