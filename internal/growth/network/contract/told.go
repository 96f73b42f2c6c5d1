package contract

import (
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
)

// Told is a count as a pack tells it: rounded, or too small to show.
type Told struct {
	N      int  `json:"n"`
	Hidden bool `json:"hidden,omitempty"`
}

func told(n int) Told { return toldOf(disclosure.Count(n, disclosure.General)) }

func toldOf(f disclosure.Figure) Told {
	n, ok := f.Value()
	return Told{n, !ok}
}

// threshold is the smallest count that is shown.
var threshold = disclosure.General.Rule().Threshold

// span is what the exact count may be.
func (t Told) span() price.Span {
	switch {
	case t.Hidden:
		return price.Span{Least: 1, Most: threshold - 1}
	case t.N == 0:
		return price.Span{}
	}
	return price.Span{Least: max(t.N-disclosure.Rounding, threshold), Most: t.N + disclosure.Rounding}
}

// Small says of a share that is not shown which side of it is too small.
type Small string

// The sides: neither, the whole itself, those that count, and the rest.
const (
	SmallNone  Small = ""
	SmallWhole Small = "whole"
	SmallPart  Small = "part"
	SmallRest  Small = "rest"
)

// Share is a share as a pack tells it.
type Share struct {
	Part    Told        `json:"part"`
	Whole   Told        `json:"whole"`
	Small   Small       `json:"small,omitempty"`
	Percent *int        `json:"percent,omitempty"` // from 11 up
	Reach   price.Reach `json:"reach,omitempty"`   // against the target; "" where there is nothing to judge
}

// share hides what is small, and judges what is left: every answer is a function of what is shown.
func share(part, whole, target int, atMost bool) Share {
	p, w := disclosure.Split(part, whole, disclosure.General)
	s := Share{Part: toldOf(p), Whole: toldOf(w)}
	switch {
	case whole == 0:
		return s
	case s.Whole.Hidden:
		s.Small = SmallWhole
		return s
	case s.Part.Hidden && disclosure.General.Rule().Hides(part):
		s.Small = SmallPart
		s.Reach = price.ReachOf(Told{Hidden: true}.span(), s.Whole.span(), target, atMost)
	case s.Part.Hidden:
		s.Small = SmallRest
		s.Reach = price.ReachOf(Told{Hidden: true}.span(), s.Whole.span(), 100-target, !atMost)
	case s.Part.N == s.Whole.N: // a rest of 1 to 7 would be hidden, and one of more would show
		s.Reach = price.ReachOf(price.Span{}, s.Whole.span(), 100-target, !atMost)
	default:
		s.Reach = price.ReachOf(s.Part.span(), s.Whole.span(), target, atMost)
	}
	if percent, ok := disclosure.Share(p, w).Value(); ok {
		s.Percent = &percent
	}
	if !disclosure.Group(s.Whole.span().Least) {
		s.Reach = "" // a share of ten is chance
	}
	return s
}

// LevelSays is a level in a pack.
type LevelSays struct {
	Title      string     `json:"title"`
	Definition string     `json:"definition"` // its label
	Days       *int       `json:"days,omitempty"`
	Clock      string     `json:"clock"`
	Target     int        `json:"target"`
	AtMost     bool       `json:"at_most,omitempty"`
	From       civil.Date `json:"from"`
	To         civil.Date `json:"to"`
	Share      Share      `json:"share"`
	Undue      Told       `json:"undue"` // that may still keep their limit
}

// LineSays is a price in a pack, with what it came to.
type LineSays struct {
	Item     string      `json:"item"`
	Basis    string      `json:"basis"`
	Pence    price.Pence `json:"pence"`
	Expected int         `json:"expected,omitempty"`
	Band     int         `json:"band,omitempty"`
	From     civil.Date  `json:"from"`
	To       civil.Date  `json:"to"`
	Counted  bool        `json:"counted"` // Rowan counts it
	Count    Told        `json:"count"`
	Place    price.Band  `json:"place,omitempty"`
	Amount   price.Pence `json:"amount"`
	Unknown  bool        `json:"unknown,omitempty"` // too few to say what it comes to
}

// line says what a price came to in the months in which it held, of a number of items. The price of items is of the rounded count, so
// that the amount tells no more than the count does.
func line(s Stretch[Line], n int) LineSays {
	l := s.Term
	out := LineSays{Item: l.Item, Basis: l.Basis, Pence: l.Pence, Expected: l.Expected, Band: l.Band, From: s.From, To: s.To, Counted: l.Item != Other}
	if out.Counted {
		out.Count = told(n)
	}
	if l.Expected > 0 {
		x := out.Count.span()
		out.Place = price.PlaceOf(x.Least, x.Most, l.Expected, l.Band, s.Months())
	}
	switch {
	case l.Basis == PerBlock:
		begun := between(l.From, s.From)
		out.Amount = price.Block(l.Pence, begun, begun+s.Months())
	case out.Count.Hidden:
		out.Unknown = true
	default:
		out.Amount = price.Items(l.Pence, out.Count.N)
	}
	return out
}

// About says whether an amount is made of a rounded count.
func (l LineSays) About() bool { return l.Basis == PerItem && !l.Unknown && l.Count.N > 0 }

// Score is the mean of answers from 1 to 5; hidden where fewer than 8 gave one.
type Score struct {
	Mean   string `json:"mean,omitempty"` // one decimal
	Hidden bool   `json:"hidden,omitempty"`
}

// score tells a mean from 8 answers up. It hides one of more people than the client knows to have been seen: that would tell it of people
// who came by themselves.
func score(sum, n, seen int) Score {
	switch {
	case n == 0:
		return Score{}
	case !disclosure.Statistic(n, disclosure.General) || n > seen:
		return Score{Hidden: true}
	}
	return Score{Mean: fmt.Sprintf("%.1f", float64(sum)/float64(n))}
}
