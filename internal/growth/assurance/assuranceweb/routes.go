// Package assuranceweb is the guardian's home, made for ten minutes, and the pages behind it: principles with their
// evidence and ratings, questions, impact statements, the plan of the year and packs.
package assuranceweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *assurance.Service }

// Routes of the slice.
func Routes(s *assurance.Service) []web.Route {
	p := &pages{s}
	get := func(path string, needs access.Permission, h web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Wall: access.Growth, Permission: needs, Load: web.NoObject, Handle: h}
	}
	post := func(path string, needs access.Permission, h web.Handler) web.Route {
		return web.Route{Method: http.MethodPost, Path: path, Wall: access.Growth, Permission: needs, Load: web.NoObject, Handle: h}
	}
	return []web.Route{
		get("/assurance", assurance.Read, p.home),
		get("/assurance/principles/{principle}", assurance.Read, p.principle),
		get("/assurance/principles/{principle}/add/{kind}", assurance.Keep, p.addGet),
		post("/assurance/principles/{principle}/add/{kind}", assurance.Keep, p.addPost),
		post("/assurance/principles/{principle}/end", assurance.Keep, p.end),
		post("/assurance/principles/{principle}/renew", assurance.Keep, p.renew),
		get("/assurance/principles/{principle}/rate", assurance.Rate, p.rateGet),
		post("/assurance/principles/{principle}/rate", assurance.Rate, p.ratePost),
		get("/assurance/questions", assurance.Read, p.questions),
		get("/assurance/questions/ask", assurance.Ask, p.askGet),
		post("/assurance/questions/ask", assurance.Ask, p.askPost),
		get("/assurance/questions/{id}", assurance.Read, p.question),
		get("/assurance/questions/{id}/answer", assurance.Answer, p.answerGet),
		post("/assurance/questions/{id}/answer", assurance.Answer, p.answerPost),
		get("/assurance/questions/{id}/close", assurance.Close, p.closeGet),
		post("/assurance/questions/{id}/close", assurance.Close, p.closePost),
		get("/assurance/statements", assurance.Read, p.statements),
		get("/assurance/statements/write", assurance.State, p.writeGet),
		post("/assurance/statements/write", assurance.State, p.writePost),
		get("/assurance/statements/{id}", assurance.Read, p.statement),
		post("/assurance/statements/{id}/withdraw", assurance.State, p.withdraw),
		get("/assurance/plan", assurance.Read, p.plan),
		post("/assurance/plan", assurance.PlanYear, p.planPost),
		get("/assurance/plan/{id}/done", assurance.PlanYear, p.doneGet),
		post("/assurance/plan/{id}/done", assurance.PlanYear, p.donePost),
		get("/assurance/packs", assurance.Read, p.packs),
		post("/assurance/packs", assurance.Freeze, p.freeze),
		get("/assurance/packs/{id}", assurance.Read, p.pack),
		get("/assurance/packs/{id}/download", assurance.Read, p.download),
	}
}
