// Package attack works out what a reader can learn from published tables taken together: totals, sub-totals, several
// tables and several months that overlap. It is the body of "rowan calc attack", and the opponent that package suppress
// must survive.
//
// # What is known
//
// The dimensions span a grid, and a cell is one value of each. A figure speaks of a block of cells: where names the
// values it covers, and a dimension it does not name is covered whole. A figure with a value says what the cells of its
// block add up to; if it is rounded to 5, that they add up to something from 2 below to 2 above. A figure whose value is
// null was hidden, and says nothing. Every cell holds a whole number, 0 or more. Nothing else is assumed: not the rule by
// which figures were hidden.
//
// # What is told
//
// For each cell, and for each block that a figure speaks of, there is an interval of what fits. It is pinned down, and
// listed, when it holds a count that should not be known (1 to threshold-1) and is narrower than the threshold
// (upper - lower) or begins above nought: somebody is certain to be in it. A block of at least the threshold, or of
// nobody, is no secret however well it is known. Whoever knows the true counts will find that some of those listed were
// at or above the threshold all along, hidden only for the sake of others.
//
// # How
//
// Cells covered by the same figures are one unknown. Bounds are first passed from figure to figure until nothing
// changes; what then remains is split into parts that share no cell, and for each part linear programs over whole
// numbers (simplex, then branch and bound) find the ends of each interval. A bound is reported only on proof: the
// weights that the simplex offers are rounded to fractions and added up again in whole numbers, and an end counts as
// exact when a solution in whole numbers that reaches it was checked figure by figure. Where the work would pass a limit
// the bounds proved so far stand: they are never too narrow, but may be too wide, and a warning says how many.
package attack
