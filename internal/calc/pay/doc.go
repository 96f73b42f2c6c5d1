// Package pay costs a team under the NHS Agenda for Change: basic pay and what the
// employer adds to it, over several years. It is pure; the pay tables are dated data of
// the content pack, one file a year, each naming its source and how sure we are of it.
//
// # One person
//
// Costs follow people, not WTE totals, and months, not years:
//
//	salary   in each month of employment a twelfth of the band's point, times the uplifts
//	         so far, times the WTE
//	suppl.   of a high-cost area ("zone"): 20% of the basic pay in inner, 15% in outer
//	         London, 5% on the fringe, within a minimum and a maximum, times the WTE
//	ni       15% of salary and supplement of the year above 5,000 pounds, or above a twelfth
//	         of that for each month of employment
//	pension  14.38% of both collected from the trust ("employer"), or 23.78% with
//	         the part that is met centrally ("full")
//	levy     0.5% of both, before the allowance
//
// The threshold of National Insurance belongs to the person: it is not smaller for
// part-time staff, so two half-time people cost less than one full-time. It goes with the
// months: whoever starts in October has half of the yearly threshold left, which is what
// the payroll does. A step within
// the year changes nothing: the year's salary counts as a whole. Threshold, rates and bands stay as in the table's year.
//
// # The point of the band
//
// A band has an entry point, most have a point in the middle, and a top; "steps" says how
// many years to wait for the next. Experience counts from years_in_band at the start of
// employment and goes on month by month, so that 1.5 years in band 6 become 2 after six
// months, and the second half of the year is on the next point. Leaving it out understates
// a plan's fifth year by some 15%.
//
// A trainee under Annex 21 gets a percentage of the top of the band for which they train (75%
// in the last twelve months, 70%, 65% or 60% with two, three or four years to go). There are
// no increments, and the percentage stays as given; a plan for several years should make
// a person of each stage. A percentage below the national living wage is costed as given, and
// a warning says so.
//
// Uplifts apply to points, in each year after the first, on top of each other. Points are
// not rounded to the pound.
//
// The bounds of the supplement rise with the awards as points do, which is how they have been raised so far. Zones follow
// boundaries of 2005, so they are said and not derived. What doctors get in London is not this supplement: put it into the salary.
//
// What is not in it: enhancements, sickness cover. Vacancies and
// turnover are the caller's: an entry for each stretch of employment, by start_month and months.
// Doctors are not under this agreement; they have a salary instead of a band, and no increments.
package pay
