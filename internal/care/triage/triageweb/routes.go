// Package triageweb is the pages of triage: the queue, one case in it, the completeness check, the return for
// information and the decision.
package triageweb

import (
	"context"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *triage.Service }

// Routes is the pages of the slice.
func Routes(s *triage.Service) []web.Route {
	p := &pages{s}
	const w = access.Clinical
	return []web.Route{
		{Method: "GET", Path: "/queue", Wall: w, Permission: triage.MayQueue, Load: web.NoObject, Handle: p.queue},
		{Method: "POST", Path: "/queue/tasks/{id}/acknowledge", Wall: w, Permission: triage.MayAcknowledge, Load: p.task, Handle: p.acknowledge},
		{Method: "POST", Path: "/queue/tasks/{id}/done", Wall: w, Permission: triage.MayAcknowledge, Load: p.task, Handle: p.done},
		{Method: "GET", Path: "/queue/{case}", Wall: w, Permission: triage.MayOpen, Load: p.load, Handle: p.show},
		{Method: "GET", Path: "/queue/{case}/complete", Wall: w, Permission: triage.MayComplete, Load: p.load, Handle: p.completeGet},
		{Method: "POST", Path: "/queue/{case}/complete", Wall: w, Permission: triage.MayComplete, Load: p.load, Handle: p.completePost},
		{Method: "GET", Path: "/queue/{case}/return", Wall: w, Permission: triage.MayReturn, Load: p.load, Handle: p.returnGet},
		{Method: "POST", Path: "/queue/{case}/return", Wall: w, Permission: triage.MayReturn, Load: p.load, Handle: p.returnPost},
		{Method: "POST", Path: "/queue/{case}/resume", Wall: w, Permission: triage.MayResume, Load: p.load, Handle: p.resume},
		{Method: "GET", Path: "/queue/{case}/triage", Wall: w, Permission: triage.MayDecide, Load: p.load, Handle: p.decideGet},
		{Method: "POST", Path: "/queue/{case}/triage", Wall: w, Permission: triage.MayDecide, Load: p.load, Handle: p.decidePost},
	}
}

func (p *pages) load(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "case")
	if err != nil {
		return access.Object{}, err
	}
	return p.s.Find(ctx, a, id)
}

func (p *pages) task(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	return p.s.FindTask(ctx, a, id)
}
