package wire

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/strict"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// mostWorkdays is two centuries: far beyond any clock, and a bound on the walk.
const mostWorkdays = 52_000

type workdaysIn struct {
	From *civil.Date `json:"from"`
	To   *civil.Date `json:"to"`
	Add  *int        `json:"add"`
}

type workdaysOut struct {
	Days     *int        `json:"days,omitempty"`
	Date     *civil.Date `json:"date,omitempty"`
	Warnings []string    `json:"warnings"`
}

// runWorkdays counts from "from" (excluded) to "to" (included), backwards as a negative
// number, or adds "add" working days to "from".
func runWorkdays(data []byte) ([]byte, error) {
	var in workdaysIn
	if err := strict.Object(data, &in); err != nil {
		return nil, err
	}
	switch {
	case in.From == nil || in.From.IsZero():
		return nil, errors.New("from is missing")
	case in.To != nil && in.To.IsZero():
		return nil, errors.New("to is empty")
	case (in.To == nil) == (in.Add == nil):
		return nil, errors.New("give either to or add")
	}
	calendar, out := workday.England(), workdaysOut{Warnings: []string{}}
	var known bool
	if in.To != nil {
		var days int
		days, known = calendar.Between(*in.From, *in.To)
		if in.To.Before(*in.From) { // backwards too "from" is left out and "to" counted, so that add undoes it
			days, _ = calendar.Between(in.To.AddDays(-1), in.From.AddDays(-1))
			days = -days
		}
		out.Days = &days
	} else {
		if n := *in.Add; n > mostWorkdays || n < -mostWorkdays {
			return nil, fmt.Errorf("add is %d: at most %d working days", n, mostWorkdays)
		}
		var date civil.Date
		date, known = calendar.Add(*in.From, *in.Add)
		if !date.Valid() {
			return nil, errors.New("the answer lies outside the years 1 to 9999")
		}
		out.Date = &date
	}
	if !known {
		out.Warnings = append(out.Warnings, calendar.Warning())
	}
	return json.Marshal(out)
}
