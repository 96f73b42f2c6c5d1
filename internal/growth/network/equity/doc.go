// Package equity compares who gets to occupational health across an integrated care system (ICS), or the nation: by staff group, type of
// site, shift, age and what people declared. It is made of released figures alone (release, metric "access").
//
// Of each group it gives the rate ratio against the other groups of its division, pooled over the organisations of which both are known
// after Mantel and Haenszel: each organisation is compared with itself, so that one that sees more people, and has more of a group, makes
// no difference where there is none. The 95% interval is that of Greenland and Robins, widened by what the rounding to 5 may do. A group
// is named where the ratio is outside 0.8 to 1.25, its interval leaves 1 out and either side has 30 staff (domain/growth.md 9.4).
//
// An organisation in which a group is hidden is left out of that group's ratio, and how many are is said; the interval is widened by what
// these may have seen. Those of whom nothing is
// declared are no group: their share, and their own ratio against all others, stand apart. No organisation is ever shown.
package equity
