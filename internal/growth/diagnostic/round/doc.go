// Package round computes what a closed diagnostic round says. It is arithmetic on values: no database, no clock.
//
// A score is the mean of the answers that were given and applicable, over 4, as a percentage. "Not applicable" and
// no answer are in no denominator.
//
// Nobody can be picked out of the results. The leaf is a sub-section:
//
//   - "all" is shown from five respondents up;
//   - a perspective is shown from five respondents up; one with fewer is in "all" only;
//   - where "all" less the shown perspectives would leave one to four respondents, the smallest shown perspective is
//     hidden too;
//   - how many answered is said of "all" only and to the nearest five, so that no subtraction gives a hidden one; where
//     "all" is hidden, a perspective from which nobody answered is hidden like the others;
//   - an element is made of the shown leaves alone, so that no subtraction gives a hidden one;
//   - a comparison with an earlier round, which takes only the questions of both, is made only where the questions
//     that it leaves out had no respondent or at least five.
//
// Respondents of a leaf are the voices that came by link and gave it at least one score, and the most votes that a
// workshop counted on one of its questions. What people said stays together with "all", never with a perspective.
package round
