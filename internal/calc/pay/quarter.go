package pay

import "fmt"

// Stay is one entry of people over a plan that goes by quarters. Months count from April of the table's year.
type Stay struct {
	Person          // its StartMonth is not used
	From, Until int // first month of employment, and the first one after it; 0 is never
}

// quarter is how many months one has.
const quarter = 3

// Quarters is what a stay costs in n quarters from a month on. Uplift is a fraction for each financial year after the
// table's; the last one goes on. The threshold of National Insurance is that of the months of the quarter, so that the four
// quarters of a year add up to the year wherever each is above it.
func Quarters(year string, s Stay, first, n int, uplift []float64, pension Pension) ([]Cost, error) {
	table, err := Find(year)
	if err != nil {
		return nil, err
	}
	s.StartMonth = nil
	if err := s.check(table, mostYears*months); err != nil {
		return nil, err
	}
	if first < 0 || n < 0 || first+n*quarter > mostYears*months || s.From < 0 || s.Until != 0 && s.Until <= s.From {
		return nil, fmt.Errorf("quarters from month %d, %d of them, of a stay from %d until %d: out of range", first, n, s.From, s.Until)
	}
	rate := table.Pension.Employer
	if pension == Full {
		rate = table.Pension.Full
	}
	out := make([]Cost, n)
	for i := range out {
		out[i] = s.quarter(table, first+i*quarter, uplift, rate)
	}
	return out, nil
}

// quarter costs the three months from m on.
func (s Stay) quarter(t Table, m int, uplift []float64, pension float64) Cost {
	c := Cost{Year: t.label(m / months)}
	band, wte, employed := t.Bands[string(s.Band)], or(s.WTE, 1), 0
	if s.Person.Salary != nil {
		band = Band{Points: []float64{*s.Person.Salary}}
	}
	for i := m; i < m+quarter; i++ {
		if i < s.From || s.Until != 0 && i >= s.Until {
			continue
		}
		point := band.Points[band.at(s.YearsInBand+float64(i-s.From)/months)]
		if s.Annex21 != nil {
			point = band.top() * *s.Annex21 / 100
		}
		c.Salary += point * grown(uplift, i/months) * wte / months
		employed++
	}
	c.NI = t.NI.Rate * max(c.Salary-t.NI.Threshold*float64(employed)/months, 0)
	count := float64(or(s.Count, 1))
	c.Salary, c.NI = count*c.Salary, count*c.NI
	c.Pension, c.Levy = pension*c.Salary, t.Levy.Rate*c.Salary
	c.Total = c.Salary + c.NI + c.Pension + c.Levy
	return c
}

// grown is how far the uplifts have raised a point by the year y after the table's.
func grown(uplift []float64, y int) float64 {
	up := 1.0
	for i := range y {
		if len(uplift) > 0 {
			up *= 1 + uplift[min(i, len(uplift)-1)]
		}
	}
	return up
}
