// Package outlook projects a team over five years: who is expected to be in post in each quarter, how many hours a week they
// can give to patients, and what they cost, under an option of the plan. It is pure: no database, no clock.
//
// # Expected heads
//
// Heads are expectations, not forecasts of persons: 0.93 heads in post means that a post is filled 93 quarters in 100. A
// vacancy opens at the beginning of a quarter, or on the day that is known, and is filled after one, two, three... quarters, by the shares
// in Plan.Fill; one whose first day is agreed, on that day. Of
// those in post a share leaves at the end of each quarter: the yearly share of the role, and for those in post at the start the
// retirements expected within five years, spread evenly. What they leave is a vacancy. A post whose contract ended, or
// that a change ends, is empty from that day on. So nobody is ever in post that is not funded.
//
// # Futures
//
// Chance goes through the same lines seat by seat, with whole persons: what is a share above is somebody who goes or stays, drawn for that
// seat in that quarter. The mean over futures is the expectation.
//
// # Within a quarter
//
// Whoever comes, leaves, or has other terms within a quarter does so on a day: they cost and work the part of the quarter that its calendar
// days are (Plan.place). A quarter says the average over its days. Where nobody knows a day (expected leavers, vacancies that open at the end
// of a quarter) it is the first or the last of a quarter.
//
// Who started in a planned post stays in the options of that change and is not in doing nothing, so that an option is worth the
// same the day before and the day after: what the plan costs is what the team would not cost without it. From then on the
// day of the start is known, and not the spread of an assumption. Such a newcomer leaves as others do, and does not retire.
//
// # A development post
//
// Its holder is in training for the course's months (whole quarters), then completes with a probability, and is from then on of
// the role and band for which they trained. Whoever does not complete stays as they are. Of those who completed a share is
// still there after two years (retention); later they leave as others do. A trainee who leaves is followed by a new trainee,
// one who had completed by somebody qualified. Pay is one of three:
//
//   - annex 21: a percentage of the top of the target band by the months to go, then its entry; the percentages are the pay table's;
//     never less than the national living wage of that table, which is below all of these for Band 6;
//   - promotion: Band 5 until promoted, some quarters after completion, because a post must be applied for;
//   - completion: Band 5, and the entry of Band 6 from completion on.
//
// Completion and retention are ranges: Project takes a place in both, 0 the low end and 1 the high one.
//
// # Clinical hours a week
//
//	days    weekdays of the quarter less bank holidays, or the usual number of them where none are proclaimed yet, a quarter of leave and study, then less sickness
//	hours   days x 7.5 / weeks of the quarter x WTE x clinical share x ramp-up
//
// A newcomer begins with half of the work and reaches all of it after the months of ramp-up, in a line. Supervision of a
// trainee is taken from the role that they train for, and backfill is given to it. Hours of leadership are taken from the
// post that has them. Hours are never below zero.
//
// # Cost
//
// By internal/calc/pay, person by person and quarter by quarter: newcomers begin at the entry point, so turnover makes a team
// cheaper, and increments dearer. The years in a band go on from the day on which they were written down, or from the first day,
// whatever the day on which the plan begins; of several heads in a post they are a mean, and all stand on its point. A post in a high-cost area has its supplement, whoever is in it. Courses and backfill stand apart. Doctors have a salary without increments, with awards and without supplement.
package outlook
