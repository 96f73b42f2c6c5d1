package e2e

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The service of the story: as many come on a working day as are seen, with three weeks' work on the list. Once the posts are
// filled it works on a list that is shorter by some four days of work, about as the simulation foretells.
const (
	comes    = 5.0
	listed   = 80.0
	listless = 62.0
	pulls    = 0.06 // appointments a day more for each person on the list above what is usual
	soonest  = 3    // days before which nobody is seen
	sooner   = 0.3  // share of appointments that somebody takes who can come at short notice
)

// event is a row of the ledger.
type event struct {
	kind  activity.Kind
	codes activity.Codes
	at    time.Time
	id    uuid.UUID
}

// queue plays the list of the service day by day, from two years before the story to its end.
func (l *loop) queue() (out []event) {
	type waits struct {
		from civil.Date
		id   uuid.UUID
	}
	rng, calendar := rand.New(rand.NewPCG(7, 8)), workday.England()
	begin, change, end := locale.Day(l.time(-before, 1, "0:00")), locale.Day(l.time(startsIn, 1, "0:00")), locale.Day(l.time(judgedIn, 6, "0:00"))
	var list []waits
	add := func(kind activity.Kind, d civil.Date, hour int, id uuid.UUID, codes activity.Codes) {
		codes.Source, codes.StaffGroup = "management", "Nursing and Midwifery Registered"
		out = append(out, event{kind, codes, locale.CivilDate(d.Year, d.Month, d.Day).Add(time.Duration(hour) * time.Hour), id})
	}
	refer := func(d civil.Date) {
		id := uuid.New()
		add(activity.ReferralSubmitted, d, 9, id, activity.Codes{Reason: "LTS"})
		add(activity.ReferralTriaged, d, 10, id, activity.Codes{Priority: "P2", Outcome: "ACCEPT-OHN"})
		add(activity.ReferralAccepted, d, 11, id, activity.Codes{Priority: "P2"})
		list = append(list, waits{d, id})
	}
	for i := range int(listed) { // who waits already came over the weeks before
		refer(begin.AddDays(-int(math.Round((listed - float64(i)) / comes * 7 / 5))))
	}
	for d := begin; d.Before(end); d = d.AddDays(1) {
		if !calendar.IsWorking(d) {
			continue
		}
		for range poisson(rng, comes) {
			refer(d)
		}
		usual := listed
		if !l.twin && !d.Before(change) {
			usual = listless
		}
		for slots := int(math.Round(comes + pulls*(float64(len(list))-usual) + rng.NormFloat64())); slots > 0 && len(list) > 0 && d.DaysSince(list[0].from) >= soonest; slots-- {
			i := 0
			if k := rng.IntN(len(list)); rng.Float64() < sooner && d.DaysSince(list[k].from) >= soonest {
				i = k
			}
			x := list[i]
			list = slices.Delete(list, i, i+1)
			role := "oh_nurse"
			if rng.Float64() < 0.25 {
				role = "oh_physician"
			}
			add(activity.AppointmentBooked, d.AddDays(-3), 12, x.id, activity.Codes{})
			add(activity.AppointmentHeld, d, 12, x.id, activity.Codes{})
			add(activity.ContactRecorded, d, 13, x.id, activity.Codes{Class: "diagnostic", Outcome: role})
			add(activity.CaseClosed, d, 16, x.id, activity.Codes{Outcome: "done"})
		}
	}
	slices.SortStableFunc(out, func(a, b event) int { return a.at.Compare(b.at) })
	return out
}

// happen writes what happened by now, and makes the roll-ups.
func (l *loop) happen() {
	l.t.Helper()
	var rows []activity.Row
	for now := l.h.now(); len(l.past) > 0 && l.past[0].at.Before(now); l.past = l.past[1:] {
		e := l.past[0]
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

// poisson draws by multiplying uniform numbers (Knuth).
func poisson(rng *rand.Rand, mean float64) (n int) {
	for p := rng.Float64(); p > math.Exp(-mean); p *= rng.Float64() {
		n++
	}
	return n
}
