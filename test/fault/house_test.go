package fault

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// house is what the test put into the installation before it breaks it.
type house struct {
	admin   string            // invitation of the OH administrator
	staff   map[string]string // invitations of members of staff, by e-mail
	waiting []uuid.UUID       // cases that wait for a booking
	slots   []uuid.UUID       // free times
}

const adminEmail = "lucy.brand@example.org"

// invited finds somebody's invitation in what setup prints.
func invited(printed, name string) string {
	m := regexp.MustCompile(`(?m)^` + name + ` .*\n  http://[^/]+(/invitation/\S+)$`).FindStringSubmatch(printed)
	if m == nil {
		return ""
	}
	return m[1]
}

// settle takes an empty folder to first use by the commands a user has, then opens accounts, clinics and cases
// through the services, as their pages would.
func (r *rowan) settle(people, cases int) house {
	r.t.Helper()
	// without the example's clinic: this house plans its own, for the same nurse
	answers, _, _ := strings.Cut(r.do("setup", "--example"), "clinics:")
	r.write("answers.yaml", answers)
	printed := r.do("setup", "--answers", r.file("answers.yaml"))
	r.write("staff.csv", feed(people))
	r.do("import", "staff", "--organisation", "RZ9", r.file("staff.csv"))
	h := house{admin: invited(printed, "Lucy Brand"), staff: map[string]string{}}
	r.within(func(ctx context.Context, site *app.Site) {
		// A clinic is held by somebody who has accepted.
		if _, err := site.Accounts.Accept(ctx, strings.TrimPrefix(invited(printed, "Helen Marsh"), "/invitation/"), password); err != nil {
			r.t.Fatal(err)
		}
		h.open(ctx, r.t, site, cases)
	})
	return h
}

// within opens the installation in this process.
func (r *rowan) within(do func(context.Context, *app.Site)) {
	r.t.Helper()
	found, err := pgchild.Find("")
	if err != nil {
		r.t.Fatal(err)
	}
	ctx := context.Background()
	cfg := config.Config{Data: r.data, Listen: r.address, PostgresBin: found.Dir}.FromEnv()
	site, err := app.Open(ctx, cfg, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		r.t.Fatal(err)
	}
	defer site.Close(ctx)
	do(ctx, site)
}

func (h *house) open(ctx context.Context, t *testing.T, site *app.Site, cases int) {
	db, now := site.Database.DB, time.Now()
	var host organisation.Served
	ask(t, db, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		served, err := organisation.ListServed(ctx, tx, now)
		for _, o := range served {
			if o.ODS == "RZ9" {
				host = o
			}
		}
		return err
	})
	var people []world.Who
	ask(t, db, access.SystemActor(access.Employer, host.ID, host.Service), func(tx *postgres.Tx) error {
		rows, err := tx.Query(ctx, `select id, work_email from person order by employee_number`)
		if err != nil {
			return err
		}
		people, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (world.Who, error) {
			w := world.Who{Organisation: host.ID, Service: host.Service, Account: uuid.New()}
			return w, row.Scan(&w.Person, &w.Name)
		})
		return err
	})
	for _, who := range people {
		err := site.Accounts.Create(ctx, access.SystemActor(access.Hall, host.ID, host.Service), now,
			[]account.NewAccount{{ID: who.Account, Login: who.Name, Name: who.Name, Organisation: host.ID, Person: who.Person, Invited: true}})
		if err != nil {
			t.Fatal(err)
		}
		if h.staff[who.Name], err = site.Accounts.InvitationPath(who.Account, now); err != nil {
			t.Fatal(err)
		}
	}
	h.clinics(ctx, t, site, host)
	for i := range cases {
		who := people[i%len(people)]
		id := caretest.Self(t, db, who, "before", now)
		caretest.Waiting(t, db, who, id, string(access.Nurse), "P2", now)
		h.waiting = append(h.waiting, id)
	}
	if len(h.slots) < cases {
		t.Fatalf("%d free times for %d cases", len(h.slots), cases)
	}
}

// clinics plans the longest clinic there may be on each working day of twelve weeks.
func (h *house) clinics(ctx context.Context, t *testing.T, site *app.Site, host organisation.Served) {
	nurses, err := site.Accounts.Clinicians(ctx, host.Service)
	if err != nil || len(nurses) == 0 {
		t.Fatalf("clinicians: %v %v", nurses, err)
	}
	actor, now := access.SystemActor(access.Clinical, host.ID, host.Service), time.Now()
	for day := time.Monday; day <= time.Friday; day++ {
		faults, err := site.Appointments.SaveClinic(ctx, actor, now, appointment.Clinic{ID: uuid.New(), Name: "Nurse clinic", Site: "Main site", Mode: "phone", Weekday: day,
			Start: 8 * time.Hour, SlotMinutes: 15, Slots: 40, Clinician: nurses[0].Account, From: now.Truncate(24 * time.Hour)})
		if err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
	}
	ask(t, site.Database.DB, actor, func(tx *postgres.Tx) error {
		rows, err := tx.Query(ctx, `select id from slot where starts_at > $1 order by starts_at`, now.Add(time.Hour))
		if err != nil {
			return err
		}
		h.slots, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
}

func ask(t *testing.T, db *postgres.DB, a access.Actor, do func(*postgres.Tx) error) {
	t.Helper()
	if err := db.InTenant(context.Background(), a, do); err != nil {
		t.Fatal(err)
	}
}

// feed is a staff file of a ward.
func feed(people int) string {
	var b strings.Builder
	b.WriteString("employee_number,assignment_number,primary,family_name,given_name,date_of_birth,work_email,mobile,personal_email,job_title,band,staff_group,site,department,team,contracted_hours,shift_pattern,manager_employee_number,start_date,end_date\n")
	for i := range people {
		fmt.Fprintf(&b, "%[1]d,%[1]d,Y,Family%[2]d,Given,1984-03-07,p%[2]d@example.org,07700900111,,Staff nurse,Band 5,Nursing,Main site,Medicine,Ward 7,37.5,days,,2020-04-01,\n", 30000001+i, i)
	}
	return b.String()
}

func (r *rowan) file(name string) string { return filepath.Join(filepath.Dir(r.data), name) }

func (r *rowan) write(name, content string) {
	r.t.Helper()
	if err := os.WriteFile(r.file(name), []byte(content), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// super looks behind the walls of the running installation.
func (r *rowan) super() *pgx.Conn {
	r.t.Helper()
	_, port := r.postmaster()
	conn, err := pgx.Connect(context.Background(), fmt.Sprintf("host=%s port=%s user=%s dbname=rowan", filepath.Join(r.data, "run"), port, pgchild.Super))
	if err != nil {
		r.t.Fatal(err)
	}
	return conn
}
