package pay

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Table is the pay and the on-costs of one year.
type Table struct {
	Version       int             `json:"version"`
	Year          string          `json:"year"` // 2025/26
	EffectiveFrom civil.Date      `json:"effective_from"`
	AppliesTo     string          `json:"applies_to"`
	Source        string          `json:"source"`
	Mark          string          `json:"mark"` // V, V2, M, D or C, as in the packs' README
	Bands         map[string]Band `json:"bands"`
	HighCost      struct {
		Zones map[Zone]Supplement `json:"zones"`
		Sourced
	} `json:"high_cost"`
	NI struct {
		Rate      float64 `json:"rate"`
		Threshold float64 `json:"threshold"` // a year
		Sourced
	} `json:"national_insurance"`
	Pension Contribution `json:"pension"`
	Levy    struct {
		Rate float64 `json:"rate"`
		Sourced
	} `json:"levy"`
	Annex21     Annex21 `json:"annex21"`
	MinimumWage struct {
		Hourly float64 `json:"hourly"`
		Sourced
	} `json:"minimum_wage"` // the national living wage
}

// hoursYear is the hours of a full-time year: 37.5 a week, of which a year has 365/7.
const hoursYear = 37.5 * 365 / 7

// Least is the least that the law lets somebody full-time earn a year.
func (t Table) Least() float64 { return t.MinimumWage.Hourly * hoursYear }

// Lowest is the lowest point of all bands.
func (t Table) Lowest() float64 {
	lowest := math.Inf(1)
	for _, b := range t.Bands {
		lowest = min(lowest, b.Points[0])
	}
	return lowest
}

// Zone is a high-cost area. Which one a place is in goes by boundaries of 2005, so that an organisation has to say it.
type Zone string

// The zones around London; elsewhere there is none.
const (
	Inner  Zone = "inner"
	Outer  Zone = "outer"
	Fringe Zone = "fringe"
)

// Zones lists them.
var Zones = []Zone{Inner, Outer, Fringe}

// Supplement is what a zone adds to basic pay: a share of it, within two bounds in pounds a year.
type Supplement struct {
	Rate    float64 `json:"rate"`
	Minimum float64 `json:"minimum"`
	Maximum float64 `json:"maximum"`
}

// Of is what it adds to a full-time basic pay.
func (s Supplement) Of(basic float64) float64 { return min(max(s.Rate*basic, s.Minimum), s.Maximum) }

// Contribution is the employer's to the pension: what the trust pays, and with what is met centrally.
type Contribution struct {
	Employer float64 `json:"employer"`
	Full     float64 `json:"full"`
	Sourced
}

// Annex21 pays a trainee a percentage of the top of the band for which they train, by the months that are left to train.
type Annex21 struct {
	Steps []struct {
		Months  int     `json:"months"` // up to so many to go
		Percent float64 `json:"percent"`
	} `json:"steps"`
	Longer float64 `json:"longer"` // with more to go than any step
	Sourced
}

// Percent is what it pays with so many months to go.
func (a Annex21) Percent(left int) float64 {
	for _, s := range a.Steps {
		if left <= s.Months {
			return s.Percent
		}
	}
	return a.Longer
}

func (a Annex21) check() error {
	months, percent := 0, 100.0
	for _, s := range a.Steps {
		if s.Months <= months || s.Percent > percent || s.Percent <= a.Longer {
			return fmt.Errorf("annex 21 pays less the more there is to train: not so at %d months", s.Months)
		}
		months, percent = s.Months, s.Percent
	}
	if a.Longer <= 0 || len(a.Steps) == 0 || a.Source == "" || a.Mark == "" {
		return errors.New("annex 21 lacks something")
	}
	return nil
}

// Sourced says where a figure is from.
type Sourced struct {
	Source string `json:"source"`
	Mark   string `json:"mark"`
}

// Band has its points in pounds a year, and the years to wait at each point but the last.
type Band struct {
	Points []float64 `json:"points"`
	Steps  []float64 `json:"steps"`
}

// computed marks a table that was worked out from another: an answer from it carries a warning.
const computed = "C"

// Tables are the known years, in order.
var Tables = sync.OnceValue(func() []Table {
	files, err := fs.Glob(content.FS, "packs/pay-*.json")
	if err != nil || len(files) == 0 {
		panic("no pay table was compiled into the binary")
	}
	out := make([]Table, len(files))
	for i, name := range files {
		data, err := content.FS.ReadFile(name)
		if err == nil {
			out[i], err = parse(data)
		}
		if err != nil {
			panic("pay table compiled into the binary: " + name + ": " + err.Error()) // a test reads them
		}
	}
	slices.SortFunc(out, func(a, b Table) int { return a.EffectiveFrom.Compare(b.EffectiveFrom) })
	return out
})

func parse(data []byte) (Table, error) {
	var t Table
	if err := json.Unmarshal(data, &t); err != nil {
		return t, err
	}
	for name, b := range t.Bands {
		if len(b.Points) == 0 || len(b.Steps) != len(b.Points)-1 || !slices.IsSorted(b.Points) {
			return t, fmt.Errorf("band %s needs rising points and a step between each", name)
		}
	}
	for _, z := range Zones {
		if s, there := t.HighCost.Zones[z]; !there || s.Rate <= 0 || s.Minimum <= 0 || s.Maximum < s.Minimum || t.HighCost.Source == "" || t.HighCost.Mark == "" {
			return t, fmt.Errorf("the supplement of the zone %s lacks something", z)
		}
	}
	if t.Year == "" || !t.EffectiveFrom.Valid() || t.Source == "" || t.Mark == "" || t.NI.Source == "" || t.Pension.Source == "" || t.Levy.Source == "" || t.MinimumWage.Source == "" || t.MinimumWage.Mark == "" || t.MinimumWage.Hourly <= 0 {
		return t, fmt.Errorf("the table of %q does not say from when or where it is", t.Year)
	}
	if err := t.Annex21.check(); err != nil {
		return t, fmt.Errorf("the table of %s: %w", t.Year, err)
	}
	return t, nil
}

// Find is the table of a year, or an error that lists the known years.
func Find(year string) (Table, error) {
	known := make([]string, len(Tables()))
	for i, t := range Tables() {
		if t.Year == year {
			return t, nil
		}
		known[i] = t.Year
	}
	return Table{}, fmt.Errorf("no pay table for the year %q is known; there are %s", year, strings.Join(known, ", "))
}

// At is the newest table in force on a day; before the oldest, that one.
func At(day civil.Date) Table {
	all := Tables()
	found := all[0]
	for _, t := range all {
		if !t.EffectiveFrom.After(day) {
			found = t
		}
	}
	return found
}

// names lists the bands in order; one digit sorts as text.
func (t Table) names() string {
	var list []string
	for name := range t.Bands {
		list = append(list, name)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// reached allows for the rounding of months: 1 + 12/12 is 2 years.
const reached = 1e-9

// at is the index of the point after some years in the band.
func (b Band) at(years float64) int {
	i := 0
	for _, step := range b.Steps {
		if years -= step; years < -reached {
			break
		}
		i++
	}
	return i
}

// top is the highest point.
func (b Band) top() float64 { return b.Points[len(b.Points)-1] }

// BandName is "2" to "9", "8a" to "8d"; a number is as good.
type BandName string

// UnmarshalJSON reads a text or a number.
func (b *BandName) UnmarshalJSON(data []byte) error {
	text := strings.TrimSpace(string(data))
	if text == "null" {
		return nil
	}
	if strings.HasPrefix(text, `"`) {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	} else if n, err := strconv.ParseFloat(text, 64); err == nil {
		text = strconv.FormatFloat(n, 'g', -1, 64) // 6.0 is 6
	} else {
		return fmt.Errorf("a band is text or a number, not %.20s", text)
	}
	*b = BandName(strings.ToLower(strings.TrimSpace(text)))
	return nil
}
