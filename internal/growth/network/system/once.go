package system

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// lives is when each organisation first and last told a metric.
type lives map[Who][2]civil.Date

func livesOf(values []Value, metric string) lives {
	out := lives{}
	for _, v := range values {
		if v.Metric != metric {
			continue
		}
		x, ok := out[v.Who]
		if !ok || v.Month.Before(x[0]) {
			x[0] = v.Month
		}
		if !ok || v.Month.After(x[1]) {
			x[1] = v.Month
		}
		out[v.Who] = x
	}
	return out
}

// holds says whether what an organisation told last still stands for it. It does while nobody has told the metric for the first time since:
// whoever is named no longer goes on under a new pseudonym, and both would count. Which of the new ones it is cannot be known, and must not
// be; so whoever is silent since somebody new began counts again when they next tell something. A month of a metric leaves an organisation
// once, under whatever name, so that each counts once.
func (l lives) holds(who Who) bool {
	for _, x := range l {
		if x[0].After(l[who][1]) {
			return false
		}
	}
	return true
}

// once leaves out what no longer stands, of metrics of which the newest figure holds until it is told again.
func once(values []Value, p release.Pack) []Value {
	by := map[string]lives{}
	for _, v := range values {
		if _, ok := by[v.Metric]; !ok {
			by[v.Metric] = livesOf(values, v.Metric)
		}
	}
	return slices.DeleteFunc(slices.Clone(values), func(v Value) bool {
		m, ok := p.Find(v.Metric)
		return ok && m.Kind != release.Share && !by[v.Metric].holds(v.Who)
	})
}

// Most is how many organisations there are at least by what they told: as many as told one metric. One that goes on under a new
// pseudonym has a row for each, and tells a metric in one of them.
func Most(rows []Side) (n int) {
	by := map[string]int{}
	for _, r := range rows {
		metrics := map[string]bool{}
		for k := range r.Figures {
			metrics[k[0]] = true
		}
		for m := range metrics {
			by[m]++
			n = max(n, by[m])
		}
	}
	return n
}
