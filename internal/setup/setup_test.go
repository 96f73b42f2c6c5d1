package setup_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/session"
	"github.com/rowan-ohwb/rowan/internal/setup"
)

func TestFound(t *testing.T) {
	db := world.Open(t)
	ctx := context.Background()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	accounts := account.New(account.Deps{DB: db, Sessions: session.NewManager(db), Keys: keys, Now: time.Now})
	house := setup.House{DB: db, Accounts: accounts, Appointments: appointment.New(appointment.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}, Calendar: workday.England(), Now: time.Now,
		Clinicians: func(ctx context.Context, service uuid.UUID) (out []appointment.Clinician, err error) {
			list, err := accounts.Clinicians(ctx, service)
			for _, h := range list {
				out = append(out, appointment.Clinician{Account: h.Account, Name: h.Name, Role: h.Role})
			}
			return out, err
		}})}
	answers, err := setup.Read([]byte(setup.Example))
	if err != nil {
		t.Fatal(err)
	}
	answers.Organisation.ODS = "" // codes are unique, and other tests of this database may use it
	answers.Nation = "Sample Nation"
	answers.People = append(answers.People, setup.Somebody{Name: "Ruth Moss", Email: "ruth.moss@example.org", Role: access.NationalLead})
	invitations, err := setup.Found(ctx, house, time.Now(), answers)
	if err != nil {
		t.Fatal(err)
	}
	if len(invitations) != 7 || !strings.HasPrefix(invitations[0].Link, "/invitation/") {
		t.Fatalf("invitations: %+v", invitations)
	}
	login, name, err := accounts.Invited(ctx, strings.TrimPrefix(invitations[2].Link, "/invitation/"))
	if err != nil || login != "helen.marsh@example.org" || name != "Helen Marsh" {
		t.Errorf("invited %q %q (%v)", login, name, err)
	}
	err = db.InTenant(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		var service uuid.UUID
		if err := tx.QueryRow(ctx, `select id from service where name = $1`, answers.Service.Name).Scan(&service); err != nil {
			return err
		}
		var registration string
		if err := tx.QueryRow(ctx, `select registration from account where login = 'helen.marsh@example.org'`).Scan(&registration); err != nil || registration != "NMC 00Z2345E" {
			t.Errorf("Helen Marsh is registered as %q (%v)", registration, err)
		}
		list, err := accounts.Clinicians(ctx, service)
		if i := slices.IndexFunc(list, func(h account.Holder) bool { return h.Name == "Omar Aziz" }); err != nil || i < 0 || !list[i].Decides {
			t.Errorf("%+v (%v): Omar Aziz may not decide on disclosures", list, err)
		}
		var slots int
		if err := db.InTenant(ctx, access.SystemActor(access.Clinical, uuid.Nil, service), func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from slot`).Scan(&slots)
		}); err != nil || slots < 40 {
			t.Errorf("%d slots planned (%v), want twelve weeks of six", slots, err)
		}
		days, ok, err := organisation.TargetFor(ctx, tx, service, "first_seen.P2", time.Now())
		if err == nil && (!ok || days != 10) {
			t.Errorf("first seen P2 within %d working days (%v)", days, ok)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	again := answers
	again.Organisation.Name = "Somebody else"
	if _, err := setup.Found(ctx, house, time.Now(), again); !errors.Is(err, account.ErrInstalled) && err == nil {
		t.Error("set up twice")
	}
	var left int
	err = db.InTenant(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from organisation_span where name = 'Somebody else'`).Scan(&left)
	})
	if err != nil || left != 0 {
		t.Errorf("the refused set-up left %d rows (%v)", left, err)
	}
}

func TestAnswers(t *testing.T) {
	for name, change := range map[string]func(*setup.Answers){
		"the name of the OH service is missing": func(a *setup.Answers) { a.Service.Name = " " },
		"needs a name and a kind":               func(a *setup.Answers) { a.Clients[0].Kind = "hospital" },
		"the e-mail address":                    func(a *setup.Answers) { a.Administrator.Email = "sam" },
		"is given twice":                        func(a *setup.Answers) { a.People[0].Email = "SAM.hart@example.org" },
		"is none of":                            func(a *setup.Answers) { a.People[0].Role = access.Manager },
		"name no national body":                 func(a *setup.Answers) { a.People[0].Role = access.NationalLead },
		"a national body and no ICS":            func(a *setup.Answers) { a.System, a.Nation = "", "Sample Nation" },
		"give 1 to 30 working days":             func(a *setup.Answers) { a.Service.ReviewDays = 31 },
	} {
		a, err := setup.Read([]byte(setup.Example))
		if err != nil {
			t.Fatal(err)
		}
		change(&a)
		if err := a.Validate(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := setup.Read([]byte("organism: {name: X}")); err == nil {
		t.Error("a key that does not exist was taken")
	}
}
