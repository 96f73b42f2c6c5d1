// Package evidenceweb is the evidence room: how ready the service is and what runs out, standards, items of evidence
// with their review, the check for words about people, and frozen snapshots.
package evidenceweb

import (
	"net/url"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *evidence.Service }

// Routes of the slice.
func Routes(s *evidence.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", "/evidence", evidence.Read, p.home),
		on("POST", "/evidence/outline", evidence.Import, p.outline),
		on("GET", "/evidence/standards", evidence.Read, p.standards),
		on("GET", "/evidence/standards/import", evidence.Import, p.importGet),
		on("POST", "/evidence/standards/import", evidence.Import, p.importPost),
		on("GET", "/evidence/standards/{id}", evidence.Read, p.standard),
		on("GET", "/evidence/imports/{id}", evidence.Import, p.imported),
		on("GET", "/evidence/imports/{id}/rejects.csv", evidence.Import, p.rejects),
		on("GET", "/evidence/items", evidence.Read, p.items),
		on("GET", "/evidence/items/{id}", evidence.Read, p.item),
		on("GET", "/evidence/items/{id}/change", evidence.Keep, p.changeGet),
		on("POST", "/evidence/items/{id}/change", evidence.Keep, p.changePost),
		on("GET", "/evidence/items/{id}/standards", evidence.Keep, p.linkGet),
		on("POST", "/evidence/items/{id}/standards", evidence.Keep, p.linkPost),
		on("POST", "/evidence/items/{id}/move", evidence.Keep, p.move),
		on("GET", "/evidence/add/{kind}", evidence.Keep, p.addGet),
		on("POST", "/evidence/add/{kind}", evidence.Keep, p.addPost),
		on("GET", "/evidence/check/{id}", evidence.Keep, p.checkGet),
		on("POST", "/evidence/check/{id}", evidence.Keep, p.checkPost),
		on("GET", "/evidence/snapshots", evidence.Read, p.snapshots),
		on("POST", "/evidence/snapshots", evidence.Freeze, p.freeze),
		on("GET", "/evidence/snapshots/{id}", evidence.Read, p.snapshot),
		on("GET", "/evidence/snapshots/{id}/download", evidence.Read, p.download),
	}
}

// begin makes an empty form with the id that what it makes will have: sent twice, it makes one.
func begin() (form.Form, error) {
	id, err := uuid.NewV7()
	return form.Of(url.Values{"id": {id.String()}}), err
}

// ids reads the ids of a field; what is none is a forged form.
func ids(values []string) (out []uuid.UUID, err error) {
	for _, v := range values {
		if v == "" {
			continue
		}
		id, err := uuid.Parse(v)
		if err != nil {
			return nil, fault.Missing("id")
		}
		out = append(out, id)
	}
	return out, nil
}

func one(value string) (uuid.UUID, error) {
	id, err := uuid.Parse(value)
	if err != nil {
		return uuid.Nil, fault.Missing("id")
	}
	return id, nil
}
