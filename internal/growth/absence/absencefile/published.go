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
		return r.fault(organisation, "the organisation code is not three to ten letters and digits")
	}
	daysLost, ok := number(r.cell(lost))
	if !ok {
		return r.fault(lost, "days lost are not a number")
	}
	daysAvailable, ok := number(r.cell(available))
	if !ok {
		return r.fault(available, "days available are not a number")
	}
	if daysLost > daysAvailable {
		return r.fault(lost, "more days are lost than were available")
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
		return r.fault(reason, "the reason is not in the list of ESR reasons")
	}
	daysLost, ok := number(r.cell(lost))
	if !ok {
		return r.fault(lost, "days lost are not a number")
	}
	p.counted(when, daysLost)
	return p.sink.Reason(Reason{when, r.publishedGroup(), code, daysLost, NotCounted})
}

func (r row) month() (t time.Time, err error) {
	t, ok := monthOf(r.cell(month))
	if !ok {
		return t, r.fault(month, "the date is not one we can read, such as 31/03/2024")
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
