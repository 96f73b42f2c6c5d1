// Package frontdoor is one front door for everybody whom an OH service looks after, whoever employs them: a public page on which people
// say who they work for, and are led to the way in that is theirs, and to the places where clinics for them run (hub and spoke).
//
// A client is named there when it says so itself: its HR switches it on and off, and until then nobody is told whom the service looks
// after. What is switched off is gone with the next visit; what was said before is kept. A client whose contract has closed is not named.
//
// The service writes down where clinics for a client run: its hub, or a spoke nearer to the staff, and on which days. That is public where
// the client is named, so it holds places and days and nobody's name.
package frontdoor
