package workforceweb

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) team(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("workforce.team.title", "")
	params.Wide = true
	return c.Render(teamPage(params, t, c.May(workforce.Write), locale.Day(c.Now)))
}

// table is one with its caption; the last columns are numbers.
func table(ctx context.Context, caption string, words int, heads ...string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "m"}}
	for i, key := range heads {
		h := nhsuk.TableHead{Text: locale.T(ctx, key)}
		if i >= words {
			h.Format = "numeric"
		}
		t.Head = append(t.Head, h)
	}
	return t
}

// row is a row of a table: the first cells are words, the others numbers.
func row(words int, texts ...string) []nhsuk.TableCell {
	cells := nhsuk.Cells(texts...)
	for i := words; i < len(cells); i++ {
		cells[i].Format = "numeric"
	}
	return cells
}

func wte(x float64) string { return decimal(x, 1) }

func percent(ctx context.Context, share float64) string {
	return locale.T(ctx, "workforce.percent", "n", decimal(100*share, 0))
}

func roleTable(ctx context.Context, t workforce.Team) nhsuk.TableParams {
	out := lineTable(ctx, "workforce.team.roles", "workforce.role")
	lines, all := t.ByRole()
	for _, l := range lines {
		out.Rows = append(out.Rows, lineRow(ctx, l.Role.Name, l))
	}
	out.Rows = append(out.Rows, lineRow(ctx, locale.T(ctx, "workforce.all"), all))
	return out
}

func bandTable(ctx context.Context, t workforce.Team) nhsuk.TableParams {
	out := lineTable(ctx, "workforce.team.bands", "workforce.band")
	for _, l := range t.ByBand() {
		out.Rows = append(out.Rows, lineRow(ctx, bandName(ctx, l.Band), l.RoleLine))
	}
	return out
}

func lineTable(ctx context.Context, caption, of string) nhsuk.TableParams {
	return table(ctx, locale.T(ctx, caption), 1, of, "workforce.funded", "workforce.filled", "workforce.funded_wte", "workforce.filled_wte", "workforce.vacant_wte", "workforce.vacancy_rate")
}

func lineRow(ctx context.Context, name string, l workforce.RoleLine) []nhsuk.TableCell {
	return row(1, name, locale.Number(l.Heads), locale.Number(l.InPost), wte(l.Funded), wte(l.WTE), wte(l.Vacancy()), percent(ctx, l.Rate()))
}

func (t view) sentence(ctx context.Context) string {
	_, all := t.ByRole()
	if all.Vacancy() < 0.05 {
		return locale.T(ctx, "workforce.team.full", "wte", wte(all.WTE))
	}
	return locale.T(ctx, "workforce.team.sentence", "funded", wte(all.Funded), "wte", wte(all.WTE), "vacant", wte(all.Vacancy()), "rate", percent(ctx, all.Rate()))
}

// view is a team as pages say it.
type view struct{ workforce.Team }

func postTable(ctx context.Context, t workforce.Team, writes bool, today civil.Date) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.team.posts"), 3, "workforce.post", "workforce.role", "workforce.band", "workforce.funded", "workforce.filled", "workforce.wte.each", "workforce.years.short")
	out.Head = append(out.Head, nhsuk.Heads(locale.T(ctx, "workforce.vacant"), locale.T(ctx, "workforce.funding"))...)
	for _, p := range t.Posts {
		role, _ := t.Pack.Role(p.Role)
		cells := row(3, p.Title, role.Name, bandName(ctx, p.Band), locale.Number(p.Heads), locale.Number(p.InPost), locale.Plain(p.WTE), decimal(p.YearsAt(today), 1))
		if writes {
			cells[0].Href = p.Path()
		}
		vacant, funding := locale.T(ctx, "workforce.vacant.none"), locale.T(ctx, "workforce.funding."+p.Funding)
		if p.Vacant() > 0 {
			vacant = locale.T(ctx, "workforce.vacant.since", "n", p.Vacant(), "day", p.VacantSince.Long())
		}
		if !p.ContractEnds.IsZero() {
			funding = locale.T(ctx, "workforce.funding.until", "day", p.ContractEnds.Long())
		}
		out.Rows = append(out.Rows, append(cells, nhsuk.Cells(vacant, funding)...))
	}
	return out
}

func singleText(ctx context.Context, s workforce.Single) string {
	switch {
	case s.Skill && s.Heads == 0:
		return locale.T(ctx, "workforce.single.skill.none", "name", s.Name)
	case s.Skill:
		return locale.T(ctx, "workforce.single.skill", "name", s.Name, "post", s.Post)
	case s.Heads == 0:
		return locale.T(ctx, "workforce.single.role.none", "name", s.Name)
	}
	return locale.T(ctx, "workforce.single.role", "name", s.Name, "post", s.Post)
}

func heirTable(ctx context.Context, t workforce.Team) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.succession"), 3, "workforce.post", "workforce.successor.short", "workforce.ready.short")
	for _, h := range t.Succession() {
		who, ready := locale.T(ctx, "workforce.succession.none"), ""
		if h.Successor != "" {
			who, ready = h.Successor, locale.T(ctx, "workforce.ready."+h.Ready)
		}
		out.Rows = append(out.Rows, nhsuk.Cells(h.Post.Title, who, ready))
	}
	return out
}

func ratioTable(ctx context.Context, t workforce.Team) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.ratio"), 3, "workforce.ratio.who", "workforce.ratio.quoted", "workforce.ratio.source", "workforce.ratio.ours")
	for _, r := range t.Compare() {
		quoted, ours := locale.Number(r.Low), locale.T(ctx, "workforce.ratio.nobody")
		if r.High > r.Low {
			quoted = locale.T(ctx, "workforce.ratio.range", "low", locale.Number(r.Low), "high", locale.Number(r.High))
		}
		if r.Staff > 0 {
			ours = locale.Number(r.Staff)
		}
		out.Rows = append(out.Rows, row(3, r.Name, quoted, locale.T(ctx, "workforce.ratio.source.value", "source", strings.TrimSuffix(r.Source, "."), "mark", r.Mark), ours))
	}
	return out
}

// has says that some post names a successor, or should.
func heirs(t workforce.Team) bool { return len(t.Succession()) > 0 }

// titleOf names a post, or what it was.
func titleOf(t workforce.Team, post uuid.UUID, otherwise string) string {
	if p, ok := t.Post(post); ok {
		return p.Title
	}
	return otherwise
}
