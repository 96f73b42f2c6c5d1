package note

import (
	"fmt"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/content"
)

// code is one entry of a pack.
type code struct {
	Code  string
	Asks  []string // facts that the code needs: effective, words, review, adjustments, end
	Roles []string // who may give it; everybody who records outcomes when empty
}

func (c code) asks(what string) bool { return slices.Contains(c.Asks, what) }

// pack is a file of codes.
type pack struct {
	Codes  []code
	Phased []int `yaml:"phased_return"`
}

func load(name string) pack {
	b, err := content.FS.ReadFile("packs/" + name)
	if err != nil {
		panic(err) // the packs are embedded: a broken file is a broken build
	}
	var p pack
	if err := yaml.Unmarshal(b, &p); err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return p
}

var (
	fitnessPack     = sync.OnceValue(func() pack { return load("fitness.yaml") })
	adjustmentsPack = sync.OnceValue(func() pack { return load("adjustments.yaml") })
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
