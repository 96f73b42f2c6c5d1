package queueing

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"gonum.org/v1/gonum/dsp/fourier"
)

// Clinic is a waiting list: each week Poisson referrals join, then Slots people are
// seen, or all if there are fewer.
type Clinic struct {
	Referrals  float64 `json:"referrals_per_week"`
	Slots      int     `json:"slots_per_week"`
	Initial    int     `json:"initial_list"`
	Weeks      []int   `json:"weeks"`
	Stationary bool    `json:"stationary"`
}

// ClinicAnswer has the list after each week asked for, in the order asked, and the list
// that it settles to.
type ClinicAnswer struct {
	Weeks      []Week       `json:"weeks"`
	Stationary *ListOfAWeek `json:"stationary"`
	Warnings   []string     `json:"warnings"`
}

// Week is the list after a week's clinic.
type Week struct {
	Week int `json:"week"`
	ListOfAWeek
}

// ListOfAWeek is the distribution of the number of people on the list.
type ListOfAWeek struct {
	Mean  float64 `json:"mean"`
	SD    float64 `json:"sd"`
	Empty float64 `json:"p_empty"`
	P50   int     `json:"p50"`
	P90   int     `json:"p90"`
	P95   int     `json:"p95"`
}

const (
	mostReferrals = 10_000    // a week: three times all referrals of the NHS
	mostList      = 1_000_000 // people at the start
	mostWeeks     = 520       // ten years
	mostAsked     = 1_000     // entries of weeks
	// trimmed is the probability that a week may lose at each end of the distribution.
	// Ten years lose 520 times 2 times that: 5e-13, under the 1e-12 that is promised.
	trimmed = 5e-16
	// direct is the number of products under which plain sums beat the transform.
	direct = 1 << 16
)

// Solve convolves week by week, and solves for the end.
func (in Clinic) Solve() (ClinicAnswer, error) {
	if err := in.check(); err != nil {
		return ClinicAnswer{}, err
	}
	out := ClinicAnswer{Weeks: make([]Week, len(in.Weeks)), Warnings: []string{}}
	l := newList(in)
	for _, i := range byWeek(in.Weeks) {
		for l.week < in.Weeks[i] {
			l.step()
		}
		out.Weeks[i] = Week{in.Weeks[i], l.describe()}
	}
	if in.Stationary {
		rho := in.Referrals / float64(in.Slots)
		switch {
		case in.Referrals >= float64(in.Slots):
			out.Warnings = append(out.Warnings, "there are as many referrals as slots or more: the list never settles")
		case rho > highestLoad:
			slack := (float64(in.Slots) - in.Referrals) / float64(in.Slots)
			w := newCritical(slack, in.Slots)
			out.Stationary = &ListOfAWeek{w.mean(), math.Sqrt(w.v), w.empty(), w.percentile(0.5), w.percentile(0.9), w.percentile(0.95)}
			out.Warnings = append(out.Warnings, nearOne(slack)...)
		default:
			w := newWalk(in.Referrals, in.Slots)
			out.Stationary = &ListOfAWeek{w.mean(), math.Sqrt(w.variance()), w.atMost(0), w.percentile(0.5), w.percentile(0.9), w.percentile(0.95)}
		}
	}
	return out, nil
}

func (in Clinic) check() error {
	var c check
	c.notNegative("referrals_per_week", in.Referrals)
	if in.Referrals > mostReferrals {
		c.fail("referrals_per_week is %v: at most %d", in.Referrals, mostReferrals)
	}
	c.between("slots_per_week", in.Slots, 0, mostSlots)
	c.between("initial_list", in.Initial, 0, mostList)
	c.between("the number of weeks asked for", len(in.Weeks), 0, mostAsked)
	for i, n := range in.Weeks {
		c.between(fmt.Sprintf("weeks[%d]", i), n, 0, mostWeeks)
	}
	if c.err == nil && len(in.Weeks) == 0 && !in.Stationary {
		return errors.New("nothing is asked: give weeks, or stationary true")
	}
	return c.err
}

// byWeek is the order in which to answer.
func byWeek(weeks []int) []int {
	order := make([]int, len(weeks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return weeks[i] - weeks[j] })
	return order
}

// list is the distribution after some weeks: p[i] is the chance of least + i people.
type list struct {
	week, least int
	p           []float64
	slots       int
	first       int // referrals: arriving[i] is the chance of first + i
	arriving    []float64
	transform   *fourier.FFT
	spectrum    []complex128 // of arriving, for that transform
}

func newList(in Clinic) *list {
	l := &list{least: in.Initial, p: []float64{1}, slots: in.Slots}
	l.first, l.arriving = poisson(in.Referrals)
	return l
}

// step is one week: referrals, then the clinic.
func (l *list) step() {
	sum := l.convolve()
	l.least += l.first - l.slots
	if l.least < 0 { // whoever would be below zero is nobody
		empty := min(-l.least, len(sum)-1)
		for i := range empty {
			sum[empty] += sum[i]
		}
		sum, l.least = sum[empty:], 0
	}
	low, high := 0, len(sum)
	for lost := math.Abs(sum[0]); lost < trimmed && low < high-1; lost += math.Abs(sum[low]) {
		low++
	}
	for lost := math.Abs(sum[high-1]); lost < trimmed && high > low+1; lost += math.Abs(sum[high-1]) {
		high--
	}
	l.p, l.least = sum[low:high], l.least+low
	l.week++
}

// convolve is the distribution of list and referrals together.
func (l *list) convolve() []float64 {
	size := len(l.p) + len(l.arriving) - 1
	if len(l.p)*len(l.arriving) <= direct {
		sum := make([]float64, size)
		for i, x := range l.p {
			for j, y := range l.arriving {
				sum[i+j] += x * y
			}
		}
		return sum
	}
	points := 1 << bits.Len(uint(size-1))
	if l.transform == nil || l.transform.Len() != points {
		l.transform = fourier.NewFFT(points)
		l.spectrum = l.transform.Coefficients(nil, pad(l.arriving, points))
	}
	product := l.transform.Coefficients(nil, pad(l.p, points))
	for i := range product {
		product[i] *= l.spectrum[i] / complex(float64(points), 0)
	}
	return l.transform.Sequence(nil, product)[:size]
}

func pad(p []float64, n int) []float64 {
	out := make([]float64, n)
	copy(out, p)
	return out
}

func (l *list) describe() ListOfAWeek {
	var out ListOfAWeek
	offset := 0.0
	for i, x := range l.p {
		offset += float64(i) * x
	}
	variance := 0.0
	for i, x := range l.p {
		variance += (float64(i) - offset) * (float64(i) - offset) * x
	}
	out.Mean, out.SD = float64(l.least)+offset, math.Sqrt(max(variance, 0))
	if l.least == 0 {
		out.Empty = max(l.p[0], 0)
	}
	below, i := 0.0, -1
	at := func(share float64) int {
		for below < share-rounding && i < len(l.p)-1 {
			i++
			below += l.p[i]
		}
		return l.least + max(i, 0)
	}
	out.P50, out.P90, out.P95 = at(0.5), at(0.9), at(0.95)
	return out
}

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
