package handover_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/handover"
	"github.com/rowan-ohwb/rowan/internal/care/handover/handoverweb"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var ctx = context.Background()

// desk is a client that leaves, with two people: Joan, of whom there is an open case, and Ewan, of whom there is a closed one.
type desk struct {
	world.T
	*casetest.Bench
	s            *handover.Service
	nurse, other access.Actor
	plan         uuid.UUID
	today        civil.Date
	open, closed casefile.Case
}

func begin(t *testing.T) *desk {
	t.Helper()
	b := casetest.New(t)
	d := &desk{T: world.T{T: t}, Bench: b, nurse: b.W.OHNurse.As(access.Nurse, access.Clinical), other: b.W.OHPhysician.As(access.Physician, access.Clinical), plan: uuid.New(), today: locale.Day(b.Now)}
	cases := casefile.New(casefile.Deps{DB: b.DB, Ledger: b.Ledger, Box: b.Box, Now: func() time.Time { return b.Now }})
	d.s = handover.New(handover.Deps{DB: b.DB, Box: b.Box, Cases: cases, Draw: func(_ context.Context, r handover.Record) (string, error) {
		text := r.Person.Name
		for _, n := range r.Notes {
			text += " | " + n.Body
		}
		return text, nil
	}})
	hall := b.W.OHLead.As(access.Lead, access.Hall)
	b.Exec(hall, `insert into exit_plan (service_id, id, organisation_id, valid_from, pack_version, objection_days, started_at, started_by) select service_id, $1, organisation_id, valid_from, 1, 28, $3, 'x' from contract where organisation_id = $2`, d.plan, b.W.Community, b.Now)
	b.Exec(hall, `insert into exit_step (service_id, plan_id, step, due_on) values ($1, $2, 'told', $3)`, b.W.Service, d.plan, d.today.UTC())
	d.open = b.About(b.W.Local, b.W.LocalManager, flow.Attended, &b.W.OHNurse)
	d.closed = b.About(b.W.LocalManager, b.W.LocalManager, flow.Closed, &b.W.OHNurse)
	d.note(d.open, "canary-plain", false, b.W.OHNurse)
	d.note(d.open, "canary-counselling", true, b.W.OHCounsellor)
	d.note(d.closed, "canary-closed", false, b.W.OHNurse)
	return d
}

func (d *desk) note(c casefile.Case, body string, restricted bool, author world.Who) {
	d.T.Helper()
	id := uuid.New()
	d.Exec(author.As(access.Nurse, access.Clinical), `insert into note (service_id, id, casefile_id, organisation_id, person_id, restricted, author_account, author_name, author_role, body, findings, saved_at, signed_at) values ($1,$2,$3,$4,$5,$6,$7,$8,'oh_nurse',$9,$10,$11,$11)`,
		c.Service, id, c.ID, c.Organisation, c.Person, restricted, author.Account, author.Name, d.Seal(sealed.NoteBody, id, body), d.Seal(sealed.NoteFindings, id, "{}"), d.Now.Add(-time.Hour))
}

// named says who takes over, and that people were told so many days ago.
func (d *desk) named(ago int) {
	d.T.Helper()
	hall := d.W.OHLead.As(access.Lead, access.Hall)
	d.Exec(hall, `update exit_plan set receiver = 'Fell Health', receiver_contact = 'Dr Ash', receiver_at = $2, receiver_by = 'x' where id = $1`, d.plan, d.Now)
	d.Exec(hall, `update exit_step set done_on = $2, done_at = $3, done_by = 'x' where plan_id = $1`, d.plan, d.today.AddDays(-ago).UTC(), d.Now)
}

func (d *desk) board(a access.Actor) handover.Board {
	d.T.Helper()
	b, err := d.s.Board(ctx, a, d.Now, d.plan, true)
	d.OK(err)
	return b
}

// made is a file that one asked for and another made: what is in it, by name.
func (d *desk) made() (id uuid.UUID, files map[string]string) {
	d.T.Helper()
	id, files = uuid.New(), map[string]string{}
	d.OK(d.s.Ask(ctx, d.nurse, d.Now, d.plan, id))
	content, err := d.s.Make(ctx, d.other, d.Now, d.plan, id)
	d.OK(err)
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	d.OK(err)
	for _, f := range z.File {
		r, err := f.Open()
		d.OK(err)
		text, err := io.ReadAll(r)
		d.OK(err)
		files[f.Name] = string(text)
	}
	return id, files
}

func (d *desk) decide(person uuid.UUID, in handover.In) error {
	return d.s.Decide(ctx, d.nurse, d.Now, d.plan, person, in)
}

// TestFile: nothing goes before people could say no, of who said no nothing goes, nor does a counselling note; two make the file, and each
// person finds it in their log.
func TestFile(t *testing.T) {
	d := begin(t)
	if err := d.s.Ask(ctx, d.nurse, d.Now, d.plan, uuid.New()); fault.KeyOf(err) != "handover.wait.receiver" {
		t.Errorf("a file for nobody: %v", err)
	}
	d.named(28)
	if err := d.s.Ask(ctx, d.nurse, d.Now, d.plan, uuid.New()); fault.KeyOf(err) != "handover.wait.objections" {
		t.Errorf("a file while people can still say no: %v", err)
	}
	d.named(29)
	alone := uuid.New()
	d.OK(d.s.Ask(ctx, d.nurse, d.Now, d.plan, alone))
	if _, err := d.s.Make(ctx, d.nurse, d.Now, d.plan, alone); fault.KeyOf(err) != "handover.two" {
		t.Errorf("one person alone makes a file: %v", err)
	}
	_, files := d.made()
	all := strings.Join([]string{files["record-00001.html"], files["record-00002.html"], files["index.csv"]}, "\n")
	if len(files) != 3 || !strings.Contains(all, "canary-plain") || !strings.Contains(all, "canary-closed") || strings.Contains(all, "counselling") || !strings.Contains(files["index.csv"], "did not object") {
		t.Errorf("the file holds %q", files)
	}
	sent := d.Count(d.W.Local.As(access.Person, access.Portal), `select count(*) from audit_event where subject_person = $1 and action = 'handover.sent' and ground = 'handover'`, d.W.Local.Person)
	if sent != 1 {
		t.Errorf("%d rows say that the record went", sent)
	}
	d.OK(d.decide(d.W.LocalManager.Person, handover.In{Word: "objected", On: d.today, Instead: "kept"}))
	d.OK(d.decide(d.W.Local.Person, handover.In{Word: "agreed", On: d.today}))
	_, files = d.made()
	if all = files["record-00001.html"] + files["index.csv"]; len(files) != 2 || strings.Contains(all, "canary-closed") || strings.Contains(all, "Clark") || !strings.Contains(all, "agreed on") {
		t.Errorf("after an objection it holds %q", files)
	}
}

// TestDecide: each open case is decided on by a rule, and nobody decides on their own.
func TestDecide(t *testing.T) {
	d := begin(t)
	choose := func(choice string) handover.In {
		return handover.In{Choice: map[uuid.UUID]string{d.open.ID: choice}}
	}
	objected := choose("transfer")
	objected.Word, objected.On, objected.Instead = "objected", d.today, "gp"
	for name, in := range map[string]handover.In{"no provider": choose("transfer"), "no such reason": choose("bored"), "a word without a day": {Word: "agreed"}, "an objection without an agreement": {Word: "objected", On: d.today}} {
		if err := d.decide(d.W.Local.Person, in); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.named(29)
	if err := d.decide(d.W.Local.Person, objected); fault.KeyOf(err) != "handover.case.objected" {
		t.Errorf("a case goes against their word: %v", err)
	}
	d.OK(d.decide(d.W.Local.Person, choose("transfer")))
	if err := d.decide(d.W.Local.Person, choose("")); fault.KindOf(err) != fault.Invalid {
		t.Errorf("undecided again: %v", err)
	}
	if err := d.decide(d.W.Nurse.Person, handover.In{Word: "agreed", On: d.today}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("somebody of another client: %v", err)
	}
	self := d.nurse
	self.Person = d.W.Local.Person
	if b := d.board(self); len(b.People) != 0 || !b.Own {
		t.Errorf("their own case is theirs to decide: %+v", b.People)
	}
	if _, err := d.s.Board(ctx, d.W.ForeignOHNurse.As(access.Nurse, access.Clinical), d.Now, d.plan, false); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another service: %v", err)
	}
}

// TestReceipt: a receipt needs the fingerprint of the file, in the rule and in the database; only then are the cases that went closed, and
// none over anything outstanding.
func TestReceipt(t *testing.T) {
	d := begin(t)
	d.named(29)
	d.OK(d.decide(d.W.Local.Person, handover.In{Choice: map[uuid.UUID]string{d.open.ID: "transfer"}}))
	if _, err := d.s.CloseGone(ctx, d.nurse, d.Now, d.plan); fault.KeyOf(err) != "handover.none_gone" {
		t.Errorf("closed before they went: %v", err)
	}
	id, _ := d.made()
	f, _ := d.board(d.nurse).File(id)
	keep := func(hash, document string) (fault.Fields, error) {
		return d.s.Keep(ctx, d.nurse, d.Now, d.plan, id, handover.Receipt{On: d.today, Receiver: "Dr Ash", SHA256: hash}, "r.txt", strings.NewReader(document))
	}
	if bad, err := keep(strings.Repeat("0", 64), "We have it"); err != nil || bad.Of("sha256") == nil {
		t.Errorf("another file's fingerprint: %v, %v", bad, err)
	}
	if err := d.Try(d.nurse, `insert into handover_receipt (service_id, file_id, plan_id, organisation_id, sha256, received_on, receiver_name, name, size, content, document_sha256, saved_at, by_account, by_name) values ($1, $2, $3, $4, repeat('0', 64), $5, 'x', 'x', 1, '\x01', encode(sha256('\x01'), 'hex'), $6, $7, 'x')`,
		d.W.Service, id, d.plan, d.W.Community, d.today.UTC(), d.Now, d.W.OHNurse.Account); err == nil {
		t.Error("the database takes another file's fingerprint")
	}
	if _, err := keep(f.SHA256, ""); err == nil {
		t.Error("an empty receipt is kept")
	}
	if bad, err := keep(f.SHA256, "We have it"); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	if _, err := keep(f.SHA256, "Again"); fault.KeyOf(err) != "handover.received" {
		t.Errorf("a second receipt: %v", err)
	}
	if _, content, err := d.s.Document(ctx, d.other, d.Now, d.plan, id); err != nil || string(content) != "We have it" {
		t.Errorf("the receipt reads %q, %v", content, err)
	}
	task := uuid.New()
	d.Exec(d.nurse, `insert into task (service_id, id, casefile_id, kind, priority, due_at, created_at) values ($1, $2, $3, 'follow_up', 'P2', $4, $4)`, d.W.Service, task, d.open.ID, d.Now)
	if left, err := d.s.CloseGone(ctx, d.nurse, d.Now, d.plan); err != nil || len(left) != 1 {
		t.Errorf("closed over a task: %v, %v", left, err)
	}
	d.Exec(d.nurse, `update task set done_at = $2 where id = $1`, task, d.Now)
	if left, err := d.s.CloseGone(ctx, d.nurse, d.Now, d.plan); err != nil || len(left) != 0 {
		t.Fatal(left, err)
	}
	if got := d.Load(d.W.Service, d.open.ID); got.State != flow.Closed || got.ClosingReason != casefile.Transferred {
		t.Errorf("the case is %s, %s", got.State, got.ClosingReason)
	}
}

// TestPages: the list of who has a case is a nurse's or a physician's of the service, and to everybody else there is no such page.
func TestPages(t *testing.T) {
	d := begin(t)
	d.named(29)
	file := uuid.New()
	d.OK(d.s.Ask(ctx, d.nurse, d.Now, d.plan, file))
	site, at := webtest.New(t, d.Now, handoverweb.Routes(d.s), handover.Rules), "/handovers/"+d.plan.String()
	nurse := site.As(d.nurse)
	nurse.Get("/handovers").Want(200).Says("Wyre Community Health", "Fell Health")
	nurse.Get(at).Want(200).Says("Joan Miles", "one asks, another makes").Hides("Ewan Clark", "Make the file")
	nurse.Get(at + "/people").Want(200).Says("Ewan Clark").Hides("Joan Miles")
	nurse.Get(at + "/due/nothing").Want(404)
	nurse.Get(at + "/people/" + d.W.Nurse.Person.String()).Want(404)
	nurse.Get(at + "/files/" + file.String() + "/receipt").Want(409)
	nurse.Get(at + "/files/" + file.String() + "/document").Want(404)
	nurse.Post(at+"/files/"+file.String()+"/make", nil).Want(409)
	site.As(d.other).Get(at).Want(200).Says("Make the file")
	for name, a := range map[string]access.Actor{"an administrator": d.W.OHAdmin.As(access.OHAdmin, access.Clinical), "the lead": d.W.OHLead.As(access.Lead, access.Clinical),
		"a counsellor": d.W.OHCounsellor.As(access.Counsellor, access.Clinical), "HR": d.W.HR.As(access.HR, access.Clinical), "a nurse elsewhere": d.W.ForeignOHNurse.As(access.Nurse, access.Clinical)} {
		x := site.As(a)
		for _, path := range []string{at, at + "/people", at + "/people/" + d.W.Local.Person.String(), at + "/due/recalls", at + "/files/" + file.String() + "/receipt", at + "/files/" + file.String() + "/document"} {
			if p := x.Get(path); p.Status != 404 {
				t.Errorf("%s gets %s: %d", name, path, p.Status)
			}
		}
		for _, path := range []string{at + "/people/" + d.W.Local.Person.String(), at + "/due/recalls", at + "/gone", at + "/files", at + "/files/" + file.String() + "/make", at + "/files/" + file.String() + "/receipt"} {
			if p := x.Post(path, nil); p.Status != 404 {
				t.Errorf("%s sends %s: %d", name, path, p.Status)
			}
		}
	}
}

// TestCounted: what is kept elsewhere is counted by hand, with where and when.
func TestCounted(t *testing.T) {
	d := begin(t)
	for _, bad := range []handover.Due{{N: -1, Source: "paper", On: d.today}, {N: 1, Source: "none", On: d.today}, {N: 1, Source: "paper", On: d.today.AddDays(1)}, {N: 1, Source: "x", On: d.today}} {
		if err := d.s.SetDue(ctx, d.nurse, d.Now, d.plan, "recalls", bad); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	d.OK(d.s.SetDue(ctx, d.nurse, d.Now, d.plan, "recalls", handover.Due{N: 4, Source: "paper", On: d.today}))
	d.OK(d.s.SetDue(ctx, d.nurse, d.Now.Add(time.Second), d.plan, "recalls", handover.Due{N: 12, Source: "system", On: d.today}))
	if got := d.board(d.nurse).Due["recalls"]; got.N != 12 || got.Source != "system" {
		t.Errorf("counted is %+v", got)
	}
}
