package assuranceweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type principleView struct {
	Guide     assurance.Guide
	Principle assurance.Principle
	Record    assurance.Record
	Evidence  []assurance.Evidence // in use
	Ended     []assurance.Evidence
	Ratings   []assurance.Rating // the newest first
	Questions []assurance.Question
	MayKeep   bool
	MayRate   bool
	MayAsk    bool
}

// find gives the principle that the path names.
func (p *pages) find(c *web.Context) (assurance.Principle, error) {
	x, ok := p.s.Guide().Principle(c.R.PathValue("principle"))
	if !ok {
		return x, fault.Missing("principle")
	}
	return x, nil
}

func (p *pages) principle(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := principleView{Guide: p.s.Guide(), Principle: x, Record: r, Evidence: r.Of(x.Code), MayKeep: c.May(assurance.Keep), MayRate: c.May(assurance.Rate), MayAsk: c.May(assurance.Ask)}
	for _, e := range r.Evidence {
		if e.Principle == x.Code && e.Ended() {
			v.Ended = append(v.Ended, e)
		}
	}
	for _, y := range r.Ratings {
		if y.Principle == x.Code {
			v.Ratings = append(v.Ratings, y)
		}
	}
	for _, q := range r.Questions {
		if q.Principle == x.Code {
			v.Questions = append(v.Questions, q)
		}
	}
	params := c.Page("assurance.principle", "/assurance")
	params.Title = x.Name
	return c.Render(principlePage(params, v))
}

// rateView is the form for a rating.
type rateView struct {
	Form             form.Form
	Principle        assurance.Principle
	Evidence         []assurance.Evidence
	Today            assurance.Record
	Ratings, Lines   []form.Option
	PrincipleVersion int
}

func (p *pages) rateView(c *web.Context, f form.Form) (rateView, error) {
	x, err := p.find(c)
	if err != nil {
		return rateView{}, err
	}
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return rateView{}, err
	}
	g := p.s.Guide()
	v := rateView{Form: f, Principle: x, Evidence: r.Of(x.Code), Today: r, PrincipleVersion: g.Version}
	for _, y := range g.Ratings {
		v.Ratings = append(v.Ratings, form.Option{Value: y.Code, Text: y.Name + ": " + y.Meaning})
	}
	for _, l := range g.Lines {
		v.Lines = append(v.Lines, form.Option{Value: l.Code, Text: l.Name})
	}
	return v, nil
}

func (p *pages) rateGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	v, err := p.rateView(c, f)
	if err != nil {
		return err
	}
	return c.Render(ratePage(c.Page("assurance.rate.title", "/assurance/principles/"+v.Principle.Code, "name", v.Principle.Name), v))
}

func (p *pages) ratePost(c *web.Context) error {
	v, err := p.rateView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := v.Form
	id, err := f.Own()
	if err != nil {
		return err
	}
	r := assurance.NewRating{ID: id, Principle: v.Principle.Code, Rating: f.Get("rating"), Lines: f.All("lines"), Words: f.Get("words")}
	if v.Form.Faults = p.s.Guide().CheckRating(r); v.Form.Bad() {
		return c.Invalid(ratePage(c.FormPage("assurance.rate.title", "/assurance/principles/"+v.Principle.Code, v.Form, "name", v.Principle.Name), v))
	}
	return c.Done(p.s.Rate(c.Ctx(), c.Actor, c.Now, r), "assurance.rate.saved", "/assurance/principles/"+v.Principle.Code)
}

// end and renew act on the evidence that the button names, of the principle whose page it stands on.
func (p *pages) end(c *web.Context) error {
	return p.act(c, "assurance.evidence.end.done", func(id uuid.UUID) error {
		return p.s.EndEvidence(c.Ctx(), c.Actor, c.Now, id)
	})
}

func (p *pages) renew(c *web.Context) error {
	return p.act(c, "assurance.evidence.renew.done", func(id uuid.UUID) error {
		return p.s.RenewEvidence(c.Ctx(), c.Actor, c.Now, id)
	})
}

func (p *pages) act(c *web.Context, done string, do func(uuid.UUID) error) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	id, err := form.From(c.R).Own()
	if err != nil {
		return err
	}
	return c.Done(do(id), done, "/assurance/principles/"+x.Code)
}
