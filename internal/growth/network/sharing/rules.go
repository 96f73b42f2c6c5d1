package sharing

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// Name is the item of an agreement that the organisation is named.
const Name = "name"

// Skills is the item of an agreement that the organisation takes part in the skills bank of its ICS (package skillsbank), under its name.
// Nothing of it is a figure, and it is in no release.
const Skills = "skills"

// Nation is the item of an agreement that what leaves for the ICS leaves for the nation too.
const Nation = "nation"

// State of an agreement.
type State string

// The states.
const (
	Asked   State = "asked"
	Agreed  State = "agreed"
	Refused State = "refused"
	Ended   State = "ended"
)

// Agreement is about one item: a metric, or the name.
type Agreement struct {
	ID        uuid.UUID
	Item      string
	From      civil.Date
	State     State
	AskedAt   time.Time
	AskedBy   string
	DecidedAt time.Time
	DecidedBy string
	EndedAt   time.Time
	EndedBy   string
}

// Open says whether it is asked for or in force.
func (a Agreement) Open() bool { return a.State == Asked || a.State == Agreed }

// Last is the last month that is over on a day.
func Last(today civil.Date) civil.Date {
	return civil.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(-1)
}

// EndOf is the last day of a month.
func EndOf(month civil.Date) civil.Date { return month.AddMonths(1).AddDays(-1) }

// Choices are the months from which a metric can be shared: the newest first.
func Choices(today civil.Date, back int) []civil.Date {
	out := make([]civil.Date, back)
	for i := range out {
		out[i] = Last(today).AddMonths(-i)
	}
	return out
}

// due lists the months of an agreement up to the last one that is over, oldest first.
func due(a Agreement, last civil.Date) (out []civil.Date) {
	for m := a.From; !m.After(last); m = m.AddMonths(1) {
		out = append(out, m)
	}
	return out
}

// owed lists those of them that may still leave: a month of a share, or of groups, leaves at once or not at all, so that one that has
// left need not be worked out again. Of what has items, some may have left.
func owed(a Agreement, m release.Metric, last civil.Date, left map[release.Key]bool) []civil.Date {
	gone := map[civil.Date]bool{}
	for k := range left {
		if m.Once() && k.Metric == m.ID {
			gone[k.Month] = true
		}
	}
	return slices.DeleteFunc(due(a, last), func(month civil.Date) bool { return gone[month] })
}

// fresh leaves the figures that are of one of the months and have not left before.
func fresh(figures []release.Figure, months []civil.Date, left map[release.Key]bool) (out []release.Figure) {
	for _, f := range figures {
		if slices.Contains(months, f.Month) && !left[f.Key()] {
			out = append(out, f)
		}
	}
	return out
}
