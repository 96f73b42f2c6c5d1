// Package programme is the plan of a national programme: workstreams with milestones, and partners with commitments. Both are promises
// under a strand, and live alike: somebody owns one, it is due on a day, it is delivered with evidence, or moved with a reason. The day
// it was first due on stays in sight, however often it moves.
//
// It runs under the growth login with the nation as its tenant (docs/nation.md).
package programme
