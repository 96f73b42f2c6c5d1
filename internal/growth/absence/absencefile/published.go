package absencefile

import (
	"regexp"
	"strings"
	"time"
)

// allGroups is how NHS England names the sum over staff groups.
const allGroups = "All staff groups"

// An organisation code is three to ten letters and digits: codes change their
// form too often for a tighter rule.
var organisationCode = regexp.MustCompile(`^[A-Z0-9]{3,10}$`)

func (p *reading) rate(r row) error {
	when, err := r.month()
	if err != nil {
		return err
	}
	code := strings.ToUpper(r.cell(organisation))
	if !organisationCode.MatchString(code) {
		return r.fault(organisation, "absence.import.why.organisation")
	}
	daysLost, ok := number(r.cell(lost))
	if !ok {
		return r.fault(lost, "absence.import.why.lost")
	}
	daysAvailable, ok := number(r.cell(available))
	if !ok {
		return r.fault(available, "absence.import.why.available")
	}
	if daysLost > daysAvailable {
		return r.fault(lost, "absence.import.why.more")
	}
	p.counted(when, daysLost)
	return p.sink.Rate(Rate{strings.Clone(code), when, r.publishedGroup(), daysLost, daysAvailable})
}

func (p *reading) publishedReason(r row) error {
	when, err := r.month()
	if err != nil {
		return err
	}
	code, ok := p.packs.reason(r.cell(reason))
	if !ok {
		return r.fault(reason, "absence.import.why.reason")
	}
	daysLost, ok := number(r.cell(lost))
	if !ok {
		return r.fault(lost, "absence.import.why.lost")
	}
	p.counted(when, daysLost)
	return p.sink.Reason(Reason{when, r.publishedGroup(), code, daysLost, NotCounted})
}

func (r row) month() (t time.Time, err error) {
	t, ok := monthOf(r.cell(month))
	if !ok {
		return t, r.fault(month, "absence.import.why.month")
	}
	return t, nil
}

// publishedGroup keeps the publisher's words: these files name nobody.
func (r row) publishedGroup() string {
	if g := r.cell(group); g != "" {
		return strings.Clone(g) // or the whole row would stay in memory
	}
	return allGroups
}
