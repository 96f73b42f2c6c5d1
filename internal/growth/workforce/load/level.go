package load

import (
	"errors"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Rule says when a measure of caseload needs a look: the mean of the newest weeks is more than so many percent, and so many people, above
// the mean of the weeks before them.
type Rule struct {
	On     bool
	Newest int
	Before int
	Least  int // weeks before that must be known
	Above  float64
	People float64
}

// Rules is the pack of them.
type Rules struct {
	Source   string
	Caseload struct{ List, Given Rule }
}

// LoadRules reads them.
func LoadRules(from fs.FS) (p Rules, err error) {
	if err := pack.Read(from, "workforce-load", &p); err != nil {
		return p, err
	}
	for _, r := range []Rule{p.Caseload.List, p.Caseload.Given} {
		if r.Newest < 1 || r.Least < 1 || r.Before < r.Least || r.Above < 0 || r.People < 0 {
			return p, errors.New("workforce-load: a rule without its weeks, or below nought")
		}
	}
	return p, nil
}

// rules are those that are compiled in.
var rules = pack.Once(LoadRules)

// Level is a measure of caseload in the newest weeks, beside the team's own past; Known is false where the rule is off or the past too short.
type Level struct {
	Known       bool
	Weeks, Past int // of the newest, and of the past
	Now, Before float64
	Above       float64 // percent
	High        bool
}

// level lays the newest weeks beside those before. of gives what a week adds and how much it counts.
func (r Rule) level(weeks []demand.Week, of func(demand.Week) (sum, n float64)) (l Level) {
	past := len(weeks) - r.Newest
	if !r.On || past < r.Least {
		return l
	}
	mean := func(weeks []demand.Week) (float64, bool) {
		sum, n := 0.0, 0.0
		for _, w := range weeks {
			a, b := of(w)
			sum, n = sum+a, n+b
		}
		return sum / n, n > 0
	}
	before := weeks[max(0, past-r.Before):past]
	l = Level{Weeks: r.Newest, Past: len(before), Above: r.Above}
	var now, then bool
	l.Now, now = mean(weeks[past:])
	l.Before, then = mean(before)
	if !now || !then {
		return Level{}
	}
	l.Known, l.High = true, l.Now > l.Before*(1+r.Above/100) && l.Now-l.Before >= r.People
	return l
}

// levels are the list and the appointments given, beside the team's own past. The list is counted at the end of each week, appointments on
// each day of work: a week with a bank holiday has fewer of both.
func levels(weeks []demand.Week, p Rules) (list, given Level) {
	return p.Caseload.List.level(weeks, func(w demand.Week) (float64, float64) { return float64(w.List), 1 }),
		p.Caseload.Given.level(weeks, func(w demand.Week) (float64, float64) { return float64(w.Given), float64(w.Days) })
}

// crowded says what of the caseload is higher than it was.
func (l Load) crowded(add func(key string, args ...any)) {
	for _, x := range []struct {
		key string
		Level
	}{{"list", l.ListLevel}, {"given", l.GivenLevel}} {
		if x.High {
			add("caseload."+x.key, "now", round(x.Now), "weeks", x.Weeks, "before", round(x.Before), "past", x.Past, "above", locale.Plain(x.Above))
		}
	}
}
