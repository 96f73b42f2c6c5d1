// Package casefileweb has the pages of the OH case: the day, the record, referring on, review and close.
package casefileweb

import (
	"context"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Views draw what other slices own inside the record.
type Views struct {
	// Referral draws what the referrer wrote. Where it is nil the record shows that there is a referral, and when it came.
	Referral func(casefile.Referral) templ.Component
	// Reason says a referral reason in words; where it is nil the code is shown.
	Reason func(ctx context.Context, code string) string
}

type pages struct {
	s *casefile.Service
	v Views
}

// Routes are the pages of the slice.
func Routes(s *casefile.Service, v Views) []web.Route {
	if v.Referral == nil {
		v.Referral = func(casefile.Referral) templ.Component { return templ.NopComponent }
	}
	if v.Reason == nil {
		v.Reason = func(_ context.Context, code string) string { return code }
	}
	p := &pages{s, v}
	on := func(method, path string, permission access.Permission, load web.Loader, handle web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Clinical, Permission: permission, Load: load, Handle: handle}
	}
	return []web.Route{
		on("GET", "/today", casefile.Today, web.NoObject, p.today),
		on("GET", "/cases/{id}", casefile.Open, s.LoadCase, p.record),
		on("GET", "/cases/{id}/refer-on", casefile.ReferringOn, s.LoadCase, p.referOnGet),
		on("POST", "/cases/{id}/refer-on", casefile.ReferringOn, s.LoadCase, p.referOnPost),
		on("GET", "/cases/{id}/steps/{step}", casefile.AnswerStep, s.LoadStep, p.step),
		on("POST", "/cases/{id}/steps/{step}/accept", casefile.AnswerStep, s.LoadStep, p.accept),
		on("POST", "/cases/{id}/steps/{step}/done", casefile.AnswerStep, s.LoadStep, p.finish),
		on("POST", "/cases/{id}/tasks/{task}/done", casefile.FinishTasks, s.LoadCase, p.finishTask),
		on("GET", "/cases/{id}/review", casefile.Reviewing, s.LoadCase, p.reviewGet),
		on("POST", "/cases/{id}/review", casefile.Reviewing, s.LoadCase, p.reviewPost),
		on("GET", "/cases/{id}/clock/stop", casefile.Pausing, s.LoadCase, p.stopGet),
		on("POST", "/cases/{id}/clock/stop", casefile.Pausing, s.LoadCase, p.stopPost),
		on("POST", "/cases/{id}/clock/start", casefile.Pausing, s.LoadCase, p.start),
		on("GET", "/cases/{id}/close", casefile.Closing, s.LoadCase, p.closeGet),
		on("POST", "/cases/{id}/close", casefile.Closing, s.LoadCase, p.closePost),
	}
}

// loaded is the case that a loader found.
func loaded(c *web.Context) casefile.Case { return c.Object.Value.(casefile.Case) }
