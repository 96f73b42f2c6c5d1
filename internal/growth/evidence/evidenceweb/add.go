package evidenceweb

import (
	"net/url"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/documentview"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// itemForm is the form for an item: to add, to replace another, or to change.
type itemForm struct {
	Form     form.Form
	Kind     evidence.Kind
	Figures  []form.Option // to choose from; the first is none
	Kept     bool          // a change: the figure or the file stays
	Standard string        // what it will serve, in words
	Replaces string        // the title of what it takes the place of
	Button   string
}

// addView makes the form from what the address or the form says it is for.
func (p *pages) addView(c *web.Context, f form.Form) (itemForm, evidence.Room, error) {
	v := itemForm{Form: f, Kind: evidence.Kind(c.R.PathValue("kind")), Button: "evidence.add.button"}
	if !slices.Contains(evidence.Kinds, v.Kind) {
		return v, evidence.Room{}, fault.Missing("kind")
	}
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return v, r, err
	}
	if f.Get("standard") != "" {
		id, err := one(f.Get("standard"))
		if err != nil {
			return v, r, err
		}
		s, ok := r.Standard(id)
		if !ok {
			return v, r, fault.Missing("standard")
		}
		v.Standard = s.Name()
	}
	if f.Get("replaces") != "" {
		id, err := one(f.Get("replaces"))
		if err != nil {
			return v, r, err
		}
		old, ok := r.Item(id)
		if !ok {
			return v, r, fault.Missing("item")
		}
		v.Replaces, v.Button = old.Title, "evidence.replace.button"
	}
	if v.Kind == evidence.KindFigure {
		all, err := p.s.Figures(c.Ctx(), c.Actor, c.Now)
		if err != nil {
			return v, r, err
		}
		v.Figures = []form.Option{{Key: "evidence.item.figure.choose"}}
		for _, x := range all {
			v.Figures = append(v.Figures, form.Option{Value: x.Ref.String(), Text: x.Title + ": " + figureview.Value(c.Ctx(), x) + " (" + x.PeriodText + ")"})
		}
	}
	return v, r, nil
}

func (p *pages) addGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	for _, name := range []string{"standard", "replaces", "figure", "title", "body"} {
		f.Values.Set(name, c.R.URL.Query().Get(name))
	}
	v, r, err := p.addView(c, f)
	if err != nil {
		return err
	}
	if v.Replaces != "" {
		id, err := one(f.Get("replaces"))
		if err != nil {
			return err
		}
		old, _ := r.Item(id)
		fill(f.Values, old)
	}
	form.SetDate(f.Values, "collected", c.Now)
	return c.Render(itemFormPage(c.Page("evidence.add."+string(v.Kind), back(v)), v))
}

// fill shows what an item says. The days of one that takes its place are its own.
func fill(v url.Values, i evidence.Item) {
	v.Set("title", i.Title)
	v.Set("body", i.Body)
	v.Set("owner", i.Owner)
	v.Set("reviewer", i.Reviewer)
	if i.Cited != nil {
		v.Set("figure", i.Cited.Ref.String())
	}
}

func back(v itemForm) string {
	switch {
	case v.Replaces != "":
		return "/evidence/items/" + v.Form.Get("replaces")
	case v.Standard != "":
		return "/evidence/standards/" + v.Form.Get("standard")
	}
	return "/evidence/items"
}

// read reads the form into what it adds or changes, and judges it.
func (v *itemForm) read(c *web.Context, n *evidence.NewItem) {
	f := &v.Form
	n.Kept, n.Title, n.Body, n.Owner, n.Reviewer, n.ValidUntil = v.Kept, f.Get("title"), f.Get("body"), f.Get("owner"), f.Get("reviewer"), f.Day("valid_until", "evidence.item.valid_until")
	if v.Kind == evidence.KindFigure {
		n.Figure, _ = figure.ParseRef(f.Get("figure"))
		n.Collected = locale.Day(c.Now)
	} else {
		n.Collected = f.Day("collected", "evidence.item.collected")
	}
	// A date that is none was faulted when it was read: that says more than that it is missing.
	read := f.Faults
	f.Faults = nil
	for _, x := range n.Check(locale.Day(c.Now)) {
		if earlier := read.Of(x.Name); earlier != nil {
			x = *earlier
		}
		f.Faults = append(f.Faults, x)
	}
	for _, x := range read {
		if f.Faults.Of(x.Name) == nil {
			f.Faults = append(f.Faults, x)
		}
	}
	slices.SortStableFunc(f.Faults, func(a, b fault.Field) int { return slices.Index(asked, a.Name) - slices.Index(asked, b.Name) })
}

// asked are the questions in the order of the page.
var asked = []string{"file", "figure", "title", "body", "collected", "valid_until", "owner", "reviewer"}

func (p *pages) addPost(c *web.Context) error {
	v, _, err := p.addView(c, form.From(c.R))
	if err != nil {
		return err
	}
	n := evidence.NewItem{Kind: v.Kind}
	if v.Kind == evidence.KindFile {
		if n.File, err = documentview.Upload(c, &v.Form); err != nil {
			return err
		}
	}
	v.read(c, &n)
	if n.ID, err = one(v.Form.Get("id")); err != nil {
		return err
	}
	if v.Form.Bad() {
		return c.Invalid(itemFormPage(c.FormPage("evidence.add."+string(v.Kind), back(v), v.Form), v))
	}
	if n.Standards, err = ids(v.Form.All("standard")); err != nil {
		return err
	}
	if v.Replaces != "" {
		if n.Replaces, err = uuid.Parse(v.Form.Get("replaces")); err != nil {
			return err
		}
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, n), "evidence.add.saved", "/evidence/items/"+n.ID.String())
}

func (p *pages) changeGet(c *web.Context) error {
	_, i, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	fill(f.Values, i)
	for name, d := range map[string]civil.Date{"collected": i.Collected, "valid_until": i.ValidUntil} {
		if !d.IsZero() {
			form.SetDate(f.Values, name, locale.CivilDate(d.Year, d.Month, d.Day))
		}
	}
	return c.Render(itemFormPage(c.Page("evidence.change.title", "/evidence/items/"+i.ID.String()), itemForm{Form: f, Kind: i.Kind, Kept: true, Button: "evidence.change.button"}))
}

func (p *pages) changePost(c *web.Context) error {
	_, i, err := p.open(c)
	if err != nil {
		return err
	}
	v := itemForm{Form: form.From(c.R), Kind: i.Kind, Kept: true, Button: "evidence.change.button"}
	n := evidence.NewItem{ID: i.ID, Kind: i.Kind}
	v.read(c, &n)
	if v.Form.Bad() {
		return c.Invalid(itemFormPage(c.FormPage("evidence.change.title", "/evidence/items/"+i.ID.String(), v.Form), v))
	}
	return c.Done(p.s.Change(c.Ctx(), c.Actor, c.Now, n), "evidence.change.saved", "/evidence/items/"+i.ID.String())
}
