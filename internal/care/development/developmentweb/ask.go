package developmentweb

import (
	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// asking is a page that is one form.
type asking struct {
	title, lede, button string // words
	form                form.Form
	make                func(form.Form) []field
}

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
	params := c.FormPage("development.form", back, a.form)
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

func area(f form.Form, name, key string, rows, most int) field {
	return field{name, form.TextArea(f, form.Field{Name: name, Key: key, Rows: rows, Max: most})}
}

func radios(f form.Form, name, key string, values []string) field {
	return field{name, form.Radios(f, form.Field{Name: name, Key: key, Options: form.Options(key, values...)})}
}

func date(f form.Form, name, key string) field {
	return field{name, form.Date(f, form.Field{Name: name, Key: key})}
}

func choose(f form.Form, name, key string, options []form.Option) field {
	return field{name, form.Select(f, form.Field{Name: name, Key: key, Options: options})}
}
