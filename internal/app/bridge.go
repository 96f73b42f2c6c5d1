package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/noteview"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/myweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralview"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// The few things that one slice shows of another: the slices do not know each other, so the root joins them.

// reason says a referral reason in words, wherever a code is shown.
func reason(_ context.Context, code string) string { return sheet.Lists().Reasons.Name(code) }

// referralText draws what the referrer wrote inside the record.
func referralText(r casefile.Referral) templ.Component {
	var t sheet.Text
	if err := json.Unmarshal(r.Text, &t); err != nil {
		return templ.NopComponent
	}
	return referralview.Text(t)
}

// clinicians lists who may hold a clinic.
func (a *App) clinicians(ctx context.Context, service uuid.UUID) ([]appointment.Clinician, error) {
	holders, err := a.Accounts.Clinicians(ctx, service)
	if err != nil {
		return nil, err
	}
	out := make([]appointment.Clinician, len(holders))
	for i, h := range holders {
		out[i] = appointment.Clinician{Account: h.Account, Name: h.Name, Role: h.Role}
	}
	return out, nil
}

// colleagues lists who may be asked to decide on a disclosure.
func (a *App) colleagues(ctx context.Context, service uuid.UUID) ([]report.Colleague, error) {
	holders, err := a.Accounts.Clinicians(ctx, service)
	if err != nil {
		return nil, err
	}
	out := make([]report.Colleague, len(holders))
	for i, h := range holders {
		out[i] = report.Colleague(h)
	}
	return out, nil
}

// ownReports lists the reports about somebody for their home page.
func (a *App) ownReports(ctx context.Context, actor access.Actor) (out []myweb.Report, err error) {
	list, _, err := a.Reports.ListOwn(ctx, actor)
	for _, r := range list {
		out = append(out, myweb.Report{ID: r.ID, Referral: r.Referral, Signed: r.SignedVersion > 0, Due: r.Due})
	}
	return out, err
}

// newLink sends a one-time link in place of one that does not open any more. It opens at the same page.
func newLink(ctx context.Context, tx *postgres.Tx, old seal.Link, at time.Time) error {
	return message.Queue(ctx, tx, message.Out{Key: "link_again:" + uuid.NewString(), Organisation: old.Organisation, Service: old.Service, To: old.Person,
		Capacity: message.Self, Template: "link_again", LinkPurpose: account.LinkPurpose, LinkObject: old.Object, At: at})
}

// ownNote draws the note from which a clinician writes the report.
func (a *App) ownNote(ctx context.Context, actor access.Actor, at time.Time, o access.Object) (templ.Component, error) {
	n, ok, err := a.Notes.OwnLast(ctx, actor, at, o)
	if err != nil || !ok {
		return nil, err
	}
	return templ.Join(noteview.Findings(n.Findings), noteview.Words(n.Body)), nil
}

// histories gives the figures that a forecast can be about, month by month.
func (a *App) histories() map[string]forecast.History {
	return map[string]forecast.History{
		indicator.FigureKind: func(ctx context.Context, actor access.Actor, now time.Time, name, version string, from civil.Date) (forecast.Series, error) {
			h, err := a.Indicators.History(ctx, actor, now, name, version, from)
			return forecast.Series{Months: h.Months, Values: h.Values, Amount: h.Amount}, err
		},
	}
}

// findings are what the monthly review has to look at.
func (a *App) findings(ctx context.Context, actor access.Actor, month civil.Date) ([]forecast.Finding, error) {
	found, err := a.Indicators.Findings(ctx, actor, month)
	out := make([]forecast.Finding, len(found))
	for i, f := range found {
		out[i] = forecast.Finding{Ref: f.Ref(), Title: f.Words(ctx, "title"), Sentence: f.Sentence, Missed: f.Missed, Concern: f.Concern, Improved: f.Improved}
	}
	return out, err
}

// planned is what the balance knows of the plan: actions, and which classes of open actions answer each open need.
func (a *App) planned(ctx context.Context, actor access.Actor) (out catalogue.Planned, err error) {
	plan, err := a.Plan.Find(ctx, actor)
	if err != nil {
		return out, err
	}
	for _, x := range plan.Actions {
		out.Actions = append(out.Actions, catalogue.Action{ID: x.ID, Title: x.Title, Class: x.Class, Catalogue: x.Catalogue, Open: open(x)})
	}
	for _, n := range plan.Needs {
		if n.Status != strategy.Proposed && n.Status != strategy.Agreed {
			continue
		}
		var need catalogue.Need
		for _, o := range plan.Answering(n.ID) {
			for _, x := range plan.Serving(o.ID) {
				if open(x) {
					need.Classes = append(need.Classes, x.Class)
				}
			}
		}
		out.Needs = append(out.Needs, need)
	}
	return out, nil
}

func open(x strategy.Action) bool {
	return x.Status == strategy.Planned || x.Status == strategy.Started
}

// actions lists what can be improved in small steps. One that was stopped stays, so that what it taught can be read.
func (a *App) actions(ctx context.Context, actor access.Actor) ([]cycle.Action, error) {
	plan, err := a.Plan.Find(ctx, actor)
	out := make([]cycle.Action, len(plan.Actions))
	for i, x := range plan.Actions {
		out[i] = cycle.Action{ID: x.ID, Title: x.Title}
	}
	return out, err
}
