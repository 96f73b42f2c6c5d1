// Package locale has every word that a page, message or letter shows, by key. English is complete; another
// language is a folder of the same files under content/words. A missing key is a programming error: tests
// find every key that code uses, and T answers the key itself so that a page still shows something to search for.
//
// A file content/words/en/referral.yaml holds a flat map; its keys are prefixed with the file's name:
//
//	submit.title: "Refer {name} to occupational health"
//	queue.count: {one: "{n} referral", other: "{n} referrals"}
package locale

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/content"
)

// Words are the texts of one language.
type Words struct {
	Lang  string
	texts map[string]forms
}

type forms struct{ one, other string }

// UnmarshalYAML reads a text, or its plural forms.
func (f *forms) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		f.other = n.Value
		return nil
	}
	var m map[string]string
	if err := n.Decode(&m); err != nil {
		return err
	}
	f.one, f.other = m["one"], m["other"]
	if f.one == "" || f.other == "" {
		return fmt.Errorf("line %d: a plural needs one and other", n.Line)
	}
	return nil
}

// Load reads the words of a language from a file system shaped like content/.
func Load(fsys fs.FS, lang string) (*Words, error) {
	w := &Words{Lang: lang, texts: map[string]forms{}}
	files, err := fs.Glob(fsys, path.Join("words", lang, "*.yaml"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		b, err := fs.ReadFile(fsys, f)
		if err != nil {
			return nil, err
		}
		var m map[string]forms
		if err := yaml.Unmarshal(b, &m); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		prefix := strings.TrimSuffix(path.Base(f), ".yaml") + "."
		for k, v := range m {
			w.texts[prefix+k] = v
		}
	}
	return w, nil
}

// English is the language of the house.
var English = sync.OnceValue(func() *Words {
	w, err := Load(content.FS, "en")
	if err != nil {
		panic(err) // the words are embedded: a broken file is a broken build
	}
	return w
})

// Has says whether a key exists.
func (w *Words) Has(key string) bool {
	_, ok := w.texts[key]
	return ok
}

// Keys lists every key, in order.
func (w *Words) Keys() []string {
	out := make([]string, 0, len(w.texts))
	for k := range w.texts {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// T gives the text of a key. args are name, value pairs that fill {name}; the one named "n" picks the
// singular where it reads 1, be it a count or a text such as the hours of a post.
func (w *Words) T(key string, args ...any) string {
	f, ok := w.texts[key]
	if !ok {
		return key
	}
	text := f.other
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		value := show(args[i+1])
		if k, isKey := args[i+1].(Key); isKey {
			value = w.T(string(k), args[i+2:]...)
		}
		if name == "n" && value == "1" && f.one != "" {
			text = f.one
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	if len(pairs) == 0 {
		return text
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Key is an argument that is itself words by key, shown in the language of the text around it. What stands after it
// fills its words too.
type Key string

func show(v any) string {
	switch v := v.(type) {
	case int:
		return Number(v)
	case time.Time:
		return Date(v)
	default:
		return fmt.Sprint(v)
	}
}

type key struct{}

// Into puts the words of a request into its context.
func Into(ctx context.Context, w *Words) context.Context { return context.WithValue(ctx, key{}, w) }

// From takes the words out of a context; English when there are none.
func From(ctx context.Context) *Words {
	if w, ok := ctx.Value(key{}).(*Words); ok {
		return w
	}
	return English()
}

// T is what templates call.
func T(ctx context.Context, key string, args ...any) string { return From(ctx).T(key, args...) }

// And joins what is listed: "nurses, physicians and counsellors".
func And(ctx context.Context, parts []string) string {
	if n := len(parts); n > 1 {
		return T(ctx, "form.and", "most", strings.Join(parts[:n-1], ", "), "last", parts[n-1])
	}
	return strings.Join(parts, "")
}
