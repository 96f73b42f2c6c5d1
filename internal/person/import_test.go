package person_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

const heading = "employee_number,assignment_number,primary,family_name,given_name,date_of_birth,work_email,mobile,personal_email,job_title,band,staff_group,site,department,team,contracted_hours,shift_pattern,manager_employee_number,start_date,end_date,patient_contact\n"

// line is one post of the feed.
type line struct {
	number, family, given, title, manager, end string
	assignment                                 string // "" for the primary one
}

func (l line) String() string {
	assignment, primary := l.number, "Y"
	if l.assignment != "" {
		assignment, primary = l.assignment, "N"
	}
	return fmt.Sprintf("%s,%s,%s,%s,%s,1984-03-07,%s@trust.example,07700 900123,,%s,Band 5,Nursing,Main,Medicine,Ward 7,37.5,,%s,2020-04-01,%s,Y\n",
		l.number, assignment, primary, l.family, l.given, l.number, l.title, l.manager, l.end)
}

func file(lines ...line) string {
	var b strings.Builder
	b.WriteString(heading)
	for _, l := range lines {
		b.WriteString(l.String())
	}
	return b.String()
}

// employer is an organisation with nobody in it yet.
type employer struct {
	*testing.T
	db    *postgres.DB
	s     *person.Service
	actor access.Actor
}

func newEmployer(t *testing.T) *employer {
	db := world.Open(t)
	e := &employer{t, db, person.New(person.Deps{DB: db}), access.Actor{Organisation: uuid.New(), Account: uuid.New(), Role: access.HR, Wall: access.Employer}}
	e.query(access.Hall, `insert into organisation (id, kind) values ($1, 'trust') returning 'made'`, e.actor.Organisation)
	return e
}

func (e *employer) query(wall access.Wall, sql string, args ...any) (out string) {
	e.Helper()
	err := e.db.InTenant(context.Background(), e.actor.At(wall), func(tx *postgres.Tx) error {
		return tx.QueryRow(context.Background(), sql, args...).Scan(&out)
	})
	if err != nil {
		e.Fatalf("%s: %v", sql, err)
	}
	return out
}

func (e *employer) person(number string) string {
	return e.query(access.Employer, `select concat_ws('|', p.family_name, p.name_key, p.left_on, (select string_agg(concat_ws(',', o.assignment_number, o.title, m.employee_number, o.ends_on), ';' order by o.assignment_number)
 from post o left join person m on m.organisation_id = o.organisation_id and m.id = o.manager_person_id where o.organisation_id = p.organisation_id and o.person_id = p.id)) from person p where p.employee_number = $1`, number)
}

func (e *employer) feed(at time.Time, content string) person.Report {
	e.Helper()
	r, err := e.s.Import(context.Background(), e.actor, at, strings.NewReader(content), false)
	if err != nil {
		e.Fatal(err)
	}
	return r
}

func TestImport(t *testing.T) {
	e := newEmployer(t)
	ward := line{number: "10000001", family: "Reid", given: "Tom", title: "Ward manager"}
	nurse := line{number: "10000002", family: "O'Neill", given: "Siân", title: "Staff nurse", manager: "10000001"}
	twin := line{number: "10000003", family: "O'Neill", given: "Siân", title: "Staff nurse", manager: "99999999"}
	bank := line{number: "10000002", family: "O'Neill", given: "Siân", title: "Bank nurse", assignment: "10000002-2"}
	first := file(nurse, bank, twin, ward)

	dry, err := e.s.Import(context.Background(), e.actor, monday, strings.NewReader(first), true)
	if err != nil || dry.New != 3 || e.query(access.Employer, `select count(*)::text from person`) != "0" {
		t.Fatalf("a dry run found %d new people, %v", dry.New, err)
	}
	r := e.feed(monday, first)
	if r.New != 3 || r.PostsNew != 4 || len(r.UnknownManagers) != 1 || r.UnknownManagers[0] != 4 {
		t.Fatalf("first feed: %+v", r)
	}
	if got := e.person("10000002"); got != "O'Neill|oneill sian|10000002,Staff nurse,10000001;10000002-2,Bank nurse" {
		t.Errorf("nurse: %s", got)
	}
	if got := e.person("10000003"); got != "O'Neill|oneill sian|10000003,Staff nurse" {
		t.Errorf("the namesake stays somebody else: %s", got)
	}
	if r := e.feed(monday, first); !r.Nothing() || r.Unchanged != 3 {
		t.Fatalf("the same file again: %+v", r)
	}

	t.Run("changes", func(t *testing.T) {
		nurse.family, nurse.title = "O'Neill-Reid", "Sister"
		r := e.feed(monday, file(nurse, twin, ward))
		if r.Changed != 1 || r.PostsChanged != 1 || r.PostsEnded != 1 || r.Unchanged != 2 {
			t.Errorf("married, promoted, bank post over: %+v", r)
		}
		if got := e.person("10000002"); got != "O'Neill-Reid|oneill reid sian|10000002,Sister,10000001;10000002-2,Bank nurse,2026-11-23" {
			t.Errorf("nurse: %s", got)
		}
		if r := e.feed(monday, file(nurse, twin, ward)); !r.Nothing() {
			t.Errorf("the same file again: %+v", r)
		}
	})
	t.Run("leaver and return", func(t *testing.T) {
		if r := e.feed(monday, file(nurse, ward)); r.Left != 1 || r.PostsEnded != 1 {
			t.Errorf("absent from the file: %+v", r)
		}
		if got := e.person("10000003"); got != "O'Neill|oneill sian|2026-11-23|10000003,Staff nurse,2026-11-23" {
			t.Errorf("leaver: %s", got)
		}
		gone := ward
		gone.end = "2026-11-20"
		if r := e.feed(monday, file(nurse, gone)); r.Left != 1 || r.PostsEnded != 1 {
			t.Errorf("last post over: %+v", r)
		}
		if got := e.person("10000001"); !strings.Contains(got, "|2026-11-21|") {
			t.Errorf("leaver by end date: %s", got)
		}
		if r := e.feed(monday, file(nurse, gone)); !r.Nothing() {
			t.Errorf("the same file again: %+v", r)
		}
		if r := e.feed(monday, file(nurse, twin, ward)); r.Returned != 2 || r.New != 0 {
			t.Errorf("both are back: %+v", r)
		}
	})
	t.Run("rejects", func(t *testing.T) {
		bad := nurse
		bad.number = "123"
		r := e.feed(monday, file(bad, twin))
		if r.Rejected != 1 || r.Left != 0 {
			t.Errorf("with a rejected row nobody leaves: %+v", r)
		}
		var out bytes.Buffer
		if err := r.WriteRejects(&out, locale.English()); err != nil || !strings.Contains(out.String(), "employee number is not eight digits") {
			t.Errorf("rejects file: %v\n%s", err, out.String())
		}
	})
	t.Run("audit", func(t *testing.T) {
		super := e.query(access.Audit, `select count(*)::text from audit_event where action = 'person.updated' and subject_person is not null and detail ? 'change'`)
		if super != "8" { // 3 new, 1 changed, 2 left, 2 returned
			t.Errorf("%s rows for people", super)
		}
		if got := e.query(access.Audit, `select string_agg(detail::text, '') from audit_event`); strings.Contains(got, "Neill") {
			t.Error("the audit has a name")
		}
	})
}

func TestImportRefuses(t *testing.T) {
	e := newEmployer(t)
	var all []line
	for i := range 100 {
		all = append(all, line{number: fmt.Sprint(30000000 + i), family: "Smith", given: "Jo", title: "Nurse"})
	}
	if r := e.feed(monday, file(all...)); r.New != 100 {
		t.Fatalf("a hundred namesakes are a hundred people: %+v", r)
	}
	half := strings.NewReader(file(all[:50]...))
	r, err := e.s.Import(context.Background(), e.actor, monday, half, false)
	if fault.KindOf(err) != fault.Conflict || !r.TooManyLeft || r.Left != 50 {
		t.Errorf("half a file: %v, %+v", err, r)
	}
	if got := e.query(access.Employer, `select count(*)::text from person where left_on is null`); got != "100" {
		t.Errorf("%s still work here", got)
	}
	if r := e.feed(monday, file(all[:85]...)); r.Left != 15 {
		t.Errorf("up to twenty are believed: %+v", r)
	}
	var refused *sheet.Refused
	if _, err := e.s.Import(context.Background(), e.actor, monday, strings.NewReader("a,b\n1,2\n"), false); !errors.As(err, &refused) {
		t.Errorf("no staff file: %v", err)
	}
	for _, wall := range []access.Wall{access.Clinical, access.Portal, access.Growth, access.Audit, access.Worker, access.Hall} {
		_, err := e.s.Import(context.Background(), e.actor.At(wall), monday, strings.NewReader(file(all...)), false)
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("behind the %s wall: %v", wall, err)
		}
	}
}

// TestImportOtherTenant feeds the numbers of another employer: nothing there changes.
func TestImportOtherTenant(t *testing.T) {
	a, b := newEmployer(t), newEmployer(t)
	same := line{number: "10000001", family: "Reid", given: "Tom", title: "Ward manager"}
	a.feed(monday, file(same))
	same.family = "Stone"
	if r := b.feed(monday, file(same)); r.New != 1 {
		t.Errorf("the other employer's feed: %+v", r)
	}
	if got := a.person("10000001"); !strings.HasPrefix(got, "Reid|") {
		t.Errorf("ours: %s", got)
	}
}

// TestImportLarge times a large trust; the figure is for the log, not a limit.
func TestImportLarge(t *testing.T) {
	e := newEmployer(t)
	var all []line
	for i := range 10_000 {
		l := line{number: fmt.Sprint(40000000 + i), family: fmt.Sprintf("Family%d", i%700), given: fmt.Sprintf("Given%d", i), title: "Staff nurse"}
		if i >= 20 {
			l.manager = fmt.Sprint(40000000 + i%20)
		}
		all = append(all, l)
	}
	content := file(all...)
	start := time.Now()
	if r := e.feed(monday, content); r.New != 10_000 || len(r.UnknownManagers) != 0 {
		t.Fatalf("%+v", r)
	}
	t.Logf("10,000 new people in %v", time.Since(start))
	start = time.Now()
	if r := e.feed(monday, content); !r.Nothing() {
		t.Fatalf("%+v", r)
	}
	t.Logf("the same file again in %v", time.Since(start))
}
