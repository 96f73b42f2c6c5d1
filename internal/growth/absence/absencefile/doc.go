// Package absencefile reads files of sickness absence into monthly figures.
//
// It takes what NHS England has published (rates by organisation under four
// headings, reasons by month) and two reports of a trust's own systems (the ESR
// absence report, the HealthRoster absence report). The heading row says which
// one a file is; nobody is asked.
//
// A trust's report names people and why they were off sick. This package is
// the place where that ends. It looks only at the columns it needs; an employee
// is a random number that lives as long as the reading does, to count the rows
// of one absence once; a reason becomes its level 1 code; a staff group is one
// of a closed list. What comes out counts days and episodes by month, staff
// group and reason. A rejected row is known by line, column and reason, never
// by its content.
//
// Figures, after the national definition: days lost are calendar days times
// full-time equivalent, so non-working days count. What ESR reports as days
// lost is spread over the months of the absence by calendar days, so that the
// months add up to the trust's own total. An absence that is still open (it
// "ends" in the year 4712 or 9999) counts as far as the report had counted it.
// An episode is one employee and one first day, however many posts the person
// holds; it belongs to the month in which it began. Long and short term are as
// the pack absence-definitions says.
//
// A report of a period lists the absences that overlap it. Months before the period then hold only what lasted
// into it; CompleteFrom says from which month on the report is whole.
//
// Small counts leave here as they are. They pass calc/disclosure before anyone
// outside the occupational health service sees them.
package absencefile
