package pay

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Awards are what rises pay, in percent: one figure for every year, and those of years that have their own, by the year in which the
// financial year begins. They are named by years, and not counted, so that a newer pay table moves none of them.
type Awards struct {
	Every float64
	Of    map[int]float64
}

// In is the award of a financial year.
func (a Awards) In(year int) float64 {
	if x, ok := a.Of[year]; ok {
		return x
	}
	return a.Every
}

// After gives the awards of the years after a table's as Quarters takes them: fractions, of which the last goes on.
func (a Awards) After(t Table) []float64 {
	last := t.EffectiveFrom.Year + 1
	for year := range a.Of {
		last = max(last, year+1)
	}
	var out []float64
	for year := t.EffectiveFrom.Year + 1; year <= last; year++ {
		out = append(out, a.In(year)/100)
	}
	return out
}

// Outside lists the years whose own award is no percentage from low to high, earliest first.
func (a Awards) Outside(low, high float64) (years []int) {
	for y, x := range a.Of {
		if !(x >= low && x <= high) {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	return years
}

// Same says that two have the same award in each of some years.
func (a Awards) Same(b Awards, years []int) bool {
	for _, y := range years {
		if a.In(y) != b.In(y) {
			return false
		}
	}
	return true
}

// AwardYears are the financial years of a plan of so many quarters whose awards move its pay: those after the pay table's.
func AwardYears(start civil.Date, quarters int) (out []int) {
	end := start.AddMonths(quarter*quarters - 1)
	for y := At(start).EffectiveFrom.Year + 1; y <= financial(end); y++ {
		out = append(out, y)
	}
	return out
}

func financial(d civil.Date) int {
	if d.Month < 4 {
		return d.Year - 1
	}
	return d.Year
}

// AwardName is that of the field of a year's award on a form.
func AwardName(year int) string { return "award_" + strconv.Itoa(year) }

// YearName is "2026/27" of the financial year that begins in 2026.
func YearName(first int) string { return fmt.Sprintf("%d/%02d", first, (first+1)%100) }

// WriteAwards writes the awards of single years as they are stored.
func WriteAwards(of map[int]float64) ([]byte, error) {
	if len(of) == 0 {
		return []byte("{}"), nil
	}
	return json.Marshal(of)
}

// ReadAwards reads them; none is nil.
func ReadAwards(stored []byte) (map[int]float64, error) {
	var of map[int]float64
	if err := json.Unmarshal(stored, &of); err != nil {
		return nil, fmt.Errorf("read pay awards: %w", err)
	}
	if len(of) == 0 {
		return nil, nil
	}
	return of, nil
}
