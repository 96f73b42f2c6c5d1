// Package growthtest fills the ledger of a test world with a plausible history and rolls it up, so that tests
// of growth pages have charts to look at.
package growthtest

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Now is the day of the tests; the history ends in the month before.
var Now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

// Start is the month in which waits begin to fall.
var Start = time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)

// History is 30 months of the trust (20 referrals each) and of the practice (2 each): waits of about 20 days,
// of about 12 from Start on.
func History(t testing.TB, db *postgres.DB, w *world.World) {
	t.Helper()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := Fill(context.Background(), db, keys, w); err != nil {
		t.Fatal(err)
	}
}

// Fill writes the history outside a test: the benchmark uses it.
func Fill(ctx context.Context, db *postgres.DB, keys *seal.Keys, w *world.World) error {
	rng := rand.New(rand.NewPCG(1, 2))
	var rows []activity.Row
	for month := range 30 {
		first := time.Date(2024, 5, 1, 9, 0, 0, 0, time.UTC).AddDate(0, month, 0)
		for i := range 22 {
			organisation := w.Trust
			if i >= 20 {
				organisation = w.Practice
			}
			wait := 18 + rng.IntN(8)
			if !first.Before(Start) {
				wait -= 9
			}
			rows = append(rows, journey(w, organisation, first.AddDate(0, 0, rng.IntN(4)), wait, i%10 == 0)...)
		}
	}
	return db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		if err := (activity.Ledger{Keys: keys}).CopyIn(ctx, tx, rows); err != nil {
			return err
		}
		_, err := activity.Rebuild(ctx, tx, w.Service, Now)
		return err
	})
}

func journey(w *world.World, organisation uuid.UUID, start time.Time, wait int, missed bool) []activity.Row {
	c := uuid.New()
	var rows []activity.Row
	add := func(kind activity.Kind, day int, codes activity.Codes) {
		codes.Source = "management"
		rows = append(rows, activity.Row{Kind: kind, At: start.AddDate(0, 0, day).Add(time.Duration(len(rows)) * time.Minute), Organisation: organisation, Service: w.Service,
			Person: w.Nurse.Person, Case: c, Actor: w.OHNurse.Account, Codes: codes})
	}
	add(activity.ReferralSubmitted, 0, activity.Codes{Reason: "LTS"})
	add(activity.ReferralTriaged, 1, activity.Codes{Priority: "P2", Outcome: "ACCEPT-OHN"})
	add(activity.ReferralAccepted, 1, activity.Codes{Priority: "P2"})
	add(activity.AppointmentBooked, 2, activity.Codes{})
	if missed {
		add(activity.AppointmentDNA, wait-4, activity.Codes{Outcome: "DNA"})
		add(activity.AppointmentBooked, wait-4, activity.Codes{})
	}
	add(activity.AppointmentHeld, wait, activity.Codes{})
	add(activity.ReportSigned, wait+2, activity.Codes{})
	add(activity.ReportReleased, wait+4, activity.Codes{})
	add(activity.CaseClosed, wait+5, activity.Codes{Outcome: "done"})
	return rows
}
