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

func load(name string) []code {
	b, err := content.FS.ReadFile("packs/" + name)
	if err != nil {
		panic(err) // the packs are embedded: a broken file is a broken build
	}
	var pack struct{ Codes []code }
	if err := yaml.Unmarshal(b, &pack); err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return pack.Codes
}

var (
	fitnessPack     = sync.OnceValue(func() []code { return load("fitness.yaml") })
	adjustmentsPack = sync.OnceValue(func() []code { return load("adjustments.yaml") })
)

var fitness = sync.OnceValue(func() map[string]code {
	m := map[string]code{}
	for _, c := range fitnessPack() {
		m[c.Code] = c
	}
	return m
})

func codes(pack []code) []string {
	out := make([]string, len(pack))
	for i, c := range pack {
		out[i] = c.Code
	}
	return out
}

// Fitness lists the fitness codes in the order of the pack.
func Fitness() []string { return codes(fitnessPack()) }

// Adjustments lists the kinds of adjustment in the order of the pack.
func Adjustments() []string { return codes(adjustmentsPack()) }
