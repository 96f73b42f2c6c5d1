// Package chart draws charts as SVG inside the page, for everybody: no script, no
// image file, no inline style (the content security policy forbids it; colours
// come from assets/scss/_chart.scss, positions are SVG attributes).
//
// Each chart is a figure of four parts:
//
//   - one plain sentence that says what it shows, written by the same code that
//     computed it, so that nobody has to read a chart to know;
//   - the drawing, an image with a title and a description for screen readers;
//   - a key. Classes of points differ in shape as well as in colour;
//   - the data as a table, under a summary that opens without script.
//
// Drawings have a viewBox and fill the width they are given. They are laid out on
// a canvas narrow enough for its text to stay readable at 320 pixels.
//
// A component takes a value that holds everything; the layout is computed by pure
// functions and tested as values. The words come by key from content/words/en/chart.yaml.
package chart
