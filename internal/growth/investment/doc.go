// Package investment says what a plan costs, what it brings, and what came of it.
//
// # The plan
//
// Twenty financial quarters from a quarter that the head of occupational health sets. Four options: nothing, minimum,
// preferred, maximum. Lines and benefits are changes against doing nothing, and each is in an option or not, so doing
// nothing costs and brings nothing here and every figure is incremental.
//
// # Lines
//
// People, training, estate, licences and contracts. A line has an amount in prices of the first year: a year's where it
// recurs, spread evenly over its quarters, or one sum in its first quarter. It rises by its own uplift or by general
// inflation. A people line with a band is priced person by person by calc/pay, rises by the uplift of pay, and has two
// views: what the trust's budget pays (pension 14.38%) and the full economic cost (23.78%). Posts of the workforce plan
// come in the same way through a joint. A line may belong to one of them, there or planned.
//
// Optimism bias is a percentage on the cost by type of project, from a pack with its source. It starts at the type's upper
// end; whoever takes less says why.
//
// # Benefits
//
// Units a year (low, most likely, high) times pounds a unit, times attribution, times the share of the measure it may
// claim, ramped up by quarter. One saved day has one owner: benefits that move the same measure for the same population
// share it, and in no option do their shares add up to more than one. Published returns never multiply anything: an
// option whose benefit over cost is above them is pointed out.
//
// # Two views
//
//   - financial: the trust's budget. Costs with the 14.38% pension, National Insurance, levy and transfers; benefits that
//     release cash only.
//   - social: the public sector and the people in it. Costs with the 23.78% pension, without transfers (National
//     Insurance, the levy and lines marked so); all benefits.
//
// Cash is nominal. For the appraisal it is made real by general inflation, year by year of the plan, and discounted by
// the Green Book's standard rate (calc/appraisal): year 0 is the plan's first and is not discounted. The central case is
// with optimism bias on costs and benefits later by some quarters, at the most likely values; the same without either is
// shown beside it. Costs between the ends of their bias and benefits between low and high are drawn 100,000 times
// (calc/montecarlo).
package investment
