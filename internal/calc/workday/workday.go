// Package workday counts working days in England: Monday to Friday, not a bank
// holiday. The day of an event is day 0, so counting excludes the first date and
// includes the last.
//
// Bank holidays are proclaimed, not computed: one-off days such as 2 and 3 June
// 2022, 19 September 2022 and 8 May 2023 follow no rule. The calendar is
// therefore data in the format published for Great Britain by the government,
// and its range is whole years from the first to the last that it holds. Beyond
// them only weekends are left out and the answer says that it is not known: a
// page then warns, and nothing is guessed.
package workday

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// division is the part of the published file that applies in England.
const division = "england-and-wales"

// Calendar knows the bank holidays of whole years. It is immutable.
type Calendar struct {
	holidays []int // day numbers in order; all of them Monday to Friday
	titles   map[civil.Date]string
	from, to civil.Date // the first and last day of the known years
}

// England is the calendar that Rowan is delivered with.
var England = sync.OnceValue(func() *Calendar {
	data, err := content.FS.ReadFile("packs/bank-holidays-england.json")
	if err == nil {
		var c *Calendar
		if c, err = Parse(data); err == nil {
			return c
		}
	}
	panic("bank holidays compiled into the binary: " + err.Error()) // a test reads them
})

// Parse reads the published format: an object keyed by division, each with its
// events. Only England and Wales is used. Events at a weekend are refused,
// because a real file names the substitute day.
func Parse(data []byte) (*Calendar, error) {
	var file map[string]struct {
		Division string `json:"division"`
		Events   []struct {
			Title   string     `json:"title"`
			Date    civil.Date `json:"date"`
			Notes   string     `json:"notes"`
			Bunting bool       `json:"bunting"`
		} `json:"events"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("read bank holidays: %w", err)
	}
	events := file[division].Events
	if len(events) == 0 {
		return nil, errors.New("read bank holidays: no events for " + division)
	}
	c := &Calendar{titles: map[civil.Date]string{}}
	for _, e := range events {
		if !e.Date.Valid() || weekend(e.Date.Weekday()) {
			return nil, fmt.Errorf("read bank holidays: %s (%s) is no day from Monday to Friday", e.Date, e.Title)
		}
		if _, twice := c.titles[e.Date]; !twice {
			c.holidays = append(c.holidays, e.Date.DayNumber())
		}
		c.titles[e.Date] = e.Title
	}
	slices.Sort(c.holidays)
	years := map[int]bool{}
	first, last := 9999, 0
	for d := range c.titles {
		years[d.Year] = true
		first, last = min(first, d.Year), max(last, d.Year)
	}
	if len(years) != last-first+1 {
		return nil, fmt.Errorf("read bank holidays: a year between %d and %d is missing", first, last)
	}
	c.from = civil.Date{Year: first, Month: time.January, Day: 1}
	c.to = civil.Date{Year: last, Month: time.December, Day: 31}
	return c, nil
}

// Closed is the calendar with more days that are not worked: when a service is shut besides weekends and bank holidays.
func (c *Calendar) Closed(days map[civil.Date]string) *Calendar {
	if len(days) == 0 {
		return c
	}
	more := &Calendar{slices.Clone(c.holidays), maps.Clone(c.titles), c.from, c.to}
	for d, why := range days {
		if _, holiday := c.titles[d]; !holiday && d.Valid() && !weekend(d.Weekday()) {
			more.holidays, more.titles[d] = append(more.holidays, d.DayNumber()), why
		}
	}
	slices.Sort(more.holidays)
	return more
}

// Known is the range of days for which bank holidays are known.
func (c *Calendar) Known() (from, to civil.Date) { return c.from, c.to }

// Warning is the sentence for an answer that is not known.
func (c *Calendar) Warning() string {
	return fmt.Sprintf("bank holidays are known from %d to %d only: outside these years only weekends are left out", c.from.Year, c.to.Year)
}

// Holiday is the name of the bank holiday on d, or nothing.
func (c *Calendar) Holiday(d civil.Date) string { return c.titles[d] }

// IsWorking reports whether d is a working day.
func (c *Calendar) IsWorking(d civil.Date) bool {
	if weekend(d.Weekday()) {
		return false
	}
	_, holiday := c.titles[d]
	return !holiday
}

func weekend(w time.Weekday) bool { return w == time.Saturday || w == time.Sunday }
