package outreach_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/outreach"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx     = context.Background()
	now     = time.Now().Truncate(time.Second)
	anybody = access.Actor{Role: access.Anonymous, Wall: access.Hall}
)

// day is an open day in two weeks.
type day struct {
	world.T
	db   *postgres.DB
	w    *world.World
	s    *outreach.Service
	lead access.Actor
	id   uuid.UUID
}

func open(t *testing.T, places int) *day {
	db := world.Open(t)
	w := world.New(t, db)
	d := &day{T: world.T{T: t}, db: db, w: w, s: outreach.New(db), lead: w.OHLead.As(access.Lead, access.Clinical), id: uuid.New()}
	in := outreach.EventIn{ID: d.id, Kind: outreach.Recruitment, Title: "Open day", About: "Meet us.", On: locale.Day(now).AddDays(14), At: "10:00", Minutes: 120, Place: "Hall", Places: places}
	for range 2 {
		if err := d.s.Plan(ctx, d.lead, now, in); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.s.Public(ctx, anybody, d.id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("before sign-up is open the link shows it: %v", err)
	}
	if err := d.s.Open(ctx, d.lead, now, d.id); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *day) sign(name string, mayWrite bool) (uuid.UUID, error) {
	in := outreach.SignIn{ID: uuid.New(), Name: name, Email: "x@example.org", MayWrite: mayWrite, Interest: "nurse"}
	err := d.s.SignUp(ctx, anybody, now, d.id, in)
	if err == nil {
		err = d.s.SignUp(ctx, anybody, now, d.id, in) // the same form again
	}
	return in.ID, err
}

func (d *day) view() outreach.View {
	d.Helper()
	v, err := d.s.Find(ctx, d.lead, d.id)
	if err != nil {
		d.Fatal(err)
	}
	return v
}

func (d *day) is(err error, kind fault.Kind, what string) {
	d.Helper()
	if fault.KindOf(err) != kind {
		d.Errorf("%s: %v", what, err)
	}
}

// Thirty want seven places at once: seven have one, and nobody else a row.
func TestNoMoreThanThereAre(t *testing.T) {
	d := open(t, 7)
	var wg sync.WaitGroup
	var mu sync.Mutex
	got, full := 0, 0
	for i := range 30 {
		wg.Go(func() {
			_, err := d.sign(fmt.Sprint("Guest ", i), false)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				got++
			case fault.KeyOf(err) == "outreach.full":
				full++
			default:
				t.Errorf("signing up: %v", err)
			}
		})
	}
	wg.Wait()
	if v := d.view(); got != 7 || full != 23 || v.Taken != 7 || len(v.Guests) != 7 {
		t.Errorf("%d got a place and %d did not; %d are taken, %d rows", got, full, v.Taken, len(v.Guests))
	}
}

// From sign-up to what became of it, and what is kept when the names are forgotten.
func TestLife(t *testing.T) {
	d := open(t, 10)
	ann, err := d.sign("Ann", true)
	if err != nil {
		t.Fatal(err)
	}
	bob, _ := d.sign("Bob", false)
	cid, _ := d.sign("Cid", true)
	for range 2 {
		if err := d.s.GiveUp(ctx, anybody, now, cid); err != nil {
			t.Fatal(err)
		}
	}
	if p, err := d.s.Ticket(ctx, anybody, cid); err != nil || p.State != outreach.Cancelled || p.Taken != 2 {
		t.Errorf("a place that was given up: %+v, %v", p, err)
	}
	d.is(d.s.Mark(ctx, d.lead, now, d.id, nil, 0), fault.Conflict, "saying who came before the day")
	day := now.AddDate(0, 0, 15)
	d.is(d.s.GiveUp(ctx, anybody, day, bob), fault.Conflict, "giving up after the day")
	d.is(d.s.SignUp(ctx, anybody, day, d.id, outreach.SignIn{ID: uuid.New(), Name: "Dee", Email: "d@example.org"}), fault.Conflict, "signing up after the day")
	d.OK(d.s.Mark(ctx, d.lead, day, d.id, []uuid.UUID{ann, cid}, 4))
	d.OK(d.s.Spend(ctx, d.lead, day, d.id, outreach.CostIn{Pounds: 100, Hours: 5}))
	d.OK(d.s.Follow(ctx, d.lead, day, d.id, map[uuid.UUID]string{ann: "applied", bob: "written", cid: "written"}))
	v := d.view()
	if want := (outreach.Tally{Signed: 2, Came: 5, Leads: 1, Applied: 1}); v.Tally != want {
		t.Errorf("counted %+v, want %+v", v.Tally, want)
	}
	for _, g := range v.Guests {
		if g.ID != ann && g.Outcome != "" {
			t.Errorf("%s is a lead without having agreed", g.Name)
		}
	}
	worker := access.Actor{Role: access.System, Wall: access.Worker}
	forget := func(at time.Time) outreach.View {
		if err := d.db.InTenant(ctx, worker, func(tx *postgres.Tx) error { return d.s.Forget(ctx, tx, at) }); err != nil {
			t.Fatal(err)
		}
		return d.view()
	}
	starts := v.Starts
	if kept := forget(starts.AddDate(0, d.s.Pack().Forget, -1)); len(kept.Guests) != 3 {
		t.Errorf("names are forgotten early: %d are left", len(kept.Guests))
	}
	gone := forget(starts.AddDate(0, d.s.Pack().Forget, 1))
	if len(gone.Guests) != 0 || gone.Tally != v.Tally || gone.Forgotten.IsZero() {
		t.Errorf("forgotten: %d are left, counted %+v, on %v", len(gone.Guests), gone.Tally, gone.Forgotten)
	}
	if cost, ok := d.s.Pack().PerLead(gone.Event, gone.Tally); !ok || cost != 100+5*d.s.Pack().Hour {
		t.Errorf("a lead costs %v, %v", cost, ok)
	}
}

// Only the team of the service reads who comes; the login that writes it does not.
func TestWalls(t *testing.T) {
	d := open(t, 5)
	place, err := d.sign("Ann", true)
	if err != nil {
		t.Fatal(err)
	}
	foreign := d.w.ForeignOHNurse.As(access.Nurse, access.Clinical)
	_, err = d.s.Find(ctx, foreign, d.id)
	d.is(err, fault.NotFound, "another service")
	d.is(d.s.Cancel(ctx, foreign, now, d.id), fault.NotFound, "another service calls it off")
	d.is(d.s.Open(ctx, foreign, now, d.id), fault.NotFound, "another service opens it")
	if d.view().Off {
		t.Error("another service has called it off")
	}
	d.is(d.s.Step(ctx, d.lead, now, d.id, "signpost", true), fault.NotFound, "a step of another kind")
	for who, a := range map[string]access.Actor{"the hall": anybody, "the employer": d.w.Ward.As(access.Manager, access.Employer), "growth": d.w.OHLead.As(access.Lead, access.Growth),
		"the portal": d.w.Nurse.As(access.Person, access.Portal), "the worker": {Role: access.System, Wall: access.Worker}} {
		err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `select name, email from outreach_signup`)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s reads who comes: %v", who, err)
		}
	}
	if err := d.s.Cancel(ctx, d.lead, now, d.id); err != nil {
		t.Fatal(err)
	}
	if p, err := d.s.Ticket(ctx, anybody, place); err != nil || !p.Off {
		t.Errorf("whoever has a place is not told: %+v, %v", p, err)
	}
	_, err = d.sign("Bob", false)
	d.is(err, fault.Conflict, "signing up for what is called off")
}
