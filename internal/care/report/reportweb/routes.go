// Package reportweb has the pages of reports: the clinician's desk, the person's own reports, and what the
// employer receives. One document template serves all three, so that what the clinician previews and the person
// agrees to is what the manager reads.
package reportweb

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// OwnNote draws the note that a clinician signed last in a case; nil for none. Notes are the casefile slice's.
type OwnNote func(ctx context.Context, a access.Actor, at time.Time, o access.Object) (templ.Component, error)

type pages struct {
	s    *report.Service
	note OwnNote
}

// Routes are the pages of reports. loadCase finds the case of a path's {id} and what the actor is to it: the
// casefile slice owns it.
func Routes(s *report.Service, loadCase web.Loader, note OwnNote) []web.Route {
	p := &pages{s, note}
	desk := web.Route{Wall: access.Clinical, Permission: report.Write, Load: loadCase}.On
	assist := web.Route{Wall: access.Clinical, Permission: report.Assist, Load: loadCase}.On
	disclose := func(method string, h web.Handler) web.Route {
		return web.Route{Method: method, Path: "/cases/{id}/disclosure", Wall: access.Clinical, Permission: report.Disclose, Load: loadCase, Handle: h}
	}
	one := func(method string, permission access.Permission, h web.Handler) web.Route {
		return web.Route{Method: method, Path: "/cases/{id}/disclosure/{disclosure}", Wall: access.Clinical, Permission: permission, Load: p.loadDisclosure, Handle: h}
	}
	own := func(method, path string, permission access.Permission, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Portal, Permission: permission, Load: p.loadOwn, Handle: h}
	}
	employer := func(method, path string, permission access.Permission, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Employer, Permission: permission, Load: p.loadReferral, Handle: h}
	}
	return []web.Route{
		desk("GET", "/cases/{id}/report", p.writeGet),
		desk("POST", "/cases/{id}/report", p.writePost),
		desk("GET", "/cases/{id}/report/preview", p.previewGet),
		desk("GET", "/cases/{id}/report/sign", p.signGet),
		desk("POST", "/cases/{id}/report/sign", p.signPost),
		assist("GET", "/cases/{id}/consent", p.assistGet),
		assist("POST", "/cases/{id}/consent", p.assistPost),
		assist("POST", "/cases/{id}/consent/link", p.linkPost),
		disclose("GET", p.discloseGet),
		disclose("POST", p.disclosePost),
		one("GET", report.ReadDisclosure, p.confirmGet),
		one("POST", report.Confirm, p.confirmPost),
		{Method: "GET", Path: "/my/reports", Wall: access.Portal, Permission: report.ListOwn, Load: web.NoObject, Handle: p.ownList},
		own("GET", "/my/reports/{id}", report.ReadOwn, p.ownGet),
		own("POST", "/my/reports/{id}", report.DecideOwn, p.ownPost),
		own("GET", "/my/reports/{id}/correction", report.DecideOwn, p.askGet),
		own("POST", "/my/reports/{id}/correction", report.DecideOwn, p.askPost),
		employer("GET", "/referrals/{id}/report", report.Receive, p.receivedGet),
		employer("POST", "/referrals/{id}/report", report.AnswerAdjustments, p.receivedPost),
		employer("GET", "/referrals/{id}/adjustments", report.AnswerAdjustments, p.adjustGet),
		employer("POST", "/referrals/{id}/adjustments", report.AnswerAdjustments, p.adjustPost),
	}
}

func (p *pages) loadOwn(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	f, err := p.s.FindOwn(ctx, a, id)
	if err != nil {
		return access.Object{}, err
	}
	o := access.Object{Kind: "report", ID: f.ID, Subject: f.Person, Ground: "own", Value: f}
	if f.Person == a.Person {
		o.Relations = []access.Relation{access.Own}
	}
	return o, nil
}

func (p *pages) loadReferral(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	return p.s.Relation(ctx, a, id)
}

func (p *pages) loadDisclosure(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	disclosure, err := web.PathID(r, "disclosure")
	if err != nil {
		return access.Object{}, err
	}
	return p.s.FindDisclosure(ctx, a, id, disclosure)
}
