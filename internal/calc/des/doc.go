// Package des holds what every discrete-event simulation here is made of: the queue of events, random streams,
// distributions, statistics, and replications on several cores. The models are packages beside it: network (stations,
// servers, routes) and clinic (a diary of sessions); model reads both from YAML.
//
// # Time
//
// Time is an integer number of ticks. A sum of floating-point times depends on the order of the additions, so two
// events that mean the same moment may differ in the last bit and swap places; integers cannot. The size of a tick is
// a power of two, chosen by the model so small that the shortest mean time in it has at least 2^24 ticks: rounding a
// time to the tick is then an error below one in ten million. Events at the same tick happen in the order in which
// they were planned.
//
// # Random numbers
//
// Each replication has one stream for each purpose ("service at triage", "arrivals of referral"), xoshiro256++ seeded
// through splitmix64 from the seed, the number of the replication and the name of the purpose. A scenario that adds a
// nurse therefore sees the same arrivals as the base (common random numbers), and no result depends on which core
// ran what.
//
// # Statistics
//
// A mean within a run has a standard error from batch means: 64 to 128 batches of equal size, the size doubling as the
// run grows, so that memory does not; where neighbouring batches still correlate (r > 0) the variance is multiplied by
// 1 + 2r. From ten replications on, the standard error is that between replications instead, by the formula for a
// ratio of sums. Percentiles come from a histogram with 128 bins an octave, reported at the middle of the bin: at most
// 0.4% off.
package des
