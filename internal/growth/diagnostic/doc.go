// Package diagnostic answers "What do our staff need?": rounds of questions over the seven elements of the health and
// wellbeing framework.
//
// The framework (elements, sub-sections, the figures that belong beside each) and the starter set of questions are packs;
// other sets come by file (questionset). A question keeps its code over versions; a version never changes its text.
//
// The life of a round:
//
//	open -> closed
//
// The lead opens a round over a scope, with chosen elements, a target for each, a question set and a last day, and makes
// links. A link is for one perspective and nobody in particular: it is shown once, kept as a hash, opens this round only,
// and says nothing about who used it or when. Whoever holds it answers element by element, saves and comes back, and
// submits; then it is locked. A workshop is counted on one screen: for each question, how many voices of each
// perspective gave each score. The lead attaches figures as evidence, cited as they stood.
//
// Nobody reads results of an open round: two looks at a growing count would give away the answer between them. Closing
// takes a hash of everything and freezes it; a trigger refuses any change afterwards. What was not submitted by then is
// in no result. What is shown of a closed round is decided in package round. After the close people weigh the gaps; that is
// their judgement and not part of the record.
package diagnostic
