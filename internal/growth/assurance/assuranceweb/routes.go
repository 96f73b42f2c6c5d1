// Package assuranceweb is the guardian's home, made for ten minutes, and the pages behind it: principles with their
// evidence and ratings, questions, impact statements, the plan of the year and packs.
package assuranceweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *assurance.Service }

// Routes of the slice.
func Routes(s *assurance.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", "/assurance", assurance.Read, p.home),
		on("GET", "/assurance/principles/{principle}", assurance.Read, p.principle),
		on("GET", "/assurance/principles/{principle}/add/{kind}", assurance.Keep, p.addGet),
		on("POST", "/assurance/principles/{principle}/add/{kind}", assurance.Keep, p.addPost),
		on("POST", "/assurance/principles/{principle}/end", assurance.Keep, p.end),
		on("POST", "/assurance/principles/{principle}/renew", assurance.Keep, p.renew),
		on("GET", "/assurance/principles/{principle}/rate", assurance.Rate, p.rateGet),
		on("POST", "/assurance/principles/{principle}/rate", assurance.Rate, p.ratePost),
		on("GET", "/assurance/questions", assurance.Read, p.questions),
		on("GET", "/assurance/questions/ask", assurance.Ask, p.askGet),
		on("POST", "/assurance/questions/ask", assurance.Ask, p.askPost),
		on("GET", "/assurance/questions/{id}", assurance.Read, p.question),
		on("GET", "/assurance/questions/{id}/answer", assurance.Answer, p.answerGet),
		on("POST", "/assurance/questions/{id}/answer", assurance.Answer, p.answerPost),
		on("GET", "/assurance/questions/{id}/close", assurance.Close, p.closeGet),
		on("POST", "/assurance/questions/{id}/close", assurance.Close, p.closePost),
		on("GET", "/assurance/statements", assurance.Read, p.statements),
		on("GET", "/assurance/statements/write", assurance.State, p.writeGet),
		on("POST", "/assurance/statements/write", assurance.State, p.writePost),
		on("GET", "/assurance/statements/{id}", assurance.Read, p.statement),
		on("POST", "/assurance/statements/{id}/withdraw", assurance.State, p.withdraw),
		on("GET", "/assurance/plan", assurance.Read, p.plan),
		on("POST", "/assurance/plan", assurance.PlanYear, p.planPost),
		on("GET", "/assurance/plan/{id}/done", assurance.PlanYear, p.doneGet),
		on("POST", "/assurance/plan/{id}/done", assurance.PlanYear, p.donePost),
		on("GET", "/assurance/packs", assurance.Read, p.packs),
		on("POST", "/assurance/packs", assurance.Freeze, p.freeze),
		on("GET", "/assurance/packs/{id}", assurance.Read, p.pack),
		on("GET", "/assurance/packs/{id}/download", assurance.Read, p.download),
	}
}
