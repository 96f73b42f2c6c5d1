package report_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// TestAgain: a report is announced again while it waits for the person, and not before or after.
func TestAgain(t *testing.T) {
	c := casetest.New(t)
	want := func(when string, want ...string) {
		t.Helper()
		if got := caretest.Again(t, c.DB, c.W.Nurse, c.W.OHAdmin, c.Now, c.S.Again); !slices.Equal(got, want) {
			t.Errorf("%s: %q", when, got)
		}
	}
	ready := "report_ready " + c.Report.String() + " {}"
	want("before it is signed")
	c.Sign("v1")
	want("signed", ready)
	must(t, c.Say(report.Say{Kind: report.Refused, Version: 1}))
	want("refused")
	c.Now = c.Now.Add(time.Second)
	c.Sign("v2")
	want("a new version", ready)
	c.Now = c.Now.Add(time.Second)
	must(t, c.Say(report.Say{Kind: report.Given, Version: 2}))
	must(t, c.Run())
	want("released")
}

// TestSendLink: to the safe contact alone, while the report waits, three times a day.
func TestSendLink(t *testing.T) {
	c := casetest.New(t)
	admin := c.W.OHAdmin.As(access.OHAdmin, access.Clinical)
	send := func(click uuid.UUID) fault.Kind {
		err := c.S.SendLink(context.Background(), admin, c.Now, c.ID, click)
		if err == nil {
			return 0
		}
		return fault.KindOf(err)
	}
	sent := func() int {
		return casetest.Ask[int](c, access.SystemActor(access.Worker, c.W.Trust, c.W.Service), `select count(*) from outbox where message_key like 'report_link:%' and to_person = $1 and link_object = $2`, c.W.Nurse.Person, c.Report)
	}
	if got := send(uuid.New()); got != fault.Conflict {
		t.Errorf("before it is signed: %v", got)
	}
	c.Sign("v1")
	for range 3 {
		if got := send(uuid.New()); got != 0 {
			t.Errorf("signed: %v", got)
		}
	}
	if got := send(uuid.New()); got != fault.Conflict || sent() != 3 {
		t.Errorf("a fourth in a day: %v, %d sent", got, sent())
	}
	caretest.Unreached(t, c.DB, c.W.Nurse)
	c.Now = c.Now.AddDate(0, 0, 1)
	if got := send(uuid.New()); got != fault.Conflict || sent() != 3 {
		t.Errorf("without a safe contact: %v, %d sent", got, sent())
	}
}
