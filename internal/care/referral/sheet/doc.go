// Package sheet is what a manager or HR writes when they refer somebody: the questions, the code lists, what
// is still missing, how complete it is, and how two versions differ. It is pure: values in, values out.
//
// A sheet has eight parts in the order of the journey: reason, why now, absence, the job and its hazards, what
// was tried, questions for OH, who else may read the report, and that the person was told and shown it. Five
// are needed before it can be sent; told is a hard stop that no other answer can replace, and covers exactly the
// answers that were shown: it carries their digest, and a later change undoes it. The sheet is written to be read
// by the person it is about: nothing in it is hidden from them.
package sheet
