// Package collection is the case studies that organisations hand over to a nation that called for them (package call).
//
// What is handed over is a published case study, as it is: triggers compare every word, and every number of
// what was measured, which is held to the verdict that the organisation keeps. The nation has a copy with its chart, frozen, and the day it ends on. It is
// shown no more after that day, when the organisation takes it back, and when the study is withdrawn or replaced at home: the same
// transaction ends the copy, and the nation's login reads it no more.
package collection
