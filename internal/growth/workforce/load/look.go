package load

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
)

// Look is something about the team that needs a look: a word key under load.look, and its numbers. Red is what harms people now;
// the others, amber, may come to it, or nobody knows.
type Look struct {
	Red  bool
	Key  string
	Args []any
}

// longEmpty is after how many days an empty post is red: a year's budget was not spent on what it is for.
const longEmpty = 365

// quarterDays is how many days a quarter has.
const quarterDays = 365.25 / 4

// usual is how many days a vacancy is expected to take, by the shares that the plan reckons with.
func usual(f workforce.Fill) int {
	sum := 0.0
	for i, share := range f.Shares {
		sum += share * float64(i+1) * quarterDays
	}
	return int(math.Round(sum))
}

// middle is the middle of the pulse's scale from 1 to 5.
const middle = 3

// Looks says what needs a look, and leaves the rest out. Nobody has published limits for a team of occupational health, so each line
// lies against something that the service itself has set or done: half of the clinicians, the middle of the scale, its own mean,
// its own plan. What is not collected needs a look too: it may hide anything.
//
//   - caseload: the list, or the appointments given, of the newest weeks is well above the team's own past, by the rules of the pack;
//   - overtime: the newest month entered has more hours than the mean of the months entered before it;
//   - supervision: fewer than half of the clinicians took it in the newest month that may be told;
//   - vacancies: more people left in twelve months, with or without an advert, than the plan expects leavers and retirements a year;
//   - empty: a post has been empty longer than vacancies are expected to take; red after a year;
//   - pulse: the newest mean that may be told is below the middle of the scale.
//
// Red are the pulse, supervision and a post that has long been empty. The red ones come first.
func (l Load) Looks() (out []Look) {
	var amber []Look
	add := func(key string, args ...any) { amber = append(amber, Look{false, key, args}) }
	red := func(key string, args ...any) { out = append(out, Look{true, key, args}) }
	l.crowded(add)
	if hours, before, ok := l.lately(); !ok {
		add("overtime.none")
	} else if before.n > 0 && hours.Hours > before.mean() {
		add("overtime", "hours", round(hours.Hours), "month", hours.Month.MonthYear(), "mean", round(before.mean()))
	}
	if len(l.Supervised) == 0 {
		add("supervision.none")
	}
	for _, m := range l.Supervised {
		if m.Few {
			continue
		}
		if 2*m.Took < m.Clinicians {
			red("supervision", "took", m.Took, "all", m.Clinicians, "month", m.Month.MonthYear())
		}
		break
	}
	expected := 0.0
	for _, x := range l.Expected {
		expected += x.Leavers + x.Retire
	}
	if l.Posts && float64(l.Left+l.Silent) > expected {
		add("vacancies", "n", l.Left+l.Silent, "expected", round(expected))
	}
	for _, e := range l.Empty {
		say := add
		if e.Days > longEmpty {
			say = red
		}
		if e.Days > l.Usual {
			say("empty", "title", e.Title, "n", e.Days, "since", e.Since.Long(), "usual", l.Usual)
		}
	}
	for _, p := range l.Pulse {
		if p.Few {
			continue
		}
		if p.Mean < middle {
			red("pulse", "question", p.Question, "mean", round(p.Mean), "day", p.Closes.Long())
		}
		break
	}
	return append(out, amber...)
}

// mean is a sum of months.
type mean struct {
	sum float64
	n   int
}

func (m mean) mean() float64 { return m.sum / float64(m.n) }

// lately is the newest month of overtime that was entered, and those entered before it.
func (l Load) lately() (newest Month, before mean, ok bool) {
	for _, m := range l.Overtime {
		switch {
		case !m.Known:
		case !ok:
			newest, ok = m, true
		default:
			before.sum, before.n = before.sum+m.Hours, before.n+1
		}
	}
	return newest, before, ok
}

func round(x float64) float64 { return math.Round(10*x) / 10 }
