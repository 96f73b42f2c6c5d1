package boardweb

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type field = templ.Component

func (p *pages) versions(c *web.Context) error {
	all, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(versionsPage(c.Page("board.versions.title", "/plan"), all, c.May(strategy.Write)))
}

// titled is a page about a version.
func titled(c *web.Context, key, back string, v board.Version) layout.PageParams {
	return c.Page(key, back, "n", v.N)
}

func (p *pages) version(c *web.Context) error {
	v := versionView{Writes: c.May(strategy.Write), Signs: c.May(board.Sign)}
	var err error
	if v.Version, err = p.find(c); err != nil {
		return err
	}
	items, err := p.s.Items(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v.Papers = papersOf(items, v.N)
	all, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v.Starts = !all[0].State.Open()
	if v.State == board.Draft {
		plan, err := p.s.Plan().Find(c.Ctx(), c.Actor)
		if err != nil {
			return err
		}
		v.Proposed = plan.Undecided()
	}
	return c.Render(versionPage(titled(c, "board.version.title", "/plan/versions", v.Version), v))
}

func papersOf(items []board.Item, n int) (out []board.Item) {
	for _, x := range items {
		if x.Version == n {
			out = append(out, x)
		}
	}
	return out
}

func versionFacts(ctx context.Context, v board.Version) nhsuk.SummaryListParams {
	said := func(l strategy.Change) string {
		return locale.T(ctx, "strategy.last.value", "name", l.By, "when", locale.DateTime(l.At))
	}
	rows := []nhsuk.SummaryRow{
		{Key: nhsuk.SummaryCell{Text: locale.T(ctx, "strategy.status")}, Value: nhsuk.SummaryCell{HTML: stateTag(v.State)}},
		nhsuk.Row(locale.T(ctx, "board.vision"), v.Snapshot.Vision),
		nhsuk.Row(locale.T(ctx, "board.version.opened"), said(v.Opened)),
	}
	if v.State.Frozen() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "board.version.submitted"), said(v.Submitted)), nhsuk.Row(locale.T(ctx, "board.version.hash"), short(v.Hash)))
	}
	if s := v.Signature; s != nil {
		key := "board.version.approved"
		if v.State == board.Returned {
			key = "board.version.returned"
		}
		rows = append(rows, nhsuk.Row(locale.T(ctx, key), locale.T(ctx, "board.version.signed.value", "name", s.By, "post", s.Post, "when", locale.DateTime(s.At))))
		if s.Words != "" {
			rows = append(rows, nhsuk.Row(locale.T(ctx, "board.version.words"), s.Words))
		}
		proof := "board.version.proof.holds"
		if !v.Verify() {
			proof = "board.version.proof.broken"
		}
		rows = append(rows, nhsuk.Row(locale.T(ctx, "board.version.proof"), locale.T(ctx, proof)))
	}
	if !v.InForceAt.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "board.state.in_force"), locale.DateTime(v.InForceAt)))
	}
	if !v.ReplacedAt.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "board.state.replaced"), locale.DateTime(v.ReplacedAt)))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

// short is enough of a hash to read out in a meeting: 16 of 64 signs.
func short(hash string) string { return hash[:16] }

// missing leads to what a version still lacks.
func missing(ctx context.Context, v board.Version) (out []nhsuk.ErrorItem) {
	m := v.Missing()
	if m.Talk {
		out = append(out, nhsuk.ErrorItem{Href: path(v) + "/coproduction", Text: locale.T(ctx, "board.missing.talk")})
	}
	for _, x := range m.Again {
		out = append(out, nhsuk.ErrorItem{Href: path(v) + "/equality#" + x, Text: locale.T(ctx, "board.missing.again", "name", locale.T(ctx, "strategy.characteristic."+x))})
	}
	for _, x := range m.Characteristics {
		out = append(out, nhsuk.ErrorItem{Href: path(v) + "/equality#" + x, Text: locale.T(ctx, "board.missing.characteristic", "name", locale.T(ctx, "strategy.characteristic."+x))})
	}
	return out
}

// start asks for the line of a new version. What stands in force is the line that it mostly keeps.
func (p *pages) start(c *web.Context) error {
	versions, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var line []string
	if v := board.InForceOf(versions); v != nil {
		line = []string{v.Snapshot.Vision}
	}
	return p.askVision(c, form.Of(map[string][]string{"vision": line}), "/plan/versions")
}

func (p *pages) askVision(c *web.Context, f form.Form, back string) error {
	return answerWith(c, "board.vision.title", back, "strategy.save", c.T("board.vision.lede"), f,
		form.TextArea(f, form.Field{Name: "vision", Key: "board.vision", Rows: 2, Max: 200}))
}

func (p *pages) startPost(c *web.Context) error {
	f := form.From(c.R)
	if f.Faults = board.CheckVision(f.Get("vision")); f.Bad() {
		return p.askVision(c, f, "/plan/versions")
	}
	n, err := p.s.Open(c.Ctx(), c.Actor, c.Now, f.Get("vision"))
	if err != nil {
		return err
	}
	c.Flash("board.version.started")
	return c.Redirect("/plan/versions/" + strconv.Itoa(n))
}

func (p *pages) vision(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return p.askVision(c, form.Of(map[string][]string{"vision": {v.Snapshot.Vision}}), path(v))
}

func (p *pages) visionPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	if f.Faults = board.CheckVision(f.Get("vision")); f.Bad() {
		return p.askVision(c, f, path(v))
	}
	return c.Done(p.s.Reword(c.Ctx(), c.Actor, c.Now, v.N, f.Get("vision")), "strategy.saved", path(v))
}

func (p *pages) submit(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(submitPage(titled(c, "board.submit.title", path(v), v), v))
}

func (p *pages) submitPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Submit(c.Ctx(), c.Actor, c.Now, v.N), "board.submit.done", path(v))
}

func (p *pages) sign(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(signPage(titled(c, "board.sign.title", path(v), v), v, c.Actor.Name, form.Of(nil)))
}

func (p *pages) signPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	chosen := f.Get("choice")
	in := board.Signing{Approve: chosen == "approve", Name: f.Get("name"), Post: f.Get("post"), Words: f.Get("words")}
	f.OneOf("choice", "board.sign.choice.empty", "approve", "return")
	for _, x := range board.CheckSigning(in, c.Actor.Name) {
		if x.Name != "words" || chosen != "" || in.Words != "" { // who has not chosen is not asked why they return it
			f.Faults = append(f.Faults, x)
		}
	}
	params := c.FormPage("board.sign.title", path(v), f, "n", v.N)
	// A version that lacks something cannot be approved, and the summary leads to what it lacks.
	if in.Approve {
		params.Errors = append(missing(c.Ctx(), v), params.Errors...)
	}
	if len(params.Errors) > 0 {
		return c.Invalid(signPage(params, v, c.Actor.Name, f))
	}
	return c.Done(p.s.Sign(c.Ctx(), c.Actor, c.Now, v.N, in), "board.sign.done", path(v))
}

func (p *pages) force(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(forcePage(titled(c, "board.force.title", path(v), v)))
}

func (p *pages) forcePost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Enforce(c.Ctx(), c.Actor, c.Now, v.N), "board.force.done", path(v))
}

// changes compares a version with one before it: the last, unless another is asked for.
func (p *pages) changes(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	all, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	with := v.N - 1
	if n, err := strconv.Atoi(c.R.URL.Query().Get("with")); err == nil {
		with = n
	}
	var before *board.Version
	var others []board.Version
	for _, x := range all {
		switch {
		case x.N == with && x.N < v.N:
			before = &x
		case x.N < v.N:
			others = append(others, x)
		}
	}
	if before == nil {
		return c.Render(changesPage(titled(c, "board.changes.title", path(v), v), v, nil, others, nil))
	}
	return c.Render(changesPage(titled(c, "board.changes.title", path(v), v), v, before, others, board.Diff(before.Snapshot, v.Snapshot)))
}

// coded are the fields whose values are codes, and where their words are.
var coded = map[string]string{"driver": "strategy.driver.", "element": "strategy.element.", "horizon": "strategy.horizon.", "class": "strategy.class.",
	"need_status": "strategy.need.status.", "action_status": "strategy.action.status."}

// says gives a value of a field in words.
func says(ctx context.Context, name, value string) string {
	switch {
	case value == "":
		return locale.T(ctx, "board.changes.nothing")
	case name == "subsection":
		return strategyview.Section(ctx, value)
	case coded[name] != "":
		return locale.T(ctx, coded[name]+value)
	}
	return value
}

func edits(ctx context.Context, d board.Difference) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: d.Title, Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "board.changes.what"), locale.T(ctx, "board.changes.before"), locale.T(ctx, "board.changes.after"))}
	for _, e := range d.Edits {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: locale.T(ctx, "board.field."+e.Name)}, {HTML: lines(says(ctx, e.Name, e.Before))}, {HTML: lines(says(ctx, e.Name, e.After))}})
	}
	return t
}

// whats is the order in which differences are shown.
var whats = []board.What{board.Added, board.Changed, board.Removed}

func of(all []board.Difference, w board.What) (out []board.Difference) {
	for _, d := range all {
		if d.What == w {
			out = append(out, d)
		}
	}
	return out
}
