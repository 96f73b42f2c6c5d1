package demand

import (
	"maps"
	"math"
	"slices"
)

// Range is where a number lies with 19 in 20 chances, where that is not as far above as below; nothing where nobody knows.
type Range struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// fewestWeeks is of how many weeks a doubt is told: of fewer, how they differ is itself a guess.
const fewestWeeks = 8

// counted is how many of something there were from a day up to and including another.
type counted func(from, to int) int

// ratioSE is the standard error of one count over another, by how far the weeks of a time are apart: what comes in clusters (one clinic, one
// absence, one person who comes often) makes it wider, which a formula for single people would not see. 0 for fewer than fewestWeeks weeks.
func ratioSE(part, all counted, from, to int) float64 {
	weeks := (to - from + 1) / 7
	sum := float64(all(from, to))
	if weeks < fewestWeeks || sum <= 0 {
		return 0
	}
	ratio, square := float64(part(from, to))/sum, 0.0
	for monday := from; monday+6 <= to; monday += 7 {
		off := float64(part(monday, monday+6)) - ratio*float64(all(monday, monday+6))
		square += off * off
	}
	n := float64(weeks)
	return math.Sqrt(square*n/(n-1)) / sum
}

// meanOf is a sum over a count, with its error.
func meanOf(sum, n counted, from, to int) Mean {
	m := mean(sum(from, to), n(from, to))
	if m.N > 0 {
		m.SE = ratioSE(sum, n, from, to)
	}
	return m
}

// doubt fills in the errors of shares: each is of the days that all of them have.
func doubt(all []Part, m map[string]Series, from, to int) {
	total := func(a, b int) (sum int) {
		for _, s := range m {
			sum += s.between(a, b)
		}
		return sum
	}
	for i := range all {
		all[i].SE = ratioSE(m[all[i].Name].between, total, from, to)
	}
}

// first fills in how long those waited whose first appointment was with a role, where they are enough.
func first(all []Part, h *History, from, to int) {
	for i := range all {
		p := &all[i]
		if n := h.First[p.Name].between(from, to); n >= leastFirst {
			w := meanOf(h.FirstDays[p.Name].between, h.First[p.Name].between, from, to)
			p.First, p.Wait, p.WaitSE = n, w.Value, w.SE
		}
	}
}

// bounds are where a quantile of n numbers lies: those whose ranks are 1.96 standard deviations of a binomial below and above its own. at
// gives the number below which a share of them is.
func bounds(p float64, n int, at func(float64) float64) Range {
	half := told * math.Sqrt(p*(1-p)/float64(n))
	return Range{at(max(p-half, 0)), at(min(p+half, 1))}
}

// within gives the number below which a share of whole numbers lies, each spread over half to either side: so that it moves evenly from one
// to the next.
func within(all Series, n int) func(float64) float64 {
	keys := slices.Sorted(maps.Keys(all))
	return func(p float64) float64 {
		left := p * float64(n)
		for _, k := range keys {
			if c := float64(all[k]); c > 0 {
				if left <= c {
					return float64(k) - 0.5 + left/c
				}
				left -= c
			}
		}
		return float64(slices.Max(keys)) + 0.5
	}
}

// doubt is how far off the wandering may be. A week is off its expectation by a variance of chance and extra, of which a part remains from
// the week before: the more remains, the fewer weeks these are worth. Levels, months and growth that were fitted to the same weeks have
// taken some of the wandering for their own, the more the longer it lasts: so there may be more of it than is seen, rather than less.
func (l *Level) doubt(chance, extra float64, fitted int) {
	n := float64(l.Weeks)
	lasts := func(kept float64) float64 { return (1 + kept*kept) / (1 - kept*kept) }
	taken := min(float64(fitted)*(1+l.Memory)/(1-l.Memory)/n, 0.5)
	more := extra / (1 - taken)
	kept := (l.Memory*extra + more - extra) / more
	se := func(extra, memory float64) float64 {
		all := chance + extra
		return all * math.Sqrt(2/n*lasts(memory*extra/all))
	}
	l.SDRange = Range{math.Sqrt(max(extra-told*se(extra, l.Memory), 0)), math.Sqrt(more + told*se(more, kept))}
	off := told * (chance + extra) / extra / math.Sqrt(n)
	l.MemoryRange = Range{max(l.Memory-off, 0), min(kept+off, longestMemory)}
}

// fitted is how many numbers of a fit move the weeks of all types together: level, growth, and months.
func (f *Fits) fitted() int {
	const monthly = 11
	n := 1
	if slices.ContainsFunc(f.Rates, func(r Rate) bool { return r.Trended && r.Trend != 0 }) {
		n++
	}
	if slices.ContainsFunc(f.Rates, func(r Rate) bool { return r.Monthly }) {
		n += monthly
	}
	return n
}
