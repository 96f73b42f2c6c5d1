package unitcost_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost/unitcostweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestPage: the page says when costs were refreshed and when they are due again, and once the year is over that they are too old.
func TestPage(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := unitcost.New(unitcost.Deps{DB: db, Team: func(context.Context, *postgres.Tx, time.Time) (unitcost.Team, bool, error) {
		return unitcost.Team{}, false, nil
	},
		Prices: func(context.Context, access.Actor, time.Time) ([]contract.Priced, error) { return nil, nil }})
	lead := w.OHLead.As(access.Lead, access.Growth)
	if err := db.InTenant(t.Context(), lead, func(tx *postgres.Tx) error {
		_, err := tx.Exec(t.Context(), `insert into unit_cost (organisation_id, id, year, team_pence, overhead_bp, overhead_source, hours, minutes, missed_bp, per_case, given, basis, made_at, by_name)
			values ($1, $2, 2024, 45000000, 1850, 'Finance', 6000, 30, 1000, 1.5, 8000, 'typed', '2025-03-07T10:00:00Z', 'Anne Shaw')`, w.Trust, uuid.New())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	const soon, over = "Last refreshed 7 March 2025, due again 7 March 2026.", "It was due again 7 March 2026."
	at := func(day string) *webtest.Browser {
		now, err := time.Parse(time.RFC3339, day+"T10:00:00Z")
		if err != nil {
			t.Fatal(err)
		}
		return webtest.New(t, now, unitcostweb.Routes(s), unitcost.Rules).As(lead)
	}
	at("2026-03-07").Get("/unit-costs").Want(200).Says(soon).Hides(over)
	at("2026-03-08").Get("/unit-costs").Want(200).Says("Last refreshed 7 March 2025", over).Hides(soon)
}
