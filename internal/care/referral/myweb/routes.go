// Package myweb is what a member of staff sees and does for themself: what was written about them, word for
// word and at once; what they answer, and to whom; asking occupational health for help without anybody at work
// knowing; and "I need help today". Nothing they write is sent before they have seen exactly who reads what.
package myweb

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct {
	s       *referral.Service
	self    *selfreferral.Service
	reports Reports
}

// Report is a report about the actor, as far as these pages speak of it.
type Report struct {
	ID, Referral uuid.UUID
	Signed       bool
	Due          time.Time // until when they can decide; zero when nothing waits for them
}

// Reports lists the reports about the actor; another slice has them.
type Reports func(context.Context, access.Actor) ([]Report, error)

// Routes lists the pages.
func Routes(s *referral.Service, self *selfreferral.Service, reports Reports) []web.Route {
	p := &pages{s, self, reports}
	mine := func(method, path string, perm access.Permission, load web.Loader, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Portal, Permission: perm, Load: load, Handle: h}
	}
	return []web.Route{
		mine(http.MethodGet, "/my", selfreferral.Home, web.NoObject, p.homeGet),
		mine(http.MethodGet, "/my/referrals/{id}", referral.ReadOwn, p.load, p.showGet),
		mine(http.MethodGet, "/my/referrals/{id}/comment", referral.Comment, p.load, p.commentGet),
		mine(http.MethodPost, "/my/referrals/{id}/comment", referral.Comment, p.load, p.commentPost),
		mine(http.MethodGet, "/my/refer", selfreferral.Refer, web.NoObject, p.referGet),
		mine(http.MethodPost, "/my/refer", selfreferral.Refer, web.NoObject, p.referPost),
		mine(http.MethodGet, "/my/refer/{id}", selfreferral.Read, p.loadSelf, p.selfGet),
		mine(http.MethodGet, "/my/help", selfreferral.Help, web.NoObject, p.helpGet),
		mine(http.MethodPost, "/my/help", selfreferral.Help, web.NoObject, p.helpPost),
		mine(http.MethodGet, "/my/help/asked", selfreferral.Help, web.NoObject, p.askedGet),
		{Method: http.MethodGet, Path: "/help/urgent", Wall: access.Hall, Permission: selfreferral.Urgent, Load: web.NoObject, Handle: urgentGet, Public: true},
	}
}

func (p *pages) load(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	ref, err := p.s.Load(ctx, a, id)
	if err != nil {
		return access.Object{}, err
	}
	return ref.Object(a, "own"), nil
}

// loadSelf finds a self-referral; row security leaves the actor's own.
func (p *pages) loadSelf(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	asked, err := p.self.Find(ctx, a, id)
	if err != nil {
		return access.Object{}, err
	}
	return access.Object{Kind: "self_referral", ID: id, Subject: a.Person, State: string(asked.State), Relations: []access.Relation{access.Own}, Ground: "own", Value: asked}, nil
}
