package report_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestAnswerReport: each recipient answers once, for the report that they read, and the ledger gets a code and no more.
func TestAnswerReport(t *testing.T) {
	ctx, c := context.Background(), casetest.New(t)
	c.Sign("v1")
	if err := c.Say(report.Say{Kind: report.Given, Version: 1}); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	got, err := c.S.Receive(ctx, c.Manager, c.Now, c.Referral)
	if err != nil || got.Answered != "" {
		t.Fatalf("%q, %v", got.Answered, err)
	}
	released := got.Reports[0].ID
	if f, err := c.S.AnswerReport(ctx, c.Manager, c.Now, c.Referral, released, "perhaps"); err != nil || len(f) != 1 || f[0].Key != "report.answered.empty" {
		t.Errorf("another word: %v, %v", f, err)
	}
	if _, err := c.S.AnswerReport(ctx, c.Manager, c.Now, c.Referral, uuid.New(), "yes"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("another report: %v", err)
	}
	if _, err := c.S.AnswerReport(ctx, c.W.Peer.As(access.Manager, access.Employer), c.Now, c.Referral, released, "yes"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("no recipient: %v", err)
	}
	for _, answer := range []string{"partly", "yes"} {
		if f, err := c.S.AnswerReport(ctx, c.Manager, c.Now, c.Referral, released, answer); err != nil || len(f) > 0 {
			t.Errorf("%s: %v, %v", answer, f, err)
		}
	}
	if got, err = c.S.Receive(ctx, c.Manager, c.Now, c.Referral); err != nil || got.Answered != "partly" {
		t.Errorf("kept %q, %v", got.Answered, err)
	}
	worker := access.SystemActor(access.Worker, uuid.Nil, c.Clinician.Service)
	if n := casetest.Ask[int](c, worker, `select count(*) from activity where kind = 'report.answered' and outcome = 'partly' and source is not null and organisation_id = $1`, c.Manager.Organisation); n != 1 {
		t.Errorf("%d events in the ledger", n)
	}
	err = c.DB.InTenant(ctx, c.Manager, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update report_receipt set answered = 'yes' where released_id = $1`, released)
		return err
	})
	if postgres.Code(err) != postgres.Locked {
		t.Errorf("the database lets an answer change: %v", err)
	}
}
