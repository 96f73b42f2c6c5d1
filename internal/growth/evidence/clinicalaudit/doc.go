// Package clinicalaudit keeps clinical audits and their re-audits: what was looked at, against which standard and
// target, how many records of how many met it, what was found and done, and when it is to be looked at again.
//
// An audit holds counts and no person. It is not changed: a wrong one is withdrawn and recorded again. A re-audit names
// the audit it repeats, the first of its line, and is compared with it: the change in the share that met the standard,
// and whether the target is reached. A line is overdue when the day of its latest re-audit has passed.
//
// The OH lead records and sees exact counts. Guardian and executives see them after disclosure control, with the
// stricter threshold of special topics, as an audit is often about one kind of health problem. Words that look like a
// person are refused until they are taken out, or confirmed not to be about one with a reason.
package clinicalaudit
