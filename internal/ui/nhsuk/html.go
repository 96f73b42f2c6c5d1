package nhsuk

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Text is a component of plain, escaped text, for the slots that take a component.
func Text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

// content is the html of a component if there is one, else its text. In a template the same choice would leave a space
// after the text.
func content(text string, html templ.Component) templ.Component {
	if html != nil {
		return html
	}
	return Text(text)
}

// attrs adds name, value pairs to the caller's own attributes. An empty string and false leave the attribute out, true
// writes the bare name. Our own attributes win, as they do in the macros, where they come first and a browser
// ignores a repeated attribute. Addresses pass templ's filter, because a spread attribute is otherwise only escaped
// and javascript: would get through.
func attrs(extra templ.Attributes, pairs ...any) templ.Attributes {
	out := make(templ.Attributes, len(extra)+len(pairs)/2)
	maps.Copy(out, extra)
	for i := 0; i+1 < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case string:
			if v != "" {
				out[pairs[i].(string)] = v
			}
		case int:
			if v != 0 {
				out[pairs[i].(string)] = fmt.Sprint(v)
			}
		case bool:
			if v {
				out[pairs[i].(string)] = true
			}
		default:
			panic(fmt.Sprintf("nhsuk: attribute %v has a value of type %T", pairs[i], v))
		}
	}
	for _, name := range []string{"href", "action", "formaction", "src"} {
		if v, ok := out[name].(string); ok {
			out[name] = string(templ.URL(v))
		}
	}
	return out
}

// with adds one attribute that is written even when its value is empty.
func with(a templ.Attributes, name, value string) templ.Attributes {
	a[name] = value
	return a
}

// classes joins the class names that are not empty.
func classes(names ...string) string {
	kept := names[:0:0]
	for _, n := range names {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, " ")
}

// when is s if the condition holds, else the empty string.
func when(condition bool, s string) string {
	if condition {
		return s
	}
	return ""
}

// or is the first value that is not the zero value.
func or[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}

// choice is the class for one of the allowed names, or nothing: when the name is not allowed, or when the caller's own
// classes already choose.
func choice(own, prefix, name string, allowed ...string) string {
	if !slices.Contains(allowed, name) {
		return ""
	}
	for _, a := range allowed {
		if strings.Contains(own, prefix+a) {
			return ""
		}
	}
	return prefix + name
}

// i18n is the data attribute by which a component's JavaScript takes its words.
func i18n(a templ.Attributes, key, message string) templ.Attributes {
	return attrs(a, "data-i18n."+key, message)
}

// i18nPlural is i18n for words that depend on a number; the keys are CLDR plural rules (one, other, ...).
func i18nPlural(a templ.Attributes, key string, messages map[string]string) templ.Attributes {
	for rule, message := range messages {
		a = attrs(a, "data-i18n."+key+"."+rule, message)
	}
	return a
}

// The elements that element may write: the ones some macro chooses at run time.
var elements = map[string]bool{
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "p": true, "div": true, "span": true,
	"a": true, "button": true, "label": true, "legend": true, "caption": true, "th": true, "td": true, "strong": true,
}

// element writes a tag chosen at run time around its children, which templ has no syntax for.
func element(tag string, a templ.Attributes) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if !elements[tag] {
			return fmt.Errorf("nhsuk: no component writes a %q element", tag)
		}
		children := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		if _, err := io.WriteString(w, "<"+tag); err != nil {
			return err
		}
		if err := templ.RenderAttributes(ctx, w, a); err != nil {
			return err
		}
		if _, err := io.WriteString(w, ">"); err != nil {
			return err
		}
		if err := children.Render(ctx, w); err != nil {
			return err
		}
		_, err := io.WriteString(w, "</"+tag+">")
		return err
	})
}

// linkOrButton is the element most macros choose: a link when there is an address and no button type.
func linkOrButton(href, buttonType string) string {
	if href != "" && buttonType == "" {
		return "a"
	}
	return "button"
}
