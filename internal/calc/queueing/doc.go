// Package queueing answers questions about waiting that have an exact answer, so
// that no simulation is needed for them and every simulation can be held to them.
// It is pure: values in, values out.
//
// Rates and times are in one unit of the caller's choice (a rate of 3 a week and
// a mean of 0.2 weeks). L counts people, W is time; q means waiting only, without
// q service is counted too. Percentiles of the wait are over all arrivals: whoever
// did not wait counts as a wait of zero.
//
// # The models
//
//   - MMC: Poisson arrivals, c servers, exponential service, first come first
//     served. Erlang's recursion, without factorials;
//   - MG1: one server, any service time with squared coefficient of variation
//     cv2 (Pollaczek and Khinchine). A mean and a variance do not fix percentiles;
//   - MDC: c servers, every service takes exactly the mean (Crommelin 1932). The
//     wait is exact, by Spitzer's identity; see walk;
//   - Priority: one exponential server, several classes, the first class first,
//     nobody interrupted (Cobham 1954);
//   - Reneging: M/M/c in which each gives up after an exponential patience of rate
//     theta ("Erlang A"). Never unstable. The wait of those served is not the
//     wait of all;
//   - Kingman: the heavy-traffic approximation for one server with any arrivals;
//   - Jackson: a network of M/M/c stations with routes, feedback allowed;
//   - Clinic: a list on which Poisson referrals arrive weekly and a fixed number of
//     slots removes people: X' = max(X + Poisson - slots, 0). The distribution
//     after given weeks, and the one that it settles to;
//   - Days: the same with other referrals and slots on each day: the mean list after
//     every day;
//   - List: the arithmetic of waiting-list targets (Fong, Walton and others).
//
// # What does not exist
//
// A queue whose load is 1 or more has no mean: it grows as long as one cares to
// wait. Its quantities are nil and a warning says so; the load itself is given. So
// is each quantity that a model cannot know. Nothing is ever NaN or infinite.
//
// # The usual mistakes
//
// Erlang C is the chance of waiting, not a wait; the mean wait of those who wait
// is wq / erlang_c. The steady state of a list with a backlog says nothing about
// next year: ask for weeks. Target capacity has a half in it, and pressure is 2
// times the mean wait over the target, both in one unit of time.
package queueing
