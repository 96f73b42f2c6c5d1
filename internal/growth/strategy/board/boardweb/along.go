package boardweb

import (
	"cmp"
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// What goes along with a version: the co-production log and the equality impact.

func (p *pages) talks(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(talksPage(titled(c, "board.talks.title", path(v), v), v, c.May(strategy.Write) && v.State.TakesMore()))
}

func (p *pages) talk(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	return p.askTalk(c, v, f)
}

func (p *pages) askTalk(c *web.Context, v board.Version, f form.Form) error {
	return answerWith(c, "board.talk.title", path(v)+"/coproduction", "board.talk.button", c.T("board.talk.lede"), f,
		form.Date(f, form.Field{Name: "on", Key: "board.talk.on"}),
		form.Text(f, form.Field{Name: "who", Key: "board.talk.who"}),
		form.TextArea(f, form.Field{Name: "asked", Key: "board.talk.asked", Rows: 3, Max: strategy.LongestText}),
		form.TextArea(f, form.Field{Name: "changed", Key: "board.talk.changed", Rows: 3, Max: strategy.LongestText}))
}

func (p *pages) talkPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	t := board.Talk{On: f.Day("on"), Who: f.Get("who"), Asked: f.Get("asked"), Changed: f.Get("changed")}
	if t.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Faults.Merge(board.CheckTalk(t, locale.Day(c.Now))); f.Bad() {
		return p.askTalk(c, v, f)
	}
	return c.Done(p.s.LogTalk(c.Ctx(), c.Actor, c.Now, v.N, t), "board.talk.done", path(v)+"/coproduction")
}

func (p *pages) impacts(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(impactsPage(titled(c, "board.impacts.title", path(v), v), v, p.s.Plan().Pack(), c.May(strategy.Write) && v.State.TakesMore()))
}

// impactsTable lists some characteristics with what was found, or that nobody has looked yet.
func impactsTable(ctx context.Context, v board.Version, group string, some []string, writes bool) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "board.impacts."+group), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "board.impact.characteristic.short"), locale.T(ctx, "board.impact.effect"), locale.T(ctx, "board.impact.evidence"), locale.T(ctx, "board.impact.mitigation"))}
	for _, x := range some {
		first := nhsuk.TableCell{Text: locale.T(ctx, "strategy.characteristic."+x), Attributes: map[string]any{"id": x}}
		if writes {
			first.Href = path(v) + "/equality/add?characteristic=" + x
		}
		row := []nhsuk.TableCell{first, {Text: locale.T(ctx, "board.impact.open")}, {}, {}}
		if j := slices.IndexFunc(v.Impacts, func(i board.Impact) bool { return i.Characteristic == x }); j >= 0 {
			i := v.Impacts[j]
			effect := nhsuk.TableCell{Text: locale.T(ctx, "board.impact.effect."+i.Effect)}
			if v.State.TakesMore() && v.Outgrown(i) {
				effect = nhsuk.TableCell{HTML: again(effect.Text)}
			}
			row = []nhsuk.TableCell{first, effect, {Text: i.Evidence}, {Text: cmp.Or(i.Mitigation, locale.T(ctx, "board.impact.mitigation.none"))}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// impact asks about one characteristic, or about several at once for which the same was found.
func (p *pages) impact(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{"characteristic": c.R.URL.Query()["characteristic"]})
	if j := slices.IndexFunc(v.Impacts, func(i board.Impact) bool { return i.Characteristic == f.Get("characteristic") }); j >= 0 {
		i := v.Impacts[j]
		f.Values["effect"], f.Values["evidence"], f.Values["mitigation"] = []string{i.Effect}, []string{i.Evidence}, []string{i.Mitigation}
	}
	return p.askImpact(c, v, f)
}

func (p *pages) askImpact(c *web.Context, v board.Version, f form.Form) error {
	return answerWith(c, "board.impact.title", path(v)+"/equality", "strategy.save", c.T("board.impact.lede"), f,
		form.Checkboxes(f, form.Field{Name: "characteristic", Key: "board.impact.characteristic", Options: form.Options("strategy.characteristic", v.Characters...)}),
		form.Radios(f, form.Field{Name: "effect", Key: "board.impact.effect", Options: form.Options("board.impact.effect", board.Effects...)}),
		form.TextArea(f, form.Field{Name: "evidence", Key: "board.impact.evidence", Rows: 3, Max: strategy.LongestText}),
		form.TextArea(f, form.Field{Name: "mitigation", Key: "board.impact.mitigation", Rows: 3, Max: strategy.LongestText}))
}

func (p *pages) impactPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	i := board.Impact{Effect: f.Get("effect"), Evidence: f.Get("evidence"), Mitigation: f.Get("mitigation")}
	if f.Faults = board.CheckImpact(f.All("characteristic"), i, v.Characters); f.Bad() {
		return p.askImpact(c, v, f)
	}
	return c.Done(p.s.Judge(c.Ctx(), c.Actor, c.Now, v.N, f.All("characteristic"), i), "strategy.saved", path(v)+"/equality")
}
