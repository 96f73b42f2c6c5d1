// Package programmeweb is where a national lead keeps the programme: what is overdue and next on top, workstreams, partners.
package programmeweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home     = "/nation"
	partners = "/nation/partners"
)

func strandPath(id uuid.UUID) string { return "/nation/strands/" + id.String() }

func promisePath(id uuid.UUID) string { return "/nation/promises/" + id.String() }

// listPath is where the strands of a kind are listed.
func listPath(k programme.Kind) string {
	if k == programme.Partner {
		return partners
	}
	return home
}

type pages struct{ s *programme.Service }

// Routes of the slice.
func Routes(s *programme.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, programme.Read, p.overview),
		on("GET", partners, programme.Read, p.partners),
		on("GET", "/nation/workstreams/add", programme.Keep, p.add(programme.Workstream)),
		on("POST", "/nation/workstreams/add", programme.Keep, p.addPost(programme.Workstream)),
		on("GET", "/nation/partners/add", programme.Keep, p.add(programme.Partner)),
		on("POST", "/nation/partners/add", programme.Keep, p.addPost(programme.Partner)),
		on("GET", "/nation/strands/{id}", programme.Read, p.one),
		on("GET", "/nation/strands/{id}/edit", programme.Keep, p.edit),
		on("POST", "/nation/strands/{id}/edit", programme.Keep, p.editPost),
		on("POST", "/nation/strands/{id}/end", programme.Keep, p.end),
		on("GET", "/nation/strands/{id}/promise", programme.Keep, p.promise),
		on("POST", "/nation/strands/{id}/promise", programme.Keep, p.promisePost),
		on("GET", "/nation/promises/{id}/deliver", programme.Keep, p.deliver),
		on("POST", "/nation/promises/{id}/deliver", programme.Keep, p.deliverPost),
		on("GET", "/nation/promises/{id}/move", programme.Keep, p.move),
		on("POST", "/nation/promises/{id}/move", programme.Keep, p.movePost),
	}
}
