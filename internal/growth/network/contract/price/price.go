// Package price is the arithmetic of a contract: pence, shares of a year's block, and whether a volume lies in the band in which a
// price holds. Everything is whole numbers, so that nothing is lost by rounding: the months of a year add up to its block.
package price

import (
	"errors"
	"strconv"
	"strings"
)

// Pence is an amount of money.
type Pence int64

// Most is the highest amount that a contract can hold: a thousand million pounds. Products with counts of a million stay far within
// 64 bits.
const Most Pence = 100_000_000_000

// String is the amount in pounds: "£1,234.50"; whole pounds without pence.
func (p Pence) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	pounds := strconv.FormatInt(int64(p/100), 10)
	for i := len(pounds) - 3; i > 0; i -= 3 {
		pounds = pounds[:i] + "," + pounds[i:]
	}
	if p%100 == 0 {
		return sign + "£" + pounds
	}
	return sign + "£" + pounds + "." + string([]byte{byte('0' + p%100/10), byte('0' + p%10)})
}

// ErrAmount says that a text is no amount of money.
var ErrAmount = errors.New("not an amount of money")

// Parse reads what somebody typed: "45", "£1,250.50", "45.5".
func Parse(text string) (Pence, error) {
	text = strings.NewReplacer(",", "", " ", "", "£", "").Replace(text)
	whole, part, dotted := strings.Cut(text, ".")
	if whole == "" || dotted && part == "" || len(part) > 2 || len(whole) > 10 {
		return 0, ErrAmount
	}
	for len(part) < 2 {
		part += "0"
	}
	var p Pence
	for _, r := range whole + part {
		if r < '0' || r > '9' {
			return 0, ErrAmount
		}
		p = 10*p + Pence(r-'0')
	}
	if p > Most {
		return 0, ErrAmount
	}
	return p, nil
}

const monthsOfYear = 12

// Block is the part of a year's block that falls on some months, counted from the month in which the price began: months 0 to 12 are
// the first year. The parts of any division of a year add up to the block.
func Block(year Pence, from, to int) Pence { return upTo(year, to) - upTo(year, from) }

func upTo(year Pence, months int) Pence { return year * Pence(months) / monthsOfYear }

// Items is what a number of items come to.
func Items(each Pence, n int) Pence { return each * Pence(n) }

// Band says where a volume lies against what was expected.
type Band string

// The places. Edge is a volume that is told rounded, or hidden, and might lie on either side.
const (
	Below  Band = "below"
	Within Band = "within"
	Above  Band = "above"
	Edge   Band = "edge"
)

// Place says where n in some months lies, when so many are expected in a year and the price holds a percentage on either side. The
// ends belong to the band.
func Place(n, expected, percent, months int) Band {
	// n of months against expected of a year, both times 12 times 100.
	lot, middle := n*monthsOfYear*100, expected*months
	switch {
	case lot < middle*(100-percent):
		return Below
	case lot > middle*(100+percent):
		return Above
	}
	return Within
}

// PlaceOf says where any of the volumes from least to most lies: Edge where they lie in different places.
func PlaceOf(least, most, expected, percent, months int) Band {
	a := Place(least, expected, percent, months)
	if a != Place(most, expected, percent, months) {
		return Edge
	}
	return a
}

// Reach says of a share whether it is at least, or at most, a percentage.
type Reach string

// The answers. Close is a share that is told rounded, or hidden, and might be either.
const (
	Met    Reach = "met"
	Missed Reach = "missed"
	Close  Reach = "close"
)

// Span is the least and the most that a count may be, from how it is told.
type Span struct{ Least, Most int }

// ReachOf says whether every share that fits what is told keeps a target in per cent, or none does. atMost is of what should be rare.
// A part is never more than its whole.
func ReachOf(part, whole Span, target int, atMost bool) Reach {
	keeps := func(part, whole int) bool {
		if atMost {
			return 100*part <= target*whole
		}
		return 100*part >= target*whole
	}
	// The share is lowest with the least part of the most, and highest with the most part of the least.
	low := keeps(part.Least, max(whole.Most, part.Least))
	high := keeps(min(part.Most, max(whole.Least, part.Least)), max(whole.Least, part.Least, 1))
	if part.Most > whole.Least { // a whole of its own part may be the highest
		high = keeps(1, 1)
	}
	switch {
	case low && high:
		return Met
	case !low && !high:
		return Missed
	}
	return Close
}
