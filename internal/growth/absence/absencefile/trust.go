package absencefile

import (
	"hash/maphash"
	"math"
	"strings"
	"time"
)

// spell is an absence in one post, as far as it is kept while the file is read.
type spell struct {
	employee    uint64
	group       string
	reason      string
	first, last time.Time
	open        bool
	primary     bool
	days        float64 // full-time-equivalent days lost
}

// Reasons of rejection, by the keys of their words, that both reports share.
const (
	badStart = "absence.import.why.start"
	badEnd   = "absence.import.why.end"
	backward = "absence.import.why.backward"
	nobody   = "absence.import.why.nobody"
	endless  = "absence.import.why.endless"
)

func (p *reading) esr(r row) error {
	if k := fold(r.cell(kind)); k != "" && !strings.Contains(k, "sick") {
		return errSkip
	}
	s, err := p.spell(r)
	if err != nil {
		return err
	}
	s.primary = strings.HasPrefix(fold(r.cell(primary)), "y") || strings.HasPrefix(fold(r.cell(primary)), "primary")
	share, hasShare := number(r.cell(fte))
	days, hasDays := number(r.cell(lost))
	if !hasDays && r.cell(lost) != "" {
		return r.fault(lost, "absence.import.why.lost")
	}
	counted, hasCounted := number(r.cell(calendarDays))
	if !hasCounted {
		counted, hasCounted = number(r.cell(totalDays))
	}
	switch {
	case s.open && !hasCounted && hasDays && hasShare && share > 0:
		counted, hasCounted = days/share, true
	case s.open && !hasCounted:
		return r.fault(end, endless)
	}
	if s.open {
		s.last = s.first.AddDate(0, 0, max(0, int(math.Ceil(min(counted, 36525)))-1))
	}
	if !plausible(s.last) {
		return r.fault(end, badEnd)
	}
	switch s.days = days; {
	case !hasDays && hasShare:
		s.days = share * float64(daysBetween(s.first, s.last))
	case !hasDays:
		return r.fault(lost, "absence.import.why.neither")
	}
	// Part days make a difference of one at either end.
	if hasCounted && !s.open && math.Abs(counted-float64(daysBetween(s.first, s.last))) > 2 {
		p.summary.DaysNotDates++
	}
	p.keep(s, r)
	return nil
}

func (p *reading) healthRoster(r row) error {
	status := fold(r.cell(state))
	if !strings.Contains(fold(r.cell(kind)), "sick") || strings.Contains(status, "cancel") || strings.Contains(status, "reject") {
		return errSkip
	}
	s, err := p.spell(r)
	if err != nil {
		return err
	}
	worked, ok := clock(r.cell(hours))
	if !ok {
		return r.fault(hours, "absence.import.why.hours")
	}
	s.days = worked / p.packs.fullTimeHours * 7
	s.open = s.open || strings.HasPrefix(fold(r.cell(openEnded)), "y")
	if s.open {
		to, ok := day(r.cell(countedTo))
		if !ok || !plausible(to) {
			return r.fault(end, endless)
		}
		s.last = s.first
		if to.After(s.first) {
			s.last = to
		}
	}
	p.keep(s, r)
	return nil
}

// spell reads what the reports have in common: who (as a number without
// meaning) and when. Nothing else of the row is looked at.
func (p *reading) spell(r row) (spell, error) {
	who := r.cell(employee)
	if who == "" { // an assignment number is the employee's with a suffix
		who, _, _ = strings.Cut(r.cell(assignment), "-")
	}
	if who == "" {
		return spell{}, r.fault(employee, nobody)
	}
	s := spell{employee: maphash.String(p.seed, who)}
	var ok bool
	if s.first, ok = day(r.cell(start)); !ok || !plausible(s.first) {
		return s, r.fault(start, badStart)
	}
	until := r.cell(end)
	s.last, ok = day(until)
	switch {
	case until == "" || ok && s.last.Year() >= openYear:
		s.open = true
	case !ok || !plausible(s.last):
		return s, r.fault(end, badEnd)
	case s.last.Before(s.first):
		return s, r.fault(end, backward)
	}
	return s, nil
}

// keep counts a spell under its code and group.
func (p *reading) keep(s spell, r row) {
	var ok bool
	if s.reason, ok = p.packs.reason(r.cell(reason)); !ok {
		s.reason = p.packs.notSpecified
		p.summary.UnknownReasons++
	}
	if s.group, ok = p.packs.groups[fold(r.cell(group))]; !ok {
		s.group = otherGroup
		p.summary.UnknownGroups++
	}
	p.trust.add(s)
}
