// Package improvementtest fills the ledger of a test world with contacts of each class.
package improvementtest

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Now is the day of the tests.
var Now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

// Contacts records so many contacts of each class last month and rolls them up.
func Contacts(t testing.TB, db *postgres.DB, w *world.World, byClass map[string]int) {
	t.Helper()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var rows []activity.Row
	for class, n := range byClass {
		for range n {
			rows = append(rows, activity.Row{Kind: activity.ContactRecorded, At: Now.AddDate(0, -1, 0), Organisation: w.Trust, Service: w.Service, Person: w.Nurse.Person, Case: uuid.New(),
				Actor: w.OHNurse.Account, Codes: activity.Codes{Class: class, Outcome: "nurse"}})
		}
	}
	ctx := context.Background()
	if err := db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		if err := (activity.Ledger{Keys: keys}).CopyIn(ctx, tx, rows); err != nil {
			return err
		}
		_, err := activity.Rebuild(ctx, tx, w.Service, Now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
