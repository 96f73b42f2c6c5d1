// Package figure is how one part of the growth wing relies on a number of another without losing where it came
// from.
//
// A figure has a reference (kind and name), a period, a value in words or the reason why there is none, the
// definition and version under which it was computed, its source and the source's date. Each slice that has
// figures offers a Book of one or more kinds; the composition root gathers them in a Library.
//
// Whoever relies on a figure cites it: the citation keeps all of that as it stood. Later the page asks the book
// for the same period again:
//
//   - Current: it still says the same under the same version;
//   - Stale: the value of that very period is another one now;
//   - Recounted: it is counted under another version of its definition now, so the two must not be compared;
//   - Newer: it holds, and the source has a later period;
//   - Gone: the source no longer has it.
//
// A citation is never changed or taken away. Values have passed disclosure control before they become figures.
package figure
