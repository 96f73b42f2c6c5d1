// Package board takes the plan to those who decide on it: versions, what goes with them, papers, decisions, questions.
//
// A version begins as a draft: the plan as it stands, under a line that says where it leads. Submitting it freezes needs,
// objectives and actions: their bytes and the hash of these are kept, and the database refuses to change them.
//
//	draft -> submitted -> approved -> in force -> replaced
//	                   -> returned
//
// A returned version stays as it was; the next one begins with its equality impact. At most one version is a draft and
// at most one is in force; the next one that comes into force replaces it.
//
// An executive signs: the name typed as shown, the post, and the time of the server. The signature is refused to a
// version for which nobody was asked (the co-production log is empty) or whose equality impact leaves out a
// characteristic of the pack, or was judged before the version had all of its objectives and actions. It covers the
// frozen plan, the log and the impact together: afterwards none of them takes another row. Whoever was asked is a group,
// never a name.
//
// What the plan has and the version in force has not is said wherever the plan is shown, and waits for the next version
// (pending.go).
//
// Two versions differ by what was added, removed and changed, in the words before and after (diff.go).
//
// A paper for the board names a version, the meeting, what is recommended, and what it means for the wellbeing of staff.
// An executive decides: approve, approve with conditions, ask for more, decline, always with the words for the
// minutes. Asking for more leaves the paper open; the others close it. A business case that is submitted puts its own paper
// before the board, in the same transaction: it has the id of the case and names no version. Executives and the guardian ask questions, each
// with an owner (a post) and a day; an answer is given once, with the figures it relies on.
package board
