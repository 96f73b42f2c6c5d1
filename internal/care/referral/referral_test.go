package referral_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/myweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

type bench struct {
	t   *testing.T
	db  *postgres.DB
	w   *world.World
	s   *referral.Service
	now time.Time
	// reports are what the slice of reports would tell of the person.
	reports []myweb.Report
}

func newBench(t *testing.T) *bench {
	db := world.Open(t)
	b := &bench{t: t, db: db, w: world.New(t, db), now: time.Now().Truncate(time.Second)}
	b.s = referral.New(referral.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Box: caretest.Box()})
	return b
}

func (b *bench) manager() access.Actor { return b.w.Ward.As(access.Manager, access.Employer) }

// work does every job that is due.
func (b *bench) work() {
	b.t.Helper()
	r := job.NewRunner(b.db, slog.New(slog.NewTextHandler(io.Discard, nil)))
	b.s.Register(r)
	job.Register(r, access.Worker, func(context.Context, *postgres.Tx, sendArgs) error { return nil })
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := r.Start(ctx); err != nil {
		b.t.Fatal(err)
	}
	if err := r.Idle(ctx); err != nil {
		b.t.Error(err)
	}
	if err := r.Stop(ctx); err != nil {
		b.t.Error(err)
	}
}

// sendArgs stands in for the sender of messages, which is another slice's.
type sendArgs struct {
	Organisation, Service uuid.UUID
}

func (sendArgs) Kind() string                                { return "message.send" }
func (a sendArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }
func (b *bench) must(err error)                              { b.t.Helper(); check(b.t, err) }
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
func full(today time.Time) func(*sheet.Text) {
	return func(x *sheet.Text) {
		day := locale.Day(today)
		x.Reason, x.Why = "LTS", "Off since the end of October."
		x.Absence = sheet.Absence{Now: "yes", First: day.AddDays(-28)}
		x.Questions = []string{"Q01", "Q02"}
		x.Told = sheet.Told{Done: "yes", On: day, How: "phone", Shown: x.Digest()}
	}
}

// sent makes a referral of the ward manager about the nurse.
func (b *bench) sent() uuid.UUID {
	b.t.Helper()
	ctx := context.Background()
	id, err := b.s.Start(ctx, b.manager(), b.now, uuid.New(), b.w.Nurse.Person)
	b.must(err)
	b.must(b.s.Save(ctx, b.manager(), b.now, id, sheet.Why, full(b.now)))
	missing, err := b.s.Submit(ctx, b.manager(), b.now, id)
	b.must(err)
	if len(missing) > 0 {
		b.t.Fatalf("missing %v", missing)
	}
	return id
}

func (b *bench) state(id uuid.UUID) (s flow.State, closing string) {
	b.t.Helper()
	err := b.db.InTenant(context.Background(), b.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		return tx.QueryRow(context.Background(), `select state, coalesce(closing_reason, '') from casefile where id = $1`, id).Scan(&s, &closing)
	})
	b.must(err)
	return s, closing
}

func TestSubmit(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	id := b.sent()
	b.work()
	if s, _ := b.state(id); s != flow.Received {
		t.Errorf("case is %s, want received", s)
	}
	if _, err := b.s.Submit(ctx, b.manager(), b.now, id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a second press: %v, want no draft left", err)
	}
	v, err := b.s.View(ctx, b.manager(), b.now, id, "referrer")
	check(t, err)
	if len(v.Versions) != 1 || len(v.History) != 1 || v.State != flow.SeenSubmitted || v.Next.By.IsZero() {
		t.Errorf("view %+v", v)
	}
	var messages int
	err = b.db.InTenant(ctx, access.SystemActor(access.Worker, b.w.Trust, b.w.Service), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from outbox where to_person = $1 and template = 'referral_made' and capacity = 'self'`, b.w.Nurse.Person).Scan(&messages)
	})
	check(t, err)
	if messages != 1 {
		t.Errorf("%d messages to the person, want 1", messages)
	}
	t.Run("refuses without notice to the person", func(t *testing.T) {
		id, err := b.s.Start(ctx, b.manager(), b.now, uuid.New(), b.w.Nurse.Person)
		check(t, err)
		check(t, b.s.Save(ctx, b.manager(), b.now, id, sheet.ToldThem, func(x *sheet.Text) { full(b.now)(x); x.Told.Done = "no" }))
		missing, err := b.s.Submit(ctx, b.manager(), b.now, id)
		check(t, err)
		if len(missing) != 1 || missing[0] != sheet.ToldThem {
			t.Errorf("missing %v, want told", missing)
		}
	})
}

func TestWhoMayReferWhom(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct {
		actor  access.Actor
		person uuid.UUID
		may    bool
	}{
		"their manager":            {b.manager(), b.w.Nurse.Person, true},
		"another manager":          {b.w.Peer.As(access.Manager, access.Employer), b.w.Nurse.Person, false},
		"a manager elsewhere":      {b.w.ForeignManager.As(access.Manager, access.Employer), b.w.Nurse.Person, false},
		"HR":                       {b.w.HR.As(access.HR, access.Employer), b.w.Nurse.Person, true},
		"HR, of another employer":  {b.w.HR.As(access.HR, access.Employer), b.w.Local.Person, false},
		"themself":                 {b.w.HR.As(access.HR, access.Employer), b.w.HR.Person, false},
		"the person, about a boss": {b.w.Nurse.As(access.Manager, access.Employer), b.w.Ward.Person, false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.s.Start(context.Background(), c.actor, b.now, uuid.New(), c.person)
			if (err == nil) != c.may {
				t.Errorf("%v, want allowed %v", err, c.may)
			}
		})
	}
}

func TestOnlyViewersReadIt(t *testing.T) {
	b := newBench(t)
	id := b.sent()
	ctx := context.Background()
	for name, a := range map[string]access.Actor{
		"another manager": b.w.Peer.As(access.Manager, access.Employer), "HR not named": b.w.HR.As(access.HR, access.Employer),
		"another employer": b.w.ForeignManager.As(access.Manager, access.Employer), "another person": b.w.Local.As(access.Person, access.Portal),
		"another service": b.w.ForeignOHNurse.As(access.Nurse, access.Clinical),
	} {
		if _, err := b.s.View(ctx, a, b.now, id, ""); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v, want nothing found", name, err)
		}
		if vs, err := b.s.Versions(ctx, a, id); err != nil || len(vs) != 0 {
			t.Errorf("%s sees %d versions (%v)", name, len(vs), err)
		}
	}
	v, err := b.s.View(ctx, b.w.Nurse.As(access.Person, access.Portal), b.now, id, "own")
	check(t, err)
	if v.Text.Why != "Off since the end of October." {
		t.Errorf("the person reads %q", v.Text.Why)
	}
}

func TestAmendAnswersAReturn(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	id := b.sent()
	b.work()
	check(t, b.db.InTenant(ctx, b.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		return flow.Move(ctx, tx, flow.Step{Service: b.w.Service, Case: id, To: flow.Returned, At: b.now.Add(time.Minute), SeenReason: "RETURN-INFO", SeenNote: "When did it begin?"})
	}))
	r, err := b.s.Load(ctx, b.manager(), id)
	check(t, err)
	if r.State != flow.SeenReturned || r.StateNote != "When did it begin?" {
		t.Fatalf("the referrer sees %s %q", r.State, r.StateNote)
	}
	draft, err := b.s.StartAmendment(ctx, b.manager(), b.now, r)
	check(t, err)
	again, err := b.s.StartAmendment(ctx, b.manager(), b.now, r)
	check(t, err)
	if again != draft {
		t.Error("a second press made another draft")
	}
	check(t, b.s.Save(ctx, b.manager(), b.now, draft, sheet.Why, func(x *sheet.Text) { x.Why = "It began on 20 October." }))
	if err := b.s.Save(ctx, b.manager(), b.now, draft, sheet.Viewers, func(*sheet.Text) {}); err == nil {
		t.Error("viewers changed after the person was told")
	}
	missing, err := b.s.Submit(ctx, b.manager(), b.now.Add(time.Hour), draft)
	check(t, err)
	if len(missing) != 1 || missing[0] != sheet.ToldThem {
		t.Fatalf("missing %v: the person has not seen the change", missing)
	}
	check(t, b.s.Save(ctx, b.manager(), b.now, draft, sheet.ToldThem, func(x *sheet.Text) {
		x.Told = sheet.Told{Done: "yes", On: locale.Day(b.now), How: "phone", Shown: x.Digest()}
	}))
	missing, err = b.s.Submit(ctx, b.manager(), b.now.Add(time.Hour), draft)
	check(t, err)
	if len(missing) > 0 {
		t.Fatalf("missing %v", missing)
	}
	b.work()
	if s, _ := b.state(id); s != flow.Received {
		t.Errorf("case is %s, want received again", s)
	}
	v, err := b.s.View(ctx, b.w.Nurse.As(access.Person, access.Portal), b.now, id, "own")
	check(t, err)
	if len(v.Versions) != 2 || v.State != flow.SeenSubmitted {
		t.Fatalf("%d versions, state %s", len(v.Versions), v.State)
	}
	changes := sheet.Changes(v.Versions[0].Text, v.Versions[1].Text)
	if len(changes) != 1 || changes[0].Key != "sheet.why" {
		t.Errorf("changes %+v", changes)
	}
}

func TestWithdraw(t *testing.T) {
	for name, early := range map[string]bool{"after the case was opened": false, "before the case was opened": true} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			ctx := context.Background()
			id := b.sent()
			if !early {
				b.work()
			}
			if err := b.s.Withdraw(ctx, b.w.Peer.As(access.Manager, access.Employer), b.now, id, "not_needed"); fault.KindOf(err) != fault.NotFound {
				t.Errorf("another manager: %v", err)
			}
			check(t, b.s.Withdraw(ctx, b.manager(), b.now.Add(time.Minute), id, "not_needed"))
			check(t, b.s.Withdraw(ctx, b.manager(), b.now.Add(time.Minute), id, "not_needed"))
			b.work()
			if s, why := b.state(id); s != flow.Closed || why != "withdrawn" {
				t.Errorf("case is %s (%s)", s, why)
			}
			r, err := b.s.Load(ctx, b.manager(), id)
			check(t, err)
			if r.State != flow.SeenWithdrawn {
				t.Errorf("the referrer sees %s", r.State)
			}
			if _, err := b.s.StartAmendment(ctx, b.manager(), b.now, r); fault.KindOf(err) != fault.Conflict {
				t.Errorf("amending what was withdrawn: %v", err)
			}
		})
	}
}

func TestCommentToOHNeverReachesTheEmployer(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	id := b.sent()
	person := b.w.Nurse.As(access.Person, access.Portal)
	for _, in := range []referral.Remark{{ID: uuid.New(), Referral: id, To: referral.OH, Text: "canary for OH"}, {ID: uuid.New(), Referral: id, To: referral.Shared, Text: "for both"}} {
		for range 2 {
			f, err := b.s.Comment(ctx, person, b.now, in)
			check(t, err)
			if len(f) > 0 {
				t.Fatal(f)
			}
		}
	}
	v, err := b.s.View(ctx, b.manager(), b.now, id, "referrer")
	check(t, err)
	if len(v.ToOH) != 0 || len(v.Shared) != 1 || v.Shared[0].Text != "for both" {
		t.Errorf("the manager sees %+v and %+v", v.ToOH, v.Shared)
	}
	err = b.db.InTenant(ctx, b.manager(), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `select text from oh_comment`)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("employer login on oh_comment: %v", err)
	}
	v, err = b.s.View(ctx, b.w.OHNurse.As(access.Nurse, access.Clinical), b.now, id, "case")
	check(t, err)
	if len(v.ToOH) != 1 || len(v.Shared) != 1 {
		t.Errorf("OH sees %d and %d comments", len(v.ToOH), len(v.Shared))
	}
}

func TestNamedPeopleFollowItToo(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	id, err := b.s.Start(ctx, b.manager(), b.now, uuid.New(), b.w.Nurse.Person)
	check(t, err)
	named, err := b.s.Named(ctx, b.manager(), b.now, []uuid.UUID{b.w.HR.Person, b.w.Foreign.Person})
	check(t, err)
	if len(named) != 1 {
		t.Fatalf("named %v: somebody of another employer must not be found", named)
	}
	check(t, b.s.Save(ctx, b.manager(), b.now, id, sheet.Why, func(x *sheet.Text) { x.Viewers = named; full(b.now)(x) }))
	_, err = b.s.Submit(ctx, b.manager(), b.now, id)
	check(t, err)
	hr := b.w.HR.As(access.HR, access.Employer)
	v, err := b.s.View(ctx, hr, b.now, id, "referrer")
	check(t, err)
	if rel := v.Relations(hr); len(rel) != 1 || rel[0] != access.Viewer {
		t.Errorf("HR is %v, want a viewer and no author", rel)
	}
	if err := b.s.Withdraw(ctx, hr, b.now, id, "not_needed"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a named person withdraws: %v", err)
	}
	if n := b.messages("referral_named"); n != 1 {
		t.Errorf("%d named people told, want 1", n)
	}
}

func TestReturnForNoticeBringsTheHardStopBack(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	id := b.sent()
	b.work()
	check(t, b.db.InTenant(ctx, b.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		return flow.Move(ctx, tx, flow.Step{Service: b.w.Service, Case: id, To: flow.Returned, At: b.now, SeenReason: referral.NotTold})
	}))
	r, err := b.s.Load(ctx, b.manager(), id)
	check(t, err)
	draft, err := b.s.StartAmendment(ctx, b.manager(), b.now, r)
	check(t, err)
	missing, err := b.s.Submit(ctx, b.manager(), b.now, draft)
	check(t, err)
	if len(missing) != 1 || missing[0] != sheet.ToldThem {
		t.Errorf("missing %v, want told again", missing)
	}
	// the same words, shown on the same day in the same way, are an answer to this
	check(t, b.s.Save(ctx, b.manager(), b.now, draft, sheet.ToldThem, func(x *sheet.Text) { x.Told = r.Text.Told }))
	missing, err = b.s.Submit(ctx, b.manager(), b.now, draft)
	check(t, err)
	if len(missing) > 0 {
		t.Errorf("missing %v", missing)
	}
}

// Many presses of one button at once make one referral, one message and one case.
func TestManyPressesMakeOneReferral(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	id, err := b.s.Start(ctx, b.manager(), b.now, uuid.New(), b.w.Nurse.Person)
	check(t, err)
	check(t, b.s.Save(ctx, b.manager(), b.now, id, sheet.Why, full(b.now)))
	const presses = 16
	results := make(chan error, presses)
	for range presses {
		go func() {
			_, err := b.s.Submit(ctx, b.manager(), b.now, id)
			results <- err
		}()
	}
	sent := 0
	for range presses {
		if err := <-results; err == nil {
			sent++
		} else if fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
	}
	if sent != 1 {
		t.Errorf("%d presses sent it, want 1", sent)
	}
	if n := b.messages("referral_made"); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	b.work()
	if s, _ := b.state(id); s != flow.Received {
		t.Errorf("case is %s", s)
	}
}
