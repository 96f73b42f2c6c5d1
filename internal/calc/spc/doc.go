// Package spc computes XmR charts (individuals and moving range) by the rules
// that NHS boards read: Making Data Count (MDC, the default), or those of the R
// package NHSRplotthedots. It is pure: values in, values out.
//
// # What is computed
//
// The mean of a segment is the arithmetic mean of its points; the limits are
// mean ± 2.66 × the mean moving range; two sigma is two thirds of that
// distance. 2.66 is 3/1.128 as both programs round it. A segment runs from one
// recalculation ("rebase") to the next, and starts at the first point on or
// after the date given, whether or not that date is in the data.
//
// Four rules look for a special cause:
//
//   - outlier: a point strictly beyond a limit;
//   - shift: 7 points in a row strictly on one side of the mean, inside one
//     segment; a point on the mean ends the run;
//   - trend: 7 points (6 steps) strictly rising or falling, the first and the
//     last included. MDC lets a trend run across a recalculation;
//   - two of three: two of three successive points of a segment beyond two
//     sigma, all three on the same side of the mean. Only the points beyond two
//     sigma are flagged. With "between", points beyond the limit do not count.
//
// A trend is good or bad by its direction of travel, the other rules by the
// side of the mean. Where rules disagree about a point, MDC shows improvement
// and warns; NHSRplotthedots takes the first of outlier, trend, two of three,
// shift, and a point in two trends follows the step to its right.
//
// # Missing and left-out points
//
// A null value keeps its place on the axis and has null outputs: its rules are null too, where those of a quiet
// point are an empty list. Runs skip it,
// and neither neighbour forms a moving range across it. A month that is absent
// from monthly dates is treated in the same way, with a warning, so that the
// same data give the same chart with or without the empty row. A ghosted point
// is drawn with its limits but takes part in nothing: its neighbours are
// neighbours of each other, as in the MDC tool.
//
// # Where the programs in use go wrong
//
// A series that never varies has limits equal to its mean (NHSRplotthedots says
// NaN), so that "always 100%" against a target of 100% passes in MDC. Computed
// lines are compared with a tolerance, because a mean of decimals is seldom
// exact. A date that appears twice is an error. Nothing is ever NaN or infinite.
//
// With fix_after the mean and the moving range of each segment come from its
// first n points; the segment itself, and its runs, go on.
//
// # Recalculation
//
// When to recalculate has no formula, so Compute never does it by itself. Suggest points at a shift that has lasted;
// somebody who knows the cause decides, and writes down why.
//
// A chart of 24 points in control shows some false signal about 15% of the time.
package spc
