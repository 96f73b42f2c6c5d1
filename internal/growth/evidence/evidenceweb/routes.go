// Package evidenceweb is the evidence room: how ready the service is and what runs out, standards, items of evidence
// with their review, the check for words about people, and frozen snapshots.
package evidenceweb

import (
	"net/http"
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
	get := func(path string, needs access.Permission, h web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Wall: access.Growth, Permission: needs, Load: web.NoObject, Handle: h}
	}
	post := func(path string, needs access.Permission, h web.Handler) web.Route {
		return web.Route{Method: http.MethodPost, Path: path, Wall: access.Growth, Permission: needs, Load: web.NoObject, Handle: h}
	}
	return []web.Route{
		get("/evidence", evidence.Read, p.home),
		post("/evidence/outline", evidence.Import, p.outline),
		get("/evidence/standards", evidence.Read, p.standards),
		get("/evidence/standards/import", evidence.Import, p.importGet),
		post("/evidence/standards/import", evidence.Import, p.importPost),
		get("/evidence/standards/{id}", evidence.Read, p.standard),
		get("/evidence/imports/{id}", evidence.Import, p.imported),
		get("/evidence/imports/{id}/rejects.csv", evidence.Import, p.rejects),
		get("/evidence/items", evidence.Read, p.items),
		get("/evidence/items/{id}", evidence.Read, p.item),
		get("/evidence/items/{id}/change", evidence.Keep, p.changeGet),
		post("/evidence/items/{id}/change", evidence.Keep, p.changePost),
		get("/evidence/items/{id}/standards", evidence.Keep, p.linkGet),
		post("/evidence/items/{id}/standards", evidence.Keep, p.linkPost),
		post("/evidence/items/{id}/move", evidence.Keep, p.move),
		get("/evidence/add/{kind}", evidence.Keep, p.addGet),
		post("/evidence/add/{kind}", evidence.Keep, p.addPost),
		get("/evidence/check/{id}", evidence.Keep, p.checkGet),
		post("/evidence/check/{id}", evidence.Keep, p.checkPost),
		get("/evidence/snapshots", evidence.Read, p.snapshots),
		post("/evidence/snapshots", evidence.Freeze, p.freeze),
		get("/evidence/snapshots/{id}", evidence.Read, p.snapshot),
		get("/evidence/snapshots/{id}/download", evidence.Read, p.download),
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
