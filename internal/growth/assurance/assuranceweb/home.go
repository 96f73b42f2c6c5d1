package assuranceweb

import (
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// mostShown is how many changes and overdue things of each kind the first page says: ten minutes are short.
const mostShown = 8

type homeView struct {
	Guide     assurance.Guide
	Record    assurance.Record
	Label     string
	Latest    *assurance.Pack
	Changes   pack.List[assurance.Change]
	Overdue   assurance.Overdue
	MayAsk    bool
	MayFreeze bool
	MayKeep   bool
	MayRate   bool
	Yearly    assurance.Yearly
}

// Empty says whether nothing was done yet.
func (v homeView) Empty() bool {
	return len(v.Record.Evidence)+len(v.Record.Ratings)+len(v.Record.Questions)+len(v.Record.Steps) == 0
}

func (p *pages) home(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	g := p.s.Guide()
	v := homeView{Guide: g, Record: r, Label: g.Label(r.Today), Overdue: r.Overdue(), MayAsk: c.May(assurance.Ask), MayFreeze: c.May(assurance.Freeze), MayKeep: c.May(assurance.Keep), MayRate: c.May(assurance.Rate)}
	if v.Yearly, err = p.s.Yearly(c.Ctx(), c.Actor, c.Now); err != nil {
		return err
	}
	if len(r.Packs) > 0 {
		v.Latest = &r.Packs[0]
		v.Changes = pack.Cut(r.Since(g, v.Latest.At), mostShown)
	} else {
		v.Changes = pack.Cut(r.Since(g, c.Now.AddDate(-100, 0, 0)), mostShown)
	}
	return c.Render(homePage(c.Page("assurance.home.title", ""), v))
}
