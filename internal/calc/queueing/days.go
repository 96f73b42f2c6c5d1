package queueing

import "fmt"

// Days is a waiting list that is not steady: each day another mean number of Poisson referrals joins, then that day's Slots
// people are seen, or all if there are fewer. A day without a clinic has no slots.
type Days struct {
	Referrals []float64
	Slots     []int
	Initial   int
}

// mostDays are ten years of days.
const mostDays = 10 * 366

// Solve gives the mean list after each day. It is as exact as Clinic, and as it is no question that anybody types, it is not
// among the models of "rowan calc queue".
func (in Days) Solve() ([]float64, error) {
	var c check
	c.between("the number of days", len(in.Referrals), 1, mostDays)
	c.between("the number of days with slots", len(in.Slots), len(in.Referrals), len(in.Referrals))
	c.between("initial_list", in.Initial, 0, mostList)
	for i, r := range in.Referrals {
		c.notNegative(fmt.Sprintf("referrals of day %d", i), r)
		if r > mostReferrals {
			c.fail("referrals of day %d are %v: at most %d", i, r, mostReferrals)
		}
	}
	for i, n := range in.Slots {
		c.between(fmt.Sprintf("slots of day %d", i), n, 0, mostSlots)
	}
	if c.err != nil {
		return nil, c.err
	}
	l, out := newList(Clinic{Initial: in.Initial}), make([]float64, len(in.Referrals))
	for i, r := range in.Referrals {
		l.first, l.arriving = poisson(r)
		l.slots, l.transform = in.Slots[i], nil // the transform was of yesterday's referrals
		l.step()
		out[i] = l.mean()
	}
	return out, nil
}

func (l *list) mean() float64 {
	sum := 0.0
	for i, x := range l.p {
		sum += float64(i) * x
	}
	return float64(l.least) + sum
}
