// Package linked publishes several divisions of the same people (by staff group, by site, by sex ...) without giving the small groups
// away. Each division is a list of groups; of each group there is a whole (who works there) and a part (who was reached).
//
// Every division adds up to the same people, so what one hides another may tell: where nobody of the other sites is hidden, the one
// site that is hidden is what the staff groups make less the rest. Rounding to 5 blurs that by 2 for each group, and no more.
//
// # What is hidden
//
// Primary: a whole or a part under the threshold of the topic, and a part whose rest is (disclosure.Split). Then Protect attacks what
// is left with Intervals, as a reader would who knows that all divisions are of the same people, and hides the next smallest count of
// the division until no primary count, part, rest or whole, is pinned down: its interval begins at 0 and is at least as wide as the
// threshold. A division of which no count may be shown is hidden whole.
//
// # What a reader knows
//
// That a shown count is within 2 of the truth, that counts are nought or more, that a part is in its whole, and that parts and wholes
// of each division add up to the same. Not why a count is hidden. Intervals are found by linear programs (calc/disclosure/lp), whose
// ends may be fractions: they are rounded inwards, so that they are never too wide for the safety of Protect.
package linked
