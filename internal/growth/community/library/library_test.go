package library

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

var today = civil.MustParse("2026-11-10")

func TestCheck(t *testing.T) {
	p := Lists()
	for _, code := range p.Licences {
		if !locale.English().Has("library.licence." + code) {
			t.Errorf("no words for %s", code)
		}
	}
	for name, x := range map[string]struct {
		change func(*post.In)
		want   string
	}{
		"a text":            {func(*post.In) {}, ""},
		"a link":            {func(in *post.In) { in.Form, in.Address = post.Link, "https://example.org/a" }, ""},
		"a script":          {func(in *post.In) { in.Form, in.Address = post.Link, "javascript:alert(1)" }, "library.address.bad"},
		"in clear":          {func(in *post.In) { in.Form, in.Address = post.Link, "http://example.org" }, "library.address.bad"},
		"no form":           {func(in *post.In) { in.Form = "" }, "library.form.empty"},
		"no licence":        {func(in *post.In) { in.Licence = "" }, "library.licence.empty"},
		"a made-up licence": {func(in *post.In) { in.Licence = "mine" }, "library.licence.empty"},
		"no review":         {func(in *post.In) { in.Review = civil.Date{} }, "library.review.empty"},
		"review today":      {func(in *post.In) { in.Review = today }, "library.review.range"},
		"two years":         {func(in *post.In) { in.Review = today.AddMonths(24) }, ""},
		"over two years":    {func(in *post.In) { in.Review = today.AddMonths(24).AddDays(1) }, "library.review.range"},
	} {
		in := post.In{Form: post.Text, Licence: "ogl-3", Review: today.AddDays(1)}
		x.change(&in)
		f := p.Check(in, today)
		if x.want == "" && len(f) > 0 || x.want != "" && (len(f) != 1 || f[0].Key != x.want) {
			t.Errorf("%s: %v, want %q", name, f, x.want)
		}
	}
	if _, err := LoadPack(fstest.MapFS{"packs/library.yaml": {Data: []byte("version: 1\neffective_from: 2026-11-01\nsource: x\nreview_months: 0\n")}}); err == nil {
		t.Error("a pack without licences is taken")
	}
}

// TestShelf: what holds stands first, by title; what is due after it; what was recalled last, and what waits or is withdrawn not at all.
func TestShelf(t *testing.T) {
	at := func(title string, state post.State, review civil.Date, form string) post.Post {
		return post.Post{In: post.In{Title: title, Review: review, Form: form, Topic: "E1"}, State: state}
	}
	next := today.AddDays(1)
	all := []post.Post{at("", post.Recalled, next, post.Text), at("b", post.Published, today, post.Text), at("c", post.Published, next, post.Link), at("A", post.Published, next, post.Text),
		at("held", post.Held, next, post.Text), at("withdrawn", post.Withdrawn, next, post.Text)}
	titles := func(form, topic string) (out []string) {
		for _, p := range Shelf(all, today, form, topic) {
			out = append(out, p.Title)
		}
		return out
	}
	if got := titles("", ""); !slices.Equal(got, []string{"A", "c", "b", ""}) {
		t.Errorf("the shelf is %q", got)
	}
	if got := titles(post.Link, "E1"); !slices.Equal(got, []string{"c"}) {
		t.Errorf("links are %q", got)
	}
	if got := titles("", "E4"); len(got) != 0 {
		t.Errorf("of another element: %q", got)
	}
}
