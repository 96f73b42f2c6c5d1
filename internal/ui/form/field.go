package form

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// component builds a component from the request's words, which templ hands over when it renders.
func component(build func(ctx context.Context) templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return build(ctx).Render(ctx, w) })
}

// question is a field that knows its name.
type question struct {
	templ.Component
	name string
}

func (q Field) asked(build func(ctx context.Context) templ.Component) templ.Component {
	return question{component(build), q.Name}
}

// NameOf is the name of the field that a component asks for; "" for anything else that stands on a page.
func NameOf(c templ.Component) string {
	q, _ := c.(question)
	return q.name
}

// ErrorItems are the lines of the error summary: one for each fault, leading to its field. The page shell draws them.
func ErrorItems(ctx context.Context, f Form) []nhsuk.ErrorItem {
	items := make([]nhsuk.ErrorItem, len(f.Faults))
	for i, x := range f.Faults {
		target := x.Name
		if _, isDate := f.Values[x.Name+"-day"]; isDate {
			target += "-" + box(x.Key)
		}
		items[i] = nhsuk.ErrorItem{Href: "#" + target, Text: locale.T(ctx, x.Key, x.Args...)}
	}
	return items
}

// box is the field of a date that a fault is about: the first where it is about all.
func box(fault string) string {
	for _, part := range []string{"month", "year"} {
		if strings.HasPrefix(fault, "form.date."+part) {
			return part
		}
	}
	return "day"
}

func (q Field) labelParams(ctx context.Context) nhsuk.LabelParams {
	if q.Heading {
		return nhsuk.PageLabel(q.label(ctx))
	}
	return nhsuk.LabelParams{Text: q.label(ctx), Size: "s"}
}

func (q Field) fieldset(ctx context.Context) *nhsuk.FieldsetParams {
	if q.Heading {
		return &nhsuk.FieldsetParams{Legend: nhsuk.PageLegend(q.label(ctx))}
	}
	return &nhsuk.FieldsetParams{Legend: nhsuk.LegendParams{Text: q.label(ctx), Size: "s"}}
}

// Text is a one-line text input.
func Text(f Form, q Field) templ.Component {
	return q.asked(func(ctx context.Context) templ.Component {
		return nhsuk.Input(nhsuk.InputParams{ID: q.Name, Name: q.Name, Type: q.Type, Value: f.Get(q.Name), Width: q.Width,
			Autocomplete: q.Auto, Label: q.labelParams(ctx), Hint: q.hint(ctx), ErrorMessage: f.fault(ctx, q.Name)})
	})
}

// TextArea is a box of several lines, with a character count when the field has a maximum.
func TextArea(f Form, q Field) templ.Component {
	return q.asked(func(ctx context.Context) templ.Component {
		if q.Rows == 0 {
			q.Rows = 5
		}
		if q.Max > 0 {
			return nhsuk.CharacterCount(nhsuk.CharacterCountParams{ID: q.Name, Name: q.Name, Rows: q.Rows, Value: f.Get(q.Name), Maxlength: q.Max,
				Label: q.labelParams(ctx), Hint: q.hint(ctx), ErrorMessage: f.fault(ctx, q.Name)})
		}
		return nhsuk.Textarea(nhsuk.TextareaParams{ID: q.Name, Name: q.Name, Rows: q.Rows, Value: f.Get(q.Name),
			Label: q.labelParams(ctx), Hint: q.hint(ctx), ErrorMessage: f.fault(ctx, q.Name)})
	})
}

func (q Field) choices(ctx context.Context, chosen []string) []nhsuk.ChoiceItem {
	items := make([]nhsuk.ChoiceItem, len(q.Options))
	for i, o := range q.Options {
		items[i] = nhsuk.ChoiceItem{Value: o.Value, Text: o.words(ctx)}
		if o.Hint != "" {
			items[i].Hint = nhsuk.HintParams{Text: o.Hint}
		} else if o.HintKey != "" {
			items[i].Hint = nhsuk.HintParams{Text: locale.T(ctx, o.HintKey)}
		}
		for _, v := range chosen {
			items[i].Checked = items[i].Checked || v == o.Value
		}
	}
	return items
}

// Radios asks for one of several.
func Radios(f Form, q Field) templ.Component {
	return q.asked(func(ctx context.Context) templ.Component {
		return nhsuk.Radios(nhsuk.RadiosParams{IDPrefix: q.Name, Name: q.Name, Inline: q.Inline, Fieldset: q.fieldset(ctx),
			Hint: q.hint(ctx), ErrorMessage: f.fault(ctx, q.Name), Items: q.choices(ctx, f.All(q.Name))})
	})
}

// Checkboxes asks for any of several.
func Checkboxes(f Form, q Field) templ.Component {
	return q.asked(func(ctx context.Context) templ.Component {
		return nhsuk.Checkboxes(nhsuk.CheckboxesParams{IDPrefix: q.Name, Name: q.Name, Fieldset: q.fieldset(ctx),
			Hint: q.hint(ctx), ErrorMessage: f.fault(ctx, q.Name), Items: q.choices(ctx, f.All(q.Name))})
	})
}

// Select asks for one of many.
func Select(f Form, q Field) templ.Component {
	return q.asked(func(ctx context.Context) templ.Component {
		items := make([]nhsuk.SelectItem, len(q.Options))
		for i, o := range q.Options {
			items[i] = nhsuk.SelectItem{Value: o.Value, Text: o.words(ctx)}
		}
		return nhsuk.Select(nhsuk.SelectParams{ID: q.Name, Name: q.Name, Value: f.Get(q.Name), Items: items,
			Label: q.labelParams(ctx), Hint: q.hint(ctx), ErrorMessage: f.fault(ctx, q.Name)})
	})
}

// Date asks for a day in three fields.
func Date(f Form, q Field) templ.Component {
	return q.asked(func(ctx context.Context) templ.Component {
		fault := f.fault(ctx, q.Name)
		part := func(name, key string, width int) nhsuk.DatePart {
			return nhsuk.DatePart{ID: q.Name + "-" + name, Name: q.Name + "-" + name, Value: f.Get(q.Name + "-" + name), Width: width,
				Label: nhsuk.LabelParams{Text: locale.T(ctx, key)}, Error: fault.Text != ""}
		}
		return nhsuk.DateInput(nhsuk.DateInputParams{ID: q.Name, Fieldset: q.fieldset(ctx), Hint: q.hint(ctx), ErrorMessage: fault,
			Day: part("day", "form.date.day", 2), Month: part("month", "form.date.month", 2), Year: part("year", "form.date.year", 4)})
	})
}

// Submit is the one button that does what the page is for; key names its verb.
func Submit(key string) templ.Component {
	return component(func(ctx context.Context) templ.Component {
		return nhsuk.Button(nhsuk.ButtonParams{Text: locale.T(ctx, key), Type: "submit"})
	})
}

// Other is a second, quieter button that posts name=value.
func Other(key, name, value string) templ.Component {
	return component(func(ctx context.Context) templ.Component {
		return nhsuk.Button(nhsuk.ButtonParams{Text: locale.T(ctx, key), Type: "submit", Name: name, Value: value, Variant: "secondary"})
	})
}
