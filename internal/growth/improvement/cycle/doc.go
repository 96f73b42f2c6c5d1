// Package cycle improves an action of the plan in small steps: the Model for Improvement.
//
// An action gets an aim (how much, by when, for whom), measures, which are figures cited as they stand (outcome, process
// or balancing), and then cycles, one after the other:
//
//	plan  a question, a prediction, and who does what when
//	do    what was done and seen
//	study what it says beside the prediction
//	act   adopt, adapt or abandon
//
// A step that has been written is not written again: the database refuses, because a prediction that changes afterwards
// teaches nothing. No step is dated in the future or before the one it follows. A new cycle begins when the one before has
// come to its end.
package cycle
