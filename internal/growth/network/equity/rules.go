package equity

import (
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

// Metric is what organisations agree to share.
const Metric = "access"

// The rule of growth.md 9.4.
const (
	low, high  = 0.8, 1.25
	leastStaff = 30
	z95        = 1.959964
	// rounded is the variance of what rounding to 5 adds to a count: -2 to 2, each as likely.
	rounded = 2
)

// Group is a group of a division over all organisations of which it is known.
type Group struct {
	Code             string
	N                int // organisations in the ratio
	Hidden           int // that share it, and of which it or all it is compared with is too small to show
	Seen, Staff      int // of the group in them, as released
	RestSeen, RestOf int // of the others
	Enough           system.Enough
	Ratio, Low, High float64 // where there is enough
	Flagged          bool
}

// Per1000 are those seen of 1,000 staff.
func Per1000(seen, staff int) float64 {
	if staff == 0 {
		return 0
	}
	return 1000 * float64(seen) / float64(staff)
}

// Division is a way of dividing the staff.
type Division struct {
	ID     string
	Groups []Group // in the order of the list
	None   *Group  // of whom nothing is declared, against all others; nil where a division has no such group
	Share  float64 // per cent of staff of whom nothing is declared, in organisations of which that is known
}

// side is a group of one organisation.
type side struct{ seen, staff, groups int }

// Divide compares every group of every division; values are of one half-year and of one version of the definition.
func Divide(m release.Metric, values []system.Value, p release.Pack) (out []Division) {
	at := map[system.Who]int{}
	var by []map[string]release.Figure // one for each organisation, in the order of the values
	for _, v := range values {
		i, ok := at[v.Who]
		if !ok {
			i, at[v.Who] = len(by), len(by)
			by = append(by, map[string]release.Figure{})
		}
		by[i][v.Item] = v.Figure
	}
	for _, g := range m.Groups {
		d := Division{ID: g.ID}
		for _, code := range g.Codes {
			x := compare(by, g.ID, code, g.Codes, p)
			if code != reach.NotDeclared {
				d.Groups = append(d.Groups, x)
				continue
			}
			d.None = &x
			if all := x.Staff + x.RestOf; all > 0 {
				d.Share = 100 * float64(x.Staff) / float64(all)
			}
		}
		out = append(out, d)
	}
	return out
}

// compare sets a group beside the others that were declared, organisation by organisation.
func compare(by []map[string]release.Figure, division, code string, codes []string, p release.Pack) Group {
	x := Group{Code: code, Enough: system.Yes}
	var pairs, hidden [][2]side
	for _, figures := range by {
		f, ok := figures[division+"."+code]
		if !ok {
			continue
		}
		rest := side{}
		for _, other := range codes {
			if r := figures[division+"."+other]; other != code && other != reach.NotDeclared && r.State == release.Known {
				rest = side{rest.seen + *r.Part, rest.staff + *r.Whole, rest.groups + 1}
			}
		}
		if f.State != release.Known || rest.groups == 0 {
			if x.Hidden++; rest.groups > 0 && f.Whole != nil && *f.Whole > 0 {
				hidden = append(hidden, [2]side{{0, *f.Whole, 1}, rest})
			}
			continue
		}
		own := side{*f.Part, *f.Whole, 1}
		pairs = append(pairs, [2]side{own, rest})
		x.N++
		x.Seen, x.Staff, x.RestSeen, x.RestOf = x.Seen+own.seen, x.Staff+own.staff, x.RestSeen+rest.seen, x.RestOf+rest.staff
	}
	if x.Enough = enough(pairs, x, p); x.Enough == system.Yes {
		x.pool(pairs, hidden, p)
	}
	return x
}

// pool makes the ratio of what is known. Who hides a group mostly saw few of it, so that leaving these out alone would make the ratio too
// high: the interval holds besides what it would be had each of them seen nobody of it, or as many as are still too few to show.
func (x *Group) pool(pairs, hidden [][2]side, p release.Pack) {
	m, _ := p.Find(Metric)
	var ok bool
	if x.Ratio, x.Low, x.High, ok = ratio(pairs); !ok {
		x.Enough = system.FewUnits
		return
	}
	for _, few := range []int{0, m.Topic().Rule().Threshold - 1} {
		all := slices.Clone(pairs)
		for _, s := range hidden {
			s[0].seen = min(few, s[0].staff)
			all = append(all, s)
		}
		if _, low, high, ok := ratio(all); ok {
			x.Low, x.High = min(x.Low, low), max(x.High, high)
		}
	}
	x.Flagged = (x.Ratio < low || x.Ratio > high) && (x.Low > 1 || x.High < 1) && x.Staff >= leastStaff && x.RestOf >= leastStaff
}

// enough holds a ratio to the rule of a benchmark: on neither side may one organisation be nearly all of it.
func enough(pairs [][2]side, x Group, p release.Pack) system.Enough {
	if len(pairs) < p.Least {
		return system.FewUnits
	}
	for _, s := range pairs {
		if s[0].staff*100 > p.MostPercent*x.Staff || s[1].staff*100 > p.MostPercent*x.RestOf {
			return system.Dominated
		}
	}
	return system.Yes
}

// ratio pools the ratios after Mantel and Haenszel, with the interval of Greenland and Robins; ok is false where nobody was seen.
func ratio(pairs [][2]side) (pooled, low, high float64, ok bool) {
	var up, down, spread, upError, downError float64
	for _, s := range pairs {
		a, n1, c, n0 := float64(s[0].seen), float64(s[0].staff), float64(s[1].seen), float64(s[1].staff)
		n := n1 + n0
		up, down = up+a*n0/n, down+c*n1/n
		spread += ((a+c)*n1*n0 - a*c*n) / (n * n)
		upError += rounded * (n0 / n) * (n0 / n)
		downError += rounded * float64(s[1].groups) * (n1 / n) * (n1 / n)
	}
	if up <= 0 || down <= 0 {
		return 0, 0, 0, false
	}
	half := z95 * math.Sqrt(spread/(up*down)+upError/(up*up)+downError/(down*down))
	pooled = up / down
	return pooled, pooled * math.Exp(-half), pooled * math.Exp(half), true
}
