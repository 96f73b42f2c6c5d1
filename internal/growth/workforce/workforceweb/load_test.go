package workforceweb_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestLoaded: who plans to grow is told on the plan and on the case that the team needs a look, and led to where that is; nobody else is told,
// and it is no part of what a board reads. A pulse that fewer than 8 answered is nowhere: neither its mean nor its question, nor as a thing
// that is red, however low it is.
func TestLoaded(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	actor := w.OHLead.As(access.Lead, access.Growth)
	var loads *load.Service
	the := func() *load.Service { return loads }
	clock := func() time.Time { return now }
	team := workforce.New(workforce.Deps{DB: db, Now: clock, Load: joints.Loaded(the, clock)})
	loads = load.New(db, team)
	money := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Posts: joints.Employed(team)})
	cases := fivecase.New(fivecase.Deps{Plan: money, Load: joints.LoadedCase(the, clock)})
	plans := webtest.New(t, now, workforceweb.Routes(team), workforce.Rules)
	if err := money.SavePlan(t.Context(), actor, now, investment.Plan{Start: civil.MustParse("2027-04-01"), PayUplift: 2, Chosen: option.Preferred}); err != nil {
		t.Fatal(err)
	}
	asked := func(question string, on string, answers *int, mean *float64) error {
		return db.InTenant(t.Context(), access.SystemActor(access.Worker, w.Trust, w.Service), func(tx *postgres.Tx) error {
			_, err := tx.Exec(t.Context(), `insert into pulse_result (service_id, organisation_id, pulse_id, question, opens_on, closes_on, answers, mean, counted_at) values ($1,$2,$3,$4,$5::date,$5::date + 20,$6,$7,now())`,
				w.Service, w.Trust, uuid.New(), question, on, answers, mean)
			return err
		})
	}
	const red, secret = "1 thing is red", "Can you go on?"
	page := func(role access.Role, who world.Who) (plan *webtest.Page, theCase string) {
		t.Helper()
		a := who.As(role, access.Growth)
		draft, err := cases.Draft(t.Context(), a, now)
		if err != nil {
			t.Fatal(err)
		}
		if said, err := fivecase.Render(t.Context(), draft, now, nil); err != nil || strings.Contains(said, red) || strings.Contains(said, "plan to grow") {
			t.Errorf("what the board reads says how people are: %v", err)
		}
		return plans.As(a).Get("/workforce/plan").Want(200), draft.Load + draft.LoadPath
	}

	// Nothing is collected: there is nothing to look at before somebody grows. Few answers are as none.
	seven, ten, low := 7, 10, 1.5 // what is kept is rounded: 8 are about 10
	if err := asked(secret, "2026-09-01", &seven, &low); err == nil {
		t.Error("the database keeps what 7 answered")
	}
	if err := asked(secret, "2026-09-01", nil, nil); err != nil {
		t.Fatal(err)
	}
	plan, theCase := page(access.Lead, w.OHLead)
	plan.Hides("How the team is", secret, "1.5 of 5")
	if theCase != "" {
		t.Errorf("the case says %q", theCase)
	}
	if l, err := loads.Find(t.Context(), actor, now); err != nil || len(l.Pulse) != 1 || !l.Pulse[0].Few || l.Pulse[0].Mean != 0 || l.Pulse[0].Answers != 0 {
		t.Errorf("%+v, %v", l.Pulse, err)
	}

	// Enough answered a later one, and it is low.
	if err := asked("How are you?", "2026-10-01", &ten, &low); err != nil {
		t.Fatal(err)
	}
	plan, theCase = page(access.Lead, w.OHLead)
	plan.Says("How the team is", red, "Look at the red one before you plan to grow", "See how the team is").Hides(secret, "1.5 of 5", "How are you?").Link("/workforce/load")
	if !strings.Contains(theCase, red) || !strings.HasSuffix(theCase, "/workforce/load") || strings.Contains(theCase, "How are you?") {
		t.Errorf("the case says %q", theCase)
	}
	for role, who := range map[access.Role]world.Who{access.Executive: w.Executive, access.Guardian: w.Guardian} {
		plan, theCase = page(role, who)
		plan.Hides("How the team is", red)
		if theCase != "" {
			t.Errorf("%s reads %q", role, theCase)
		}
	}
}
