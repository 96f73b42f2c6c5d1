// Package series keeps dated series that Rowan does not count itself: turnover, incidents, uptake, mandatory training.
// They come as files (seriesfile reads them, docs/data-in.md is the layout).
//
// A measure has a definition: what is counted, of what, unit, direction, source, frequency, and which disclosure rule
// holds. content/packs/measures.yaml suggests some; a file may bring its own, and a changed one is a new version. A
// measure that nothing defines is refused row by row.
//
// A point has numbers, or a state in words. Four things are never mixed up, nor taken for zero: suppressed at the
// source, not collected, not declared, and missing, which is a period between others that no file said anything about.
// All four are gaps in a chart.
//
// A file is taken whole or not at all. It replaces the periods it names and leaves the others; the same file again
// changes nothing.
//
// Counts of people pass disclosure control for every reader, so that no page of growth shows a small one: 1 to 7 are
// hidden (for special topics all under 10), others are rounded to the nearest 5, a rate is made of the rounded numbers
// and only of 11 or more.
package series
