package exit_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit/exitweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx   = context.Background()
	now   = time.Now().Truncate(time.Second) // row policies know the day of the database
	today = locale.Day(now)
)

type house struct {
	world.T
	db      *postgres.DB
	w       *world.World
	clients *client.Service
	s       *exit.Service
	lead    access.Actor
	nurse   access.Actor
}

func open(t *testing.T) *house {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	clients := client.NewService(db, account.New(account.Deps{DB: db, Now: func() time.Time { return now }}))
	h := &house{T: world.T{T: t}, db: db, w: w, clients: clients, lead: w.OHLead.As(access.Lead, access.Hall), nurse: w.OHNurse.As(access.Nurse, access.Clinical)}
	h.s = exit.New(exit.Deps{DB: db, Clients: clients, Team: func(context.Context, uuid.UUID) ([]exit.Member, error) {
		return []exit.Member{{Account: w.OHLead.Account, Name: w.OHLead.Name}, {Account: w.OHNurse.Account, Name: w.OHNurse.Name}, {Account: w.OHNurse.Account, Name: w.OHNurse.Name}}, nil
	}})
	return h
}

func (h *house) exec(a access.Actor, sql string, args ...any) {
	h.Helper()
	h.OK(h.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql, args...); return err }))
}

// opens gives somebody of the client an open case that they asked for themselves.
func (h *house) opens() uuid.UUID {
	h.Helper()
	id, self := uuid.New(), uuid.New()
	h.exec(h.nurse, `insert into self_referral (service_id, id, organisation_id, person_id, reason, text, contact, at) values ($1, $2, $3, $4, 'MSK', '\x01', 'phone', $5)`, h.w.Service, self, h.w.Community, h.w.Local.Person, now)
	h.exec(h.nurse, `insert into casefile (service_id, id, organisation_id, person_id, source, self_referral_id, state, state_at, received_at, reason) values ($1, $2, $3, $4, 'self', $5, 'received', $6, $6, 'MSK')`, h.w.Service, id, h.w.Community, h.w.Local.Person, self, now)
	return id
}

func (h *house) find() exit.Plan {
	h.Helper()
	p, err := h.s.Find(ctx, h.lead, now, h.w.Community)
	h.OK(err)
	return p
}

func (h *house) done(at time.Time, step string, on civil.Date) error {
	s, _ := h.find().Step(step)
	return h.s.SetStep(ctx, h.lead, at, h.w.Community, step, exit.In{Owner: h.w.OHNurse.Account, Due: s.Due, DoneOn: on})
}

// TestNothingIsLeftBehind: a contract closes only when every step is done, and a case that comes in meanwhile opens a step again.
func TestNothingIsLeftBehind(t *testing.T) {
	h := open(t)
	if err := h.s.Start(ctx, h.lead, now, h.w.Community); fault.KeyOf(err) != "exit.no_end" {
		t.Errorf("a plan without an end: %v", err)
	}
	if err := h.s.Start(ctx, h.lead, now, h.w.Trust); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a service leaves its own house: %v", err)
	}
	h.OK(h.clients.End(ctx, h.lead, now, h.w.Community, today.AddDays(10)))
	if err := h.s.SetReceiver(ctx, h.lead, now, h.w.Community, exit.Receiver{Nobody: true}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a receiver without a plan: %v", err)
	}
	h.OK(h.s.Start(ctx, h.lead, now, h.w.Community))
	first := h.find()
	h.OK(h.s.Start(ctx, h.lead, now, h.w.Community))
	if again := h.find(); again.ID != first.ID || len(again.Steps) != len(h.s.Pack().Steps) {
		t.Errorf("begun twice: %+v", again)
	}
	if s, _ := first.Step("told"); s.Due != today || s.Late(today) || !s.Late(today.AddDays(1)) {
		t.Errorf("a step is due before the plan begins: %+v", s)
	}
	if s, _ := first.Step("cases"); s.Due != today.AddDays(10+28) {
		t.Errorf("the days are not counted from the last one: %+v", s)
	}
	h.reminds(first)
	later, held := now.AddDate(0, 0, 11), h.opens()
	for _, step := range []string{"receiver", "lists", "cases", "records"} {
		if err := h.done(later, step, today); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s is done before it can be: %v", step, err)
		}
	}
	if err := h.s.Close(ctx, h.lead, later, h.w.Community); fault.KeyOf(err) != "exit.missing" {
		t.Errorf("closed over everything: %v", err)
	}
	h.OK(h.s.SetReceiver(ctx, h.lead, now, h.w.Community, exit.Receiver{Nobody: true}))
	for _, item := range h.s.Pack().Items {
		h.exec(h.nurse, `insert into handover_due (service_id, plan_id, item, saved_at, organisation_id, n, source, counted_on, by_name) values ($1, $2, $3, $4, $5, 3, 'paper', $6, 'x')`, h.w.Service, first.ID, item, now, h.w.Community, today.UTC())
	}
	for _, s := range first.Steps {
		if s.Key != "cases" {
			h.OK(h.done(later, s.Key, today))
		}
	}
	if err := h.done(later, "cases", today); fault.KeyOf(err) != "exit.first.cases" {
		t.Errorf("done over an open case: %v", err)
	}
	h.exec(h.nurse, `insert into handover_case (service_id, plan_id, casefile_id, organisation_id, person_id, way, saved_at, by_account, by_name) values ($1, $2, $3, $4, $5, 'transfer', $6, $7, 'x')`, h.w.Service, first.ID, held, h.w.Community, h.w.Local.Person, now, h.w.OHNurse.Account)
	if err := h.done(later, "cases", today); fault.KeyOf(err) != "exit.first.cases" {
		t.Errorf("done over a case that is to go and has not gone: %v", err)
	}
	h.exec(h.nurse, `update handover_case set way = 'ends', reason = 'declined' where casefile_id = $1`, held)
	h.OK(h.done(later, "cases", today))
	if p := h.find(); p.Standing["open"] != exit.Hidden || p.Standing["left"] != 0 || p.Standing["recalls"] != exit.Hidden || len(p.Missing(h.s.Pack().Items)) != 0 {
		t.Errorf("at the end: %+v", p)
	}
	if err := h.s.Close(ctx, h.lead, now, h.w.Community); fault.KeyOf(err) != "client.close.taking" {
		t.Errorf("closed while referrals are taken: %v", err)
	}
	fresh := h.opens()
	if err := h.s.Close(ctx, h.lead, later, h.w.Community); fault.KeyOf(err) != "exit.missing" {
		t.Errorf("closed over a case that came in since: %v", err)
	}
	h.exec(h.nurse, `update casefile set state = 'closed', closed_at = $2, closing_reason = 'WITHDRAWN' where id = $1`, fresh, now)
	h.OK(h.s.Close(ctx, h.lead, later, h.w.Community))
	if err := h.done(later, "told", today); fault.KeyOf(err) != "exit.over" {
		t.Errorf("changed afterwards: %v", err)
	}
}

// reminds: two weeks before its day, and as long as it is not done, a step is told to whoever owns it.
func (h *house) reminds(p exit.Plan) {
	h.Helper()
	near := func(at time.Time) map[string]exit.Member {
		out := map[string]exit.Member{}
		h.OK(h.db.InTenant(ctx, access.SystemActor(access.Hall, h.w.Trust, h.w.Service), func(tx *postgres.Tx) error {
			due, err := h.s.Near(ctx, tx, at)
			for _, d := range due {
				if d.Plan != p.ID {
					h.Errorf("a step of %v", d.Plan)
				}
				out[d.Step.Key] = d.Owner
			}
			return err
		}))
		return out
	}
	cases, _ := p.Step("cases")
	before := now.AddDate(0, 0, cases.Due.DaysSince(today)-15)
	if got, ok := near(before)["cases"]; ok {
		h.Errorf("told too early, to %+v", got)
	}
	if got, ok := near(before.AddDate(0, 0, 1))["cases"]; !ok || got.Account != uuid.Nil {
		h.Errorf("told to %+v, %v", got, ok)
	}
	h.OK(h.s.SetStep(ctx, h.lead, now, h.w.Community, "cases", exit.In{Owner: h.w.OHNurse.Account, Due: cases.Due}))
	if got := near(before.AddDate(0, 0, 40))["cases"]; got.Account != h.w.OHNurse.Account || got.Name != h.w.OHNurse.Name {
		h.Errorf("told to %+v", got)
	}
	told, _ := p.Step("told")
	if _, ok := near(now)["told"]; !ok {
		h.Error("a step of today is told to nobody")
	}
	h.OK(h.s.SetStep(ctx, h.lead, now, h.w.Community, "told", exit.In{Owner: h.w.OHNurse.Account, Due: told.Due, DoneOn: today}))
	if _, ok := near(now)["told"]; ok {
		h.Error("a step that is done is told")
	}
}

// TestCounts: who keeps contracts learns counts after disclosure control and reads no row; another service learns nothing.
func TestCounts(t *testing.T) {
	h := open(t)
	h.OK(h.clients.End(ctx, h.lead, now, h.w.Community, today.AddDays(10)))
	h.OK(h.s.Start(ctx, h.lead, now, h.w.Community))
	plan := h.find().ID
	for n := 1; n <= 13; n++ {
		h.opens()
		want := map[int]int{1: exit.Hidden, 7: exit.Hidden, 8: 10, 12: 10, 13: 15}[n]
		if got := h.find().Standing["open"]; want != 0 && got != want {
			t.Errorf("%d open cases are told as %d, want %d", n, got, want)
		}
	}
	for _, table := range []string{"casefile", "handover_case", "handover_person", "handover_file", "handover_receipt", "handover_due"} {
		err := h.db.InTenant(ctx, h.lead, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, "select 1 from "+table); return err })
		if postgres.Code(err) != "42501" {
			t.Errorf("the contract side reads %s: %v", table, err)
		}
	}
	foreign, rows := h.w.ForeignOHAdmin.As(access.OHAdmin, access.Hall), 0
	h.OK(h.db.InTenant(ctx, foreign, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, "select coalesce(sum(n), 0) from exit_standing($1)", plan).Scan(&rows)
	}))
	if rows != 0 {
		t.Errorf("another service counts %d", rows)
	}
	if _, err := h.s.Find(ctx, foreign, now, h.w.Community); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another service finds the plan: %v", err)
	}
}

// TestPages: the plan is begun, filled in and refused on its pages.
func TestPages(t *testing.T) {
	h := open(t)
	site := webtest.New(t, now, exitweb.Routes(h.s), exit.Rules)
	lead, at := site.As(h.lead), "/contracts/"+h.w.Community.String()+"/exit"
	lead.Get(at).Want(200).Says("No exit plan has begun", "set that first")
	lead.Post(at, nil).Want(409)
	lead.Get(at + "/receiver").Want(404)
	h.OK(h.clients.End(ctx, h.lead, now, h.w.Community, today.AddDays(10)))
	lead.Get(at).Says("Start the exit plan")
	lead.Post(at, nil).To(at)
	lead.Get(at).Says("Say who takes over", "Nobody yet", "None", "Not counted yet", "New referrals are taken until")
	f := lead.Get(at + "/receiver").Want(200).Form()
	lead.Post(at+"/receiver", f).Refuses("Select whether another provider takes over")
	f.Set("who", "provider")
	lead.Post(at+"/receiver", f).Refuses("Enter the name of the provider", "Enter who there takes the records")
	lead.Post(at+"/receiver", webtest.Fill(f, "name", "Fell Health", "contact", "Dr Jo Ash, clinical lead")).To(at)
	lead.Get(at).Says("Fell Health", "Dr Jo Ash, clinical lead")
	lead.Get(at + "/steps/nothing").Want(404)
	f = lead.Get(at + "/steps/records").Want(200).Form()
	f.Set("owner", uuid.NewString())
	f.Set("done-day", "1")
	f.Set("done-month", "1")
	f.Set("done-year", "2020")
	if got := lead.Post(at+"/steps/records", f).Want(422).Errors(); len(got) != 2 {
		t.Errorf("refused for %q", got)
	}
	f = lead.Get(at + "/steps/told").Form()
	f.Set("owner", h.w.OHNurse.Account.String())
	lead.Post(at+"/steps/told", f).To(at)
	lead.Get(at).Says("Helen Marsh")
	lead.Post("/contracts/"+h.w.Community.String()+"/close", nil).Want(409)
	site.As(h.w.ForeignOHAdmin.As(access.OHAdmin, access.Hall)).Get(at).Want(404)
	site.As(h.w.HR.As(access.HR, access.Hall)).Get(at).Want(404)
	lead.Get("/contracts/" + h.w.Trust.String() + "/exit").Want(404)
}
