package app

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/community/asked"
	"github.com/rowan-ohwb/rowan/internal/growth/community/asked/askedweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/buddy"
	"github.com/rowan-ohwb/rowan/internal/growth/community/buddy/buddyweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle/circleweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign/codesignweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter/letterweb"
	resource "github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library/libraryweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member/memberweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postweb"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/shelf"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// community wires the parts of a community of practice, and what a service shares there.
func (a *App) community(d Deps) {
	a.Members = member.New(member.Deps{DB: d.DB, Elements: joints.Elements(a.Diagnostic), Scores: joints.Scored(a.Diagnostic)})
	a.Posts, a.Circles, a.Asked = post.New(d.DB), circle.New(d.DB), asked.New(d.DB, call.ForMembers)
	a.Buddies = buddy.New(d.DB, a.Members)
	a.Codesign = codesign.New(d.DB, a.Posts)
	a.Letters, a.Origins = letter.New(d.DB), origin.New(d.DB)
	shared := shelf.Shelf{Ways: a.Pathways, Sets: a.Diagnostic, Letters: a.Letters, Scenarios: a.Capacity}
	a.Library = resource.New(resource.Deps{Posts: a.Posts, Own: shared.Templates, Take: shared.Copied, Origins: a.Origins})
}

// communityRoutes are its pages.
func (a *App) communityRoutes() []web.Route {
	elements := a.Members.Elements()
	parts := []memberweb.Part{{Path: "/community/questions", Key: "post.questions"}, {Path: "/community/resources", Key: "library.title"}, {Path: "/community/groups", Key: "circle.title"}, {Path: askedweb.Home, Key: "asked.title", Note: askedweb.Notes(a.Asked)}, {Path: buddyweb.Home, Key: "buddy.title", Note: buddyweb.Notes(a.Buddies)}, {Path: "/community/written", Key: "post.own"},
		{Path: "/community/framework", Key: "codesign.title", Note: codesignweb.Notes(a.Codesign)}}
	inside := memberweb.Inside(slices.Concat(memberweb.Routes(a.Members, parts...), postweb.Routes(a.Posts, elements), libraryweb.Routes(a.Library, elements), circleweb.Routes(a.Circles, a.Posts), codesignweb.Routes(a.Codesign), askedweb.Routes(a.Asked), buddyweb.Routes(a.Buddies)))
	return append(inside, letterweb.Routes(a.Letters, a.Origins)...)
}
