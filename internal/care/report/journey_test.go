package report_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
)

func released(c *casetest.Case) int {
	return casetest.Ask[int](c, c.Clinician, `select count(*) from released_report where report_id = $1`, c.Report)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadFirstThenAgree(t *testing.T) {
	c := casetest.New(t)
	c.Sign("v1")
	must(t, c.Run())
	if released(c) != 0 || c.Seen() != flow.SeenReportPending {
		t.Fatalf("released %d, seen %s before the person agreed", released(c), c.Seen())
	}
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1})) // a double click
	must(t, c.Run())
	if released(c) != 1 || c.Seen() != flow.SeenReported {
		t.Fatalf("released %d, seen %s", released(c), c.Seen())
	}
	got, err := c.S.Receive(context.Background(), c.Manager, c.Now, c.Referral)
	must(t, err)
	if len(got.Reports) != 1 || got.Reports[0].Content.Summary != casetest.Text("v1").Summary || len(got.Adjustments) != 2 {
		t.Fatalf("the manager received %+v", got)
	}
	if _, err := c.S.Receive(context.Background(), c.W.Peer.As(access.Manager, access.Employer), c.Now, c.Referral); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another manager: %v", err)
	}
	f, err := c.S.AnswerAdjustments(context.Background(), c.Manager, c.Now, c.Referral, []report.AdjustmentAnswer{{Status: "done"}, {Status: "not_possible"}})
	if err != nil || len(f) != 1 {
		t.Errorf("not possible without a reason: %v %v", f, err)
	}
	_, err = c.S.AnswerAdjustments(context.Background(), c.Manager, c.Now, c.Referral, []report.AdjustmentAnswer{{Status: "done"}, {Status: "not_possible", Reason: "No other duties"}})
	must(t, err)
	if n := casetest.Ask[int](c, c.Clinician, `select count(*) from report_receipt where released_id = $1`, got.Reports[0].ID); n != 1 {
		t.Errorf("%d receipts", n)
	}
}

func TestEarlyChoices(t *testing.T) {
	for _, x := range []struct {
		name        string
		say         report.Say
		after       time.Duration
		first, last int // released at once, and after the wait
	}{
		{"nothing said", report.Say{}, 240 * time.Hour, 0, 0},
		{"after I read it", report.Say{Kind: report.Choice, Way: report.AfterRead}, 240 * time.Hour, 0, 0},
		{"send now", report.Say{Kind: report.Choice, Way: report.Now}, 0, 1, 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := casetest.New(t)
			if x.say.Kind != "" {
				must(t, c.Say(x.say))
			}
			c.Sign("v1")
			must(t, c.Run())
			if n := released(c); n != x.first {
				t.Errorf("%d released at signing, want %d", n, x.first)
			}
			c.Now = c.Now.Add(x.after)
			if x.after > 0 {
				must(t, c.Run())
			}
			if n := released(c); n != x.last {
				t.Errorf("%d released, want %d", n, x.last)
			}
		})
	}
}

// TestNoticeTellsNothing: refused, withdrawn and silent look alike to the manager, in words and in time, up to and past
// the end of the case.
func TestNoticeTellsNothing(t *testing.T) {
	says := map[string][]report.EventKind{"silent": nil, "refused": {report.Refused}, "withdrawn": {report.Given, report.Withdrawn}}
	seen := map[string]string{}
	for name, kinds := range says {
		t.Run(name, func(t *testing.T) {
			c := casetest.New(t)
			start := c.Now
			c.Sign("v1")
			for _, k := range kinds {
				in := report.Say{Kind: k, Version: 1}
				if k == report.Withdrawn {
					in.Version = 0
				}
				must(t, c.Say(in))
			}
			// What the manager's timeline can show: the state of the referral, since when, and what came with it.
			look := func(when string) {
				seen[name] += when + ": " + casetest.Ask[string](c, c.Manager, `select state || ' ' || coalesce(state_reason, '') || ' ' || coalesce(state_note, '') from referral where id = $1`, c.Referral) +
					" " + casetest.Ask[time.Time](c, c.Manager, `select state_at from referral where id = $1`, c.Referral).Sub(start).String() + "\n"
			}
			due := report.Deadline(c.Now, 5)
			for _, at := range []time.Time{start.Add(time.Hour), due.Add(-time.Minute)} {
				c.Now = at
				must(t, c.Run())
				left, err := c.Close()
				if err != nil || !left.ReportPending {
					t.Errorf("at %s the case could close: %+v %v", at, left, err)
				}
				look("before the deadline")
			}
			if c.Seen() != flow.SeenReportPending {
				t.Errorf("before the deadline the manager sees %s", c.Seen())
			}
			c.Now = due
			must(t, c.Run())
			if c.Seen() != flow.SeenNotReported {
				t.Errorf("after the deadline the manager sees %s", c.Seen())
			}
			look("at the deadline")
			c.Now = due.Add(time.Hour)
			if left, err := c.Close(); err != nil || left.Any() {
				t.Errorf("after the notice the case could not close: %+v %v", left, err)
			}
			look("after the end")
			n := casetest.Ask[int](c, c.Clinician.At(access.Clinical), `select count(*) from released_report where report_id = $1`, c.Report)
			if n != 0 {
				t.Errorf("%d released", n)
			}
		})
	}
	for name, what := range seen {
		// Each world starts at its own moment, so the deadline may be a microsecond further from one start than another's.
		if rough(what) != rough(seen["silent"]) {
			t.Errorf("%s looks like\n%s, silent like\n%s", name, what, seen["silent"])
		}
	}
}

var fraction = regexp.MustCompile(`(\d+m)?[\d.]+s\n`)

// rough leaves out what is shorter than an hour.
func rough(what string) string { return fraction.ReplaceAllString(what, "\n") }

// TestMergedReportsBlockClosing: a case into which another was merged has two reports, and either holds it open.
func TestMergedReportsBlockClosing(t *testing.T) {
	casetest.Invented(t, true)
	t.Cleanup(func() { casetest.Invented(t, false) })
	c := casetest.New(t)
	c.Now = c.Now.AddDate(0, 0, -30) // both are signed in the past
	c.Sign("v1")
	c.Merge() // its report is younger, and nobody has begun it
	if left, err := c.Close(); err != nil || !left.ReportPending {
		t.Errorf("the older report waits for the person, and the case could close: %+v %v", left, err)
	}
	c.Now = report.Deadline(c.Now, 5)
	must(t, c.Run())
	c.Now = c.Now.Add(time.Hour)
	c.Sign("v1 of the second") // the one that nobody has signed comes first
	if left, err := c.Close(); err != nil || !left.ReportPending {
		t.Errorf("the younger report waits for the person, and the case could close: %+v %v", left, err)
	}
}

// TestNoticeWaits: a job that runs too early tells nobody, and waits for the deadline.
func TestNoticeWaits(t *testing.T) {
	c := casetest.New(t)
	c.Sign("v1")
	args, err := json.Marshal(report.NotReportedArgs{Where: report.Where{Organisation: c.W.Trust, Service: c.W.Service}, Report: c.Report, Version: 1})
	must(t, err)
	due := report.Deadline(c.Now, 5)
	c.Now = due.Add(-time.Minute)
	if err := casetest.Work(c, args, c.S.NotReported); !errors.Is(err, job.Wait(time.Minute)) {
		t.Errorf("a minute before the deadline the job answers %v", err)
	}
	if c.Seen() != flow.SeenReportPending {
		t.Errorf("a minute before the deadline the manager sees %s", c.Seen())
	}
	c.Now = due
	must(t, c.Run())
	if c.Seen() != flow.SeenNotReported {
		t.Errorf("at the deadline the manager sees %s", c.Seen())
	}
}

func TestCorrectionVoidsConsent(t *testing.T) {
	c := casetest.New(t)
	must(t, c.Say(report.Say{Kind: report.Choice, Way: report.AfterDays, Days: 3}))
	c.Sign("v1")
	must(t, c.Say(report.Say{Kind: report.CorrectionAsked, Version: 1, Correction: uuid.New(), Text: "I work nights"}))
	must(t, c.Run())
	if s := casetest.Ask[flow.State](c, c.Clinician, `select state from casefile where id = $1`, c.ID); s != flow.ReportDraft {
		t.Fatalf("the case is %s", s)
	}
	if n := casetest.Ask[int](c, c.Clinician, `select count(*) from task where casefile_id = $1 and kind = 'correction' and owner_account = $2`, c.ID, c.Clinician.Account); n != 1 {
		t.Errorf("%d correction tasks", n)
	}
	if err := c.Say(report.Say{Kind: report.Given, Version: 2}); !errors.Is(err, flow.ErrMove) {
		t.Errorf("consent to a version that is not written: %v", err)
	}
	c.Now = c.Now.Add(time.Minute / 2)
	c.Sign("v2")
	must(t, c.Run())
	if released(c) != 0 {
		t.Fatal("a second version left on the early choice")
	}
	must(t, c.Say(report.Say{Kind: report.Given, Version: 2}))
	must(t, c.Run())
	if v := casetest.Ask[int](c, c.Clinician, `select max(version) from released_report where report_id = $1`, c.Report); v != 2 {
		t.Errorf("released version %d", v)
	}
}

func TestSignNeedsItsAuthorAndText(t *testing.T) {
	c, ctx := casetest.New(t), context.Background()
	f, err := c.S.Save(ctx, c.Clinician, c.Now, report.Save{Case: c.ID, Version: 1, Content: report.Content{Summary: "half"}})
	if err != nil || len(f) > 0 {
		t.Fatal(f, err)
	}
	if f, err = c.S.Sign(ctx, c.Clinician, c.Now, report.Sign{Case: c.ID, Version: 1}); err != nil || len(f) == 0 {
		t.Errorf("signed half a report: %v %v", f, err)
	}
	must(t, second(c.S.Save(ctx, c.Clinician, c.Now, report.Save{Case: c.ID, Version: 1, Content: casetest.Text("")})))
	other := c.W.OHPhysician.As(access.Physician, access.Clinical)
	if _, err := c.S.Sign(ctx, other, c.Now, report.Sign{Case: c.ID, Version: 1}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("somebody else signed: %v", err)
	}
	c.In(c.Clinician, `insert into case_step (service_id, id, casefile_id, to_role, to_account, why, state, asked_by, asked_at) values ($1,$2,$3,'oh_physician',$4,'sign','accepted',$5,now())`,
		c.W.Service, uuid.New(), c.ID, other.Account, c.Clinician.Account)
	if f, err := c.S.Sign(ctx, other, c.Now, report.Sign{Case: c.ID, Version: 1}); err != nil || len(f) > 0 {
		t.Errorf("a delegated clinician could not sign: %v %v", f, err)
	}
	third := c.W.OHNurse2.As(access.Nurse, access.Clinical)
	if _, err := c.S.Save(ctx, third, c.Now, report.Save{Case: c.ID, Version: 2, Content: casetest.Text("")}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a third clinician began version 2: %v", err)
	}
}

func second(_ fault.Fields, err error) error { return err }

// TestWaits: the person's list says until when a report waits for them, and only while it does.
func TestWaits(t *testing.T) {
	c, ctx := casetest.New(t), context.Background()
	due := func() time.Time {
		list, _, err := c.S.ListOwn(ctx, c.Person)
		must(t, err)
		if len(list) != 1 || list[0].Referral != c.Referral {
			t.Fatalf("the list is %+v", list)
		}
		return list[0].Due
	}
	if !due().IsZero() {
		t.Error("a report that is not written waits")
	}
	c.Sign("v1")
	if got, want := due(), report.Deadline(c.Now, 5); !got.Equal(want) {
		t.Errorf("it waits until %s, want %s", got, want)
	}
	must(t, c.Say(report.Say{Kind: report.Refused, Version: 1}))
	if !due().IsZero() {
		t.Error("it waits after they have answered")
	}
}
