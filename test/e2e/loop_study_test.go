package e2e

import (
	"os"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// many plays the service of the story again with other luck: the team that the pages have by now, the same forecast, judged by the same
// rule. The story is of one seed, so this says whether another would have told another one: with ROWAN_PROVE of 100 services, else of 20.
// Of those where somebody started nearly every one is held to have changed, and most as foretold; of their twins hardly any.
func (l *loop) many() {
	l.t.Helper()
	seeds := 20
	if os.Getenv("ROWAN_PROVE") != "" {
		seeds = 100
	}
	team := l.seats()
	found := map[forecast.Judgement]int{}
	for seed := range uint64(seeds) {
		found[l.another(seed, team)]++
	}
	share := func(all ...forecast.Judgement) (sum float64) {
		for _, j := range all {
			sum += float64(found[j]) / float64(seeds)
		}
		return sum
	}
	l.t.Logf("of %d services with another luck: consistent with the forecast %d, more %d, less %d, no effect claimed %d, the other way %d", seeds,
		found[forecast.Consistent], found[forecast.More], found[forecast.Less], found[forecast.NoClaim], found[forecast.OtherWay])
	switch {
	case l.twin && share(forecast.Consistent, forecast.More, forecast.Less) > 0.1:
		l.t.Errorf("an effect is claimed of twins of which nobody started: %v", found)
	case !l.twin && (share(forecast.Consistent, forecast.More, forecast.Less) < 0.9 || share(forecast.Consistent) < 0.4):
		l.t.Errorf("the story is not that of most services: %v", found)
	}
	if here, want := l.another(seedOfStory, team), map[bool]forecast.Judgement{true: forecast.NoClaim, false: forecast.Consistent}[l.twin]; here != want {
		l.t.Errorf("played again, the service of the story is judged %s, and the page says %s", here, want)
	}
}

// another is what is judged of a service with another luck.
func (l *loop) another(seed uint64, team []seat) forecast.Judgement {
	first, end := locale.Day(l.time(-before, 1, "0:00")), locale.Day(l.time(foretold+1, 1, "0:00"))
	there := slices.DeleteFunc(slices.Clone(team), func(s seat) bool { return !s.came.IsZero() }) // when it began
	q := newQueue(seed, first, there)
	series := forecast.Series{}
	for month, waited := range medians(q.play(team, end), first) {
		if at := first.AddMonths(month); at.Before(end) {
			series.Months, series.Values = append(series.Months, at), append(series.Values, spc.Some(waited))
		}
	}
	o, err := forecast.Judge(forecast.Forecast{StartsOn: locale.Day(l.time(nurseIn, 2, "0:00")), Direction: spc.Decrease, Change: number(l.t, l.fall), Due: locale.Day(l.time(foretold, 1, "0:00"))}, series, end)
	if err != nil {
		l.t.Fatal(err)
	}
	return o.Judgement
}

// medians are the middle waits in working days of those first seen in each month, from one on.
func medians(events []event, first civil.Date) (out []float64) {
	calendar, came, seen := workday.England(), map[uuid.UUID]civil.Date{}, map[uuid.UUID]bool{}
	var months [][]float64
	for _, e := range events {
		switch day := locale.Day(e.at); e.kind {
		case activity.ReferralSubmitted:
			came[e.id] = day
		case activity.AppointmentHeld:
			if from, ok := came[e.id]; ok && !seen[e.id] {
				seen[e.id] = true
				i := (day.Year-first.Year)*12 + int(day.Month-first.Month)
				for len(months) <= i {
					months = append(months, nil)
				}
				days, _ := calendar.Between(from, day) // of years that the calendar knows
				months[i] = append(months[i], float64(days))
			}
		}
	}
	for _, m := range months {
		slices.Sort(m)
		out = append(out, (m[(len(m)-1)/2]+m[len(m)/2])/2)
	}
	return out
}
