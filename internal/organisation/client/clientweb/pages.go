package clientweb

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("client.title", ""), all, locale.Day(c.Now)))
}

func (p *pages) find(c *web.Context) (client.Contract, error) {
	id, err := c.ID("organisation")
	if err != nil {
		return client.Contract{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) show(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	invited, err := p.s.Invited(c.Ctx(), c.Actor, c.Now, x)
	if err != nil {
		return err
	}
	return c.Render(showPage(c.Page("form.page", home, "title", x.Name), showView{x, invited, p.base, locale.Day(c.Now)}))
}

func kinds() (out []string) {
	for _, k := range client.Kinds {
		out = append(out, string(k))
	}
	return out
}

// termsFields are the questions on what a contract covers.
func (p *pages) termsFields(f form.Form) []templ.Component {
	return []templ.Component{
		form.Select(f, form.Field{Name: "model", Key: "client.model", Options: form.Options("client.model", p.s.Pack().Models...)}),
		form.Select(f, form.Field{Name: "integration", Key: "client.integration", Options: form.Options("client.integration", p.s.Pack().Integration...)}),
		form.Checkboxes(f, form.Field{Name: "services", Key: "client.services", Options: form.Options("client.service", p.s.Pack().Core...)}),
	}
}

func termsOf(f form.Form) client.Terms {
	return client.Terms{Model: f.Get("model"), Integration: f.Get("integration"), Services: f.All("services")}
}

func (p *pages) addForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("client.add"), Lede: c.T("client.add.lede"), Form: f, Button: "client.add.button", Questions: func(f form.Form) []templ.Component {
		return append(append([]templ.Component{
			form.Radios(f, form.Field{Name: "kind", Key: "client.kind", Options: form.Options("client.kind", kinds()...)}),
			form.Text(f, form.Field{Name: "name", Key: "client.name", Auto: "off"}),
			form.Text(f, form.Field{Name: "ods", Key: "client.ods", Width: 10, Auto: "off"}),
		}, p.termsFields(f)...),
			form.Date(f, form.Field{Name: "from", Key: "client.from"}),
			form.Date(f, form.Field{Name: "last", Key: "client.last"}),
			form.Text(f, form.Field{Name: "given", Key: "client.given", Auto: "off"}),
			form.Text(f, form.Field{Name: "family", Key: "client.family", Auto: "off"}),
			form.Text(f, form.Field{Name: "email", Key: "client.email", Type: "email", Auto: "off"}))
	}}
}

func (p *pages) add(c *web.Context) error {
	f, usual := form.Fresh(), p.s.Pack()
	f.Values.Set("kind", string(organisation.Practice))
	f.Values.Set("model", usual.UsualModel)
	f.Values.Set("integration", usual.UsualIntegration)
	f.Values["services"] = usual.Core
	today := locale.Day(c.Now)
	form.SetDay(f.Values, "from", today)
	form.SetDay(f.Values, "last", today.AddMonths(usual.UsualMonths).AddDays(-1))
	return p.addForm(c, f).Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	n := client.New{ID: id, Kind: organisation.Kind(f.Get("kind")), Name: f.Get("name"), ODS: strings.ToUpper(f.Get("ods")), Terms: termsOf(f), Given: f.Get("given"), Family: f.Get("family"), Email: f.Get("email")}
	n.Terms.From, n.Terms.Last = f.Day("from"), f.Day("last")
	a := p.addForm(c, f)
	if a.Found(p.s.Pack().Check(n, locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	bad, err := p.s.Add(c.Ctx(), c.Actor, c.Now, n)
	if err != nil {
		return err
	}
	if a.Found(bad) {
		return a.Answer(c, home)
	}
	c.Flash("client.added")
	return c.Redirect(pathOf(id))
}

func (p *pages) termsForm(c *web.Context, f form.Form, x client.Contract) *ask.Page {
	return &ask.Page{Title: c.T("client.terms.title", "name", x.Name), Form: f, Button: "client.terms.button", Questions: p.termsFields}
}

func (p *pages) terms(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"model": {x.Terms.Model}, "integration": {x.Terms.Integration}, "services": x.Terms.Services})
	return p.termsForm(c, f, x).Answer(c, pathOf(x.Organisation))
}

func (p *pages) termsPost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	t := termsOf(f)
	t.From, t.Last = x.Terms.From, x.Terms.Last
	a := p.termsForm(c, f, x)
	if a.Found(p.s.Pack().CheckTerms(t, locale.Day(c.Now))) {
		return a.Answer(c, pathOf(x.Organisation))
	}
	return c.Done(p.s.SetTerms(c.Ctx(), c.Actor, c.Now, x.Organisation, t), "client.saved", pathOf(x.Organisation))
}

func endForm(c *web.Context, f form.Form, x client.Contract) *ask.Page {
	return &ask.Page{Title: c.T("client.end.title", "name", x.Name), Lede: c.T("client.end.lede"), Form: f, Button: "client.end.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "last", Key: "client.last"})}
	}}
}

func (p *pages) end(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	if x.Taking(locale.Day(c.Now)) {
		form.SetDay(f.Values, "last", x.Terms.Last)
	}
	return endForm(c, f, x).Answer(c, pathOf(x.Organisation))
}

func (p *pages) endPost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	last := f.Day("last")
	a := endForm(c, f, x)
	if a.Found(client.CheckLast(last, x.Terms.From, locale.Day(c.Now))) {
		return a.Answer(c, pathOf(x.Organisation))
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, x.Organisation, last), "client.saved", pathOf(x.Organisation))
}

// day is a day in words; "" for none.
func day(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Long()
}
