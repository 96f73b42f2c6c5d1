// Package story keeps case studies: a need with its figure, what was done, what was measured, and what failed.
//
// A story's life:
//
//	draft --check (somebody who did not write it)--> checked --publish--> published --(the next one follows it)--> replaced
//	  ^                                               |                      |
//	  +----------------- give back -------------------+                      +--withdraw--> withdrawn
//
// What was measured is nobody's words. It is the verdict that a forecast got when it fell due (growth/forecast), in the words of the
// verdict, with its months: all forecasts of the story's action that were judged, and one that stands alone where its writer chose
// it. None can be left out because it disappoints, and a foreign key holds each number to the verdict. A story whose action nobody
// made a forecast of says so, and claims nothing. The figure of the need is cited, and what the action costs comes from the
// investment plan.
//
// What failed, or would be done otherwise, is asked for and cannot be left empty: others learn most from it.
//
// A draft is checked by an account that wrote none of it, which the database asks for too; the lead publishes. A checked story's
// words stay (a trigger sees to it). What came of a forecast since it was checked sends it back. A published story has a day on
// which somebody looks at it again and a last day, after which it is shown no more.
//
// Communications write drafts for the public site, in words alone: figures, actions and forecasts are chosen by occupational health.
package story
