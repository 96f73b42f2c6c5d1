// Package ask is the page that is one form: a title, a line of help, the questions, one button. What is wrong with an
// answer stands beside its question and, in the order of the page, in the summary on top.
//
//	p := &ask.Page{Title: c.T("cpd.add"), Form: f, Button: "cpd.save", Questions: func(f form.Form) []templ.Component {
//		return []templ.Component{form.Text(f, form.Field{Name: "what", Key: "cpd.what"}), form.Date(f, form.Field{Name: "on", Key: "cpd.on"})}
//	}}
//	if p.Found(check(in)) {
//		return p.Answer(c, "/cpd")
//	}
package ask

import (
	"slices"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Page is a page that is one form.
type Page struct {
	Title  string // in words
	Lede   string // "" for none
	Form   form.Form
	Button string // key of its words
	// Questions draws what the page asks, once it is known what is wrong with the answers; nil where it asks nothing
	// but whether to go on.
	Questions func(form.Form) []templ.Component
	Links     []Link // under the form
	Drop      *Drop  // under the form; nil for none
}

// Link leads away from the form.
type Link struct{ Path, Text string }

// Drop is the button that takes away what the form is about.
type Drop struct{ Path, Text string }

// carried are the values that a form sends along although it does not ask for them: what it is about, and what stood
// there when it was shown.
var carried = []string{"id", "seen", "version", "kind", "stage", "need"}

func (p *Page) questions() []templ.Component {
	if p.Questions == nil {
		return nil
	}
	return p.Questions(p.Form)
}

// names lists the questions from top to bottom.
func (p *Page) names() (list []string) {
	for _, q := range p.questions() {
		list = append(list, form.NameOf(q))
	}
	return list
}

// order puts what is wrong in the order of the page. A page may draw a part with several fields of its own: then the
// rule's order stands.
func (p *Page) order() {
	names := p.names()
	if !slices.ContainsFunc(p.Form.Faults, func(x fault.Field) bool { return !slices.Contains(names, x.Name) }) {
		p.Form.Faults.Order(names)
	}
}

// hidden lists the values to send along.
func (p *Page) hidden() []string {
	asked := p.names()
	return slices.DeleteFunc(slices.Clone(carried), func(name string) bool {
		return p.Form.Get(name) == "" || slices.Contains(asked, name)
	})
}

// Found puts what a rule found beside what could not be read, and says whether anything is wrong.
func (p *Page) Found(f fault.Fields) bool {
	p.Form.Faults.Merge(f)
	return p.Form.Bad()
}

// Answer shows the page, with status 422 when something is wrong; back is where it leads back to.
func (p *Page) Answer(c *web.Context, back string) error {
	p.order()
	page := draw(c.FormPage("form.page", back, p.Form, "title", p.Title), p)
	if p.Form.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

// Show answers with a page whose questions are drawn already: it is known what is wrong.
func Show(c *web.Context, back string, p Page, questions ...templ.Component) error {
	p.Questions = func(form.Form) []templ.Component { return questions }
	return p.Answer(c, back)
}
