package practiceweb

import (
	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// asking is a page that is one form.
type asking struct {
	title  string
	lede   string // "" for none
	form   form.Form
	fields func(form.Form) []field
	button string // key of its words
	extra  []link // under the form
}

type link struct{ path, text string }

// field is a question with its name.
type field struct {
	name string
	draw templ.Component
}

// found puts what a rule found beside what could not be read, in the order of the page. A field that could not be read
// has its fault already, and the rule only saw it empty.
func (a *asking) found(f fault.Fields) bool {
	for _, x := range f {
		if a.form.Faults.Of(x.Name) == nil {
			a.form.Faults = append(a.form.Faults, x)
		}
	}
	var names []string
	for _, x := range a.fields(a.form) {
		names = append(names, x.name)
	}
	a.form.Faults.Order(names)
	return a.form.Bad()
}

// answer shows the form, with status 422 when something is wrong with it.
func (a *asking) answer(c *web.Context, back string) error {
	params := c.FormPage("practice.form", back, a.form)
	params.Title = a.title
	page := askPage(params, *a)
	if a.form.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func text(f form.Form, name, key string, width int) field {
	return field{name, form.Text(f, form.Field{Name: name, Key: key, Width: width})}
}

func area(f form.Form, name, key string, rows, most int) field {
	return field{name, form.TextArea(f, form.Field{Name: name, Key: key, Rows: rows, Max: most})}
}

func choose(f form.Form, name, key string, options []form.Option) field {
	return field{name, form.Select(f, form.Field{Name: name, Key: key, Options: options})}
}

func date(f form.Form, name, key string) field {
	return field{name, form.Date(f, form.Field{Name: name, Key: key})}
}
