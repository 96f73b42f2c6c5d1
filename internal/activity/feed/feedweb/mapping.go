package feedweb

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) headingGet(c *web.Context) error {
	return c.Render(headingPage(c.Page("feed.mapping.add", "/data/activity"), form.Form{}))
}

// headingPost reads the heading of a file, and the words of what looks like its kinds. Nothing of it is kept.
func (p *pages) headingPost(c *web.Context) error {
	var f form.Form
	file, _, err := c.Upload("file")
	if err != nil {
		return err
	}
	if file == nil {
		f.Faults.Add("file", "form.upload.empty")
		return c.Invalid(headingPage(c.FormPage("feed.mapping.add", "/data/activity", f), f))
	}
	defer file.Close()
	t, err := sheet.NewTable(file)
	var refused *sheet.Refused
	if errors.As(err, &refused) {
		f.Faults.Add("file", refused.Key, refused.Args...)
		return c.Invalid(headingPage(c.FormPage("feed.mapping.add", "/data/activity", f), f))
	}
	if err != nil {
		return err
	}
	m := p.s.Guess(t.Heading)
	m.Values = map[string]map[string]string{"kind": words(t, m.Columns["kind"])}
	return c.Render(mappingPage(c.Page("feed.mapping.title", "/data/activity"), filled(m, t.Heading)))
}

// mostWords: a column with more different words is no column of kinds, and is not shown back.
const mostWords = 40

// words are the different cells of a column, each without a translation yet.
func words(t *sheet.Table, column string) map[string]string {
	out := map[string]string{}
	for column != "" && len(out) <= mostWords {
		row, err := t.Next()
		var bad *sheet.Reject
		switch {
		case errors.As(err, &bad):
			continue
		case err != nil: // the end, or what an import will say
			return out
		}
		if w := strings.Clone(row.Get(column)); w != "" {
			out[w] = ""
		}
	}
	return map[string]string{}
}

// filled is the form of a mapping.
func filled(m feed.Mapping, heading []string) form.Form {
	v := url.Values{"heading": heading, "name": {m.Name}, "values": {m.Lines()}}
	for f, c := range m.Columns {
		v.Set("column-"+f, c)
	}
	return form.Of(v)
}

func (p *pages) mappingGet(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	m, err := p.s.FindMapping(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	return c.Render(mappingPage(c.Page("feed.mapping.title", "/data/activity"), filled(m.Mapping, slices.Sorted(maps.Values(m.Columns)))))
}

func (p *pages) mappingPost(c *web.Context) error {
	f := form.From(c.R)
	m := feed.Mapping{Name: f.Required("name", "feed.mapping.name.empty"), Columns: map[string]string{}}
	f.Limit("name", 80)
	for _, field := range feed.Fields {
		if column := f.Get("column-" + field); column != "" {
			m.Columns[field] = column
		}
	}
	if bad := m.ReadLines(f.Get("values")); bad > 0 {
		f.Faults.Add("values", "feed.mapping.line", "line", strconv.Itoa(bad))
	} else {
		for _, x := range p.s.Check(m) {
			name := "values"
			if x.Key == "feed.mapping.column" {
				name = "column-" + x.What
			}
			f.Faults.Add(name, x.Key, "what", x.What)
		}
	}
	if f.Bad() {
		return c.Invalid(mappingPage(c.FormPage("feed.mapping.title", "/data/activity", f), f))
	}
	if err := p.s.Save(c.Ctx(), c.Actor, c.Now, m); err != nil {
		return err
	}
	if m.Tied() {
		c.Flash("feed.mapping.saved")
	} else {
		c.Flash("feed.mapping.saved_untied")
	}
	return c.Redirect("/data/activity")
}

// untied says whether the form, as it stands, names no column for the case.
func untied(f form.Form) bool { return f.Get("column-case") == "" }

// columns are what a field may be: one of the file's columns, or none.
func columns(ctx context.Context, f form.Form) []form.Option {
	out := []form.Option{{Value: "", Text: locale.T(ctx, "feed.mapping.none")}}
	for _, h := range f.All("heading") {
		out = append(out, form.Option{Value: h, Text: h})
	}
	return out
}

// kinds names our kinds with the codes that each needs.
func kinds() []string {
	var out []string
	for _, k := range activity.Kinds {
		needs, _ := activity.Needs(k)
		out = append(out, strings.TrimSpace(string(k)+" "+strings.Join(needs, ", ")))
	}
	return out
}
