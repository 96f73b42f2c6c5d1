package assuranceweb

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/document/documentview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// addView is the form for evidence of one kind.
type addView struct {
	Form      form.Form
	Principle assurance.Principle
	Kind      string
	Figures   []form.Option // of a figure; the first is none
}

func (p *pages) addView(c *web.Context, f form.Form) (addView, error) {
	x, err := p.find(c)
	if err != nil {
		return addView{}, err
	}
	v := addView{Form: f, Principle: x, Kind: c.R.PathValue("kind")}
	if !slices.Contains(kinds, v.Kind) {
		return v, fault.Missing("kind")
	}
	if v.Kind == string(assurance.KindFigure) {
		v.Figures, err = p.choices(c)
	}
	return v, err
}

func (p *pages) addGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	// A page with a decision of the plan leads here with its words: the lead checks and adds.
	for _, name := range []string{"title", "link", "figure"} {
		f.Values.Set(name, c.R.URL.Query().Get(name))
	}
	v, err := p.addView(c, f)
	if err != nil {
		return err
	}
	return c.Render(addPage(c.Page("assurance.add."+v.Kind, "/assurance/principles/"+v.Principle.Code), v))
}

func (p *pages) addPost(c *web.Context) error {
	v, err := p.addView(c, form.From(c.R))
	if err != nil {
		return err
	}
	id, err := v.Form.Own()
	if err != nil {
		return err
	}
	f := &v.Form
	e := assurance.NewEvidence{ID: id, Principle: v.Principle.Code, Kind: assurance.EvidenceKind(v.Kind), Title: f.Get("title"), Link: f.Get("link")}
	if e.Kind == assurance.KindFigure {
		_, refs, err := chosen(*f, "figure")
		if err != nil {
			return err
		}
		if len(refs) > 0 {
			e.Figure = refs[0]
		}
	} else {
		if e.Kind == assurance.KindDocument {
			if e.File, err = documentview.Cleared(c, f); err != nil {
				return err
			}
		}
		e.Dated, e.ValidUntil = f.Day("dated"), f.Day("valid_until")
	}
	if f.Faults.Merge(p.s.Guide().CheckEvidence(e, locale.Day(c.Now))); f.Bad() {
		return c.Invalid(addPage(c.FormPage("assurance.add."+v.Kind, "/assurance/principles/"+v.Principle.Code, v.Form), v))
	}
	return c.Done(p.s.AddEvidence(c.Ctx(), c.Actor, c.Now, e), "assurance.add.saved", "/assurance/principles/"+v.Principle.Code)
}
