// Package codesign is how a community of practice writes the service development framework together (growth/framework).
//
// Its host, the lead of the ICS, begins a draft from the newest version, changes it theme by theme and level by level, and opens a round
// on it: with a first and a last day, what it is about, and questions. The round keeps the text that it asks about, and while it runs
// nobody changes the draft. Members comment on a theme, on the words of a level, or on a question; they propose other words, and agree
// with what others said, once each. A comment is a text of the community (community/post): searched for what looks like a person, held,
// returned, withdrawn and recalled as every text is.
//
// The host answers each comment: taken up, taken up in part, or not, and why. When the last round is over and every comment has its
// answer, the draft is published, with a day from which it is in force, a reason for each theme that differs, and the answers beside it.
// From then on nothing of it changes: not the version, not an answer, by any login. Who commented reads the answer, and stays able to.
//
// A version is read by every organisation below its host, member or not: they take it up for their own self-assessment.
package codesign
