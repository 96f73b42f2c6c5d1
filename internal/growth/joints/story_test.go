package joints_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// TestCosted: a case study bears what the strategy says that its action costs, and the lines that have begun; posts that start later, and what is
// for another action, are no cost of it.
func TestCosted(t *testing.T) {
	h, ctx := strategytest.New(t), context.Background()
	lead, start := h.Lead, civil.MustParse("2026-04-01")
	one := h.Fill(t)
	clinics := one.Action
	money := investment.New(investment.Deps{DB: h.DB, Figures: figure.NewLibrary(), Posts: func(context.Context, *postgres.Tx, bool, *pay.Awards) (investment.Posts, error) {
		return investment.Posts{Start: start, End: start.AddMonths(60), Of: map[option.Option][]investment.PostCost{option.Preferred: {{Quarter: start.AddMonths(12), Line: "Evening nurse", Post: uuid.New(), Total: 40_000, On: 1, Action: clinics}}}}, nil
	}})
	const theirs = "The strategy: Within budget."
	costed := func(at time.Time) string {
		t.Helper()
		text, err := joints.Costed(h.Plan, money)(ctx, lead, at, clinics)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	line := func(title string, action uuid.UUID, from civil.Date) investment.Line {
		return investment.Line{ID: uuid.New(), Title: title, Kind: "licence", Treatment: "revenue", Action: action, Pence: 100_000, Recurrent: true, Start: from, In: investment.In{Preferred: true}, Type: "fixed"}
	}
	do := func(all ...error) {
		t.Helper()
		for _, err := range all {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if text := costed(now); text != theirs {
		t.Errorf("the strategy alone: %q", text)
	}
	if text, err := joints.Costed(h.Plan, money)(ctx, lead, now, uuid.New()); text != "" || err != nil {
		t.Errorf("no plan says %q, %v", text, err)
	}
	do(money.SavePlan(ctx, lead, now, investment.Plan{Start: start, Chosen: option.Preferred}),
		money.WriteLine(ctx, lead, now, line("Reminders", clinics, start)), money.WriteLine(ctx, lead, now, line("Something else", uuid.Nil, start)), money.WriteLine(ctx, lead, now, line("More reminders", clinics, start.AddMonths(9))))
	const borne = theirs + " The investment plan: £5,000 in the trust's budget over 5 years from 1 April 2026, without optimism bias, for “Reminders” (option Preferred)."
	if text := costed(now); text != borne {
		t.Errorf("in November 2026: %q", text)
	}
	if text := costed(time.Date(2027, 4, 2, 9, 0, 0, 0, time.UTC)); !strings.Contains(text, "£49,250 ") || !strings.Contains(text, "3 lines: “") || !strings.Contains(text, "“Evening nurse”") {
		t.Errorf("in April 2027: %q", text)
	}
}

// TestCitable: a month of an indicator may be told to everybody where it says nothing that the counts which leave do not: never where one side
// of a share is small, or where it reads otherwise than they do; what is made of the same events goes with it.
func TestCitable(t *testing.T) {
	ctx, db := context.Background(), world.Open(t)
	w := world.New(t, db)
	lead := w.OHLead.As(access.Lead, access.Growth)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	// Of 40 appointments a month 10 are missed in even months, and 4 in odd ones; 3 of the others are of people who referred themselves.
	first := civil.MustParse("2026-01-01")
	if err := db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		var rows []activity.Row
		for m := range 9 {
			for i := range 40 {
				person, of, source := uuid.New(), uuid.New(), "management"
				row := func(kind activity.Kind, day int) {
					rows = append(rows, activity.Row{Kind: kind, At: first.AddMonths(m).UTC().AddDate(0, 0, day).Add(9 * time.Hour), Organisation: w.Trust, Service: w.Service, Person: person, Case: of, Actor: w.OHNurse.Account,
						Codes: activity.Codes{Source: source, Reason: "LTS", Priority: "P2", Outcome: map[bool]string{true: "DNA"}[kind == activity.AppointmentDNA]}})
				}
				if i >= 37 {
					source = "self"
					row(activity.ReferralSubmitted, 1)
					row(activity.ReferralAccepted, 2)
				}
				if missed := 10 - 6*(m%2); i < missed {
					row(activity.AppointmentDNA, 3)
				} else {
					row(activity.AppointmentHeld, 3)
				}
			}
		}
		if err := (activity.Ledger{Keys: keys}).CopyIn(ctx, tx, rows); err != nil {
			return err
		}
		_, err := activity.Rebuild(ctx, tx, w.Service, now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	i := indicator.New(indicator.Deps{DB: db})
	may := joints.Citable(i)
	ask := func(name string, month civil.Date, value float64) bool {
		t.Helper()
		ok, err := may(ctx, lead, figure.Figure{Ref: figure.Ref{Kind: indicator.FigureKind, Name: name}, Period: month, Number: &value})
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	for m := range 9 {
		month := first.AddMonths(m)
		if got := ask("K10", month, 25); got != (m%2 == 0) {
			t.Errorf("%v, of which 30 of 40 were kept or 36: told %v", month, got)
		}
		if ask("K10", month, 24) {
			t.Errorf("%v: what the counts do not make is told", month)
		}
		if got := ask("K10.n", month, 40); got != (m%2 == 0) {
			t.Errorf("%v: of how many is told %v", month, got)
		}
	}
	if month := first.AddMonths(1); ask("K09", month, 100) || ask("first_seen_within", month, 100) || !ask("K02", month, 2) {
		t.Error("3 people who referred themselves: their share is told, or that of everybody, or the middle wait of everybody is not")
	}
	if !ask("referrals", first.AddMonths(1), 40) || !ask("no such", first, 1) {
		t.Error("what is of other events is not told")
	}
	if ok, err := may(ctx, lead, figure.Figure{Ref: figure.Ref{Kind: "series", Name: "x"}}); !ok || err != nil {
		t.Errorf("another kind of figure: %v %v", ok, err)
	}
}
