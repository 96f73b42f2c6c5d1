package codesignweb

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// find is the version of the address.
func (p *pages) find(c *web.Context) (h house, d codesign.Draft, err error) {
	id, err := c.ID("id")
	if err != nil {
		return h, d, err
	}
	if h, err = p.read(c); err == nil {
		d, err = h.Find(id)
	}
	return h, d, err
}

// versionView is a version as a page shows it.
type versionView struct {
	house
	codesign.Draft
	Before   framework.Version
	Changes  []framework.Change
	Gaps     []framework.Gap
	Editable bool
	Hinders  string // key of its words
}

func (p *pages) version(c *web.Context) error {
	h, d, err := p.find(c)
	if err != nil {
		return err
	}
	v := versionView{house: h, Draft: d, Before: h.Newest(d.Number), Changes: h.Changes(d)}
	if h.Hosts && d.Open() {
		v.Gaps, v.Editable, v.Hinders = framework.Gaps(d.Themes), h.Editable(d, c.Now) == nil, h.Hindrance(d, c.Now)
	}
	return c.Render(versionPage(c.Page("codesign.version", home, "n", d.Number, "name", d.Name), v))
}

// ours is version 1, which ships.
func (p *pages) ours(c *web.Context) error {
	if _, err := p.read(c); err != nil {
		return err
	}
	v := framework.Ours()
	return c.Render(oursPage(c.Page("codesign.version", home, "n", v.Number, "name", v.Name), v))
}

// findTheme is the theme of the address.
func (p *pages) findTheme(c *web.Context) (h house, d codesign.Draft, t framework.Theme, err error) {
	if h, d, err = p.find(c); err != nil {
		return h, d, t, err
	}
	t, ok := framework.Find(d.Themes, c.R.PathValue("theme"))
	if !ok {
		err = fault.Missing("theme")
	}
	return h, d, t, err
}

func (p *pages) theme(c *web.Context) error {
	h, d, t, err := p.findTheme(c)
	if err != nil {
		return err
	}
	edits := h.Hosts && h.Editable(d, c.Now) == nil
	return c.Render(themePage(c.Page("form.page", versionPath(d.ID), "title", t.Title), d, t, edits))
}

func askNames(c *web.Context, f form.Form, title string) *ask.Page {
	return &ask.Page{Title: title, Lede: c.T("codesign.start.lede"), Form: f, Button: "codesign.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "name", Key: "codesign.name"}), form.TextArea(f, form.Field{Name: "source", Key: "codesign.source", Rows: 3, Max: framework.LongestLevel})}
	}}
}

// hosted is the community of the host; to everybody else a page of the host is not there.
func (p *pages) hosted(c *web.Context) (house, error) {
	h, err := p.read(c)
	if err == nil && !h.Hosts {
		err = fault.Missing("framework")
	}
	return h, err
}

func (p *pages) start(c *web.Context) error {
	h, err := p.hosted(c)
	if err != nil {
		return err
	}
	if _, there := h.Draft(); there {
		return fault.New(fault.Conflict, "codesign.one")
	}
	return askNames(c, form.Fresh(), c.T("codesign.start")).Answer(c, home)
}

func (p *pages) startPost(c *web.Context) error {
	if _, err := p.hosted(c); err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	a := askNames(c, f, c.T("codesign.start"))
	if a.Found(codesign.CheckNames(f.Get("name"), f.Get("source"))) {
		return a.Answer(c, home)
	}
	return p.done(c, p.s.Start(c.Ctx(), c.Actor, c.Now, id, f.Get("name"), f.Get("source")), "codesign.started", versionPath(id))
}

// done says so and goes on, unless there was an error.
func (p *pages) done(c *web.Context, err error, said, on string) error {
	if err != nil {
		return err
	}
	c.Flash(said)
	return c.Redirect(on)
}

// editing is the draft of the address, which can be changed.
func (p *pages) editing(c *web.Context) (house, codesign.Draft, error) {
	h, d, err := p.find(c)
	if err == nil && !h.Hosts {
		err = fault.Missing("version")
	}
	if err == nil {
		err = h.Editable(d, c.Now)
	}
	return h, d, err
}

func (p *pages) edit(c *web.Context) error {
	_, d, err := p.editing(c)
	if err != nil {
		return err
	}
	return askNames(c, form.Of(url.Values{"version": {strconv.Itoa(d.Stage)}, "name": {d.Name}, "source": {d.Source}}), c.T("codesign.edit")).Answer(c, versionPath(d.ID))
}

func (p *pages) editPost(c *web.Context) error {
	_, d, err := p.editing(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := askNames(c, f, c.T("codesign.edit"))
	if a.Found(codesign.CheckNames(f.Get("name"), f.Get("source"))) {
		return a.Answer(c, versionPath(d.ID))
	}
	return p.done(c, p.s.Describe(c.Ctx(), c.Actor, c.Now, d.ID, f.Whole("version"), f.Get("name"), f.Get("source")), "codesign.saved", versionPath(d.ID))
}

func askTheme(c *web.Context, f form.Form, title string) *ask.Page {
	return &ask.Page{Title: title, Form: f, Button: "codesign.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "title", Key: "framework.title"}), form.Radios(f, form.Field{Name: "use", Key: "framework.use", Options: form.Options("framework.use", framework.Uses...)})}
	}}
}

func (p *pages) add(c *web.Context) error {
	_, d, err := p.editing(c)
	if err != nil {
		return err
	}
	return askTheme(c, form.Of(url.Values{"version": {strconv.Itoa(d.Stage)}}), c.T("codesign.theme.add")).Answer(c, versionPath(d.ID))
}

func (p *pages) addPost(c *web.Context) error {
	_, d, err := p.editing(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := askTheme(c, f, c.T("codesign.theme.add"))
	if a.Found(framework.CheckTheme(f.Get("title"), f.Get("use"))) {
		return a.Answer(c, versionPath(d.ID))
	}
	code, err := p.s.AddTheme(c.Ctx(), c.Actor, c.Now, d.ID, f.Whole("version"), f.Get("title"), f.Get("use"))
	return p.done(c, err, "codesign.theme.added", themePath(d.ID, code))
}

// editingTheme is the theme of the address, which can be changed.
func (p *pages) editingTheme(c *web.Context) (d codesign.Draft, t framework.Theme, err error) {
	h, d, t, err := p.findTheme(c)
	if err == nil && !h.Hosts {
		err = fault.Missing("theme")
	}
	if err == nil {
		err = h.Editable(d, c.Now)
	}
	return d, t, err
}

func (p *pages) name(c *web.Context) error {
	d, t, err := p.editingTheme(c)
	if err != nil {
		return err
	}
	return askTheme(c, form.Of(url.Values{"version": {strconv.Itoa(d.Stage)}, "title": {t.Title}, "use": {t.Use}}), c.T("codesign.theme.edit")).Answer(c, themePath(d.ID, t.Code))
}

func (p *pages) namePost(c *web.Context) error {
	d, t, err := p.editingTheme(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := askTheme(c, f, c.T("codesign.theme.edit"))
	if a.Found(framework.CheckTheme(f.Get("title"), f.Get("use"))) {
		return a.Answer(c, themePath(d.ID, t.Code))
	}
	return p.done(c, p.s.NameTheme(c.Ctx(), c.Actor, c.Now, d.ID, f.Whole("version"), t.Code, f.Get("title"), f.Get("use")), "codesign.saved", themePath(d.ID, t.Code))
}

func (p *pages) remove(c *web.Context) error {
	d, t, err := p.editingTheme(c)
	if err != nil {
		return err
	}
	return p.done(c, p.s.RemoveTheme(c.Ctx(), c.Actor, c.Now, d.ID, form.From(c.R).Whole("version"), t.Code), "codesign.theme.removed", versionPath(d.ID))
}

func askLevel(c *web.Context, f form.Form, t framework.Theme, n int) *ask.Page {
	return &ask.Page{Title: c.T("codesign.level", "n", n, "theme", t.Title), Form: f, Button: "codesign.save", Questions: func(f form.Form) (out []templ.Component) {
		for _, what := range []string{framework.Internal, framework.Procured} {
			if t.For(what) {
				out = append(out, form.TextArea(f, form.Field{Name: what, Key: "framework.write." + what, Rows: 4, Max: framework.LongestLevel}))
			}
		}
		return append(out, form.TextArea(f, form.Field{Name: "evidence", Key: "framework.evidence", Rows: 3, Max: framework.LongestLevel}))
	}}
}

// editingLevel is the level of the address.
func (p *pages) editingLevel(c *web.Context) (d codesign.Draft, t framework.Theme, n int, err error) {
	d, t, err = p.editingTheme(c)
	if err != nil {
		return d, t, n, err
	}
	n, err = strconv.Atoi(c.R.PathValue("level"))
	if err != nil || n < 1 || n > framework.Levels {
		err = fault.Missing("level")
	}
	return d, t, n, err
}

func (p *pages) level(c *web.Context) error {
	d, t, n, err := p.editingLevel(c)
	if err != nil {
		return err
	}
	v := url.Values{"version": {strconv.Itoa(d.Stage)}, "evidence": {t.Counts(n)}}
	for _, what := range []string{framework.Internal, framework.Procured} {
		if words := t.Words(what); len(words) >= n {
			v.Set(what, words[n-1])
		}
	}
	return askLevel(c, form.Of(v), t, n).Answer(c, themePath(d.ID, t.Code))
}

func (p *pages) levelPost(c *web.Context) error {
	d, t, n, err := p.editingLevel(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := askLevel(c, f, t, n)
	if a.Found(framework.CheckLevel(t, n, f.Get(framework.Internal), f.Get(framework.Procured), f.Get("evidence"))) {
		return a.Answer(c, themePath(d.ID, t.Code))
	}
	return p.done(c, p.s.WriteLevel(c.Ctx(), c.Actor, c.Now, d.ID, f.Whole("version"), t.Code, n, f.Get(framework.Internal), f.Get(framework.Procured), f.Get("evidence")), "codesign.saved", themePath(d.ID, t.Code))
}

// askPublish asks for a day, what changed, and why of each theme.
func askPublish(c *web.Context, f form.Form, d codesign.Draft, changes []framework.Change) *ask.Page {
	return &ask.Page{Title: c.T("codesign.publish.title", "n", d.Number), Lede: c.T("codesign.publish.lede"), Form: f, Button: "codesign.publish.button", Questions: func(f form.Form) (out []templ.Component) {
		out = append(out, form.Date(f, form.Field{Name: "effective", Key: "codesign.effective"}), form.TextArea(f, form.Field{Name: "summary", Key: "codesign.summary", Rows: 4, Max: codesign.MostSummary}))
		for _, x := range changes {
			out = append(out, form.TextArea(f, form.Field{Name: codesign.Field(x.Code), Key: "codesign.why", Args: []any{"theme", x.Title}, Rows: 3, Max: framework.LongestText}))
		}
		return out
	}}
}

// ready is the draft of the address, when nothing keeps it from being published.
func (p *pages) ready(c *web.Context) (d codesign.Draft, changes []framework.Change, err error) {
	h, d, err := p.find(c)
	switch {
	case err != nil:
	case !h.Hosts:
		err = fault.Missing("version")
	case !d.Open():
		err = fault.New(fault.Conflict, "codesign.published")
	default:
		if key := h.Hindrance(d, c.Now); key != "" {
			err = fault.New(fault.Conflict, key)
		}
	}
	return d, h.Changes(d), err
}

func (p *pages) publish(c *web.Context) error {
	d, changes, err := p.ready(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"version": {strconv.Itoa(d.Stage)}})
	form.SetDay(f.Values, "effective", locale.Day(c.Now))
	return askPublish(c, f, d, changes).Answer(c, versionPath(d.ID))
}

func (p *pages) publishPost(c *web.Context) error {
	d, changes, err := p.ready(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := codesign.PublishIn{Effective: f.Day("effective"), Summary: f.Get("summary")}
	for _, x := range changes {
		in.Reasons = append(in.Reasons, framework.Reason{Theme: x.Code, Why: f.Get(codesign.Field(x.Code))})
	}
	a := askPublish(c, f, d, changes)
	if a.Found(codesign.CheckPublish(in, changes, locale.Day(c.Now), p.s.FoundInPublish(c.Now, in))) {
		return a.Answer(c, versionPath(d.ID))
	}
	return p.done(c, p.s.Publish(c.Ctx(), c.Actor, c.Now, d.ID, f.Whole("version"), in), "codesign.publish.done", versionPath(d.ID))
}
