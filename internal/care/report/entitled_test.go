package report_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// newManager moves the person to another manager in the workforce record, as the staff feed does.
func newManager(c *casetest.Case, who uuid.UUID) {
	c.In(c.Manager, `update post set manager_person_id = $1 where organisation_id = $2 and person_id = $3`, who, c.W.Trust, c.W.Nurse.Person)
}

func leaves(c *casetest.Case, who world.Who) {
	c.In(c.Manager, `update person set left_on = current_date where organisation_id = $1 and id = $2`, c.W.Trust, who.Person)
}

func lend(c *casetest.Case, to world.Who, state string) {
	c.In(c.Manager, `insert into delegation (organisation_id, id, manager_person_id, person_id, reason, starts_on, ends_on, state, requested_at)
 values ($1, $2, $3, $4, 'cover', current_date - 1, current_date + 30, $5, now())`, c.W.Trust, uuid.New(), to.Person, c.W.Nurse.Person, state)
}

// TestRecipientHasChanged: the person agreed to a manager and an HR adviser; what they are when it goes decides.
func TestRecipientHasChanged(t *testing.T) {
	for _, x := range []struct {
		name     string
		change   func(*casetest.Case)
		ward, hr bool // still receives
	}{
		{"nothing changed", func(*casetest.Case) {}, true, true},
		{"another manager", func(c *casetest.Case) { newManager(c, c.W.Peer.Person) }, false, true},
		{"the manager left", func(c *casetest.Case) { leaves(c, c.W.Ward) }, false, true},
		{"the manager became a delegate", func(c *casetest.Case) { newManager(c, c.W.Peer.Person); lend(c, c.W.Ward, "confirmed") }, true, true},
		{"a delegation nobody confirmed", func(c *casetest.Case) { newManager(c, c.W.Peer.Person); lend(c, c.W.Ward, "requested") }, false, true},
		{"the adviser, named for herself, is no longer HR but in her post", func(c *casetest.Case) { c.HR = nil }, true, true},
		{"the adviser has another post", func(c *casetest.Case) {
			c.HR = nil
			c.In(c.Manager, `update post set starts_on = current_date + 1 where organisation_id = $1 and person_id = $2`, c.W.Trust, c.W.HR.Person)
		}, true, false},
		{"the adviser left, though still HR in the list of roles", func(c *casetest.Case) { leaves(c, c.W.HR) }, true, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := casetest.New(t)
			c.Sign("v1")
			must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
			x.change(c)
			must(t, c.Run())
			to := casetest.Ask[[]uuid.UUID](c, c.Clinician, `select recipients from released_report where report_id = $1`, c.Report)
			if slices.Contains(to, c.W.Ward.Person) != x.ward || slices.Contains(to, c.W.HR.Person) != x.hr {
				t.Errorf("went to %v; want the manager %v, the adviser %v", to, x.ward, x.hr)
			}
		})
	}
}

// TestRecipientHasChangedSinceRelease: who received it and then stopped being what they were finds nothing.
func TestRecipientHasChangedSinceRelease(t *testing.T) {
	c, ctx := casetest.New(t), context.Background()
	c.Sign("v1")
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
	must(t, c.Run())
	_, err := c.S.Receive(ctx, c.Manager, c.Now, c.Referral)
	must(t, err)
	newManager(c, c.W.Peer.Person)
	_, opened := c.S.Receive(ctx, c.Manager, c.Now, c.Referral)
	_, listed := c.S.ListAdjustments(ctx, c.Manager, c.Now, c.Referral)
	_, answered := c.S.AnswerAdjustments(ctx, c.Manager, c.Now, c.Referral, []report.AdjustmentAnswer{{Status: "done"}, {Status: "done"}})
	for name, err := range map[string]error{"open": opened, "adjustments": listed, "answer": answered} {
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v, want missing", name, err)
		}
	}
	if _, err := c.S.Receive(ctx, c.W.HR.As(access.HR, access.Employer), c.Now, c.Referral); err != nil {
		t.Errorf("HR, who remains: %v", err)
	}
}

// TestHeldRelease: with nobody left it waits, says so to OH once, and goes when somebody may have it again.
func TestHeldRelease(t *testing.T) {
	c := casetest.New(t)
	tasks := func() int {
		return casetest.Ask[int](c, c.Clinician, `select count(*) from task where casefile_id = $1 and kind = 'recipient_changed' and owner_account is null and done_at is null`, c.ID)
	}
	c.Sign("v1")
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1, Recipients: []uuid.UUID{c.W.Ward.Person}}))
	newManager(c, c.W.Peer.Person)
	for range 3 {
		must(t, c.Run())
		if released(c) != 0 || tasks() != 1 {
			t.Fatalf("%d released, %d tasks", released(c), tasks())
		}
		c.Now = c.Now.Add(25 * time.Hour)
	}
	newManager(c, c.W.Ward.Person)
	c.Now = time.Now() // the database takes no release dated ahead of its own clock
	must(t, casetest.Work(c, []byte(`{"report":"`+c.Report.String()+`","version":1}`), c.S.Release))
	if released(c) != 1 || tasks() != 0 {
		t.Errorf("mended: %d released, %d tasks", released(c), tasks())
	}
}
