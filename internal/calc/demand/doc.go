// Package demand fits what a service has to do, and what it gets done, to its own history: pure arithmetic on counts by day.
//
// # Referrals
//
// The referrals of a type on a day are taken as Poisson with a mean that is a product: a level, a factor of the day of the week
// (a day on which the service is shut is an eighth day), a factor of the month and a growth by the year. That is a log-linear
// model, fitted by Newton's method on at most three years. Months are told apart from two years on, growth from one year on:
// earlier, one is taken for the other. Growth that cannot be told from
// none is none, with the doubt about it kept: no plan should rest on a slope that chance may have drawn. Below 30 referrals or eight weeks there is a plain rate and nothing else.
//
// Real referrals vary more than Poisson counts: a bad winter lasts weeks. So the level wanders by the week (Level: how far, and
// how much of a week's deviation the next keeps), and standard errors are widened by as much. How good a fit is, is said as the
// dispersion of its weeks: squared deviations over what chance alone would give, 1 being chance.
//
// # The service
//
// Appointments given in a week (attended, or missed by the person) are regressed on the list before it: a service with a long
// list opens more clinics, and one without a list gives fewer because nobody asks. React is how many more a week for each
// person over the mean list; between the 5th and the 95th percentile of the weeks of the last year, since no service stretches
// without end. Shares (missed, asked again, never seen) and follow-ups for each new person are of the last year too. Somebody who leaves the list after
// missing an appointment was not asked again, and is not counted among those never seen as well.
//
// # Doubt
//
// Means and shares of contacts state the standard error of a ratio by weeks: what comes in clusters makes it wider. The shortest usual wait,
// the least and the most of a week have the range of their ranks, React that of a line, the wandering one that allows for what the fit
// took of it (doubt.go). Weeks are taken to know nothing of each other, but for the wandering. Fits that were stored before have none.
//
// Everything is by day, so a history cut off at a day gives what was known on that day: the back-test fits so.
package demand
