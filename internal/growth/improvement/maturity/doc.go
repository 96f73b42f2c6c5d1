// Package maturity says how grown-up an organisation is, in themes of five levels, each level with what one would see.
//
// One framework ships with Rowan (content/packs/maturity.yaml): ours, neutral, and labelled as such on every page. Others,
// local or licensed, are taken in from a CSV file with the columns code, theme and level1 to level5, one row a theme. A
// row that cannot be taken is listed with line, column and reason, never with its content, and the others are taken. A
// file can be checked first; the same rows again change nothing.
//
// Ours has versions (growth/framework). Version 1 ships; a community of practice above the organisation publishes later ones, and whoever
// leads takes one up: it is copied, and ratings say from then on under which version they were made. Where the words of a theme are
// others now, the page says so, and asks for a new rating. Nothing is taken up by itself.
//
// A rating is a level, the evidence for it, the next step, and the day it was made. Ratings are never changed: the newest
// counts, and the one before is shown beside it. People judge, nothing is added up to a score.
package maturity
