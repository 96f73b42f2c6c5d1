// Package nation makes the national programme of a sample, by the commands of its slices and each at its own time: four workstreams on
// the four drivers of the strategy, partners, a steering and a task group, development cohorts, calls that organisations answer, a
// case study that was handed over with its chart, and a table for an information request. All of it is invented and says so; of the
// partners that growth.md 1.1 names nothing is said but their names.
package nation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/cohort"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection"
	"github.com/rowan-ohwb/rowan/internal/growth/network/foi"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

type builder struct {
	*cast.Cast
	lead access.Actor // of the programme
}

// Tell tells it.
func Tell(ctx context.Context, c *cast.Cast) error {
	b := &builder{Cast: c}
	for _, step := range []func(context.Context) error{b.account, b.plan, b.partners, b.groups, b.cohorts, b.calls, b.cases, b.extract} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// ago is a time so many days before now.
func (b *builder) ago(days int) time.Time { return b.Now.AddDate(0, 0, -days) }

// in is a day so many days from now.
func (b *builder) in(days int) civil.Date { return locale.Day(b.Now).AddDays(days) }

// account opens the account of who leads the programme.
func (b *builder) account(ctx context.Context) error {
	nation := b.ID("nation", 0)
	b.lead = access.Actor{Account: b.Next(), Name: "Ruth Moss", Organisation: nation, Role: access.NationalLead, Wall: access.Growth, Demo: true}
	return b.In(ctx, access.SystemActor(access.Hall, nation, uuid.Nil), func(tx *postgres.Tx) error {
		do := func(sql string, args ...any) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}
		return cast.FirstError(
			do(`insert into account (id, login, display_name, created_at) values ($1, 'ruth.moss@nation.example', $2, $3)`, b.lead.Account, b.lead.Name, b.Since()),
			do(`insert into role_grant (id, account_id, role, organisation_id, valid_from) values ($1, $2, $3, $4, $5)`, b.Next(), b.lead.Account, string(access.NationalLead), nation, b.Since()))
	})
}

// promised is a milestone or a commitment by days from now: when it was first due, when it was moved to, when it was delivered.
type promised struct {
	title, owner         string
	due, moved, done     int
	why, evidence        string
	isMoved, isDelivered bool
}

// strand writes a strand with its promises, each at its own time.
func (b *builder) strand(ctx context.Context, s *programme.Service, in programme.In, all []promised) error {
	const begun = 400
	in.ID = b.Next()
	if err := s.Add(ctx, b.lead, b.ago(begun), in); err != nil {
		return fmt.Errorf("%s: %w", in.Name, err)
	}
	for _, p := range all {
		id := b.Next()
		if err := s.Promises(ctx, b.lead, b.ago(begun-1), in.ID, programme.PromiseIn{ID: id, Title: p.title, Owner: p.owner, Due: b.in(p.due)}); err != nil {
			return fmt.Errorf("%s: %w", p.title, err)
		}
		if p.isMoved {
			if err := s.Move(ctx, b.lead, b.Now.AddDate(0, 0, min(p.due-10, -1)), id, 0, b.in(p.moved), p.why); err != nil {
				return fmt.Errorf("move %s: %w", p.title, err)
			}
		}
		if p.isDelivered {
			if err := s.Deliver(ctx, b.lead, b.Now.AddDate(0, 0, p.done), id, b.in(p.done), p.evidence); err != nil {
				return fmt.Errorf("deliver %s: %w", p.title, err)
			}
		}
	}
	return nil
}

// plan is the programme: a workstream for each driver.
func (b *builder) plan(ctx context.Context) error {
	s := programme.New(b.DB)
	for _, w := range []struct {
		driver, name, lead, about string
		all                       []promised
	}{
		{"D1", "A voice at every board", "Head of engagement", "Boards know what occupational health and wellbeing is for, and ask for it.", []promised{
			{title: "A board paper that every organisation can adapt", owner: "Steering group", due: -300, isDelivered: true, done: -306, evidence: "Published on the programme's pages"},
			{title: "Leaders' network meets in every region", owner: "Head of engagement", due: -20, isMoved: true, moved: 25, why: "Two regions had nobody to hold it"},
			{title: "A career page that services can embed", owner: "Head of engagement", due: 140}}},
		{"D2", "One door for everybody", "Head of services", "Easy to reach for staff of every employer, small ones too.", []promised{
			{title: "A pattern for one front door for practices and small employers", owner: "Task group on technology and access", due: -120, isDelivered: true, done: -98, evidence: "Agreed by the steering group"},
			{title: "Three systems have tried it", owner: "Task group on technology and access", due: -9},
			{title: "Guide for those who buy a service", owner: "Head of services", due: 18}}},
		{"D3", "Enough people, well led", "Head of workforce", "Enough people with the right skills, well led, across professions.", []promised{
			{title: "First leadership cohort completes", owner: "Head of workforce", due: -60, isDelivered: true, done: -62, evidence: "Counted on the page of cohorts"},
			{title: "Second cohort starts", owner: "Head of workforce", due: -30, isDelivered: true, done: -30, evidence: "Counted on the page of cohorts"},
			{title: "Entry route for technicians agreed", owner: "Head of workforce", due: 200}}},
		{"D4", "Show what works", "Head of evidence", "What works is shown with data, and what does not is told as well.", []promised{
			{title: "First case studies with what was measured", owner: "Head of evidence", due: -25, isDelivered: true, done: -12, evidence: "One study handed over with its chart"},
			{title: "Shared measures released by ten systems", owner: "Head of evidence", due: 75}}},
	} {
		if err := b.strand(ctx, s, programme.In{Kind: programme.Workstream, Driver: w.driver, Name: w.name, Lead: w.lead, About: w.about}, w.all); err != nil {
			return err
		}
	}
	return nil
}

// invented says of a real name that nothing here is known of it.
const invented = "Invented for this sample: it says nothing about what this partner has committed itself to."

// partners are those that growth.md 1.1 names, each marked as a sample.
func (b *builder) partners(ctx context.Context) error {
	s := programme.New(b.DB)
	for _, x := range []struct {
		name string
		all  []promised
	}{
		{"NHS Health at Work Network (sample)", []promised{{title: "Two webinars on one front door", owner: "Its board", due: -45, isDelivered: true, done: -40, evidence: "Recordings are on the programme's pages"}, {title: "A peer review of the guide", owner: "Its board", due: 30}}},
		{"Society of Occupational Medicine (sample)", []promised{{title: "A paper on what works for small employers", owner: "Its policy lead", due: -6}}},
		{"Faculty of Occupational Medicine (sample)", []promised{{title: "Standards linked from the evidence room", owner: "Its office", due: 90}}},
		{"CIPD (sample)", []promised{{title: "A course for managers is reviewed", owner: "Its policy lead", due: 60}}},
		{"NHS Employers (sample)", []promised{{title: "Guide is sent to every employer", owner: "Its programme lead", due: 28}}},
		{"Social Partnership Forum (sample)", []promised{{title: "Staff side comments on the guide", owner: "Its secretaries", due: -15, isDelivered: true, done: -16, evidence: "Comments were discussed by the steering group"}}},
		{"Council for Work and Health (sample)", []promised{{title: "A map of professions and roles", owner: "Its chair", due: 120}}},
		{"NHS England workforce, training and education (sample)", []promised{{title: "Places for technicians are costed", owner: "Its finance lead", due: -80, isMoved: true, moved: 45, why: "The year's budget came late"}}},
	} {
		if err := b.strand(ctx, s, programme.In{Kind: programme.Partner, Name: x.name, Lead: "Its representative", About: invented}, x.all); err != nil {
			return err
		}
	}
	return nil
}

// cohorts are three: one over, one that runs, one that is open.
func (b *builder) cohorts(ctx context.Context) error {
	s := cohort.New(b.DB)
	for _, c := range []struct {
		title                        string
		places, closes, starts, ends int
		counts                       []int
	}{
		{"Leaders in occupational health, first cohort", 40, -300, -270, -62, []int{87, 40, 31}},
		{"Leaders in occupational health, second cohort", 40, -60, -30, 170, []int{112, 40}},
		{"Technicians: a first route", 24, 40, 75, 260, nil},
	} {
		in := cohort.In{ID: b.Next(), Title: c.title, About: "For people who work in occupational health and wellbeing. Six days over half a year, with a project at home.", Places: c.places, Closes: b.in(c.closes), Starts: b.in(c.starts), Ends: b.in(c.ends)}
		if err := s.Add(ctx, b.lead, b.Now.AddDate(0, 0, c.closes-60), in); err != nil {
			return fmt.Errorf("%s: %w", c.title, err)
		}
		for i, n := range c.counts {
			at := b.Now.AddDate(0, 0, []int{c.closes + 2, c.starts, c.ends + 2}[i])
			if err := s.Count(ctx, b.lead, at, in.ID, cohort.Stages[i], n); err != nil {
				return fmt.Errorf("count %s: %w", c.title, err)
			}
		}
	}
	return nil
}

// calls are one that is over, with what came of it, and one that is open.
func (b *builder) calls(ctx context.Context) error {
	s := call.New(b.DB)
	over, open := b.Next(), b.Next()
	for _, c := range []struct {
		ago int
		in  call.In
	}{
		{90, call.In{ID: over, Kind: call.Survey, Asks: call.Leads, Title: "Small employers and practices", About: "We want to know who looks after staff of practices and small employers today, and what stands in the way. We use it to decide on a pattern for one front door.",
			Questions: "Do you look after staff of practices? | Yes; In part; No\nWhat stands in the way?", Closes: b.in(-45)}},
		{12, call.In{ID: open, Kind: call.Survey, Asks: call.Leads, Title: "What should the service development framework ask for?", About: "The framework is written with you. Say what it should ask for first, and what it should leave out.",
			Questions: "Which part should come first? | Access; Workforce; Quality; Data\nWhat should it leave out?", Closes: b.in(30)}},
	} {
		if err := s.Add(ctx, b.lead, b.ago(c.ago), c.in); err != nil {
			return fmt.Errorf("%s: %w", c.in.Title, err)
		}
		if err := s.Publish(ctx, b.lead, b.ago(c.ago-1), c.in.ID, 1); err != nil {
			return err
		}
	}
	for i, a := range [][]string{{"In part", "Practices have no budget of their own, and each contract takes months."}, {"No", "We have nobody who could travel that far."}, {"Yes", "Staff lists come by post."}} {
		if i >= len(b.Services) {
			break
		}
		if err := s.Hand(ctx, b.Services[i].Team[access.Lead][0].Actor(access.Growth), b.ago(60-i), over, a, i != 1); err != nil {
			return fmt.Errorf("answer a call: %w", err)
		}
	}
	return s.Tell(ctx, b.lead, b.ago(30), over, "Money is not the only thing in the way: lists of staff and travel are too.", "The pattern for one front door lets a practice share a link with its staff, so no list is needed, and says what can be done by phone and by video.")
}

// cases is a call for case studies, to which the large trust hands over the one that it has published.
func (b *builder) cases(ctx context.Context) error {
	calls, id := call.New(b.DB), b.Next()
	if err := calls.Add(ctx, b.lead, b.ago(30), call.In{ID: id, Kind: call.Cases, Asks: call.Leads, Title: "Case studies: what shortened waits", About: "Hand over what you have published, what failed included. We read the charts as you do, and name you.", Closes: b.in(60)}); err != nil {
		return err
	}
	if err := calls.Publish(ctx, b.lead, b.ago(29), id, 1); err != nil {
		return err
	}
	stories := story.New(story.Deps{DB: b.DB})
	published := func(ctx context.Context, a access.Actor, now time.Time) (out []collection.Offered, err error) {
		all, err := stories.List(ctx, a, now)
		for _, x := range all {
			if x.Shown(locale.Day(now)) {
				out = append(out, collection.Offered{ID: x.ID, Title: x.Title, Ends: x.Ends})
			}
		}
		return out, err
	}
	s, lead := collection.New(collection.Deps{DB: b.DB, Calls: calls, Published: published}), b.Services[0].Team[access.Lead][0].Actor(access.Growth)
	offered, err := published(ctx, lead, b.ago(12))
	for _, x := range offered {
		if err := s.Hand(ctx, lead, b.ago(12), id, x.ID, b.Next()); err != nil {
			return fmt.Errorf("hand %s over: %w", x.Title, err)
		}
	}
	return err
}

// extract is a table for an information request: of the first measure and span of which something can be shown.
func (b *builder) extract(ctx context.Context) error {
	sys, err := system.New(b.DB, nil)
	if err != nil {
		return err
	}
	s := foi.New(b.DB, sys)
	months, err := s.Months(ctx, b.lead)
	if err != nil {
		return err
	}
	for _, m := range sys.Pack().Metrics {
		for span := min(3, len(months)); span > 0 && m.Kind == release.Share; span-- {
			c := foi.Choice{ID: b.Next(), Reference: "FOI 014 (sample)", Metric: m.ID, From: months[span-1], To: months[0], By: foi.Organisation}
			values, err := sys.Received(ctx, b.lead, c.From, c.To)
			if err != nil {
				return err
			}
			if len(foi.Extract(values, c, sys.Pack(), nil).Lines) > 0 {
				return s.Make(ctx, b.lead, b.ago(3), c)
			}
		}
	}
	return nil
}
