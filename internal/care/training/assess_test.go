package training_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// team gives the desk the competencies of the team, as the house joins them.
func (d *desk) team() *practice.Service {
	var members []practice.Member
	for _, a := range []access.Actor{d.own, d.w.OHNurse2.As(access.Nurse, access.Clinical), d.w.OHPhysician.As(access.Physician, access.Clinical), d.lead} {
		members = append(members, practice.Member{Account: a.Account, Organisation: a.Organisation, Person: a.Person, Name: a.Name, Acting: a.Role})
	}
	p := practice.New(practice.Deps{DB: d.db, Box: caretest.Box(), Team: func(context.Context, uuid.UUID) ([]practice.Member, error) { return members, nil }})
	d.s = training.New(training.Deps{DB: d.db, Keys: caretest.Keys{}, Now: func() time.Time { return now }, Signing: training.Signing{
		Team: func(context.Context, uuid.UUID) (out []training.Member, err error) {
			for _, m := range members {
				out = append(out, training.Member{Account: m.Account, Person: m.Person})
			}
			return out, nil
		},
		Holds: func(ctx context.Context, a access.Actor, at time.Time) (out []string, err error) {
			self, err := p.Self(ctx, a, at)
			for key, s := range self.States {
				if s.Standing == practice.Unsupervised {
					out = append(out, key)
				}
			}
			return out, err
		},
		Named: func(key string) (name, about string, months int) { return key, "", 12 },
		SignOff: func(ctx context.Context, tx *postgres.Tx, at time.Time, account uuid.UUID, key string, in training.SignIn) (fault.Fields, error) {
			return p.SignProgramme(ctx, tx, at, account, key, practice.SignIn(in))
		},
	}})
	return p
}

// Who completed a programme is signed off for its competence by who holds it, in one transaction and once; never by themselves, and not by
// whoever only leads.
func TestProgramme(t *testing.T) {
	d := open(t)
	p, course, after := d.team(), uuid.New(), now.AddDate(0, 0, 11)
	colleague, doctor := d.w.OHNurse2.As(access.Nurse, access.Clinical), d.w.OHPhysician.As(access.Physician, access.Clinical)
	d.OK(d.s.SwitchOn(ctx, d.lead, now, course, "triage", "Triage in this service", "About it."))
	session := d.session(course, now, 10, 5)
	for _, a := range []access.Actor{d.own, colleague} {
		d.take(a, now, session)
	}
	r, err := d.s.Register(ctx, d.lead, session)
	d.OK(err)
	came := map[uuid.UUID]uuid.UUID{}
	for _, x := range r.Places {
		came[x.Person] = x.ID
	}
	held := locale.Day(now).AddDays(10)
	in := func() training.SignIn {
		return training.SignIn{ID: uuid.New(), On: held.AddDays(1), Expires: held.AddMonths(12)}
	}
	waits := func(a access.Actor) (n int) {
		t.Helper()
		all, err := d.s.Completed(ctx, a, after)
		d.OK(err)
		for _, x := range all {
			if x.Account == a.Account {
				t.Errorf("%s is to sign for themselves", a.Name)
			}
		}
		return len(all)
	}
	signedFor := func(a, by access.Actor) error {
		_, err := d.s.Assess(ctx, by, after, came[a.Person], in())
		return err
	}
	written := func() int {
		t.Helper()
		return caretest.Ask[int](t, d.db, d.lead, `select (select count(*) from training_assessment) + (select count(*) from practice_event where account_id = $1 and kind = 'signed_off')`, colleague.Account)
	}
	d.is(signedFor(colleague, d.own), fault.NotFound, "signed before it was held")
	d.OK(d.s.Mark(ctx, d.lead, after, session, []uuid.UUID{came[d.own.Person], came[colleague.Person]}))
	if waits(d.own)+waits(doctor)+waits(d.lead)+waits(colleague) != 0 {
		t.Error("somebody who does not hold the competence may sign")
	}
	for name, a := range map[string]access.Actor{"who does not hold it": d.own, "who only leads": d.lead, "themselves": colleague} {
		d.is(signedFor(colleague, a), fault.NotFound, name)
	}
	for _, a := range []access.Actor{d.own, doctor} {
		d.OK(p.Move(ctx, a, now, "triage", practice.Ready))
		if f, err := p.SignOff(ctx, d.lead, now, a.Account, "triage", practice.SignIn{ID: uuid.New(), On: locale.Day(now)}); err != nil || len(f) > 0 {
			t.Fatal(f, err)
		}
	}
	if waits(d.own) != 1 || waits(doctor) != 2 || waits(d.lead) != 0 {
		t.Errorf("%d wait for the nurse, %d for the doctor, %d for the lead", waits(d.own), waits(doctor), waits(d.lead))
	}
	d.is(signedFor(d.own, d.own), fault.NotFound, "signs for themselves")
	// By the command of the competencies, too.
	for name, x := range map[string]struct {
		by  access.Actor
		who uuid.UUID
	}{"oneself": {d.own, d.own.Account}, "who only leads": {d.lead, colleague.Account}} {
		d.is(d.db.InTenant(ctx, x.by, func(tx *postgres.Tx) error {
			_, err := p.SignProgramme(ctx, tx, after, x.who, "triage", practice.SignIn(in()))
			return err
		}), fault.NotFound, name)
	}
	// What is refused leaves nothing.
	for field, x := range map[string]training.SignIn{"on": {ID: uuid.New(), On: held.AddDays(-1)}, "expires": {ID: uuid.New(), On: held, Expires: held.AddDays(-5)}, "on ": {ID: uuid.New(), On: civil.Date{}}} {
		f, err := d.s.Assess(ctx, d.own, after, came[colleague.Person], x)
		if err != nil || len(f) == 0 || f[0].Name != field && f[0].Name+" " != field {
			t.Errorf("%s: %v, %v", field, f, err)
		}
	}
	if n := written(); n != 0 {
		t.Errorf("%d rows of what was refused", n)
	}
	// Two at once: one sign-off.
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, a := range []access.Actor{d.own, doctor} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = signedFor(colleague, a)
		}()
	}
	wg.Wait()
	if won := errs[0] == nil; won == (errs[1] == nil) || fault.KindOf(errors.Join(errs...)) == fault.Internal {
		t.Errorf("two signed at once: %v", errs)
	}
	if n := written(); n != 2 {
		t.Errorf("%d rows, want the place and the sign-off", n)
	}
	if self, err := p.Self(ctx, colleague, after); err != nil || self.State("triage").Standing != practice.Unsupervised {
		t.Errorf("the colleague stands %+v, %v", self.State("triage"), err)
	}
	d.is(signedFor(colleague, doctor), fault.NotFound, "signed again")
	for what, x := range map[string]struct{ sql, code string }{
		"for themselves": {`insert into training_assessment (service_id, booking_id, competence, account_id, assessor_account, at) values ($1, $2, 'triage', $3, $3, now())`, "23514"},
		"as another":     {`insert into training_assessment (service_id, booking_id, competence, account_id, assessor_account, at) values ($1, $2, 'triage', $3, gen_random_uuid(), now())`, postgres.PermissionDenied},
	} {
		err := d.db.InTenant(ctx, d.own, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, x.sql, d.w.Service, came[d.own.Person], d.own.Account)
			return err
		})
		if postgres.Code(err) != x.code {
			t.Errorf("%s: %v", what, err)
		}
	}
	if code := postgres.Code(d.db.InTenant(ctx, d.ward, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, `select 1 from training_assessment`); return err })); code != postgres.PermissionDenied {
		t.Errorf("a manager reads who was signed off: %s", code)
	}
}
