// Package storyweb is where case studies are written, checked, published and read.
package storyweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home  = "/stories"
	cases = home + "/cases/"
)

func path(id uuid.UUID) string { return cases + id.String() }

type pages struct{ s *story.Service }

// Routes of the slice.
func Routes(s *story.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, story.Read, p.list),
		on("GET", cases+"add", story.Draft, p.add),
		on("POST", cases+"add", story.Draft, p.addPost),
		on("GET", cases+"{id}", story.Read, p.one),
		on("GET", cases+"{id}/edit", story.Draft, p.edit),
		on("POST", cases+"{id}/edit", story.Draft, p.editPost),
		on("GET", cases+"{id}/measured", story.Measure, p.measured),
		on("POST", cases+"{id}/measured", story.Measure, p.measuredPost),
		on("POST", cases+"{id}/check", story.Check, p.check),
		on("GET", cases+"{id}/return", story.Check, p.giveBack),
		on("POST", cases+"{id}/return", story.Check, p.giveBackPost),
		on("POST", cases+"{id}/publish", story.Publish, p.publish),
		on("POST", cases+"{id}/follow", story.Draft, p.follow),
		on("GET", cases+"{id}/withdraw", story.Publish, p.withdraw),
		on("POST", cases+"{id}/withdraw", story.Publish, p.withdrawPost),
	}
}
