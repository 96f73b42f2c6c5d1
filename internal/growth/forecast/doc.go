// Package forecast is honest about effect: what an action was to change is written down before it starts, and judged
// afterwards against what chance alone would have brought.
//
// A forecast names a figure that has a value for each month, the direction, how much (from one value to another, or by so many
// points), by the end of which month, what else might explain a change, and, if somebody likes, how sure they are. It is
// locked when it is registered: a trigger of the database refuses every change. It can be withdrawn with a reason, which is
// kept. Time is the server's.
//
// The start of an action is the day the server set when somebody said that it starts; while nobody has, it has none. A forecast
// counts as made before its start only if it was registered on an earlier day. Every other one is labelled late, judged like the
// rest, and left out of the calibration. So is one withdrawn before its start; one withdrawn later still counts, or
// calibration would be a question of what to withdraw. One without an action starts on a day that somebody typed: it is
// judged too, and shown apart.
//
// The judgement (judge.go) asks calc/effect where the mean after the start would lie had nothing changed, with months that
// depend on each other. It takes the definition in the version that was registered, the months up to the due one, and leaves out the
// month in which the action started, unless that was its first day. It says one of:
//
//   - too early: the due month is not complete;
//   - consistent: outside that band on the foretold side, and not apart from the foretold amount by more than chance;
//   - more: outside on the foretold side, and beyond the amount by more than chance. What was foretold came, so the calibration
//     counts it as such; that the amount was right is not said;
//   - less: outside the band on the foretold side, but short of the amount;
//   - no effect claimed: inside the band. That is not "there was none";
//   - the other way: outside on the other side;
//   - not to be judged: fewer months than a judgement takes, no figures for the due month even three months later, or a figure that
//     is no longer counted as it was;
//   - never started, stopped: the action did not run until the end of the due month, so there is nothing to judge.
//
// Every forecast that was registered in time and has fallen due is in the sentence of the calibration, under one of these. None
// can disappear by starting late, stopping, or changing what a measure counts.
//
// The first five but too early are a verdict. It is kept, with the months it was given by and their fingerprint, when it is first given: by the
// job that looks twice a day (jobs.go), or by the page that somebody opens earlier. The months of the baseline are kept too,
// when a forecast is registered. What reads otherwise later is said beside the verdict, and does not replace it.
//
// Consistent never means caused: the page lists what else was said to explain it.
//
// The monthly review (review.go) goes through what missed its target or got worse, and what got better. Each gets a
// decision, and who decided when is kept: an action, to watch, to accept with a reason, or the draft of a story.
//
// The value chain (chain.go) is how occupational health is held to reach patients, each step with its source and how
// strong the evidence for it is.
package forecast
