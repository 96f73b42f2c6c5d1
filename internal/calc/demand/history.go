package demand

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Series counts by day.
type Series map[int]int // key: civil.Date.DayNumber

// Add counts n on a day.
func (s Series) Add(d civil.Date, n int) { s[d.DayNumber()] += n }

// between adds up the days from a day up to and including another.
func (s Series) between(from, to int) (sum int) {
	for d := from; d <= to; d++ {
		sum += s[d]
	}
	return sum
}

// History is what happened at a service, by day.
type History struct {
	Referrals  map[string]Series  // by type
	Seen       Series             // people at their first appointment
	GaveUp     Series             // people who left the list unseen, for whatever reason
	GaveUpDays Series             // the days that these had been on the list, without those in Dropped
	Dropped    Series             // of those who gave up, who had missed the appointment before
	Attended   Series             // appointments, first and following
	Missed     Series             // appointments to which the person did not come
	CameBack   Series             // appointments given after one was missed, attended or missed again
	Lost       Series             // cases that ended after an appointment was missed
	Follow     Series             // following appointments attended
	FollowDays Series             // the days that these were after the one before
	Roles      map[string]Series  // contacts by role of the professional
	First      map[string]Series  // people at their first appointment by that role, as far as it is known
	FirstDays  map[string]Series  // the working days that these had waited
	Priority   map[string]Series  // of people seen
	Waits      map[int]Series     // of people seen: by day, by working days waited
	Lengths    map[string]Lengths // of contacts by role, where somebody says how long
	Held       map[string]Series  // cases by role: one more when somebody of the role sees it first or takes it over, one less when another does or it ends
}

// NewHistory has nothing in it.
func NewHistory() *History {
	return &History{Referrals: map[string]Series{}, Seen: Series{}, GaveUp: Series{}, GaveUpDays: Series{}, Dropped: Series{}, Attended: Series{}, Missed: Series{}, CameBack: Series{}, Lost: Series{},
		Follow: Series{}, FollowDays: Series{}, Roles: map[string]Series{}, First: map[string]Series{}, FirstDays: map[string]Series{}, Priority: map[string]Series{}, Waits: map[int]Series{}, Lengths: map[string]Lengths{}, Held: map[string]Series{}}
}

// Count adds one to a named series, which it makes when it is first used.
func Count(m map[string]Series, name string, d civil.Date) { count(m, name, d, 1) }

func count(m map[string]Series, name string, d civil.Date, n int) {
	if m[name] == nil {
		m[name] = Series{}
	}
	m[name].Add(d, n)
}

// SeenBy notes which profession somebody met at their first appointment, and how many working days they had waited.
func (h *History) SeenBy(d civil.Date, role string, days int) {
	count(h.First, role, d, 1)
	count(h.FirstDays, role, d, days)
}

// Lengths are the minutes of contacts: by day, by how many minutes.
type Lengths map[int]Series

// Took notes how long a contact was.
func (h *History) Took(d civil.Date, role string, minutes int) {
	if h.Lengths[role] == nil {
		h.Lengths[role] = Lengths{}
	}
	n := d.DayNumber()
	if h.Lengths[role][n] == nil {
		h.Lengths[role][n] = Series{}
	}
	h.Lengths[role][n][minutes]++
}

// Waited notes the wait of somebody seen, in working days.
func (h *History) Waited(d civil.Date, days int) {
	n := d.DayNumber()
	if h.Waits[n] == nil {
		h.Waits[n] = Series{}
	}
	h.Waits[n][days]++
}

// first is the first day of a full history. A ledger begins raggedly: with the few referrals of before its time that were still
// open. It is full from the first of settledWeeks weeks in a row that each have half the referrals of a usual week.
func (h *History) first(last int) (day int, ok bool) {
	begin := last
	for _, s := range h.Referrals {
		for d, n := range s {
			if n > 0 {
				begin = min(begin, d)
			}
		}
	}
	weeks := make([]int, (last-begin+1)/7)
	for i := range weeks {
		monday := last - 7*(len(weeks)-i) + 1
		for _, s := range h.Referrals {
			weeks[i] += s.between(monday, monday+6)
		}
	}
	if len(weeks) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(weeks))
	half, run := float64(sorted[len(sorted)/2])/2, 0
	for i, n := range weeks {
		if float64(n) < half {
			run = 0
			continue
		}
		if run++; run == settledWeeks {
			return last - 7*(len(weeks)-i+settledWeeks-1) + 1, true
		}
	}
	return 0, false
}

const settledWeeks = 4

// Week is what happened from a Monday to a Sunday.
type Week struct {
	Start     civil.Date `json:"start"`
	Days      int        `json:"days"`      // of work
	Referrals int        `json:"referrals"` // of all types
	Seen      int        `json:"seen"`
	Given     int        `json:"given"` // appointments attended, or missed by the person
	List      int        `json:"list"`  // people referred and not seen, at its end
}

// civilOf is the date of a day number.
func civilOf(n int) civil.Date {
	epoch := civil.Date{Year: 1970, Month: 1, Day: 1}
	return epoch.AddDays(n - epoch.DayNumber())
}
