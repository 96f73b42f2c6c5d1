package appraisal

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Step is a rate and the first year that it discounts.
type Step struct {
	FromYear int     `json:"from_year"`
	Rate     float64 `json:"rate"`
}

// Edition is one dated set of schedules.
type Edition struct {
	EffectiveFrom civil.Date        `json:"effective_from"`
	Mark          string            `json:"mark"` // V found in the source, V2 in a secondary one
	Source        string            `json:"source"`
	LastYear      int               `json:"last_year"`
	Schedules     map[string][]Step `json:"schedules"`
}

// Rates is the newest edition that Rowan is delivered with.
var Rates = sync.OnceValue(func() Edition {
	data, err := content.FS.ReadFile("packs/discount-rates.json")
	if err == nil {
		var e Edition
		if e, err = ParseRates(data); err == nil {
			return e
		}
	}
	panic("discount rates compiled into the binary: " + err.Error()) // a test reads them
})

// ParseRates reads a file of editions, oldest first, and gives the newest.
func ParseRates(data []byte) (Edition, error) {
	var file struct {
		Editions []Edition `json:"editions"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return Edition{}, fmt.Errorf("read discount rates: %w", err)
	}
	if len(file.Editions) == 0 {
		return Edition{}, errors.New("read discount rates: there is no edition")
	}
	for i, e := range file.Editions {
		if !e.EffectiveFrom.Valid() || i > 0 && e.EffectiveFrom.DayNumber() <= file.Editions[i-1].EffectiveFrom.DayNumber() {
			return Edition{}, fmt.Errorf("read discount rates: edition %d is not dated after the one before", i)
		}
		if e.Source == "" || e.Mark == "" {
			return Edition{}, fmt.Errorf("read discount rates: edition %d has no source or no mark", i)
		}
		for name, steps := range e.Schedules {
			for j, s := range steps {
				if s.Rate <= 0 || s.Rate >= 1 || j == 0 && s.FromYear != 0 || j > 0 && s.FromYear <= steps[j-1].FromYear {
					return Edition{}, fmt.Errorf("read discount rates: step %d of %s is out of order or no rate", j, name)
				}
			}
		}
	}
	return file.Editions[len(file.Editions)-1], nil
}

// Factors are the discount factors of years 0 to n-1.
func Factors(steps []Step, n int) []float64 {
	factors := make([]float64, n)
	factor, at := 1.0, 0
	for t := range factors {
		for at+1 < len(steps) && steps[at+1].FromYear <= t {
			at++
		}
		if t > 0 {
			factor /= 1 + steps[at].Rate
		}
		factors[t] = factor
	}
	return factors
}
