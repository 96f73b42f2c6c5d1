package pathwayweb

import (
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// place finds the pathway and the number of a step: one of its own, or the next.
func (p *pages) place(c *web.Context) (x pathway.Pathway, n int, err error) {
	if x, _, err = p.version(c); err != nil {
		return x, 0, err
	}
	n, err = strconv.Atoi(c.R.PathValue("n"))
	if err != nil || n < 1 || n > len(x.Steps)+1 {
		return x, 0, fault.Missing("step")
	}
	return x, n, nil
}

func (p *pages) step(c *web.Context) error {
	x, n, err := p.place(c)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{"seen": {strconv.Itoa(x.N)}, "unit": {pathway.Units[0]}})
	if n <= len(x.Steps) {
		s := x.Steps[n-1]
		for name, v := range map[string]string{"title": s.Title, "role": s.Role, "class": s.Class, "target": strconv.Itoa(s.Target), "unit": s.Unit, "measured": s.Measured} {
			f.Values.Set(name, v)
		}
	}
	return askStep(c, x, n, f)
}

func askStep(c *web.Context, x pathway.Pathway, n int, f form.Form) error {
	title := "improvement.step.edit"
	if n > len(x.Steps) {
		title = "improvement.step.add"
	}
	measures := append([]form.Option{{Value: "", Key: "improvement.step.measured.none"}}, form.Options("improvement.measured", pathway.Measures...)...)
	return ask.Show(c, pathTo(x.ID), ask.Page{Title: c.T(title, "n", n), Lede: x.Name, Form: f, Button: "improvement.save"},
		form.Text(f, form.Field{Name: "title", Key: "improvement.step.title"}),
		form.Text(f, form.Field{Name: "role", Key: "improvement.step.role"}),
		form.Radios(f, form.Field{Name: "class", Key: "improvement.step.class", Options: form.Options("improvement.class", improvement.Classes...)}),
		form.Text(f, form.Field{Name: "target", Key: "improvement.step.target", Width: 4}),
		form.Radios(f, form.Field{Name: "unit", Key: "improvement.step.unit", Options: form.Options("improvement.unit", pathway.Units...)}),
		form.Select(f, form.Field{Name: "measured", Key: "improvement.step.measured", Options: measures}))
}

func (p *pages) stepPost(c *web.Context) error {
	x, n, err := p.place(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	target, err := strconv.Atoi(f.Get("target"))
	if err != nil {
		target = -1 // no number is out of range
	}
	s := pathway.Step{Title: f.Get("title"), Role: f.Get("role"), Class: f.Get("class"), Target: target, Unit: f.Get("unit"), Measured: f.Get("measured")}
	if f.Faults = pathway.CheckStep(s); f.Bad() {
		return askStep(c, x, n, f)
	}
	return c.Done(p.s.Put(c.Ctx(), c.Actor, c.Now, x.ID, seen(f), n, s), "improvement.saved", pathTo(x.ID))
}

func (p *pages) up(c *web.Context) error {
	x, n, err := p.place(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Up(c.Ctx(), c.Actor, c.Now, x.ID, seen(form.From(c.R)), n), "improvement.saved", pathTo(x.ID))
}

func (p *pages) remove(c *web.Context) error {
	x, n, err := p.place(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Remove(c.Ctx(), c.Actor, c.Now, x.ID, seen(form.From(c.R)), n), "improvement.saved", pathTo(x.ID))
}
