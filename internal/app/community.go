package app

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/community/circle/circleweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign/codesignweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library/libraryweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member/memberweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postweb"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// community gathers the pages of a community of practice, and what there is in one beside its members.
func (a *App) community() []web.Route {
	parts := []memberweb.Part{{Path: "/community/questions", Key: "post.questions"}, {Path: "/community/resources", Key: "library.title"}, {Path: "/community/groups", Key: "circle.title"}, {Path: "/community/written", Key: "post.own"},
		{Path: "/community/framework", Key: "codesign.title", Note: codesignweb.Notes(a.Codesign)}}
	return memberweb.Inside(slices.Concat(memberweb.Routes(a.Members, parts...), postweb.Routes(a.Posts, a.Members.Elements()), libraryweb.Routes(a.Library, a.Members.Elements()), circleweb.Routes(a.Circles, a.Posts), codesignweb.Routes(a.Codesign)))
}
