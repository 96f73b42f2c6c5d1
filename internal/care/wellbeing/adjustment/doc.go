// Package adjustment keeps the passport of what helps somebody at work, what their manager answers to it, and whether it helped.
//
// # The passport
//
// It belongs to the person and stays theirs in every post: items from a list (content/packs/passport.yaml), and to each their own
// words, sealed: how it is done, which they may share, and why it helps, which nobody else can ever read. What has to do with health
// so has one place, and no way out of it.
//
// # Asking
//
//	(item) ──> asked ──> agreed | part | declined ──> ... ──> ended
//
// To share an item is to ask the manager of today for it. The manager reads codes and days on the employer side, and how it is done,
// for as long as it is shared, as themselves behind the portal login: the employer side has no text at all, which TestNoText proves.
// They answer by code: agreed, in part or not, with a reason about the work, from when, and when it is looked at again. Each answer
// is kept; none is changed. The person ends what they asked for.
//
// When somebody's manager changes, all of it rests: row security shows the new manager nothing until the person shares it with them,
// and then says from when it was agreed before. Nobody stands in for a manager here.
//
// # Did it help?
//
// Four and twelve weeks after an adjustment began, or after the day of full hours of a return, the worker asks the person, and they
// answer by code. Their manager reads an answer about an adjustment only where they share it. What they say of their return, whether it
// helped and whether they are at work in full, in part or off again, nobody else reads: the schema has no way to share it.
//
// # Uptake
//
// Once a month the worker counts, for each team, how many have something in place and how many say that it helps, puts that under
// disclosure control as what says something about health, and stores only what may be shown.
package adjustment
