// Package mentoring brings those who work in an OH service together as mentor and mentee, and keeps what the two of them keep.
//
// # By choice
//
// Somebody says what they can help with (areas of a development plan, competencies that they hold, interests of the pack), for how many
// at once, when and where. Nobody approves it; the team of the service sees it while they take anybody. Whoever looks for a mentor sees
// their own open goals and the competencies for which they are not signed off beside what each offers ([Find]), with the reason in words
// and by name: no score and no order but the alphabet. It is worked out while the page is made; nobody else learns of it.
//
// # A place is given once
//
// A question holds a place until it is answered; who asks a mentor that is full may wait, and gets a place in the order of asking, in the
// transaction that freed it. Whoever takes or frees a place of a mentor holds that mentor's lock. A mentor declines without a reason, and
// either ends it, with thanks.
//
// # The two of them
//
// Row security shows a mentorship, its goals and its meetings to the two accounts and to nobody else: not to a colleague of the same
// login, not to the lead, not to a job. Each writes a log for themselves; the other reads an entry while it is shown to them. Goals and
// log are sealed (class D4). A calendar says that there is a meeting, and no name.
//
// # What is counted
//
// Whether it helped is added to a tally without rows; a result is made of 8 or more answers. Once a month a job counts mentorships,
// who waits, and competencies that mentees gained, and keeps them rounded: that is all the lead sees, and it never changes.
package mentoring
