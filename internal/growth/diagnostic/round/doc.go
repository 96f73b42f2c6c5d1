// Package round computes what a closed diagnostic round says. It is arithmetic on values: no database, no clock.
//
// A score is the mean of the answers that were given and applicable, over 4, as a percentage. "Not applicable" and
// no answer are in no denominator.
//
// Nobody can be picked out of the results. What counts is how many answers each question got, not how many people answered
// something: five who answered one question each would make a cell of single answers. The leaf is a sub-section:
//
//   - a question with one to four answers of everybody is not counted: its answers are in no cell;
//   - "all" is shown where a question is counted;
//   - a perspective is shown where it gave five answers or more to each counted question to which it gave any; else it is
//     in "all" only;
//   - where "all" less the shown perspectives would leave one to four answers to a counted question, the shown perspective
//     with the fewest answers is hidden too, until none is so left; likewise where they would leave a score beyond 5 and 95;
//   - how many answered is said of "all" only and to the nearest five, so that no subtraction gives a hidden one; where
//     "all" is hidden, a perspective from which nobody answered is hidden like the others;
//   - a score is never said beyond 5 and 95 percent (Floor, Ceiling): at 0 or 100 everybody gave the same answer, and each
//     answer of a hidden perspective would be known;
//   - an element is made of the shown leaves alone, so that no subtraction gives a hidden one;
//   - a comparison with an earlier round, which takes only the questions of both, is made only where each question
//     that it leaves out had no answer or at least five, and of a perspective only where it is shown on both sides.
//
// solve_test.go looks at all that is shown, percentages too, as somebody who knows these rules, and solves for the hidden.
//
// Answers are the voices that came by link and the votes that a workshop counted. What people said stays together with
// "all", never with a perspective.
package round
