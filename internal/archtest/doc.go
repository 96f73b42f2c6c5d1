// Package archtest holds the whole tree to the rules of the house (docs/design: arrows, sizes, words, comments).
// It reads source, never runs it. Each rule is a function from a [Tree] to the list of what breaks it; rules_test.go
// shows every rule a small tree that breaks it, so that a rule which went blind fails too.
//
// The rules:
//
//   - imports run one way: cmd, cli, app, web packages, slices, ground floor; care and growth meet in activity alone;
//     web packages never import each other nor a slice's queries; calc, access, fault and rules.go know no web, no
//     database and no clock (arrows.go);
//   - a file has at most 500 lines, a test 800; a package at most 12 files and 2,500 lines (size.go);
//   - every word on a page comes by key: no English in templates, every key that code names has words, every word
//     is used (words.go, keys.go); every action of the audit log and every permission has words (actions.go);
//   - no reminders left in the code, every exported identifier documented (comment.go).
package archtest
