// Package capacity shows the wait that a plan would bring before a pound is spent.
//
// # From the ledger to a number
//
// The worker fits demand and throughput to the ledger (calc/demand, activity.ReadFits). A number of a fit can be replaced, with
// a reason that is kept; the last one holds. A scenario is an option of the plan for people together with changes of demand and of
// productivity. A run freezes all that goes in (Inputs), with a fingerprint, and simulates five years from the first quarter on
// (calc/des/plan). Days of the week, months, and how demand wanders can be replaced as well (package number). Where fits, plan or scenario have changed since, the run says that it is stale; it is made again when somebody plans an answer, asks a
// question or runs another scenario.
//
// # What a plan gives
//
// The team that is there gives the appointments that it gave in the last year. Its hours are those of that year, by the time that people
// were in post in it: who came late in it gives more now, and whoever left and is replaced does not count twice. Where the plan
// has other clinical hours of a profession, appointments follow in proportion; so they do where the length of one is replaced. A profession that is not there yet gives its hours over the minutes of an
// appointment, from a pack; while nobody is routed to it, it relieves the others. Without a plan for people, the team stays as
// it is.
//
// In place of the plan a scenario may take what one profession gives from a clinic template: sessions a week, appointments in
// each, weeks off. Templates are typed: the clinics of care cannot be read here.
//
// # Comparing
//
// Every run of an organisation has the same seed, so replication n of one run has the same referrals and the same luck as
// replication n of another. Differences are taken replication by replication: two runs of the same inputs differ by nothing. Options are
// compared for a case only where their scenarios have the same terms.
//
// # The back-test
//
// The same model is given what was known 52 weeks before the end of the ledger, and its 80% band is laid over what happened.
// It says that it failed when the referrals of the year lie outside of 98 in 100 of its replications (demand drifted), or when
// fewer than half of the weeks of the list lie in the band (something else changed). A test that was passed with other activity than
// there is now is old, which is neither failed nor never tested.
//
// Fits are of the whole service, self-referrals among them. Its own team and those who answer for it on a board read them, as they
// read its indicators; types and roles with few referrals are left out for a board. A run holds totals of all types.
package capacity
