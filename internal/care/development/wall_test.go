package development_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
)

type desk struct {
	world.T
	db                             *postgres.DB
	w                              *world.World
	s                              *development.Service
	nurse, colleague, doctor, lead access.Actor
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	d := &desk{T: world.T{T: t}, db: db, w: w, nurse: w.OHNurse.As(access.Nurse, access.Clinical), colleague: w.OHNurse2.As(access.Nurse, access.Clinical),
		doctor: w.OHPhysician.As(access.Physician, access.Clinical), lead: w.OHLead.As(access.Lead, access.Clinical)}
	d.s = development.New(development.Deps{DB: db, Box: caretest.Box(), Colleagues: func(context.Context, uuid.UUID) ([]development.Colleague, error) {
		return []development.Colleague{{Account: w.OHNurse.Account, Name: w.OHNurse.Name, Role: access.Nurse}, {Account: w.OHNurse2.Account, Name: w.OHNurse2.Name, Role: access.Nurse}, {Account: w.OHPhysician.Account, Name: w.OHPhysician.Name, Role: access.Physician},
			{Account: w.OHLead.Account, Name: w.OHLead.Name, Role: access.Lead}, {Account: w.OHLead.Account, Name: w.OHLead.Name, Role: access.Nurse}}, nil
	}})
	return d
}

// goal writes one into somebody's plan.
func (d *desk) goal(a access.Actor) development.GoalIn {
	d.Helper()
	in := development.GoalIn{ID: uuid.New(), Area: "career", State: development.Planned, By: civil.MustParse("2027-06-01"), Words: development.Words{What: "Leave this place", Why: "I cannot sleep", Step: "Look at adverts"}}
	d.OK(d.s.AddGoal(ctx, a, now, in))
	return in
}

// An unshared plan is read by its owner and by nobody: not by another professional, the lead, a manager, HR, the guardian or
// the person's own portal, in SQL under each login and by the service.
func TestAPlanIsItsOwnersAlone(t *testing.T) {
	d := open(t)
	g := d.goal(d.nurse)
	d.OK(d.s.LookAgain(ctx, d.nurse, now, development.ReviewIn{ID: uuid.New(), Words: "It wears me out", Next: civil.MustParse("2027-02-01")}))
	tables := []string{"development_goal", "development_review"}
	for _, table := range tables {
		if n := caretest.Ask[int](d, d.db, d.nurse, `select count(*) from `+table); n != 1 {
			t.Errorf("the owner sees %d rows of %s", n, table)
		}
	}
	w := d.w
	for name, a := range map[string]access.Actor{"a colleague": d.colleague, "the lead": d.lead, "a doctor": d.doctor, "an administrator": w.OHAdmin.As(access.OHAdmin, access.Clinical),
		"the house": access.SystemActor(access.Clinical, w.Trust, w.Service), "another service": w.ForeignOHNurse.As(access.Nurse, access.Clinical)} {
		for _, table := range tables {
			if n := caretest.Ask[int](d, d.db, a, `select count(*) from `+table); n != 0 {
				t.Errorf("%s sees %d rows of %s", name, n, table)
			}
		}
		if p, err := d.s.Find(ctx, a, now); err != nil || len(p.Goals)+len(p.Reviews)+len(p.From) != 0 {
			t.Errorf("%s reads %+v, %v", name, p, err)
		}
		in := g
		in.What = "Stay"
		if err := d.s.ChangeGoal(ctx, a, now, now, in); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s changes it: %v", name, err)
		}
	}
	for name, a := range map[string]access.Actor{"a manager": w.Ward.As(access.Manager, access.Employer), "HR": w.HR.As(access.HR, access.Employer), "the lead in growth": w.OHLead.As(access.Lead, access.Growth),
		"the guardian": w.Guardian.As(access.Guardian, access.Growth), "the owner's portal": w.OHNurse.As(access.Person, access.Portal), "the hall": w.OHNurse.As(access.Nurse, access.Hall),
		"the auditor": w.Caldicott.As(access.Caldicott, access.Audit), "the worker": access.SystemActor(access.Worker, w.Trust, w.Service)} {
		for _, table := range append(tables, "development_share", "development_offer", "development_interest", "development_feedback") {
			err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
				_, err := tx.Exec(ctx, `select 1 from `+table)
				return err
			})
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s: select from %s answers %v", name, table, err)
			}
		}
	}
	// Whoever holds the database, or its backup, or the audit log reads no word.
	was := caretest.Ask[[]byte](t, d.db, d.nurse, `select words from development_goal`)
	if strings.Contains(string(was), "sleep") {
		t.Error("a goal stands in clear")
	}
	if n := caretest.Ask[int](d, d.db, w.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where service_id = $1 and (action like 'development.%') and (detail::text like '%sleep%' or detail::text like '%place%')`, w.Service); n != 0 {
		t.Errorf("%d audit rows hold words", n)
	}
	if n := caretest.Ask[int](d, d.db, w.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where service_id = $1 and action in ('development.goal_added','development.reviewed')`, w.Service); n != 2 {
		t.Errorf("%d audit rows, want 2", n)
	}
}

// A share opens the goals, and those alone, to one account, for reading, until it is taken back; nobody makes one for another.
func TestSharing(t *testing.T) {
	d := open(t)
	g := d.goal(d.nurse)
	d.OK(d.s.LookAgain(ctx, d.nurse, now, development.ReviewIn{ID: uuid.New(), Words: "It wears me out", Next: civil.MustParse("2027-02-01")}))
	if f, err := d.s.Share(ctx, d.nurse, now, d.w.Ward.Account); err != nil || len(f) != 1 {
		t.Errorf("shared with somebody outside: %v, %v", f, err)
	}
	if f, err := d.s.Share(ctx, d.nurse, now, d.nurse.Account); err != nil || len(f) != 1 {
		t.Errorf("shared with oneself: %v, %v", f, err)
	}
	for range 2 { // a second click
		if f, err := d.s.Share(ctx, d.nurse, now, d.lead.Account); err != nil || len(f) > 0 {
			t.Fatal(f, err)
		}
	}
	p, err := d.s.Find(ctx, d.lead, now)
	d.OK(err)
	if len(p.From) != 1 || p.From[0].OwnerName != d.w.OHNurse.Name || len(p.Goals) != 0 {
		t.Fatalf("the lead finds %+v", p)
	}
	goals, err := d.s.Shared(ctx, d.lead, now, p.From[0])
	d.OK(err)
	if len(goals) != 1 || goals[0].Why != g.Why {
		t.Errorf("the lead reads %+v", goals)
	}
	if n := caretest.Ask[int](d, d.db, d.lead, `select count(*) from development_review`); n != 0 {
		t.Errorf("the lead sees %d reviews", n)
	}
	if n := caretest.Ask[int](d, d.db, d.colleague, `select (select count(*) from development_goal) + (select count(*) from development_share)`); n != 0 {
		t.Errorf("a colleague sees %d rows", n)
	}
	changed := func(a access.Actor, sql string, args ...any) (n int64) {
		t.Helper()
		d.OK(d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(ctx, sql, args...)
			n = tag.RowsAffected()
			return err
		}))
		return n
	}
	if n := changed(d.lead, `update development_goal set state = 'dropped'`); n != 0 {
		t.Errorf("the lead changed %d goals", n)
	}
	if n := changed(d.lead, `delete from development_share`); n != 0 {
		t.Errorf("the lead took away %d shares", n)
	}
	err = d.db.InTenant(ctx, d.colleague, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into development_share (service_id, owner_account, with_account, owner_name, with_name, at) values ($1,$2,$3,'x','y',now())`, d.w.Service, d.nurse.Account, d.colleague.Account)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("a colleague shares somebody else's plan: %v", err)
	}
	d.OK(d.s.Unshare(ctx, d.nurse, now, d.lead.Account))
	if n := caretest.Ask[int](d, d.db, d.lead, `select count(*) from development_goal`); n != 0 {
		t.Errorf("after that the lead sees %d goals", n)
	}
	if n := caretest.Ask[int](d, d.db, d.w.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where service_id = $1 and action in ('development.shared','development.plan_read','development.unshared')`, d.w.Service); n != 3 {
		t.Errorf("%d audit rows, want 3", n)
	}
}

// Nobody but who published an offer sees whom it interests; nobody learns of a name before that is said.
func TestInterest(t *testing.T) {
	d := open(t)
	offer := development.OfferIn{ID: uuid.New(), Kind: "course", Area: "competence", Title: "Spirometry", About: "Two days", Roles: []string{"oh_nurse"}, Places: 2, Closes: civil.MustParse("2026-12-31")}
	for range 2 {
		d.OK(d.s.PublishOffer(ctx, d.lead, now, offer))
	}
	see := func(a access.Actor) []development.Interested {
		t.Helper()
		_, who, err := d.s.FindOffer(ctx, a, now, offer.ID)
		d.OK(err)
		return who
	}
	if len(see(d.lead)) != 0 {
		t.Error("a name before anybody said one")
	}
	for range 2 {
		d.OK(d.s.Interest(ctx, d.nurse, now, offer.ID, true))
	}
	if who := see(d.lead); len(who) != 1 || who[0].Name != d.w.OHNurse.Name || who[0].Role != access.Nurse {
		t.Errorf("the lead sees %+v", who)
	}
	if n := caretest.Ask[int](d, d.db, d.colleague, `select count(*) from development_interest`); n != 0 || len(see(d.colleague)) != 0 {
		t.Errorf("a colleague sees %d names", n)
	}
	for name, err := range map[string]error{"another role": d.s.Interest(ctx, d.doctor, now, offer.ID, true), "who published it": d.s.Interest(ctx, d.lead, now, offer.ID, true),
		"no such offer": d.s.Interest(ctx, d.nurse, now, uuid.New(), true), "another service": d.s.Interest(ctx, d.w.ForeignOHNurse.As(access.Nurse, access.Clinical), now, offer.ID, true)} {
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.s.Interest(ctx, d.colleague, now.AddDate(0, 2, 0), offer.ID, true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("after it closed: %v", err)
	}
	d.OK(d.s.Interest(ctx, d.nurse, now, offer.ID, false))
	if len(see(d.lead)) != 0 {
		t.Error("the name is still there")
	}
	d.OK(d.s.WithdrawOffer(ctx, d.lead, now, offer.ID))
	if list, err := d.s.Offers(ctx, d.nurse, now); err != nil || len(list) != 0 {
		t.Errorf("offers %v, %v", list, err)
	}
}

// The two of them read questions and answers; the first answer is the only one.
func TestFeedback(t *testing.T) {
	d := open(t)
	in := development.AskIn{ID: uuid.New(), Of: d.colleague.Account, Questions: [3]string{"", "What should I stop?", ""}}
	if f, err := d.s.Ask(ctx, d.nurse, now, development.AskIn{ID: uuid.New(), Of: d.w.Ward.Account}); err != nil || len(f) != 2 {
		t.Errorf("nothing asked of nobody: %v, %v", f, err)
	}
	for range 2 {
		if f, err := d.s.Ask(ctx, d.nurse, now, in); err != nil || len(f) > 0 {
			t.Fatal(f, err)
		}
	}
	for name, a := range map[string]access.Actor{"the lead": d.lead, "a doctor": d.doctor} {
		if n := caretest.Ask[int](d, d.db, a, `select count(*) from development_feedback`); n != 0 {
			t.Errorf("%s sees %d requests", name, n)
		}
	}
	p, err := d.s.Find(ctx, d.colleague, now)
	d.OK(err)
	if len(p.Of) != 1 || p.Of[0].AskerName != d.w.OHNurse.Name {
		t.Fatalf("asked: %+v", p.Of)
	}
	r := p.Of[0]
	r.Questions = []string{"What should I stop?"}
	if err := d.s.Give(ctx, d.nurse, now, development.Request{ID: r.ID, Mine: true, Questions: r.Questions}, []string{"Nothing"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("who asked answers: %v", err)
	}
	if err := d.s.Give(ctx, d.colleague, now, r, []string{" "}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an empty answer: %v", err)
	}
	d.OK(d.s.Give(ctx, d.colleague, now, r, []string{"Interrupting"}))
	d.OK(d.s.Give(ctx, d.colleague, now, r, []string{"Nothing at all"}))
	if n := caretest.Ask[int](d, d.db, d.w.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where service_id = $1 and action = 'development.feedback_given'`, d.w.Service); n != 1 {
		t.Errorf("answered %d times", n)
	}
	err = d.db.InTenant(ctx, d.colleague, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, `update development_feedback set answered_at = now()`)
		if err == nil && tag.RowsAffected() > 0 {
			t.Error("an answer was changed")
		}
		return err
	})
	d.OK(err)
}
