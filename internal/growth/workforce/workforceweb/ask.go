package workforceweb

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
	make   func(form.Form) []field
	button string // key of its words
	extra  []link // under the form
}

// with says which questions it asks; they are drawn when it is known what is wrong.
func (a *asking) with(fields func(form.Form) []field) *asking {
	a.make = fields
	return a
}

type link struct{ path, text string }

// field is a question with its name.
type field struct {
	name string
	draw templ.Component
}

// found puts what a rule found beside what could not be read, in the order of the page.
func (a *asking) found(f fault.Fields) {
	a.form.Faults.Merge(f)
	var names []string
	for _, x := range a.make(a.form) {
		names = append(names, x.name)
	}
	a.form.Faults.Order(names)
}

// answer shows the form, with status 422 when something is wrong with it.
func (a *asking) answer(c *web.Context, back string) error {
	params := c.FormPage("workforce.form", back, a.form)
	params.Title = a.title
	page := askPage(params, *a, a.make(a.form))
	if a.form.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func text(f form.Form, name, key string, width int) field {
	return field{name, form.Text(f, form.Field{Name: name, Key: key, Width: width})}
}

func choose(f form.Form, name, key string, options []form.Option) field {
	return field{name, form.Select(f, form.Field{Name: name, Key: key, Options: options})}
}

func radios(f form.Form, name, key string, options []form.Option) field {
	return field{name, form.Radios(f, form.Field{Name: name, Key: key, Options: options})}
}

func boxes(f form.Form, name, key string, options []form.Option) field {
	return field{name, form.Checkboxes(f, form.Field{Name: name, Key: key, Options: options})}
}

func date(f form.Form, name, key string) field {
	return field{name, form.Date(f, form.Field{Name: name, Key: key})}
}
