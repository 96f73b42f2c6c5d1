package app

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestTellCall: a job of the growth wing may tell a lead of a call, and tells of each once, however often it looks.
func TestTellCall(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	now := time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	one, other := uuid.New(), uuid.New()
	for _, id := range []uuid.UUID{one, one, other} {
		err := db.InTenant(t.Context(), access.SystemActor(access.Growth, w.Trust, w.Service), func(tx *postgres.Tx) error {
			return tellCall(t.Context(), tx, now, call.Due{Call: call.Call{In: call.In{ID: id, Closes: civil.MustParse("2026-12-10")}}, By: "Sample Nation"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var n int
	err := db.InTenant(t.Context(), access.SystemActor(access.Worker, w.Trust, w.Service), func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `select count(*) from outbox where template = 'call_due' and args->>'until' = '10 December 2026' and args->>'by' = 'Sample Nation'`).Scan(&n)
	})
	if err != nil || n != 2 {
		t.Errorf("%d messages, %v", n, err)
	}
}

// TestTellCost: a lead is told twice of a year, before it is over and after, however often the job looks, and again of the next.
func TestTellCost(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	made := civil.MustParse("2025-03-07")
	for _, day := range []string{"2026-02-06", "2026-02-07", "2026-02-20", "2026-03-07", "2026-03-08", "2026-06-01"} {
		d, ok := unitcost.DueOn(made, civil.MustParse(day))
		if !ok {
			continue
		}
		err := db.InTenant(t.Context(), access.SystemActor(access.Growth, w.Trust, w.Service), func(tx *postgres.Tx) error {
			return tellCost(t.Context(), tx, time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), d)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, template := range []string{"cost_due", "cost_over"} {
		var n int
		err := db.InTenant(t.Context(), access.SystemActor(access.Worker, w.Trust, w.Service), func(tx *postgres.Tx) error {
			return tx.QueryRow(t.Context(), `select count(*) from outbox where template = $1 and args->>'made' = '7 March 2025' and args->>'again' = '7 March 2026'`, template).Scan(&n)
		})
		if err != nil || n != 1 {
			t.Errorf("%s: %d messages, %v", template, n, err)
		}
	}
}
