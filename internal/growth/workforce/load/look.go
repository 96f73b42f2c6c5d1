package load

import "math"

// Look is something about the team that needs a look: a word key under load.look, and its numbers.
type Look struct {
	Key  string
	Args []any
}

// middle is the middle of the pulse's scale from 1 to 5.
const middle = 3

// Looks says what needs a look, and leaves the rest out. Nobody has published limits for a team of occupational health, so each line
// lies against something that the service itself has set or done: half of the clinicians, the middle of the scale, its own mean,
// its own plan. What is not collected needs a look too: it may hide anything.
//
//   - overtime: the newest month entered has more hours than the mean of the months entered before it;
//   - supervision: fewer than half of the clinicians took it in the newest month that may be told;
//   - vacancies: more posts became vacant in twelve months than the plan expects leavers and retirements a year;
//   - pulse: the newest mean that may be told is below the middle of the scale.
func (l Load) Looks() (out []Look) {
	add := func(key string, args ...any) { out = append(out, Look{key, args}) }
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
			add("supervision", "took", m.Took, "all", m.Clinicians, "month", m.Month.MonthYear())
		}
		break
	}
	expected := 0.0
	for _, x := range l.Expected {
		expected += x.Leavers + x.Retire
	}
	if l.Posts && float64(l.Left) > expected {
		add("vacancies", "n", l.Left, "expected", round(expected))
	}
	for _, p := range l.Pulse {
		if p.Few {
			continue
		}
		if p.Mean < middle {
			add("pulse", "question", p.Question, "mean", round(p.Mean), "day", p.Closes.Long())
		}
		break
	}
	return out
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
