package pay

import "fmt"

// Stay is one entry of people over a plan that goes by quarters. Months count from April of the table's year.
type Stay struct {
	Person          // its StartMonth is not used
	From, Until int // first month of employment, and the first one after it; 0 is never
}

// quarter is how many months one has.
const quarter = 3

// Quarters is what a stay costs in n quarters from a month on, the first of a quarter. Uplift is a fraction for each financial year after the
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
	if first < 0 || first%quarter != 0 || n < 0 || first+n*quarter > mostYears*months || s.From < 0 || s.Until != 0 && s.Until <= s.From {
		return nil, fmt.Errorf("quarters from month %d, %d of them, of a stay from %d until %d: out of range", first, n, s.From, s.Until)
	}
	out := make([]Cost, n)
	for i := range out {
		m := first + i*quarter
		out[i] = s.cost(table, span{m, quarter, grown(uplift, m/months), table.rate(pension)}, s.From, s.Until)
		out[i].Year = table.label(m / months)
	}
	return out, nil
}
