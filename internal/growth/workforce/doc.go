// Package workforce is the people of an occupational health service as posts: what there is, what is planned over five years,
// how posts are filled, and what they cost.
//
// The establishment is a list of posts by role, band and WTE, each with the heads it is for and the heads in post. It names
// posts and never persons; nothing here says who somebody is, and how many may retire is said of a role, as a count.
//
// A change is planned for a quarter: a new post, a development post (Band 5 to 6 with a course), another WTE or band, hours of
// leadership for an experienced holder, or the end of a post. It is in an option (minimum, preferred, maximum) or not;
// doing nothing has none. What each option brings is computed by package outlook, whose comment is the specification.
//
// A vacancy is one head being recruited: advertised, closed to applications, offered, started, or stopped. A start fills the
// post, or takes one head of the planned post into the establishment, from where it is in every option. Times to fill, once
// there are five, are the service's own; before that they are assumed, and every page says so.
//
// Dates of the plan: it runs twenty quarters from the quarter that the lead sets, with the team as it stands today.
//
// The lead writes; the guardian and executives read. Other slices get Staffing and Costs through joints.
package workforce
