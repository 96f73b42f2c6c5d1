package ask

import (
	"net/url"
	"slices"
	"testing"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func page(values url.Values, more ...templ.Component) *Page {
	return &Page{Form: form.Of(values), Questions: func(f form.Form) []templ.Component {
		return append([]templ.Component{form.Text(f, form.Field{Name: "title"}), form.Radios(f, form.Field{Name: "kind"}), form.Date(f, form.Field{Name: "on"})}, more...)
	}}
}

// What the page does not ask is sent along, what it asks is not sent twice.
func TestHidden(t *testing.T) {
	p := page(url.Values{"id": {"1"}, "kind": {"course"}, "seen": {""}, "version": {"0"}, "title": {"x"}, "other": {"y"}})
	if got, want := p.hidden(), []string{"id", "version"}; !slices.Equal(got, want) {
		t.Errorf("hidden %q, want %q", got, want)
	}
	if got := (&Page{Form: form.Of(url.Values{"kind": {"course"}})}).hidden(); !slices.Equal(got, []string{"kind"}) {
		t.Errorf("a page without questions sends %q along", got)
	}
}

// The summary follows the page; where a part of the page asks several things itself, it follows the rule.
func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name string
		more []templ.Component
		rule []string
		want []string
	}{
		{"every field is a question", nil, []string{"on", "title"}, []string{"title", "kind", "on"}},
		{"a part with fields of its own", []templ.Component{templ.NopComponent}, []string{"on", "likelihood", "title"}, []string{"on", "likelihood", "title", "kind"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := page(nil, c.more...)
			p.Form.Faults.Add("kind", "unreadable")
			var found fault.Fields
			for _, name := range c.rule {
				found.Add(name, "empty")
			}
			if !p.Found(found) {
				t.Fatal("nothing is wrong")
			}
			p.order()
			var got []string
			for _, x := range p.Form.Faults {
				got = append(got, x.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
