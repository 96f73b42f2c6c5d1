package appointment_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestOffersGoDownTheList drives freed slots, waiting people and the clock at random. After every step: a slot is
// held for at most one case, every new offer went to whoever came first by priority, then breach, then wait, of
// those who could have it, and nobody was ever offered a slot twice. ROWAN_PROVE=1 runs more.
func TestOffersGoDownTheList(t *testing.T) {
	checks := "12"
	if os.Getenv("ROWAN_PROVE") == "1" {
		checks = "150"
	}
	if err := flag.Set("rapid.checks", checks); err != nil {
		t.Fatal(err)
	}
	db := world.Open(t)
	var lapsed, taken int
	rapid.Check(t, func(rt *rapid.T) {
		m := newOffers(rt, t, db)
		rt.Repeat(map[string]func(*rapid.T){
			"":              m.invariant,
			"asks":          m.asks,
			"asks too":      m.asks,
			"slot is freed": m.look,
			"offers lapse":  m.lapse,
			"all lapse":     m.lapse,
			"time passes":   m.pass,
			"time runs":     m.pass,
			"takes":         m.takes,
			"books another": m.booksAnother,
		})
		lapsed, taken = lapsed+m.lapsed, taken+m.taken
	})
	t.Logf("%s runs: %d offers after a lapse, %d taken", checks, lapsed, taken)
	if lapsed == 0 || taken == 0 {
		t.Error("no offer lapsed, or none was taken: the test proves nothing")
	}
}

// asker is one person's case as the oracle knows it.
type asker struct {
	who      world.Who
	id       uuid.UUID
	priority string
	received time.Time
	booked   bool
}

// offered is an offer that the oracle saw.
type offered struct {
	to    uuid.UUID // case
	until time.Time
}

type offers struct {
	*testing.T
	db            *postgres.DB
	w             *world.World
	s             *appointment.Service
	now           time.Time
	slots         []appointment.Time
	askers        []*asker
	live          map[uuid.UUID]offered            // by slot: the offer that stands or stood last
	had           map[uuid.UUID]map[uuid.UUID]bool // by slot: the people who had it
	gone          map[uuid.UUID]bool
	lapsed, taken int
}

func newOffers(rt *rapid.T, t *testing.T, db *postgres.DB) *offers {
	w := world.New(t, db)
	m := &offers{T: t, db: db, w: w, s: service(db, w, nil), now: monday, live: map[uuid.UUID]offered{}, had: map[uuid.UUID]map[uuid.UUID]bool{}, gone: map[uuid.UUID]bool{}}
	clinic(t, m.s, w, 1, 60)
	first := caretest.Self(t, db, w.OHLead, "words", monday)
	m.slots = free(t, m.s, w.OHNurse.As(access.Nurse, access.Clinical), monday, first)[1:3]
	for _, x := range m.slots {
		m.had[x.Slot] = map[uuid.UUID]bool{}
	}
	for range 3 {
		m.asks(rt)
	}
	return m
}

// asks adds a person who waits; some people have more than one case.
func (m *offers) asks(rt *rapid.T) {
	people := []world.Who{m.w.Nurse, m.w.Ward, m.w.Peer, m.w.HR, m.w.OHPhysio}
	a := &asker{who: rapid.SampledFrom(people).Draw(rt, "who"), priority: rapid.SampledFrom([]string{"P1", "P2", "P3"}).Draw(rt, "priority"),
		received: monday.Add(-time.Duration(rapid.IntRange(1, 40*24).Draw(rt, "hours")) * time.Hour)}
	a.id = caretest.Self(m, m.db, a.who, "words", a.received)
	caretest.Waiting(m, m.db, m.w.OHNurse, a.id, "oh_nurse", a.priority, a.received)
	m.askers = append(m.askers, a)
}

func (m *offers) find(id uuid.UUID) *asker {
	for _, a := range m.askers {
		if a.id == id {
			return a
		}
	}
	return nil
}

// stands says whether a slot is held for somebody who still wants it.
func (m *offers) stands(slot uuid.UUID) bool {
	o, ok := m.live[slot]
	return ok && o.until.After(m.now) && !m.find(o.to).booked
}

// best is the oracle: whom a slot should be offered to now. Every case has the same pathway and no pause, and a
// target of a priority is the same number of working days for all, so who was received first breaches first.
func (m *offers) best(slot appointment.Time) *asker {
	if m.gone[slot.Slot] || m.stands(slot.Slot) || slot.StartsAt.Sub(m.now) < 2*time.Hour {
		return nil
	}
	var best *asker
	for _, a := range m.askers {
		busy := false
		for other, o := range m.live {
			busy = busy || other != slot.Slot && o.to == a.id && o.until.After(m.now)
		}
		if a.booked || busy || m.had[slot.Slot][a.who.Person] {
			continue
		}
		if best == nil || a.priority < best.priority || a.priority == best.priority && a.received.Before(best.received) {
			best = a
		}
	}
	return best
}

// look is the job: when a slot is freed, when an offer lapses, and when it is tried once more for no reason.
func (m *offers) look(rt *rapid.T) { m.offer(rt, rapid.SampledFrom(m.slots).Draw(rt, "slot")) }

// lapse lets the offers end that stand, and works the jobs that they left behind.
func (m *offers) lapse(rt *rapid.T) {
	m.now = m.now.Add(25 * time.Hour)
	for _, slot := range m.slots {
		m.offer(rt, slot)
	}
}

func (m *offers) offer(rt *rapid.T, slot appointment.Time) {
	want := m.best(slot)
	err := m.db.InTenant(ctx, access.SystemActor(access.Clinical, m.w.Trust, m.w.Service), func(tx *postgres.Tx) error {
		return m.s.Offer(ctx, tx, m.now, appointment.FreedArgs{Organisation: m.w.Trust, Service: m.w.Service, Slot: slot.Slot})
	})
	if err != nil {
		rt.Fatal(err)
	}
	to, until, n := m.held(slot.Slot)
	if n != len(m.had[slot.Slot]) && want == nil || want != nil && n != len(m.had[slot.Slot])+1 {
		rt.Fatalf("%d offers of the slot, before %d, wanted one more: %v", n, len(m.had[slot.Slot]), want != nil)
	}
	if want == nil {
		return
	}
	got := m.find(to)
	if got == nil || got.priority != want.priority || !got.received.Equal(want.received) {
		rt.Fatalf("offered to %+v, want %+v", got, want)
	}
	if len(m.had[slot.Slot]) > 0 {
		m.lapsed++
	}
	m.had[slot.Slot][got.who.Person] = true
	m.live[slot.Slot] = offered{to, until}
}

// held reads whom a slot is held for, and how many offers of it there ever were.
func (m *offers) held(slot uuid.UUID) (to uuid.UUID, until time.Time, n int) {
	err := m.db.InTenant(ctx, m.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select coalesce(offered_casefile_id, $2), coalesce(offered_until, '2000-01-01'), (select count(*) from slot_offer where slot_id = $1) from slot where id = $1`,
			slot, uuid.Nil).Scan(&to, &until, &n)
	})
	if err != nil {
		m.Fatal(err)
	}
	return to, until, n
}

func (m *offers) pass(rt *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 30).Draw(rt, "hours")) * time.Hour)
}

// takes books a slot for somebody who waits; only the one it is held for may have it while the offer stands.
func (m *offers) takes(rt *rapid.T) {
	if len(m.askers) == 0 {
		rt.Skip("nobody waits")
	}
	slot, a := rapid.SampledFrom(m.slots).Draw(rt, "slot"), rapid.SampledFrom(m.askers).Draw(rt, "who")
	if a.booked {
		rt.Skip("has a time")
	}
	o := m.live[slot.Slot]
	may := !m.gone[slot.Slot] && slot.StartsAt.After(m.now) && (o.to == a.id || !o.until.After(m.now))
	err := m.book(a, slot.Slot)
	if may != (err == nil) || err != nil && !errors.Is(err, appointment.ErrTaken) {
		rt.Fatalf("may book %v: %v", may, err)
	}
	if err == nil {
		a.booked, m.gone[slot.Slot] = true, true
		m.taken++
	}
}

// booksAnother gives somebody a time elsewhere: what was held for them is then wanted by nobody.
func (m *offers) booksAnother(rt *rapid.T) {
	if len(m.askers) == 0 {
		rt.Skip("nobody waits")
	}
	a := rapid.SampledFrom(m.askers).Draw(rt, "who")
	from := m.slots[1].StartsAt.Add(time.Hour)
	if from.Before(m.now) {
		from = m.now
	}
	times := free(m.T, m.s, m.w.OHNurse.As(access.Nurse, access.Clinical), from, a.id)
	if a.booked || len(times) == 0 {
		rt.Skip("has a time, or there is none")
	}
	if err := m.book(a, times[0].Slot); err != nil {
		rt.Fatal(err)
	}
	a.booked = true
}

func (m *offers) book(a *asker, slot uuid.UUID) error {
	return m.s.Book(context.Background(), a.who.As(access.Person, access.Portal), m.now, appointment.Booking{ID: uuid.New(), Case: a.id, Slot: slot})
}

// invariant: one offer of a slot stands at most, and the database knows no second one to the same person.
func (m *offers) invariant(rt *rapid.T) {
	twice := caretest.Ask[int](m, m.db, m.w.OHNurse.As(access.Nurse, access.Clinical),
		`select count(*) from (select 1 from slot_offer where service_id = $1 group by slot_id, person_id having count(*) > 1) as x`, m.w.Service)
	standing := caretest.Ask[int](m, m.db, m.w.OHNurse.As(access.Nurse, access.Clinical),
		`select coalesce(max(n), 0) from (select count(*) as n from slot_offer o join casefile c on c.service_id = o.service_id and c.id = o.casefile_id
 where o.service_id = $1 and o.until > $2 and c.state = 'awaiting_booking' group by o.slot_id) as x`, m.w.Service, m.now)
	if twice > 0 || standing > 1 {
		rt.Fatal(fmt.Sprintf("%d offers made twice, %d stand for one slot", twice, standing))
	}
}
