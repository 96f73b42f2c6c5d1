// Package personweb is the pages of the staff feed: upload, see what would change, confirm.
package personweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ people *person.Service }

// Routes of the slice.
func Routes(s *person.Service) []web.Route {
	p := &pages{s}
	hr := web.Route{Wall: access.Employer, Permission: person.Import, Load: web.NoObject}.On
	return []web.Route{
		hr(http.MethodGet, "/people-admin/import", p.importGet),
		hr(http.MethodPost, "/people-admin/import", p.importPost),
		hr(http.MethodPost, "/people-admin/import/confirm", p.confirmPost),
		hr(http.MethodPost, "/people-admin/import/rejects", p.rejectsPost),
	}
}
