package note

import (
	"slices"
	"sync"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// code is one entry of a pack.
type code struct {
	Code  string
	Asks  []string // facts that the code needs: effective, words, review, adjustments, end
	Roles []string // who may give it; everybody who records outcomes when empty
}

func (c code) asks(what string) bool { return slices.Contains(c.Asks, what) }

// codeList is a pack of codes.
type codeList struct {
	Codes  []code
	Phased []int `yaml:"phased_return"`
}

var (
	fitnessPack     = sync.OnceValue(func() codeList { return pack.BuiltIn[codeList]("fitness") })
	adjustmentsPack = sync.OnceValue(func() codeList { return pack.BuiltIn[codeList]("adjustments") })
)

var fitness = sync.OnceValue(func() map[string]code {
	m := map[string]code{}
	for _, c := range fitnessPack().Codes {
		m[c.Code] = c
	}
	return m
})

func codes(list []code) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.Code
	}
	return out
}

// Fitness lists the fitness codes in the order of the pack.
func Fitness() []string { return codes(fitnessPack().Codes) }

// Adjustments lists the kinds of adjustment in the order of the pack.
func Adjustments() []string { return codes(adjustmentsPack().Codes) }

// PhasedReturn gives the hours of each week of the usual phased return to a contract.
func PhasedReturn(hours float64) []float64 { return phased(hours, adjustmentsPack().Phased) }

func phased(hours float64, percents []int) []float64 {
	weeks := make([]float64, len(percents))
	for i, p := range percents {
		weeks[i] = hours * float64(p) / 100
	}
	return weeks
}
