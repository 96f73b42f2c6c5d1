// Package plan simulates an occupational health service over years, day by day: referrals, lists, appointments given,
// people who do not come, follow-ups. It asks what a plan for posts does to the wait.
//
// It is coarser than package clinic, which books each person into a diary: here people of a pool (a profession) and a class
// (a priority) are counted by the day on which they were referred. So it is fast enough for thousands of replications of five
// years, takes fractions of posts, and lets each replication draw what nobody knows: the true level and growth of demand, and
// what the team gives.
//
// # A day
//
//   - Referrals of each type are Poisson about the mean of the day, times the week's wandering level, times this
//     replication's error of level and growth. Each pool takes its share of them, each class its share of these. Some leave
//     without an appointment after a while: they are on the list until then.
//   - On a working day the pool's appointments go to follow-ups that are due, then to the list: to who is due first, which is
//     so many days after the referral by the class, and nobody before the lead time of the class.
//   - Some do not come. The appointment is lost; some of them ask again and go back to where they were on the list.
//   - After each appointment attended there is another one with chance f/(1+f), so that f follow each new person.
//   - Appointments of a pool are those of the plan. Beside them the team that is there gives more or fewer each week, by how
//     long its list is (React), by chance and by this replication's error, within the range that its weeks have had.
//   - Who will be in that team nobody knows: each replication has one of its futures, drawn by whoever made the plan (Futures).
//
// The list is everybody referred and not yet seen. A wait is in working days from referral to the first appointment attended.
//
// # Common random numbers
//
// Every draw has its own stream and takes the same number of random numbers on each day whatever happened before: counts come
// by inversion from one uniform number. So two plans differ by what differs between them and by nothing else, and two equal ones
// not at all. Replications are merged in order: the same bits come out for any number of workers.
package plan
