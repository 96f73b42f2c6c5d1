package app

import (
	"bytes"
	"context"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/handover"
	"github.com/rowan-ohwb/rowan/internal/care/handover/recordview"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/reportweb"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/staffed"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due/dueview"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity/equityweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group/groupweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

// milestonesInPack is how many of what is next the pack of a meeting shows, besides what is overdue.
const milestonesInPack = 8

// milestones is what of the programme is overdue and next, for the pack of a meeting. An ICS has groups, and no programme.
func (a *App) milestones(ctx context.Context, c *web.Context) (out []groupweb.Milestone, err error) {
	if c.Actor.Role != access.NationalLead {
		return nil, nil
	}
	all, err := a.Programme.List(ctx, c.Actor)
	today := locale.Day(c.Now)
	for _, p := range programme.Next(all, today, milestonesInPack) {
		out = append(out, groupweb.Milestone{Title: p.Title, Says: p.Of + ". " + p.Owner + ". " + dueview.When(ctx, p.Promise), Tag: dueview.Tag(ctx, p.Promise, today).Text})
	}
	return out, err
}

// published lists the case studies that an organisation shows, for the nation that calls for some.
func (a *App) published(ctx context.Context, by access.Actor, now time.Time) (out []collection.Offered, err error) {
	all, err := a.Stories.List(ctx, by, now)
	for _, x := range all {
		if !x.Shown(locale.Day(now)) {
			continue
		}
		o := collection.Offered{ID: x.ID, Title: x.Title, Ends: x.Ends}
		if m, ok := x.Main(); ok {
			o.Found = m.Tag
		}
		out = append(out, o)
	}
	return out, err
}

// collected draws a case study that was handed over as it is drawn at home, with its chart.
func collected(x collection.Study) templ.Component {
	s := story.Story{In: story.In{ID: x.ID, Driver: x.Driver, Title: x.Title, Need: x.Need, Done: x.Done, Failed: x.Failed, Contact: x.Contact, Ends: x.Ends}, Cited: x.Cited, Cost: x.Cost, Forecast: x.Forecast}
	for _, e := range x.Effects {
		s.Effects = append(s.Effects, story.Effect{Forecast: e.Forecast, Judgement: e.Judgement, Low: postgres.Value(e.Low), High: postgres.Value(e.High), Title: e.Title, Foretold: e.Foretold, Tag: e.Tag, Sentence: e.Sentence,
			Caution: e.Caution, Explanations: e.Explanations, Figure: e.Figure, Version: e.Version, Source: e.Source, Months: e.Months, Readings: e.Readings, Withheld: e.Withheld, Start: e.Start, Due: e.Due,
			ForetoldLow: e.ForetoldLow, ForetoldHigh: e.ForetoldHigh, ChanceText: e.ChanceText, ForetoldText: e.ForetoldText, Judged: e.Judged})
	}
	return storyview.Body(s, nil)
}

// equity is the page of equal access.
func (a *App) equity() []web.Route { return equityweb.Routes(equity.New(a.System), a.Sharing) }

// shareable makes what may leave for an ICS.
func (a *App) shareable() sharing.Figures {
	return staffed.Shareable(joints.Shareable(a.Indicators, a.Diagnostic, a.Plan, a.Capacity, reach.Service{DB: a.d.DB}), a.Workforce)
}

// rollups registers what counts the ledger and the staff.
func (a *App) rollups() {
	activity.Jobs(a.Jobs, a.d.Now)
	reach.Jobs(a.Jobs, a.d.Keys, a.d.Now)
}

// owners lists who of a service may own a step of an exit plan.
func (a *App) owners(ctx context.Context, service uuid.UUID) (out []exit.Member, err error) {
	holders, err := a.Accounts.Team(ctx, service)
	for _, h := range holders {
		out = append(out, exit.Member{Account: h.Account, Person: h.Person, Name: h.Name})
	}
	return out, err
}

// drawRecord makes the record of one person a page that can be read without Rowan.
func drawRecord(ctx context.Context, r handover.Record) (string, error) {
	var reports []report.Content // decoded first: a page is drawn whole or not at all
	for _, x := range r.Reports {
		c, err := report.Decode(x.Content)
		if err != nil {
			return "", err
		}
		reports = append(reports, c)
	}
	parts := recordview.Parts{Reason: reason,
		Referral: func(x handover.Referral) templ.Component {
			return referralText(casefile.Referral{ID: x.ID, Kind: x.Kind, Version: x.Version, Text: x.Text, At: x.At})
		},
		Report: func(n int) templ.Component { return reportweb.Document(reports[n]) }}
	var text bytes.Buffer
	if err := recordview.Record(r, parts).Render(ctx, &text); err != nil {
		return "", err
	}
	return standalone.File(ctx, locale.T(ctx, "handover.record.title", "name", r.Person.Name), text.String(), locale.T(ctx, "handover.record.foot"))
}
