// Package sample invents a small NHS and three years of its history: for the demonstration, for screenshots, for
// tests that need a past, and for load. Everything follows from a seed and a moment: the same two give the same
// people, the same referrals and the same waits. (Ids that the staff import and the ledger give are their own.)
//
// One ICS; a large trust of 10,000 staff whose occupational health service also serves a community trust and three
// GP practices; a second trust of 1,500 with a service of its own. So every wall has two sides. A third trust keeps
// another occupational health system: it has no case here, only activity, measures and a survey that came by file. The
// names are invented and no real organisation has them. Above all stands an invented national programme (package nation), whose partners
// have the names of real ones, marked as a sample: nothing is said of them.
//
// With Options.ICS there are eight trusts with services of their own and 62,000 staff in place of these, of which the first is the same, and
// two years of releases to their ICS (package ics); docs/sample.md has its figures.
//
// # How it is made
//
//   - staff come in by the staff feed: the sample writes the file and person.Import reads it;
//
//   - the past comes from package past, for which package model runs the queue of each service day by day;
//
//   - its rows go into the tables that commands write, under the same logins, row policies and triggers: a
//     referral as its referrer, a consent as the person, a release as the clinician whose trigger demands that
//     consent. They go in many at a time (package cast), because 60,000 transactions would take minutes. Audit rows and
//     the activity ledger are written for each event as a command would;
//
//   - today's work (past/today.go) is what the past left open at midnight, and a few cases made to measure, so that
//     every page has something to show.
//
//   - the large trust's growth story (package wing) is told by the commands of the growth slices, each at its own time:
//     two rounds, a strategy that the board decided on, forecasts, and the guardian's questions.
//
// What a login may not do, the sample cannot do either. The database holds it to the rules, and sample_test.go
// asks afterwards whether states, histories, ledger and consents agree.
//
// # When it is complete
//
// The last statement sets installation.sample_at. A demonstration that lacks it was interrupted, and is dropped
// and made anew: half a past is worth nothing.
package sample
