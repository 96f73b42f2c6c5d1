// Package fivecase is the business case that is written on an investment plan: one document in the five parts of the
// five case model, under delegated limits in a single stage.
//
// Strategic, economic, commercial, financial and management: each has questions, a text that the head of occupational
// health writes (every change is another version) and figures that the text relies on. Figures are cited as they stand when
// the part is saved; when a source moves on, the part says so. The economic and the financial part begin with tables that
// are worked out from the plan, never typed.
//
// The case prints as one HTML file that refers to nothing outside itself. Submitting it to the board freezes the text with
// its hash, with the figures of every option cited at that moment, and what every option said of each quarter: what the board
// decided about stays what it was, actual is held against it, and the page of a frozen case says which of its figures have
// moved since.
package fivecase
