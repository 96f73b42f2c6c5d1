// Package contract is what an OH service and a client agree on, and how both see that it is kept: service levels, volumes, prices, and
// the packs over which they meet. Who the client is, from when until when, and the exit are the hall's (organisation/client).
//
// # Terms
//
// A level is an indicator in one version of its definition, a limit in working days, a clock, and the share that is aimed at. A line is a
// price in whole pence, of an item or of a year, with what is expected in a year and the band in which the price holds. Neither is ever
// changed: from its first month on a newer one of the same indicator, or item, supersedes it, and one may be ended. Months that a pack
// speaks of are closed, so nobody changes afterwards what was measured against.
//
// # The pack
//
// A pack covers the months from the last one on, once they are over. What leaves the service in it is disclosure-controlled first, and
// everything in it, verdicts and money too, is made of what is then left (told.go): whoever reads it learns no more than from the
// rounded counts. Self-referrals are in no number. The lead sees exactly what will be released, releases it, and it is kept with its
// SHA-256: no two packs of a client speak of the same month, and none is made anew.
//
// The client's HR and executives read what was agreed with them and what was released to them, of their own organisation and no other;
// row security holds it. They see no case, and what the work costs the service is not in it.
//
// # The review
//
// Both sides meet over a pack: the day, the next day, and what each does until then stand beside it. The next pack says what became of it.
package contract
