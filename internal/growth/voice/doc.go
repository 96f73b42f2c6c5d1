// Package voice is what growth hears of feedback, and what came of it.
//
// It hears marks, counts of themes and the quotes that the team released: never a comment, and no count under its threshold (calc/
// disclosure, special topic: those who read it are colleagues of those who wrote). The growth login has no privilege on anything else
// (ADR 5).
//
// An entry of "You said, we did" says what people said, on a theme, and what was done, with an action of the strategy where there is
// one. Its life:
//
//	draft ──> published ──> withdrawn
//
// A draft is changed as often as it takes; what is published is changed by publishing it again. Staff of every client read what is
// published on their own pages, and nothing else of it. An entry has a day on which somebody looks whether it still holds; after it
// the list says that it is overdue.
package voice
