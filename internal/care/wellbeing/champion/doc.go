// Package champion keeps the network of wellbeing champions: members of staff, at any level, who know what help there is and
// point colleagues to it.
//
// # What a champion is not
//
// A champion is no counsellor, clinician or case worker, and keeps no record. Being one gives no role in Rowan and no right: they
// sign in as the member of staff they were before, and see no case, referral or report but their own. What they keep is a number for
// each month and kind of help they pointed to: no person, no day, no word. Row security shows these numbers to them alone; who adds
// them up for the network reads numbers without whose they are, and shows what disclosure control lets through.
//
// # The life of a champion
//
//	asked ──> agreed ──> (ends on a day)
//	  │  └──> refused
//	  └─────> withdrawn
//
// Somebody asks, on their own page or by a link that the OH team shares. They are not asked why, and nothing about their health.
// Their manager, or who stands in by a confirmed delegation, agrees with protected time in hours a month, or does not. Nobody agrees
// for themselves: the database refuses it too. They step down on a day of their choice; the OH team may end it too. Whoever set
// the day moves it or takes it back, until it has come. Who leaves the organisation is none from that day. Nobody gives a
// reason: a reason to stop is often one about health.
//
// # Training and coverage
//
// The OH team records the first training and refreshers; when the next is due follows from the pack (content/packs/champions.yaml).
// Coverage lays the champions over the teams of the workforce record: a team is a department's team; the small teams of a department
// count as one ([Cover]).
//
// # Kits
//
// The OH team sends messages and campaign kits (words and a link) to all its champions; each is told by care/message that there is
// something to read, and reads it after signing in.
package champion
