// Package appraisal discounts the costs and the benefits of an investment by the
// rules of the Green Book. It is pure: flows by year in, figures out.
//
// Flows are real (without inflation) and by year, year 0 first; a list that ends
// early goes on with zeros. Costs and benefits are both written as positive
// amounts. Year 0 is not discounted. The factor of year t is the factor of year
// t−1 over 1 + the rate of year t, so that the lower rate from year 31 applies to
// the steps from then on and does not reach back: 1.03^-31 is the usual mistake.
// The schedules are data with a date and a source (content/packs/discount-rates.json).
//
//   - npsv = pv_benefits − pv_costs; bcr = benefits over costs; roi = (benefits −
//     costs) over costs. A statement such as "4.7 to 1" is a bcr.
//   - irr: the constant rate at which the net flows are worth nothing. It is given
//     only when there is exactly one: how many there are is counted in exact whole
//     numbers (Descartes' rule on ever smaller intervals), not by trying rates.
//   - payback_years, undiscounted: the first time at which the sum of the net flows
//     is not under 0, the flow of a year coming in evenly over that year. With −100
//     in year 0 and 40 in each year after, that is 2.5.
//   - equivalent_annual_cost: the even amount in each of the years 1 to the last
//     that has the same present value as the costs: pv_costs over the sum of the
//     factors of these years, which at a constant rate r is the annuity r / (1 −
//     (1+r)^-n). A cost of 10 in each of these years has an equivalent of 10.
//
// With optimism, the same again ("adjusted") with capital and running costs
// raised by their share and benefits lowered by theirs.
package appraisal
