package casefile_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func TestStopAndStartTheClock(t *testing.T) {
	b := casetest.New(t)
	b.Now = time.Date(2026, 11, 18, 10, 0, 0, 0, time.UTC) // a Wednesday; the case came on Monday
	s := casefile.New(casefile.Deps{DB: b.DB, Ledger: b.Ledger})
	nurse := b.W.OHNurse.As(access.Nurse, access.Clinical)
	c, ctx, id := b.Managed(flow.AwaitingBooking, &b.W.OHNurse), context.Background(), uuid.New()
	clock := func(at time.Time) casefile.Clock {
		t.Helper()
		rec, err := s.Record(ctx, nurse, at, access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, Value: c})
		if err != nil {
			t.Fatal(err)
		}
		return rec.Clock
	}
	if err := s.StopClock(ctx, nurse, b.Now, c, id, "with_person"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a reason that is not given by hand: %v", err)
	}
	for range 2 { // a double click
		if err := s.StopClock(ctx, nurse, b.Now, c, id, "awaiting_evidence"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.StopClock(ctx, nurse, b.Now, c, uuid.New(), "person_unavailable"); !errors.Is(err, flow.ErrMove) {
		t.Errorf("stopped twice: %v", err)
	}
	friday := b.Now.AddDate(0, 0, 2)
	for range 2 {
		if err := s.StartClock(ctx, nurse, friday, c); err != nil {
			t.Fatal(err)
		}
	}
	got := clock(b.Now.AddDate(0, 0, 5)) // Monday: a week of five working days, two of them stood
	if got.Raw != 5 || got.Adjusted != 3 || len(got.Pauses) != 1 || got.Open() != nil || got.Startable() {
		t.Errorf("the clock: %+v", got)
	}
	worker := access.SystemActor(access.Worker, b.W.Trust, b.W.Service)
	if n := b.Count(worker, `select count(*) from activity where kind in ('casefile.paused','casefile.resumed') and outcome = 'awaiting_evidence' and reason = 'LTS'`); n != 2 {
		t.Errorf("%d rows in the ledger, want one for the stop and one for the start", n)
	}
	caldicott := b.W.Caldicott.As(access.Caldicott, access.Audit)
	if n := b.Count(caldicott, `select count(*) from audit_event where object_id = $1 and action in ('casefile.paused','casefile.resumed')`, c.ID); n != 2 {
		t.Errorf("%d rows in the audit trail", n)
	}
}

// Where the case goes to somebody else, or is over, another pause takes over or none is needed.
func TestMovesEndPauses(t *testing.T) {
	b := casetest.New(t)
	s := casefile.New(casefile.Deps{DB: b.DB, Ledger: b.Ledger})
	nurse, ctx := b.W.OHNurse.As(access.Nurse, access.Clinical), context.Background()
	for _, x := range []struct {
		from, to flow.State
		ends     bool
	}{
		{flow.Received, flow.Returned, true}, {flow.Received, flow.AwaitingBooking, false}, {flow.ReportSigned, flow.WithPerson, true},
		{flow.AwaitingBooking, flow.Booked, false}, {flow.AwaitingBooking, flow.Closed, true},
	} {
		c := b.Managed(x.from, &b.W.OHNurse)
		if err := s.StopClock(ctx, nurse, b.Now, c, uuid.New(), "person_unavailable"); err != nil {
			t.Fatal(x.from, err)
		}
		err := b.DB.InTenant(ctx, nurse, func(tx *postgres.Tx) error {
			return flow.Move(ctx, tx, flow.Step{Service: c.Service, Case: c.ID, To: x.to, At: b.Now.Add(time.Hour), Closing: "ADVICE_COMPLETE"})
		})
		if err != nil {
			t.Fatal(x, err)
		}
		if open := b.Count(nurse, `select count(*) from clock_pause where casefile_id = $1 and ends_at is null`, c.ID); (open == 0) != x.ends {
			t.Errorf("%s to %s leaves %d open", x.from, x.to, open)
		}
		if !x.to.Live() || x.ends {
			if err := s.StopClock(ctx, nurse, b.Now, c, uuid.New(), "person_unavailable"); !errors.Is(err, flow.ErrMove) {
				t.Errorf("stopped while %s: %v", x.to, err)
			}
		}
	}
}
