// Package callweb is where a nation calls for answers and case studies, and where organisations answer.
package callweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// kept is where whoever asks keeps what they ask.
const kept = "/nation/calls"

const asked = "/calls"

func keptPath(id uuid.UUID) string { return kept + "/" + id.String() }

func askedPath(id uuid.UUID) string { return asked + "/" + id.String() }

type pages struct{ s *call.Service }

// Routes of the slice.
func Routes(s *call.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", kept, call.Keep, p.kept),
		on("GET", kept+"/add", call.Keep, p.add),
		on("POST", kept+"/add", call.Keep, p.addPost),
		on("GET", kept+"/{id}", call.Keep, p.one),
		on("GET", kept+"/{id}/edit", call.Keep, p.edit),
		on("POST", kept+"/{id}/edit", call.Keep, p.editPost),
		on("POST", kept+"/{id}/publish", call.Keep, p.publish),
		on("POST", kept+"/{id}/withdraw", call.Keep, p.withdraw),
		on("GET", kept+"/{id}/tell", call.Keep, p.tell),
		on("POST", kept+"/{id}/tell", call.Keep, p.tellPost),
		on("GET", asked, call.Answer, p.asked),
		on("GET", asked+"/{id}", call.Answer, p.answer),
		on("POST", asked+"/{id}", call.Answer, p.answerPost),
	}
}
