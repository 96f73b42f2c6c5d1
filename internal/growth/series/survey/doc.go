// Package survey keeps the results of staff surveys: the national ones as published and those of the organisation,
// side by side by question and year (surveyfile reads the files, docs/data-in.md is the layout).
//
// What is kept is the share of each answer. A question that was not asked in a year is not collected; a group with
// fewer than 11 responses is suppressed before it is stored, without its number. Shares of the organisation are shown
// as whole per cents and responses rounded to the nearest 5, so that a hidden group cannot be worked out from the
// others; the national ones are published and shown with one decimal.
//
// The headline of a question is the share of those answers that its scale names (content/packs/survey-scales.yaml):
// "agree" and "strongly agree", "often" and "always".
package survey
