// Package funnel compares organisations without ranking them: each unit's
// proportion or ratio against a common target, inside limits that narrow as the
// unit grows. It is pure: counts in, labels and limits out.
//
// # Without over-dispersion
//
// A proportion has the limits of the UK Health Security Agency, the normal form
// target ± z √(target (1 − target) / n), kept within 0 and 1. A ratio of
// observed to expected has the exact Poisson limits that FunnelPlotR draws,
// χ²(0.025; 2E)/2E and χ²(0.975; 2E+2)/2E. A ratio is labelled by the exact
// Poisson rule of the Agency: high when E lies under the exact lower limit of
// the observed count, that is when so many cases or more have a chance under
// 2.5%. The lines are smooth and counts are not, so label and line can differ by
// about one case.
//
// # With over-dispersion
//
// On real data the limits above flag nearly every organisation. The method of
// Spiegelhalter (2005), as FunnelPlotR executes it, widens them by what the units
// differ beyond chance:
//
//  1. transform. Proportion: y = asin √p, target asin √(ΣO/Σn), s = 1/(2√n).
//     SHMI ratio: y = ln(O/E), target 0, s = 1/√E. CQC ratio: y = √(O/E),
//     target 1, s = 1/(2√E);
//  2. z = (y − target)/s, with the tails tamed. Proportions and CQC are
//     winsorised: what lies beyond the quantiles trim and 1 − trim (R's type 7)
//     is moved to them. SHMI truncates: with k = 1/trim, a unit whose
//     floor(rank k/(n+1)) is 0 or k−1 is left out, and n shrinks;
//  3. φ is the mean of the tamed z²; τ² = (nφ − (n−1)) / (Σw − Σw²/Σw) with
//     w = 1/s², over the units that are left, and 0 where that is negative;
//  4. limits: target ± z √(s² + τ²), transformed back. Where the transformed
//     limit leaves the range of the transformation (a small unit), the limit is 0
//     or 1: going on would turn it round.
//
// z is 1.959964 for 95% and 3.090232 for 99.8%, the figures that both programs
// print. A value on a limit is within it.
//
// # Edges
//
// In the SHMI method a unit with nothing observed has no logarithm: its y and z
// are null, it ranks lowest, is never used, and is labelled by the exact rule.
package funnel
