// Package indicator answers "How are we doing?": the measures of the service over time, each with the
// definition behind it, and what may honestly be said about them.
//
// An indicator is versioned data (content/packs/indicators.yaml); this package knows how each kind is computed
// from the roll-ups of the activity ledger, and nothing else. It cannot name a person: the growth login reads
// no table that holds one.
//
// What a chart shows:
//
//   - complete months only, the last 36 of them: Making Data Count advises two to three years;
//   - an XmR chart under the MDC rules, a run chart under 13 months;
//   - marks: a recalculation of limits (with its written reason and author), a note, the start of a growth
//     initiative. A mark is never changed or taken away;
//   - a suggestion to recalculate where a shift has lasted (numbers.md 1.1: 8 points or more, 12 from its beginning on):
//     a sentence, never a change, because only somebody who knows the cause can tell whether it will last;
//   - a warning where neighbouring months depend on each other, because limits are then too narrow;
//   - for an initiative, the effect sentence of calc/effect: it claims an effect only when the mean after the
//     start lies outside the band that is simulated with no change.
//
// Waits come under two clocks: raw, as the person lived through it, and adjusted for pauses.
//
// A definition is never changed: a change is a new version with its first day, and the old one stays, so that any figure
// of the past can be computed again as it was (?version=). Every indicator is a figure for the other slices (book.go), and
// the catalogue's indicators that no source here can answer are named with what is missing.
//
// The OH service's own staff see exact figures. For everybody else counts leave the service, rounded. The Health and
// Wellbeing Guardian and executives see the whole service; HR and the Caldicott guardian see the cases that managers and HR of their own organisation opened (a self-referral is in no
// count and no wait: the row policy holds it), rounded by calc/disclosure; means and medians from 8 events up. A percentage is shown from 11 up, to everybody.
package indicator
