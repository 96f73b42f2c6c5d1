// Package training runs the courses of an OH service: for managers (Managing Attendance, better referrals, conversations), for
// everybody, and in-house programmes for its own professions.
//
// # Whose it is
//
// The OH team runs it, behind the clinical login: which courses there are, the sessions of each, who came. Staff take a place behind
// the portal login and see their own alone; they are not asked why they come or stay away. The employer's login has no right here:
// whether a manager came is between them and who trained them.
//
// # A place
//
//	waiting ──> booked ──> attended
//	   │          │   └──> missed
//	   └──────────┴──────> cancelled
//
// Whoever asks gets a place, or a turn on the waiting list. Free places go to who waits, in the order in which they asked, in the
// same transaction as what freed them. Taking, giving up and marking hold the lock of the session, so that two people never get
// one place and none stays free while somebody waits. A booking is made by a function of the database that knows the person from the
// transaction: nobody takes a place for somebody else. A message says that there is a place, and another reminds of it.
//
// # What remains
//
// Who came gets a certificate with a number. It says what it said on the day it was made, whatever the course is called later; anybody
// who was given the number can check it. They say once what they think, in four numbers: that they answered is noted with them, what
// they answered is added to a tally without them, in two transactions. The worker makes a result of every 8 or more answers and
// begins anew, so that each answer is in one result and no difference of two tells one person's.
//
// # Did it work
//
// A course that is to change referrals is judged by them (effect.go): how complete they are, and how early in an absence they come.
package training
