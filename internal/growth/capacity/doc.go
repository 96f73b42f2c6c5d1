// Package capacity shows the wait that a plan would bring before a pound is spent; docs/capacity.md says it at length.
//
// The worker fits demand and throughput to the ledger (calc/demand, activity.ReadFits). A number of a fit can be replaced, with a reason that
// is kept (package number). A scenario is an option of the plan for people together with changes of demand, productivity or clinics. A run
// freezes all that goes in (Inputs), with a fingerprint, and simulates five years from the first quarter on (calc/des/plan). Where what goes in
// has changed since, the run says that it is stale; it is made again when somebody plans an answer or takes it back, asks a question or runs
// another scenario.
//
// The team that is there gives the appointments that it gave in the last year; where the plan has other clinical hours of a profession, or the
// length of an appointment is replaced, they follow in proportion. A profession that is not there yet gives its hours over the minutes of one;
// while nobody is routed to it, it relieves the others.
//
// Every run of an organisation has the same seed, so replication n of one has the same referrals and the same luck as replication n of another:
// two runs of the same inputs differ by nothing. A back-test gives the model what was known 52 weeks before the end of the ledger, and lays its
// 80% band over what happened.
package capacity
