// Package wing tells the growth story of a sample's large trust, by the commands of the growth slices and each at its own
// time, so that dates, locks and histories are those that users would have made:
//
//   - half a year before the initiative a round by five perspectives finds that people wait too long. The need becomes an
//     objective and an action; a strategy goes to the board, is signed and comes into force;
//   - what the action should change is registered before it starts. It has ended by now and is judged. A second forecast
//     was registered late, a third is still open;
//   - this autumn a second round says what has changed and what the perspectives disagree on; a monthly review decided
//     about its misses; the guardian asked, was answered once, and had a pack frozen;
//   - the service keeps its posts, fills vacancies and plans five years by four options;
//   - the lead publishes offers of development, and some of the team keep a plan of their own; the team was
//     asked how it is, and is asked again;
//   - the evidence room holds what an assessor would see: a third of the outline met, some of it soon to be renewed;
//   - the four options are simulated before their case is frozen, with what is known then. With two scenarios in which the trust grows and a
//     back-test they wait for the worker, who simulates them anew when the house is up;
//   - the service has a public site with a campaign on backs that is over and one that runs, and told students about the work;
//   - a case study with its judged effect and what failed is on the public site, a manager's words are about to lapse, and a
//     nomination for an award is begun;
//   - a nurse, more sessions of a doctor, a development post and what goes with them are an investment with its case, which went to the board.
//
// Everything said here is invented, and says nothing about any real trust.
package wing

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/beside"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/past"
)

// story is the wing with those who act in it.
type story struct {
	*cast.Cast
	rng                       *rand.Rand
	begin                     civil.Date // of the initiative
	lead, executive, guardian access.Actor
	team                      map[access.Role][]cast.Who

	rounds     *diagnostic.Service
	check      *selfcheck.Service
	plan       *strategy.Service
	board      *board.Service
	forecasts  *forecast.Service
	indicators *indicator.Service
	assure     *assurance.Service
	room       *evidence.Service
	clinical   *clinicalaudit.Service
	staff      *workforce.Service
	money      *investment.Service
	future     *capacity.Service
	argument   *fivecase.Service
	figures    *figure.Library
	host       *cast.Org
	level      float64 // how much more the rounds find in place than those of the large trust

	waits, managers, msk struct{ need, objective, action uuid.UUID }
	inTime, late         map[option.Option]string // of 100 people, at the end of the plan
	overdue, more        uuid.UUID                // actions: one that should have started, and one for the posts that are asked for
}

func about(c *cast.Cast, s *cast.Service) *story {
	t := &story{Cast: c, host: s.Host, team: s.Team, rng: rand.New(rand.NewPCG(c.Seed, 0x9e+uint64(s.N))), begin: past.Plan(c, s).InitiativeBegin(), //nolint:gosec // a service's number is small
		lead:      s.Team[access.Lead][0].Actor(access.Growth),
		executive: s.Host.Holder(access.Executive).Actor(access.Growth), guardian: s.Host.Holder(access.Guardian).Actor(access.Growth)}
	t.services()
	return t
}

// Begin tells no more than its beginning: a round, and a plan of which something is done. It is how the other trusts of an ICS stand.
func Begin(ctx context.Context, c *cast.Cast, s *cast.Service) error {
	t := about(c, s)
	t.level = 1.6*t.rng.Float64() - 0.3
	for _, do := range []func(context.Context) error{t.firstRound, t.makePlan} {
		if err := do(ctx); err != nil {
			return fmt.Errorf("the beginning of %s: %w", s.Name, err)
		}
	}
	if t.rng.IntN(2) == 0 {
		return t.act(ctx)
	}
	return nil
}

// Tell tells it.
func Tell(ctx context.Context, c *cast.Cast, s *cast.Service) error {
	t := about(c, s)
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"the first round", t.firstRound}, {"the plan", t.makePlan}, {"the strategy", t.signStrategy}, {"the forecasts", t.register}, {"the actions", t.act},
		{"the second round", t.secondRound}, {"the self-check", t.standing}, {"the monthly review", t.review}, {"assurance", t.assurance}, {"the evidence", t.evidence}, {"what comes next", t.grow}, {"the people", t.people}, {"their development", t.development}, {"how they are", t.howTheyAre}, {"the simulation of the options", t.simulateOptions}, {"the investment", t.invest}, {"what is known by now", t.knowAll}, {"the public site", t.sayPublicly}, {"the stories", t.tellStories},
		{"the scenarios", t.scenarios}, // last: what changes the plan for people makes them out of date
	} {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return nil
}

// services makes the wing as the composition root does.
func (t *story) services() {
	library := figure.NewLibrary()
	t.figures = library
	measures, lost := series.New(series.Deps{DB: t.DB}), absence.New(absence.Deps{DB: t.DB})
	indicators := indicator.New(indicator.Deps{DB: t.DB, Measures: joints.Measures(measures, lost), Headcount: joints.Headcount()})
	t.rounds = diagnostic.New(diagnostic.Deps{DB: t.DB, Links: t.Links, Figures: library})
	t.check = selfcheck.New(selfcheck.Deps{DB: t.DB, Figures: library})
	t.plan = strategy.New(strategy.Deps{DB: t.DB, Figures: library})
	t.board = board.New(board.Deps{DB: t.DB, Plan: t.plan})
	t.indicators = indicators
	t.forecasts = forecast.New(forecast.Deps{DB: t.DB, Figures: library, Histories: joints.Histories(indicators, measures, lost), Findings: joints.Findings(indicators), Actions: joints.Actions{Plan: t.plan}})
	t.assure = assurance.New(assurance.Deps{DB: t.DB, Figures: library, Sections: joints.Sections(t.board, t.forecasts)})
	t.room = evidence.New(evidence.Deps{DB: t.DB, Figures: library, Now: func() time.Time { return t.Now }})
	t.clinical = clinicalaudit.NewService(t.DB)
	t.staff = workforce.New(workforce.Deps{DB: t.DB, Now: func() time.Time { return t.Now }})
	t.future = capacity.New(capacity.Deps{DB: t.DB, Staffing: joints.Staffing(t.staff), Futures: joints.Futures(t.staff), Gained: t.staff.Gained, Posts: joints.One(t.staff), Added: joints.Added(t.staff), Plan: joints.PlannedPosts(t.staff)})
	t.money = investment.New(investment.Deps{DB: t.DB, Figures: library, Posts: joints.Employed(t.staff), Waits: joints.Simulated(t.future), Verdicts: joints.Verdicts(t.board), Waited: joints.Waited(t.DB), InPost: joints.InPost(t.staff), Actions: joints.Investable(t.plan), Positions: joints.Positions(t.staff)})
	t.argument = fivecase.New(fivecase.Deps{Plan: t.money, Paper: joints.Proposed(t.board), Decisions: joints.Decided(t.board), Why: beside.Why(t.DB, t.future, t.staff, func() time.Time { return t.Now })})
	library.Add(indicators.Book(), lost.Figures(), measures.Figures(), survey.New(survey.Deps{DB: t.DB}).Figures(),
		diagnostic.NewBook(t.DB), selfcheck.NewBook(t.DB), t.forecasts.Book(), t.room.Book(), t.plan.Book(), t.staff.Book(), t.money.Book())
}

// at is a moment by months and days from the beginning of the initiative, in the morning.
func (t *story) at(months, days int) time.Time {
	d := t.begin.AddMonths(months).AddDays(days)
	return locale.CivilDate(d.Year, d.Month, d.Day).Add(10 * time.Hour)
}

// ago is a moment so many days before now.
func (t *story) ago(days int) time.Time { return t.Now.AddDate(0, 0, -days) }

// valid turns what a form would say into an error: the sample fills every form in well.
func valid(f fault.Fields, err error) error {
	if err == nil && len(f) > 0 {
		return fmt.Errorf("%s: %s", f[0].Name, f[0].Key)
	}
	return err
}

// all does things in turn until one fails.
func all(steps ...func() error) error {
	for _, do := range steps {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}
