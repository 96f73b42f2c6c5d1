package load

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
)

// left counts who left in the twelve months up to today. advertised are those by the vacancies of which it was said that somebody left.
// silent are the seats that became empty in these months and that nobody advertises: without an advert, an empty seat is taken to have
// been somebody's. A seat is advertised while a vacancy of its post has not brought anybody, and was not stopped before the seat was empty.
// A newly funded seat that nobody has had counts until its vacancy is opened, which says so; a head that was taken away with its person does not.
func left(t workforce.Team, today civil.Date) (advertised, silent int) {
	since, covered := today.AddMonths(-months), map[uuid.UUID]int{}
	for _, v := range t.Vacancies {
		if v.Left != nil && *v.Left && !v.Advertised.Before(since) {
			advertised++
		}
	}
	for _, p := range t.Posts {
		if p.Vacant() == 0 || p.VacantSince.IsZero() || p.VacantSince.Before(since) || p.VacantSince.After(today) {
			continue
		}
		for _, v := range t.Vacancies {
			if v.Post == p.ID && v.Started.IsZero() && (v.Closed.IsZero() || !v.Closed.Before(p.VacantSince)) {
				covered[p.ID]++
			}
		}
		silent += max(0, p.Vacant()-covered[p.ID])
	}
	return advertised, silent
}
