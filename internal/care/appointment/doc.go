// Package appointment is clinics, their sessions and slots, and who comes when.
//
// A clinic is a weekly plan: a clinician, a weekday, a starting time, so many slots of so many minutes. From it
// sessions are made some weeks ahead, on working days only, at London wall time: a 9am clinic is at 9am on both
// sides of a clock change. A slot holds one live appointment; a unique index of the database has the last word,
// and whoever comes second is told that the time has just been taken.
//
//   - OH books for a case that waits for an appointment, or for a review; the person chooses, changes and cancels
//     their own. They see free times of the role that triage chose, and nobody else's booking.
//   - Booked, cancelled, missed and attended move the case with them (package flow). A person who cancels inside
//     24 hours, and only they, has cancelled late.
//   - Missing an appointment tells the referrer the fact, the same day and without a reason, so that somebody asks
//     after the person. After two, closing the case as not assessed is suggested.
//   - Whoever records that somebody came says whether they agree to be assessed; a no ends the case as not assessed, and
//     the referrer gets, later, the notice of every report that does not come.
//   - What is moved is a cancellation to the database, with the code of who asked for it, and is shown as moved.
//   - A slot that comes free is held for a day for the case that needs it most: priority, then the day its target
//     is missed, then how long it has waited. If it is not taken it goes to the next, and to nobody twice.
//     OH sees among the times and in the clinics that it is offered, and until when; nobody else does.
//   - The person, and nobody else, is reminded on the days of the pack reminders.yaml, while the booking stands.
//   - The employer may see when an appointment is if it serves a manager's or HR's referral: that of its case, or
//     one merged into the case before it was booked. A self-referral never shows.
//   - After an appointment the person is asked for feedback. Nothing in the answer leads back to them.
package appointment
