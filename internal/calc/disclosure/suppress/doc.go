// Package suppress publishes a two-way table of counts without giving the small ones away: by hiding more cells
// (Suppress) or by rounding (Round5). It is the body of "rowan calc disclosure".
//
// # What is too small
//
// A count from 1 to threshold-1 is primary: too small to show. So is a row total, a column total or the grand total of
// that size, because margins are counts too. A row or column named special has threshold 10 (or the table's, if that is
// higher), and there nought is hidden as well: cells in it and its total.
//
// # What is safe
//
// Hiding a cell is no use if its row total and its neighbours give it back. For each hidden figure there is an interval
// of whole numbers that fit everything published: the figures shown, that all counts are 0 or more, and that rows and
// columns add up to their totals. A pattern is safe when the interval of every primary figure begins at 0 and is at
// least as wide (upper - lower) as its threshold. Counting two hidden cells in each row and column is not enough.
//
// The reader is not assumed to know why a figure is hidden, nor which hidden figures are primary: the status is for
// whoever prepares the table and must not be published with it.
//
// The table together with its margins is a network: rows and columns are nodes, each figure is an arc from its row to
// its column (the margins the other way), and whatever a reader cannot rule out is a circulation. Bounds are therefore
// maximum flows, and exact whole numbers.
//
// # What is hidden besides
//
// Secondary figures may be cells and margins alike. Cost is the number of hidden figures, margins counted, then the
// sum of their values. Up to 6 x 6 the cheapest safe pattern is searched for and proved (optimal is true), unless the
// limit of steps ends the search first. Up to 12 x 12 the search is tried for some milliseconds; larger tables get a
// good safe pattern, and optimal is false except where the primary figures alone are safe. Every pattern is audited before it leaves. Where only hiding all is safe, all is
// hidden, with a warning.
//
// Without margins nothing but the primary cells needs hiding, and no interval has an end.
//
// # Rounding
//
// Round5 is the rule of the national data sets, which package disclosure holds: 0 stays, 1 to threshold-1 is replaced,
// everything else goes to the nearest 5, each figure by itself from its exact count, totals too. Totals then need not
// add up. A reader who adds the rounded figures up still learns something, since each is within 2 of the truth: the
// intervals say what, and a warning names the primary figures that this leaves narrower than their threshold or not
// nought. Nothing more is hidden for it: the rule leaves no choice, so optimal is true.
package suppress
