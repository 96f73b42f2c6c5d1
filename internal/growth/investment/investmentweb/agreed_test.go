package investmentweb_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmentweb"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestAgreed: once the board has agreed, the plan, the case and its paper say when the plan costs something else, by how much and through
// which post, and lead to taking that back or to asking again. Before the board has decided, and while the sum is the same, nothing is said.
func TestAgreed(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	leader, executive := w.OHLead.As(access.Lead, access.Growth), w.Executive.As(access.Executive, access.Growth)
	library := figure.NewLibrary()
	team := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	papers := board.New(board.Deps{DB: db, Plan: strategy.New(strategy.Deps{DB: db, Figures: library})})
	s := investment.New(investment.Deps{DB: db, Figures: library, Posts: joints.Employed(team), Positions: joints.Positions(team), Verdicts: joints.Verdicts(papers)})
	library.Add(s.Book())
	cases := fivecase.New(fivecase.Deps{Plan: s, Paper: joints.Proposed(papers), Decisions: joints.Decided(papers)})
	site := webtest.New(t, now, investmentweb.Routes(s, cases), investment.Rules)
	lead, reader := site.As(leader), site.As(executive)

	april := civil.MustParse("2027-04-01")
	plan := func(title string, at time.Time) uuid.UUID {
		t.Helper()
		id := uuid.New()
		must(team.PlanChange(ctx, leader, at, workforce.ChangeIn{ID: id, Kind: outlook.New, Title: title, Role: "nurse", Band: "6", From: april, WTE: 1, Heads: 1, More: true, In: map[option.Option]bool{option.Preferred: true, option.Maximum: true}}))
		return id
	}
	must(team.AddPost(ctx, leader, now, workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 2, InPost: 2, Years: 3, Funding: "recurrent"}))
	must(team.SetPlan(ctx, leader, now, workforce.PlanIn{Start: april, Uplift: 2, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	must(s.SavePlan(ctx, leader, now, investment.Plan{Start: april, PayUplift: 2, Inflation: 2, Chosen: option.Preferred}))
	plan("Evening nurse", now)
	for _, part := range s.Pack().Parts {
		var cited []figure.Ref
		if part.Code == "economic" {
			cited = []figure.Ref{{Kind: investment.FigureKind, Name: "cost.preferred"}}
		}
		must(cases.Write(ctx, leader, now, part.Code, 0, "The "+part.Code+" words.", cited))
	}
	submit := func(at time.Time) uuid.UUID {
		t.Helper()
		id := uuid.New()
		must(cases.Submit(ctx, leader, at, fivecase.Paper{ID: id, Meeting: locale.Day(at), Recommendation: "Agree", Wellbeing: "Better", Outdated: true}))
		return id
	}
	silent := func(why string) {
		t.Helper()
		for _, path := range []string{"/investment", "/investment/case", "/investment/case/print"} {
			if text := reader.Get(path).Want(200).Body; strings.Contains(text, "The board agreed to") {
				t.Errorf("%s: %s says what the board agreed to", why, path)
			}
		}
	}
	first := submit(now)
	later := now.AddDate(0, 0, 20)
	more := plan("Night nurse", later)
	silent("nothing is decided")
	must(team.WithdrawChanges(ctx, leader, later, more))
	must(papers.Decide(ctx, executive, now, uuid.New(), first, board.Decision{Choice: board.Approve, Words: "Agreed", On: locale.Day(now)}))
	silent("the sum is the same")

	// A post more than the board has seen.
	more = plan("Day nurse", later)
	for _, path := range []string{"/investment", "/investment/case"} {
		p := lead.Get(path).Want(200).Says("The plan costs more than the board agreed to", "The board agreed to £", "on 10 November 2026 (business case 1). The plan now costs £", "five years, with optimism bias", "Day nurse", "Not in it",
			"Take back what was planned since", "Ask the board again")
		if back := "/workforce/plan/withdraw?id=" + more.String(); !slices.Contains(p.Links(), back) {
			t.Errorf("%s does not lead to %s", path, back)
		}
		reader.Get(path).Want(200).Says("The plan costs more than the board agreed to", "See the case that the board agreed to").Hides("Take back what was planned since", "Ask the board again:")
	}
	paper := reader.Get("/investment/case/print").Want(200)
	for _, words := range []string{"The plan costs more than the board agreed to", "The board agreed to £", "Day nurse"} {
		if !strings.Contains(paper.Body, words) {
			t.Errorf("the paper does not say %q", words)
		}
	}
	// A part that rests on it says so before its words, and when what it rests on changed.
	for _, path := range []string{"/investment/case", "/investment/case/print"} {
		text := reader.Get(path).Body
		tag, what, words := strings.Index(strings.ToLower(text), "out of date"), strings.Index(text, "Its source changed on 30 November 2026"), strings.Index(text, "The economic words.")
		if tag < 0 || what < tag || words < what {
			t.Errorf("%s: the tag at %d, what changed at %d, the words at %d", path, tag, what, words)
		}
	}
	// The board is asked again: then that is said, until it decides.
	second := submit(later)
	lead.Get("/investment").Says("Business case 2 asks the board for £", "has not decided on it yet").Hides("Ask the board again:")
	must(papers.Decide(ctx, executive, later, uuid.New(), second, board.Decision{Choice: board.Decline, Words: "Not this year", On: locale.Day(later)}))
	lead.Get("/investment").Says("The board agreed to £", "Ask the board again").Hides("Business case 2 asks")
	// Taken back, it is what was agreed.
	must(team.WithdrawChanges(ctx, leader, later, more))
	silent("it was taken back")
}
