// Package cohort is the development cohorts that a national programme offers: places, who applied, who started, who completed. They are
// counts and no people. Each stage is counted once and never anew; what is shown is after disclosure control, both sides of each step:
// of 20 who started and 19 who completed, everybody would know the one (docs/nation.md).
package cohort
