// Package codesignweb is where a community of practice writes the framework together: the host's drafts, the rounds, what members say, the
// answers, and the versions with what differs.
package codesignweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home     = "/community/framework"
	versions = home + "/versions"
	rounds   = home + "/rounds"
	comments = home + "/comments"
)

func versionPath(id uuid.UUID) string { return versions + "/" + id.String() }

func themePath(id uuid.UUID, code string) string { return versionPath(id) + "/themes/" + code }

func roundPath(id uuid.UUID) string { return rounds + "/" + id.String() }

func commentPath(id uuid.UUID) string { return comments + "/" + id.String() }

type pages struct{ s *codesign.Service }

// Routes of the slice.
func Routes(s *codesign.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Wall: access.Growth, Permission: codesign.Take, Load: web.NoObject}.On
	host := web.Route{Wall: access.Growth, Permission: codesign.Host, Load: web.NoObject}.On
	version, theme, round, comment := versions+"/{id}", versions+"/{id}/themes/{theme}", rounds+"/{id}", comments+"/{id}"
	return []web.Route{
		on("GET", home, p.home),
		on("GET", home+"/compare", p.compare),
		host("GET", home+"/start", p.start),
		host("POST", home+"/start", p.startPost),
		on("GET", versions+"/1", p.ours),
		on("GET", version, p.version),
		on("GET", theme, p.theme),
		host("GET", version+"/edit", p.edit),
		host("POST", version+"/edit", p.editPost),
		host("GET", version+"/add", p.add),
		host("POST", version+"/add", p.addPost),
		host("GET", theme+"/edit", p.name),
		host("POST", theme+"/edit", p.namePost),
		host("POST", theme+"/remove", p.remove),
		host("GET", theme+"/levels/{level}", p.level),
		host("POST", theme+"/levels/{level}", p.levelPost),
		host("GET", version+"/round", p.open),
		host("POST", version+"/round", p.openPost),
		host("GET", version+"/publish", p.publish),
		host("POST", version+"/publish", p.publishPost),
		on("GET", round, p.round),
		on("GET", round+"/said", p.said),
		on("GET", round+"/themes/{theme}", p.roundTheme),
		on("GET", round+"/comment/{spot}", p.comment),
		on("POST", round+"/comment/{spot}", p.commentPost),
		host("GET", round+"/dates", p.dates),
		host("POST", round+"/dates", p.datesPost),
		host("POST", round+"/end", p.end),
		on("GET", comment, p.one),
		on("POST", comment+"/agree", p.agree),
		on("POST", comment+"/disagree", p.disagree),
		host("GET", comment+"/answer", p.answer),
		host("POST", comment+"/answer", p.answerPost),
	}
}
