// Package award keeps nominations for awards and accreditations, assembled from evidence.
//
//	drafting --send--> submitted --> shortlisted --> won
//	   |                   |             |
//	   +--drop--> dropped  +-------------+---------> not won
//
// An award has criteria, each with an answer, its limit of words, and what the answer rests on: cited figures, published case
// studies, testimonials whose giver agreed to partners, verdicts of forecasts, and items of the evidence room. Evidence is pointed at
// and never copied. A figure says when its source has moved on; a story, a testimonial or an item that is no longer there is said to
// be gone, and its words are not shown. A nomination can be sent once every criterion has an answer within its limit, rests on
// something, and nothing that it rests on is gone. What was sent is kept: a trigger refuses every change.
//
// What was won, and accreditations that hold, are the achievements of the service.
package award
