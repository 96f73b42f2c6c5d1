// Package model is the invented occupational health service in numbers: who is referred when, how the queue for
// a clinic slot grows and shrinks, who comes, and what becomes of each report. It is pure: a seed and a moment in,
// cases with everything that happened to them out. Package sample turns the cases into rows of the database; the
// study of charts (Waits) runs on the same cases without a database.
//
// # The queue
//
// Referrals arrive day by day: a Poisson draw around a yearly rate, with a weekday, a month and a slowly wandering
// level (a bad winter lasts weeks). Clinics offer so many slots a week by profession. Each working day the office
// books whoever waits, by the day on which their target is missed, into the earliest free slot
// that gives notice and lies within the booking horizon. Nobody else decides on a wait: it is the time that queue
// takes, so months resemble their neighbours as in a real service.
//
// No real queue is left to run away. Each Monday the lead compares the work in hand with a week's slots: above
// longList extra clinics open, below shortList a clinic is given to other work. That is why the series wanders
// around a level instead of drifting for ever.
//
// # The initiative
//
// From a marked month on, two more nurse clinics and one more physician clinic run each week and reminders go out by
// text, so fewer people miss their appointment; for six weeks all on-demand clinics work off the old list. The twin
// without it has the same arrivals, the same people and the same luck: every case
// draws from a source of its own.
//
// # What is plausible and what is not claimed
//
// Rates (mix of reasons, missed appointments, answers to reports) are ours, chosen to look like a service of this
// size. They are evidence of nothing.
package model
