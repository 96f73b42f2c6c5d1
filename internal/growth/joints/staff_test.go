package joints_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)

// TestHeadcount: without a staff feed, contacts are compared by the headcount that came as a measure, whose groups are
// written in another way than the ledger's; until then the page names what is missing.
func TestHeadcount(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	var rows []activity.Row
	for i := range 90 {
		group := "Administrative and Clerical"
		if i%3 > 0 {
			group = "Nursing and Midwifery Registered"
		}
		rows = append(rows, activity.Row{Kind: activity.AppointmentHeld, At: now.AddDate(0, -2, i%20-i), Organisation: w.Trust, Service: w.Service,
			Person: uuid.New(), Case: uuid.New(), Actor: uuid.New(), Codes: activity.Codes{Source: "management", StaffGroup: group}})
	}
	if err := db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		if err := (activity.Ledger{Keys: keys}).CopyIn(ctx, tx, rows); err != nil {
			return err
		}
		_, err := activity.Rebuild(ctx, tx, w.Service, now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	measures := series.New(series.Deps{DB: db})
	s := indicator.New(indicator.Deps{DB: db, Headcount: joints.Headcount()})
	lead := w.OHLead.As(access.Lead, access.Growth)
	lacks := func() (codes []string) {
		here, nowhere, err := s.Lacking(ctx, lead, now)
		if err != nil || len(nowhere) != 17 {
			t.Fatalf("%d computed by nobody, %v", len(nowhere), err)
		}
		for _, l := range here {
			if codes = append(codes, l.Code); l.What == "" || strings.HasPrefix(l.Source, "indicator.") {
				t.Errorf("%+v", l)
			}
		}
		return codes
	}
	// Attended appointments alone: nobody says who missed or cancelled one, so these are no rates of nought.
	if got := lacks(); !slices.Equal(got, []string{"K01", "K02", "K03", "K04", "K05", "K09", "K10", "K11", "K18", "K19", "K25", "K26", "K30"}) {
		t.Errorf("lacking %v", got)
	}
	file := "measure,date,group,numerator,denominator\n"
	for month := 1; month <= 10; month++ {
		file += fmt.Sprintf("headcount,2026-%02d,,2000,\nheadcount,2026-%02d,Nursing & Midwifery Registered,%d,\nheadcount,2026-%02d,Admin & Clerical,1000,\n", month, month, 400+10*month, month)
	}
	if r, err := measures.Import(ctx, lead, now, "heads.csv", strings.NewReader(file), false); err != nil || r.Rejects.N > 0 {
		t.Fatal(r, err)
	}
	e, err := s.FindEquity(ctx, lead, "K30", now)
	if err != nil || len(e.Groups) != 2 || !e.Heads {
		t.Fatalf("%+v, %v", e, err)
	}
	clerks, nurses := e.Groups[0], e.Groups[1]
	if clerks.Name != "Administrative and Clerical" || clerks.Staff != 1000 || clerks.Contacts != 30 || nurses.Staff != 455 || nurses.Contacts != 60 || !nurses.Flagged {
		t.Errorf("%+v", e.Groups)
	}
	if got := lacks(); slices.Contains(got, "K30") {
		t.Errorf("lacking %v", got)
	}
}
