package chart

import (
	"fmt"
	"strconv"
)

// Stack shows how the time from start to end divides into states, as one bar.
type Stack struct {
	ID       string
	Title    string
	Unit     string // "working days"
	Decimals int
	Parts    []Part // in the order in which people pass through them
}

// Part is one state and the time in it.
type Part struct {
	Label string
	Value float64
}

// piece is a part as drawn: numbered, so that the key does not need colour.
type piece struct {
	Part
	Number   string
	Class    string
	X, W     float64
	Share    float64
	Numbered bool // wide enough for its number
}

const (
	stackTop, stackHeight = 8.0, 48.0
	// numberRoom is the width that a two-figure number takes.
	numberRoom = 22.0
	// stackTones is how many fills the style sheet has; neighbours always differ.
	stackTones = 4
)

func (s Stack) total() (total float64) {
	for _, p := range s.Parts {
		total += max(p.Value, 0)
	}
	return total
}

func (s Stack) pieces() []piece {
	total, x := s.total(), 0.0
	var out []piece
	for i, p := range s.Parts {
		piece := piece{Part: p, Number: strconv.Itoa(i + 1), Class: "tone-" + strconv.Itoa(i%stackTones+1), X: x}
		if total > 0 {
			piece.Share = max(p.Value, 0) / total
			piece.W = piece.Share * width
			piece.Numbered = piece.W >= numberRoom
		}
		x += piece.W
		out = append(out, piece)
	}
	return out
}

// Sentence names the state that takes the most time.
func (s Stack) Sentence() string {
	var longest piece
	for _, p := range s.pieces() {
		if p.W > longest.W {
			longest = p
		}
	}
	if longest.W == 0 {
		return "There is no data yet."
	}
	return fmt.Sprintf("Most time goes into “%s”: %s of %s (%s).", longest.Label,
		number(longest.Value, s.Decimals), withUnit(number(s.total(), s.Decimals), s.Unit), percent(longest.Share))
}

func (s Stack) table() table {
	t := table{Caption: withUnitNote(s.Title, s.Unit), Head: []string{"State", "Time", "Share"}, Numeric: []bool{false, true, true}}
	for _, p := range s.pieces() {
		t.Rows = append(t.Rows, []string{p.Number + ". " + p.Label, number(p.Value, s.Decimals), percent(p.Share)})
	}
	return t
}
