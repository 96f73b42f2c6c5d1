// Package pooled shows an integrated care system (ICS) what one list for all would do to the wait.
//
// # What an organisation says of its service
//
// Model is a service in some twenty numbers: how many are referred and given an appointment a week, how both vary, how many do not
// come, come again or leave unseen, and which professions see them. They are fitted to its activity (calc/demand), rounded to the units
// of content/packs/sharing.yaml, and leave by the same agreement, release and file as every other measure (network/sharing).
// A profession that saw fewer than 30 people is not among them.
//
// # Apart and together
//
// Each service is simulated for two years as it stands (calc/des/plan), and once more with one list for each profession that is
// pooled: all referrals to it join it, and all its appointments serve it, less what travel and handing over cost. What is reported
// is the second year. A profession that is not pooled stays as it was, number for number.
//
// Where the truth is not known, the side is taken on which pooling gains less: demand is taken to wander everywhere at once, and the
// pooled service keeps the mean of the habits (missed appointments, follow-ups) of its members. The errors of the level of demand are
// independent, because they are errors of separate fits.
//
// A pooled list is one list: who waited less before waits longer. The result says that of each organisation, in the order of their
// names, and ranks nobody.
package pooled
