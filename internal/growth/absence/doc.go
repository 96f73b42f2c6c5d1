// Package absence keeps the sickness absence of an organisation by month, beside the waits of its OH service.
//
// Figures come from files (absencefile reads them; the heading says which layout it is): what NHS England
// publishes, and the absence reports of a trust's own systems. A file is taken in one transaction:
//
//   - the same file a second time changes nothing: it is known by its hash;
//   - of a published file for all organisations, the rows of this organisation and the totals of England stay;
//   - a trust's report replaces the months it covers whole, unless an earlier one held clearly more of a month:
//     a report cut to another period must not make an absence disappear. Months before the report's period,
//     which hold only what lasted into it, are left out;
//   - rows that cannot be counted are listed with line, column and reason, never with their content.
//
// No person comes in: absencefile ends that. A rate is days lost over days available, as published or, for a
// trust's report, from the roll-up of the staff feed.
//
// Those of an OH service choose between the employers that it has contracts with; the row policies know the
// contracts too. Everybody else sees their own organisation.
//
// Outside the OH service days lost are shown only where they are certain to come from 8 episodes or more, rounded to
// the nearest 5, and the rate is made of these; long and short term are shown together or not at all. Reasons are a
// special topic: a reason is shown from 10 episodes up.
package absence
