package e2e

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// seat is somebody who sees people.
type seat struct {
	role    string     // in the ledger: whose list they work on
	minutes float64    // with patients on a day at work
	away    float64    // share of the working days: leave, study, sickness
	came    civil.Date // zero: before the story
	begins  float64    // share of the work on the first day,
	ramp    float64    // and days until it is all of it
	lends   float64    // minutes a working day that come to the list of nurses with them: backfill less supervision
}

// gives are the minutes with patients of a day at work.
func (s seat) gives(d civil.Date) float64 {
	switch {
	case d.Before(s.came):
		return 0
	case s.came.IsZero() || s.ramp <= 0:
		return s.minutes
	}
	return s.minutes * (s.begins + (1-s.begins)*min(float64(d.DaysSince(s.came))/s.ramp, 1))
}

const (
	dayLength  = 7.5 * 60 // minutes of a full-time working day
	daysOfYear = 253.0    // without weekends and eight bank holidays
	daysOfRamp = 365.25 / 12
)

// seats are those in post now, as the product's pages have them: the hours with patients that the establishment, what the plan
// assumes and the development post say. Whoever came last is last, so that nobody's luck moves when somebody starts.
func (l *loop) seats() (out []seat) {
	l.t.Helper()
	team, err := l.h.app.Workforce.Find(l.t.Context(), l.lead.As(access.Lead, access.Growth), l.h.now())
	if err != nil {
		l.t.Fatal(err)
	}
	pools, err := assumed.Load(content.FS)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, p := range team.Posts {
		pool := pools.Of(p.Role)
		if pool == nil {
			continue
		}
		for range p.InPost {
			out = append(out, sit(team, p, pool.Ledger))
		}
	}
	slices.SortStableFunc(out, func(a, b seat) int { return cmp.Or(a.came.Compare(b.came), cmp.Compare(a.role, b.role)) })
	return out
}

// sit is one person of a post. No course ends within the story.
func sit(team workforce.Team, p workforce.Post, role string) seat {
	plan, study := team.Setting, team.Setting.Study
	s := seat{role: role, minutes: dayLength * p.WTE * plan.Rates[p.Role].Clinical / 100, came: p.StartedOn, begins: team.Pack.Assumed.RampBegins / 100, ramp: plan.RampMonths * daysOfRamp}
	if c, ok := team.Change(p.Change); ok && c.Development != nil {
		study = c.Development.Study
		s.lends = (c.Development.Backfill - c.Development.Supervision) * 60 / 5
	}
	s.away = (plan.Leave+study)/daysOfYear + plan.Sickness/100
	return s
}

// happen lets the service go on until today with who is in post, writes it into the ledger as the pages of care do, and makes the
// roll-ups.
func (l *loop) happen() {
	l.t.Helper()
	team := l.seats()
	if l.queue == nil {
		l.queue = newQueue(seedOfStory, locale.Day(l.time(-before, 1, "0:00")), team)
	}
	var rows []activity.Row
	for _, e := range l.queue.play(team, locale.Day(l.h.now())) {
		rows = append(rows, activity.Row{Kind: e.kind, At: e.at, Organisation: l.organisation, Service: l.service, Person: l.lead.Person, Case: e.id, Actor: l.lead.Account, Codes: e.codes})
	}
	err := l.h.db.InTenant(l.t.Context(), access.SystemActor(access.Worker, uuid.Nil, l.service), func(tx *postgres.Tx) error {
		return activity.Ledger{Keys: l.h.keys}.CopyIn(l.t.Context(), tx, rows)
	})
	if err != nil {
		l.t.Fatal(err)
	}
	l.roll()
}
