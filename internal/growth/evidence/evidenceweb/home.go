package evidenceweb

import (
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// mostNext is how many things to do the first page says, and mostReminders how many reminders.
const mostNext, mostReminders = 6, 10

type homeView struct {
	Room      evidence.Room
	Domains   []evidence.Domain
	Tally     evidence.Tally
	Next      []evidence.Next
	More      int // things to do that are not shown
	Reminders []evidence.Reminder
	MayKeep   bool
	MayImport bool
}

func (p *pages) home(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := homeView{Room: r, Domains: r.Domains(), Tally: r.Tally(), Next: r.Next(), Reminders: r.Reminders, MayKeep: c.May(evidence.Keep), MayImport: c.May(evidence.Import)}
	if len(v.Next) > mostNext {
		v.More, v.Next = len(v.Next)-mostNext, v.Next[:mostNext]
	}
	v.Reminders = v.Reminders[:min(len(v.Reminders), mostReminders)]
	return c.Render(homePage(c.Page("evidence.home.title", ""), v))
}

// outline takes in Rowan's own list.
func (p *pages) outline(c *web.Context) error {
	r, err := p.s.StartOutline(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if r.Same {
		c.Flash("evidence.import.same")
	} else {
		c.Flash("evidence.outline.done")
	}
	return c.Redirect("/evidence/standards")
}
