package template_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestRoll: the worker counts the clinics that a service plans, growth reads the counts of its own service and no plan, and a plan that
// changes is counted anew.
func TestRoll(t *testing.T) {
	ctx := context.Background()
	db := world.Open(t)
	w := world.New(t, db)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	clinical, growth := w.OHAdmin.As(access.OHAdmin, access.Clinical), w.OHLead.As(access.Lead, access.Growth)
	plan := func(name string, weekday, slots int, to *string) {
		t.Helper()
		must(db.InTenant(ctx, clinical, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `insert into clinic (service_id, id, name, site, mode, role, weekday, starts_at, slot_minutes, slots, clinician_account, clinician_name, valid_from, valid_to)
 values ($1, $2, $3, 'Main', 'phone', 'oh_nurse', $4, '09:00', 45, $5, $6, 'Amara Oyelaran', '2026-04-01', $7::date)`, w.Service, uuid.New(), name, weekday, slots, uuid.New(), to)
			return err
		}))
	}
	roll := func() {
		t.Helper()
		must(db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
			return template.Roll(ctx, tx, w.Service, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
		}))
	}
	read := func() (all []template.Clinics) {
		t.Helper()
		must(db.InTenant(ctx, growth, func(tx *postgres.Tx) (err error) {
			all, err = template.Read(ctx, tx)
			return err
		}))
		return all
	}
	end := "2027-04-01"
	plan("Nurse clinic, Monday", 1, 6, nil)
	plan("Nurse clinic, Tuesday", 2, 6, nil)
	plan("Amara's clinic", 3, 4, &end)
	roll()
	from := civil.MustParse("2026-04-01")
	want := []template.Clinics{{Role: "oh_nurse", Sessions: 1, Slots: 4, Minutes: 45, From: from, To: civil.MustParse(end)}, {Name: "Nurse clinic", Role: "oh_nurse", Sessions: 2, Slots: 6, Minutes: 45, From: from}}
	if got := read(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	plan("Nurse clinic, Friday", 5, 6, nil)
	roll()
	if got := read(); len(got) != 2 || got[1].Sessions != 3 {
		t.Errorf("with one more it is %+v", got)
	}
	other := access.SystemActor(access.Growth, w.Trust, uuid.New())
	must(db.InTenant(ctx, other, func(tx *postgres.Tx) error {
		got, err := template.Read(ctx, tx)
		if len(got) > 0 {
			t.Errorf("another service reads %+v", got)
		}
		return err
	}))
	err := db.InTenant(ctx, growth, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `select name from clinic`)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("growth reads the plan itself: %v", err)
	}
}
