package joints_test

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/waits"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/foretold"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
)

// TestWaitOfTheCase: what a board reads of the wait has its interval, is of scenarios that change the same besides people, and says
// whether they are out of date, and whether the model failed its test or was never tested; also what came to light since.
func TestWaitOfTheCase(t *testing.T) {
	x := newStaffed(t, "2027-04-01")
	then, known := capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, x.db, x.w, then, known)
	future := capacity.New(capacity.Deps{DB: x.db, Staffing: joints.Staffing(x.team), Futures: joints.Futures(x.team)})
	runner := job.NewRunner(x.db, slog.New(slog.DiscardHandler))
	future.Register(runner, func() time.Time { return capacitytest.Now })
	x.must(runner.Start(x.ctx))
	t.Cleanup(func() { _ = runner.Stop(x.ctx) })
	idle := func() { t.Helper(); x.must(runner.Idle(x.ctx)) }
	scenario := func(title string, o option.Option, terms capacity.Terms) func() {
		id := uuid.Must(uuid.NewV7())
		x.must(future.Add(x.ctx, x.lead, capacitytest.Now, capacity.Scenario{ID: id, Title: title, Option: o, Terms: terms, Replications: 40}))
		return func() {
			t.Helper()
			x.must(future.Ask(x.ctx, x.lead, capacitytest.Now, id, uuid.Must(uuid.NewV7())))
			idle()
		}
	}
	library := figure.NewLibrary(waits.NewBook(x.db, future))
	papers := board.New(board.Deps{DB: x.db, Plan: strategy.New(strategy.Deps{DB: x.db, Figures: library})})
	x.money = investment.New(investment.Deps{DB: x.db, Figures: library, Posts: joints.Employed(x.team), Waits: joints.Simulated(future)})
	library.Add(x.money.Book())
	cases := fivecase.New(fivecase.Deps{Plan: x.money, Paper: joints.Proposed(papers)})
	for _, part := range x.money.Pack().Parts {
		x.must(cases.Write(x.ctx, x.lead, now, part.Code, 0, "The words.", nil))
	}
	submit := func() uuid.UUID {
		t.Helper()
		id := uuid.New()
		x.must(cases.Submit(x.ctx, x.lead, capacitytest.Now, fivecase.Paper{ID: id, Meeting: locale.Day(capacitytest.Now), Recommendation: "Agree", Wellbeing: "Better", Outdated: true}))
		return id
	}
	brief := func(id uuid.UUID) (text string) {
		t.Helper()
		facts, err := joints.Brief(func() *fivecase.Service { return cases })(x.ctx, x.lead, capacitytest.Now, id)
		x.must(err)
		for _, f := range facts {
			text += f.Title + ": " + f.Value + "\n"
		}
		return text
	}
	says := func(text string, all ...string) {
		t.Helper()
		for _, s := range all {
			if want, no := strings.CutPrefix(s, "not "); strings.Contains(text, want) == no {
				t.Errorf("want %q of\n%s", s, text)
			}
		}
	}

	grows := capacity.Terms{Population: 12}
	plain, nothing, preferred := scenario("The nurse alone", option.Preferred, capacity.Terms{}), scenario("The trust grows", option.Nothing, grows), scenario("The trust grows, with the nurse", option.Preferred, grows)
	says(brief(submit()), "Wait to be seen at the end of the plan: Nobody has simulated the wait in this option")
	plain()
	nothing()
	alone := submit()
	says(brief(alone), "“The nurse alone”", "Nobody has simulated doing nothing with the same demand", "never tested", "not If nothing is done", "not The trust grows")
	preferred()
	live, err := x.money.Written(x.ctx, x.lead)
	x.must(err)
	at := func(o option.Option) investment.Wait {
		t.Helper()
		i := slices.IndexFunc(live.Waits[o], func(w investment.Wait) bool { return w.Start == civil.MustParse("2032-01-01") })
		if i < 0 || live.Waits[o][i].Low > live.Waits[o][i].Median || live.Waits[o][i].High <= live.Waits[o][i].Low {
			t.Fatalf("%s: %+v", o, live.Waits[o])
		}
		return live.Waits[o][i]
	}
	interval := func(w investment.Wait) string {
		return fmt.Sprintf("%s working days or less (between %s and %s working days in 8 of 10 simulated runs)", foretold.Days(w.Median), foretold.Days(w.Low), foretold.Days(w.High))
	}
	both := submit()
	// The simulation is of the five years of the plan: their last quarter is said.
	says(brief(both), "in January to March 2032 half of people would wait "+interval(at(option.Preferred)), "If nothing is done: "+interval(at(option.Nothing)), "“The trust grows, with the nurse”", "both change the same things",
		"Before you rely on that wait: The model was never tested", "not Out of date", "not failed its test")
	says(brief(alone), "newer or another simulation stands for it since the case was submitted")

	test := func() {
		t.Helper()
		x.must(future.AskBack(x.ctx, x.lead, capacitytest.Now, uuid.Must(uuid.NewV7())))
		idle()
	}
	test()
	says(brief(submit()), "in 8 of 10 simulated runs", "not Before you rely")
	then, known = capacitytest.Fits(t, 1, 1.5)
	capacitytest.Store(t, x.db, x.w, then, known)
	says(brief(submit()), "Out of date: the activity", "passed its test on what happened, but there is newer activity", "not failed its test")
	test()
	says(brief(submit()), "Out of date: the activity", "The model failed its test on the last year", "not newer activity", "not never tested")
	says(brief(both), "never tested", "has gone out of date since the case was submitted", "has failed its test since the case was submitted")

	// A figure that a text cites says so too.
	f, err := library.Find(x.ctx, x.lead, capacitytest.Now, figure.Ref{Kind: waits.Kind, Name: "preferred.median"}, civil.Date{})
	x.must(err)
	says(f.Value+" "+f.Source, " to ", "The trust grows, with the nurse", "It is out of date", "The model failed its test on the last year")

	// And so it does at the figure itself, on the page and in print; and no longer once it is simulated anew by a model that passed.
	at1 := x.money.Pack().Parts[0].Code
	x.must(cases.Write(x.ctx, x.lead, capacitytest.Now, at1, 1, "The words.", []figure.Ref{f.Ref}))
	doubted := func() (page, print string) {
		t.Helper()
		d, err := cases.Draft(x.ctx, x.lead, capacitytest.Now)
		x.must(err)
		print, err = fivecase.Render(x.ctx, d, capacitytest.Now, nil)
		x.must(err)
		var b strings.Builder
		last, _ := d.Last(at1)
		for _, c := range last.Figures {
			x.must(figureview.Relied(c).Render(x.ctx, &b))
		}
		return b.String(), print
	}
	page, print := doubted()
	says(page, f.Title, ">Its simulation is out of date<", ">The model failed its test on the last year<", "not never tested")
	says(print, "<strong>Its simulation is out of date.</strong>", "<strong>The model failed its test on the last year.</strong>")
	then, known = capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, x.db, x.w, then, known)
	preferred()
	test()
	page, print = doubted()
	says(page, f.Title, "not Its simulation is out of date", "not failed its test")
	says(print, "not Its simulation is out of date", "not <strong>The model failed its test")
}
