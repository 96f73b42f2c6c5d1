// Package skillsbankweb is the skills bank for the lead of a service, who agrees to offers, looks for somebody and books, and for the
// ICS, which sees needs and hours.
package skillsbankweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home  = "/skills-bank"
	hours = "/skills-bank/hours"
)

func need(id uuid.UUID) string { return home + "/needs/" + id.String() }

func asking(n skillsbank.Need, o skillsbank.Offer) string {
	return need(n.ID) + "/ask/" + o.Organisation.String() + "/" + o.ID.String()
}

type pages struct{ s *skillsbank.Service }

// Routes of the slice.
func Routes(s *skillsbank.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, skillsbank.Keep, p.board),
		on("POST", home+"/offers/{id}/agree", skillsbank.Keep, p.agree),
		on("POST", home+"/offers/{id}/refuse", skillsbank.Keep, p.refuse),
		on("GET", home+"/needs/add", skillsbank.Keep, p.add),
		on("POST", home+"/needs/add", skillsbank.Keep, p.addPost),
		on("GET", home+"/needs/{id}", skillsbank.Keep, p.need),
		on("POST", home+"/needs/{id}/close", skillsbank.Keep, p.close),
		on("GET", home+"/needs/{id}/ask/{organisation}/{offer}", skillsbank.Keep, p.ask),
		on("POST", home+"/needs/{id}/ask/{organisation}/{offer}", skillsbank.Keep, p.askPost),
		on("POST", home+"/sessions/{id}/agree", skillsbank.Keep, p.book),
		on("POST", home+"/sessions/{id}/cancel", skillsbank.Keep, p.cancel),
		on("GET", home+"/sessions/{id}/done", skillsbank.Keep, p.done),
		on("POST", home+"/sessions/{id}/done", skillsbank.Keep, p.donePost),
		on("GET", hours, skillsbank.Keep, p.hours),
		on("GET", hours+"/export", skillsbank.Keep, p.export),
		on("GET", "/system/skills", skillsbank.System, p.system),
	}
}
