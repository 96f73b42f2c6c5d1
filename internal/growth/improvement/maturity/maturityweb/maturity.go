package maturityweb

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/framework/frameworkview"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func pathTo(key string) string { return "/plan/maturity/" + key }

func themePath(key string, t maturity.Theme) string {
	return pathTo(key) + "/themes/" + url.PathEscape(t.Code)
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.Summaries(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	n, err := p.offered(c)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("improvement.maturity.title", "/plan"), all, c.May(improvement.Write), n))
}

func frameworkTable(ctx context.Context, all []maturity.Summary) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.maturity.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.maturity.framework"), locale.T(ctx, "improvement.maturity.rated"), locale.T(ctx, "improvement.source"))}
	for _, x := range all {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: x.Name, Href: pathTo(x.Key)}, {Text: locale.T(ctx, "improvement.maturity.rated.value", "n", x.Rated(), "all", len(x.Themes))}, {Text: source(ctx, x.Framework)}})
	}
	return t
}

func source(ctx context.Context, f maturity.Framework) string {
	if f.Key == maturity.Ours {
		return locale.T(ctx, "improvement.maturity.source", "n", f.Version.Number, "source", f.Source)
	}
	return locale.T(ctx, "improvement.maturity.imported", "file", f.FileName, "name", f.By, "when", locale.DateTime(f.At))
}

func (p *pages) framework(c *web.Context) error {
	x, _, err := p.s.Find(c.Ctx(), c.Actor, c.R.PathValue("framework"))
	if err != nil {
		return err
	}
	params := c.Page("improvement.maturity.title", "/plan/maturity")
	params.Title = x.Name
	n := newer{}
	if x.Key == maturity.Ours {
		if n, err = p.offered(c); err != nil {
			return err
		}
	}
	return c.Render(frameworkPage(params, x, c.May(improvement.Write), n))
}

// themeTable shows each theme now and before. The shade says what the words say.
func themeTable(ctx context.Context, x maturity.Summary) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.maturity.themes"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.maturity.theme"), locale.T(ctx, "improvement.maturity.now"), locale.T(ctx, "improvement.maturity.last"), locale.T(ctx, "improvement.maturity.change"), locale.T(ctx, "improvement.rating.next_step.short"))}
	for _, s := range x.Standings {
		now := nhsuk.TableCell{Text: level(ctx, s.Now)}
		if s.Now.Level > 0 {
			now.Classes = shades[s.Now.Level-1]
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: s.Theme.Title, Href: themePath(x.Key, s.Theme)}, now, {Text: level(ctx, s.Last)}, {Text: change(ctx, s)}, {Text: next(ctx, s)}})
	}
	return t
}

// shades are those of assets/scss/_heat.scss: the two lowest levels are both white.
var shades = [maturity.Levels]string{"rowan-heat-0", "rowan-heat-0", "rowan-heat-1", "rowan-heat-2", "rowan-heat-3"}

func level(ctx context.Context, r maturity.Rating) string {
	if r.Level == 0 {
		return locale.T(ctx, "improvement.maturity.unrated")
	}
	return locale.T(ctx, "improvement.maturity.level.on", "n", r.Level, "when", r.On.Long())
}

// next is the next step, and that a theme has other words than when it was rated.
func next(ctx context.Context, s maturity.Standing) string {
	if s.Moved {
		return strings.TrimSpace(locale.T(ctx, "improvement.maturity.moved", "n", s.Now.Number) + " " + s.Now.NextStep)
	}
	return s.Now.NextStep
}

func change(ctx context.Context, s maturity.Standing) string {
	levels, ok := s.Change()
	switch {
	case !ok:
		return ""
	case levels > 0:
		return locale.T(ctx, "improvement.maturity.up", "n", levels)
	case levels < 0:
		return locale.T(ctx, "improvement.maturity.down", "n", -levels)
	}
	return locale.T(ctx, "improvement.maturity.same")
}

func (p *pages) find(c *web.Context) (x maturity.Summary, t maturity.Theme, history []maturity.Rating, err error) {
	x, ratings, err := p.s.Find(c.Ctx(), c.Actor, c.R.PathValue("framework"))
	if err != nil {
		return x, t, nil, err
	}
	t, ok := x.Theme(c.R.PathValue("theme"))
	if !ok {
		return x, t, nil, fault.Missing("theme")
	}
	for _, r := range ratings {
		if r.Framework == x.Key && r.Theme == t.Code {
			history = append(history, r)
		}
	}
	return x, t, history, nil
}

func (p *pages) theme(c *web.Context) error {
	x, t, history, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("improvement.maturity.title", pathTo(x.Key))
	params.Title = t.Title
	var moved maturity.Standing
	for _, s := range x.Standings {
		if s.Theme.Code == t.Code {
			moved = s
		}
	}
	return c.Render(themePage(params, x, moved, history, c.May(improvement.Write)))
}

func historyTable(ctx context.Context, x maturity.Summary, history []maturity.Rating) nhsuk.TableParams {
	if x.Key == maturity.Ours {
		return versioned(ctx, history)
	}
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.maturity.history"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.maturity.day"), locale.T(ctx, "improvement.rating.level"), locale.T(ctx, "improvement.rating.evidence"), locale.T(ctx, "improvement.rating.next_step.short"), locale.T(ctx, "improvement.maturity.by"))}
	for _, r := range history {
		t.Rows = append(t.Rows, nhsuk.Cells(r.On.Long(), strconv.Itoa(r.Level), r.Evidence, r.NextStep, r.By))
	}
	return t
}

// versioned is the history of a framework that has versions.
func versioned(ctx context.Context, history []maturity.Rating) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.maturity.history"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.maturity.day"), locale.T(ctx, "improvement.maturity.version"), locale.T(ctx, "improvement.rating.level"), locale.T(ctx, "improvement.rating.evidence"), locale.T(ctx, "improvement.rating.next_step.short"), locale.T(ctx, "improvement.maturity.by"))}
	for _, r := range history {
		t.Rows = append(t.Rows, nhsuk.Cells(r.On.Long(), strconv.Itoa(r.Number), strconv.Itoa(r.Level), r.Evidence, r.NextStep, r.By))
	}
	return t
}

func (p *pages) rate(c *web.Context) error {
	x, t, _, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	form.SetDay(f.Values, "on", locale.Day(c.Now))
	return askRating(c, x, t, f)
}

func askRating(c *web.Context, x maturity.Summary, t maturity.Theme, f form.Form) error {
	levels := frameworkview.Options(c.Ctx(), t, framework.Internal)
	lede := t.Title
	if x.Key == maturity.Ours {
		lede = c.T("improvement.maturity.rate.lede", "title", t.Title, "n", x.Version.Number)
	}
	return ask.Show(c, themePath(x.Key, t), ask.Page{Title: c.T("improvement.maturity.rate"), Lede: lede, Form: f, Button: "improvement.save"},
		form.Radios(f, form.Field{Name: "level", Key: "improvement.rating.level.question", Options: levels}),
		form.TextArea(f, form.Field{Name: "evidence", Key: "improvement.rating.evidence", Rows: 4, Max: improvement.LongestText}),
		form.TextArea(f, form.Field{Name: "next_step", Key: "improvement.rating.next_step", Rows: 3, Max: improvement.LongestText}),
		form.Date(f, form.Field{Name: "on", Key: "improvement.rating.on"}))
}

func (p *pages) ratePost(c *web.Context) error {
	x, t, _, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	r := maturity.Rating{Framework: x.Key, Theme: t.Code, Evidence: f.Get("evidence"), NextStep: f.Get("next_step"), On: f.Day("on")}
	r.Level, _ = strconv.Atoi(f.Get("level")) // none is level 0, which the rule refuses
	if r.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Faults.Merge(maturity.CheckRating(r, locale.Day(c.Now))); f.Bad() {
		return askRating(c, x, t, f)
	}
	return c.Done(p.s.Rate(c.Ctx(), c.Actor, c.Now, r), "improvement.saved", themePath(x.Key, t))
}
