// Package report turns what replications of a simulation saw into an answer with standard errors.
//
// An engine gives one Outcome for each replication: for each station and class how many came, were lost and were
// served, the tally and the histogram of the waits of those whose service began, and the integrals over time of the
// number waiting and of the work done; then the sojourn of those who left and, for a horizon in weeks, the list and
// the share within target at the end of each week. A Summary adds them up in the order of the replications.
//
//   - wait: of those whose service began, from joining the queue, zeros included;
//   - queue: mean number waiting over the time measured;
//   - utilisation: work done over the capacity there was;
//   - throughput: services completed in a unit of time;
//   - abandoned: share of those who came and left without service, of those who came to the station;
//   - sojourn: from arrival to leaving, of all who left.
//
// Means over several replications are ratios of sums, so that a longer replication counts for more. The standard error
// is by batch means within each run below ten replications, and by their spread from ten on. The band of a weekly
// series is where 95% of the replications lie, not the uncertainty of their mean. What does not exist is null, and a
// warning says why.
package report
