// Package clinic simulates a clinic that books people into a diary: sessions of clinicians, day by day, for years.
//
// # The diary
//
// A post has sessions on weekdays, each a list of slots with lengths in minutes, every week or every second, third, …
// week. A slot has the skill of its post and its length; slots of the same skill, length and day are alike, so that a
// person whose clinician falls ill is seen by a colleague who has room that day. There are no sessions on bank
// holidays, on leave, and while a post is vacant: the diary knows these when it opens. Sickness is known on the day.
//
//   - leave: dates given, and days a year in whole weeks drawn at random;
//   - turnover: a post-holder stays for an exponential time; then the post is vacant for the recruitment time;
//   - ramp-up: somebody new has a share of the slots of a session, the first ones, rising by the week to all;
//   - sickness: a share of weekdays in spells of a mean length (two states, by the day);
//   - overbooking: a session with enough slots takes extra bookings, of the length of its first slot.
//
// # A day
//
// Follow-ups that are due and new referrals ask for an appointment. Each takes the first free slot that is long enough
// between the notice and the booking horizon, of the skill that its class prefers most; only where that has none does
// the next skill count. Who finds none goes on the list. Then the day at the booking horizon opens and is offered to
// the list: the most urgent class first, then who has been on the list longest. Last, the sessions of the day are
// held. Where sickness took slots, the latest booked are cancelled and go to the head of the list. Of the others some
// do not attend: a share of these asks again, the rest are discharged. With a horizon and a notice of 0 everybody is
// called on the day, and the list after a weekly session is X' = max(X + referrals - slots, 0).
//
// The list is everybody referred and not yet seen, with or without an appointment. A wait is from the referral to the
// first appointment attended, in whole days. Its standard error across replications is the one to trust: a list that
// starts with a backlog has no steady state for batch means to be about.
package clinic
