package reach_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx   = context.Background()
	march = civil.MustParse("2026-03-01")
	now   = time.Date(2026, 4, 20, 9, 0, 0, 0, time.UTC)
)

// TestDivide: everybody is in one group of each division; what is not said is apart, and sites are compared by type.
func TestDivide(t *testing.T) {
	p := reach.BuiltIn()
	born := civil.MustParse("1986-04-01") // 39 until the last day of March
	staff := []reach.Member{
		{StaffGroup: "nursing & midwifery registered", Site: "General", Shift: "Rotating, with nights", Born: born, Sex: "female", Ethnic: "black", Disability: "no", Seen: true},
		{StaffGroup: "Estates and Ancillary", Site: "General", Shift: "Days", Born: born.AddDays(-36500 + 25000), Sex: "male"},
		{StaffGroup: "Wizards", Site: "Hut", Shift: "as agreed", Born: born},
		{},
	}
	got := p.Divide(staff, civil.MustParse("2026-03-31"))
	for key, want := range map[[2]string]reach.Count{
		{"staff_group", "nursing"}: {Staff: 1, Seen: 1}, {"staff_group", "estates"}: {Staff: 1}, {"staff_group", "not_declared"}: {Staff: 2}, {"staff_group", "medical"}: {},
		{"site", "main"}: {Staff: 2, Seen: 1}, {"site", "small"}: {Staff: 1}, {"site", "not_declared"}: {Staff: 1},
		{"shift", "nights"}: {Staff: 1, Seen: 1}, {"shift", "days"}: {Staff: 1}, {"shift", "not_declared"}: {Staff: 2},
		{"disability", "no"}: {Staff: 1, Seen: 1}, {"disability", "yes"}: {}, {"disability", "not_declared"}: {Staff: 3},
		{"ethnic_group", "black"}: {Staff: 1, Seen: 1},
	} {
		if got[key] != want {
			t.Errorf("%v: %+v, want %+v", key, got[key], want)
		}
	}
	for _, d := range p.Divisions() {
		all := reach.Count{}
		for _, code := range d.Codes {
			c := got[[2]string{d.ID, code}]
			all = reach.Count{Staff: all.Staff + c.Staff, Seen: all.Seen + c.Seen}
		}
		if all != (reach.Count{Staff: 4, Seen: 1}) {
			t.Errorf("%s adds up to %+v", d.ID, all)
		}
	}
	if last := p.Last(civil.MustParse("2026-10-01")); len(last) != p.Back || last[0] != civil.MustParse("2026-09-01") || last[1] != march {
		t.Errorf("the half-years before October are %v", last)
	}
}

// TestRecount: a person is counted once in a half-year, by the post of its last day; only the service reads it; where those seen cannot be
// found among the staff, nothing is counted.
func TestRecount(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ledger := activity.Ledger{Keys: keys}
	in := func(a access.Actor, fn func(*postgres.Tx) error) {
		t.Helper()
		if err := db.InTenant(ctx, a, fn); err != nil {
			t.Fatal(err)
		}
	}
	trust := uuid.New()
	people := make([]uuid.UUID, 12)
	in(access.SystemActor(access.Hall, trust, uuid.Nil), func(tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `insert into organisation (id, kind) values ($1, 'trust')`, trust); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into contract (service_id, organisation_id, valid_from, model) values ($1, $2, '2020-04-01', 'internal')`, w.Service, trust)
		return err
	})
	in(access.SystemActor(access.Employer, trust, uuid.Nil), func(tx *postgres.Tx) error {
		for i := range people {
			people[i] = uuid.New()
			number := fmt.Sprintf("4000%04d", i)
			group, ends, starts := "Medical and Dental", any(nil), "2020-01-01"
			switch i {
			case 10:
				ends = "2026-03-31" // the first day without the post: they had left on it
			case 11:
				starts = "2026-04-01"
			}
			if _, err := tx.Exec(ctx, `insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth) values ($1,$2,$3,'A','B','a b','1980-01-01')`, trust, people[i], number); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `insert into post (organisation_id, id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours, starts_on, ends_on) values ($1,$2,$3,$4,true,'T','','`+group+`','S','','',37.5,$5,$6)`, trust, uuid.New(), people[i], number, starts, ends); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `insert into person_declared (organisation_id, person_id, sex, ethnic_group, disability) values ($1,$2,'female','asian','yes')`, trust, people[0])
		return err
	})
	attend := func(person uuid.UUID, day string) {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		in(access.SystemActor(access.Worker, trust, w.Service), func(tx *postgres.Tx) error {
			return ledger.CopyIn(ctx, tx, []activity.Row{{Kind: activity.AppointmentHeld, At: at.Add(10 * time.Hour), Organisation: trust, Service: w.Service, Person: person, Case: uuid.New(), Actor: uuid.New(), Codes: activity.Codes{Source: "self"}}})
		})
	}
	attend(people[0], "2025-10-01")
	attend(people[0], "2026-03-31")
	attend(people[1], "2026-01-10")
	attend(people[2], "2026-04-01") // of the next half-year
	attend(people[10], "2026-02-01")
	read := func(a access.Actor) map[string]reach.Count {
		t.Helper()
		out := map[string]reach.Count{}
		all, err := reach.Service{DB: db}.Groups(ctx, a, march)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range all {
			out[g.Division+"."+g.Code] = g.Count
		}
		return out
	}
	recount := func() {
		in(access.SystemActor(access.Worker, trust, w.Service), func(tx *postgres.Tx) error {
			return reach.Recount(ctx, tx, reach.BuiltIn(), keys, trust, w.Service, now)
		})
	}
	recount()
	recount() // again, the same
	lead := access.Actor{Account: uuid.New(), Organisation: trust, Service: w.Service, Role: access.Lead, Wall: access.Growth}
	got := read(lead)
	for key, want := range map[string]reach.Count{"staff_group.medical": {Staff: 10, Seen: 2}, "disability.yes": {Staff: 1, Seen: 1}, "disability.not_declared": {Staff: 9, Seen: 1}, "site.main": {Staff: 10, Seen: 2}} {
		if got[key] != want {
			t.Errorf("%s: %+v, want %+v", key, got[key], want)
		}
	}
	client := lead
	client.Service = uuid.Nil
	if other := read(client); len(other) != 0 {
		t.Errorf("the employer reads whom the service saw: %v", other)
	}
	client.Service = w.OtherService
	if other := read(client); len(other) != 0 {
		t.Errorf("another service reads it: %v", other)
	}
	for range 4 {
		attend(uuid.New(), "2026-02-02") // people whom the staff record does not have
	}
	recount()
	if got := read(lead); len(got) != 0 {
		t.Errorf("three of seven are found, and counted: %v", got)
	}
}
