// Package development is each professional's own development plan, and what helps to reach it: offers of the service, and what
// colleagues say when they are asked.
//
// # A plan is theirs alone
//
// A plan is the goals of one account, in four areas, and what its owner wrote when they looked at it. Row security shows a
// row to the account that owns it and to nobody else: not to a colleague of the same login and service, not to the lead.
// The owner may share the goals with named colleagues, the lead among them, and stop at any time: a share is a row that only
// the owner makes and takes away, and while it is there a policy lets the named account read the goals. It lets nobody write, and
// what the owner wrote at a review is never shared. Every reading by somebody else leaves an audit row; audit rows say that
// something was done, never a word of it.
//
// # Sealed
//
// What somebody says of their goals, writes at a review, asks a colleague and is answered is sealed (class D4, care/sealed).
// It is not about a patient, but people write there what they find hard, what they are ill with, and that they want to leave; whoever
// administers the database is their colleague too. Nothing asks for it in SQL, so sealing costs nothing. Area, state and date
// stay in clear, since the page sorts by them; so does an offer, which is for all to read.
//
// # Offers
//
// The lead publishes an offer: a course, shadowing, a project or a leadership role, for an area and for some roles. Everybody's page
// lays the offers beside their own goals ([Match]); this is worked out while the page is made, and nobody but its reader
// learns which goal an offer met. Who says that an offer interests them shows their name to who published it, and to nobody else.
//
// # Feedback from colleagues
//
// Somebody asks a colleague one to three questions. The two of them read the answers; they are given once.
package development
