package absencefile

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// tally adds up the spells of a trust's report.
type tally struct {
	longTermDays int
	months       map[monthGroup]*Episodes
	reasons      map[monthReason]*reasonSum
	episodes     map[episodeKey]episode
	firstEnd     time.Time // of all spells
}

type monthGroup struct {
	month time.Time
	group string
}

type monthReason struct {
	monthGroup
	code string
}

type reasonSum struct {
	days    float64
	started int
}

// episodeKey: one employee, one first day, however many posts.
type episodeKey struct {
	employee uint64
	first    time.Time
}

type episode struct {
	group   string // of the primary post, or of the first row
	reason  string // of the same row
	primary bool
	last    time.Time
	open    bool
}

func newTally(longTermDays int) tally {
	return tally{longTermDays: longTermDays, months: map[monthGroup]*Episodes{}, reasons: map[monthReason]*reasonSum{}, episodes: map[episodeKey]episode{}}
}

func (t *tally) long(first, last time.Time) bool {
	return daysBetween(first, last) >= t.longTermDays
}

func (t *tally) at(key monthGroup) *Episodes {
	e, ok := t.months[key]
	if !ok {
		e = &Episodes{Month: key.month, StaffGroup: key.group}
		t.months[key] = e
	}
	return e
}

func (t *tally) reason(key monthReason) *reasonSum {
	r, ok := t.reasons[key]
	if !ok {
		r = &reasonSum{}
		t.reasons[key] = r
	}
	return r
}

// add spreads the days of a spell over its months and remembers its episode.
func (t *tally) add(s spell) {
	perDay := s.days / float64(daysBetween(s.first, s.last))
	long := t.long(s.first, s.last)
	for from := s.first; !from.After(s.last); {
		end := monthEnd(from)
		to := end
		if s.last.Before(end) {
			to = s.last
		}
		days := perDay * float64(daysBetween(from, to))
		key := monthGroup{end, s.group}
		if e := t.at(key); long {
			e.LongDaysLost += days
		} else {
			e.ShortDaysLost += days
		}
		t.reason(monthReason{key, s.reason}).days += days
		from = end.AddDate(0, 0, 1)
	}
	if t.firstEnd.IsZero() || s.last.Before(t.firstEnd) {
		t.firstEnd = s.last
	}
	key := episodeKey{s.employee, s.first}
	e, seen := t.episodes[key]
	if !seen || s.primary && !e.primary {
		e.group, e.reason, e.primary = s.group, s.reason, s.primary
	}
	if s.last.After(e.last) {
		e.last = s.last
	}
	e.open = e.open || s.open
	t.episodes[key] = e
}

// flush gives a trust's figures to the sink. For published files there are none.
func (p *reading) flush() error {
	t := &p.trust
	for key, e := range t.episodes {
		counts := t.at(monthGroup{monthEnd(key.first), e.group})
		if t.long(key.first, e.last) {
			counts.LongStarted++
		} else {
			counts.ShortStarted++
		}
		t.reason(monthReason{monthGroup{monthEnd(key.first), e.group}, e.reason}).started++
		if e.open {
			counts.OpenStarted++
			p.summary.Open++
		}
	}
	p.summary.Episodes = len(t.episodes)
	if len(t.episodes) > 0 {
		// A report of a period lists what overlaps it, so nothing in it ends before the period began.
		p.summary.CompleteFrom = monthEnd(t.firstEnd)
	}
	for _, key := range slices.SortedFunc(maps.Keys(t.months), compareMonthGroup) {
		e := t.months[key]
		p.counted(key.month, e.LongDaysLost+e.ShortDaysLost)
		if err := p.sink.Episodes(*e); err != nil {
			return err
		}
	}
	byReason := slices.SortedFunc(maps.Keys(t.reasons), func(a, b monthReason) int {
		return cmp.Or(compareMonthGroup(a.monthGroup, b.monthGroup), cmp.Compare(a.code, b.code))
	})
	for _, key := range byReason {
		if err := p.sink.Reason(Reason{key.month, key.group, key.code, t.reasons[key].days, t.reasons[key].started}); err != nil {
			return err
		}
	}
	return nil
}

func compareMonthGroup(a, b monthGroup) int {
	return cmp.Or(a.month.Compare(b.month), cmp.Compare(a.group, b.group))
}
