// Package seriesfile reads files of dated series: what was counted, in which period, of how many, or why there is no
// number. docs/data-in.md is the layout.
//
// A row without a date defines a measure; any other is a point of one. A point has numbers or a state in words, never
// both and never neither: an empty cell is not zero. A definition may stand anywhere in the file.
//
// A row that cannot be taken is known by line, column and the key of its reason, never by its content.
package seriesfile
