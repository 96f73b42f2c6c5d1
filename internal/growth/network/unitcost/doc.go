// Package unitcost is what the work of an OH service costs, worked out once a year and laid beside what clients pay for it.
//
// A year's cost of the team (full: with the pension that is met centrally, as who sells a service must count it) and a share of overheads
// are spread over the team's hours with patients. An appointment takes the minutes that contacts took on average, and bears its part of
// the appointments that people did not come to; a referral is a first appointment with as many follow-ups as people have on average. Cost
// and hours come from the plan for people, the rest from the records of the last year; whoever knows what was spent types that.
//
// Minutes with a person are not all the work, so the page shows beside it what an appointment costs when everything is spread over the
// appointments that were given. The two differ by the hours with patients that nobody filled.
//
// What was worked out is kept as it was; the newest of a year holds. It is the service's own and no client reads it.
package unitcost
