package uptake

import (
	"context"
	"net/url"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Page is the page of an uptake, in keys of words: its title, what is counted, that nothing is counted yet, when the month of the board
// was over, and how it was counted.
type Page[N any] struct {
	TitleKey, LedeKey, NoneKey, OfKey, HowKey string
	Columns                                   []Column[N]
}

// Column is one of the table, beside the unit's name: the key of its head, and what stands below it.
type Column[N any] struct {
	HeadKey string
	Cell    func(ctx context.Context, count N) string
}

// Render answers the page: all teams where they are few, else those of the department that the address names.
func (p Page[N]) Render(c *web.Context, b Board[N]) error {
	ctx := c.Ctx()
	teams, departments := b.Choose(c.R.URL.Query().Get("department"))
	v := view{lede: c.T(p.LedeKey), none: b.Month.IsZero(), how: c.T(p.HowKey)}
	if v.none {
		v.how = c.T(p.NoneKey)
		return c.Render(page(c.Page(p.TitleKey, ""), v))
	}
	v.table = nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: c.T(p.OfKey, "month", b.Month.MonthYear()), Size: "m"},
		Head: nhsuk.Heads(c.T("uptake.team"))}
	for _, x := range p.Columns {
		v.table.Head = append(v.table.Head, nhsuk.TableHead{Text: c.T(x.HeadKey), Format: "numeric"})
	}
	for _, u := range append([]Unit[N]{b.Whole}, teams...) {
		row := nhsuk.Cells(u.name(ctx))
		for _, x := range p.Columns {
			row = append(row, nhsuk.TableCell{Text: x.Cell(ctx, u.Count), Format: "numeric"})
		}
		v.table.Rows = append(v.table.Rows, row)
	}
	for _, d := range departments {
		v.departments = append(v.departments, link{named(ctx, d), c.R.URL.Path + "?" + url.Values{"department": {d}}.Encode()})
	}
	return c.Render(page(c.Page(p.TitleKey, ""), v))
}

type view struct {
	lede, how   string
	none        bool
	table       nhsuk.TableParams
	departments []link // to choose from; none where all teams are on the page
}

type link struct{ text, path string }

// name names a part of the organisation.
func (p Place) name(ctx context.Context) string {
	switch p.Part {
	case Whole:
		return locale.T(ctx, "uptake.whole")
	case Rest:
		return locale.T(ctx, "uptake.rest", "department", named(ctx, p.Department))
	}
	return named(ctx, p.Department) + ", " + p.Team
}

// named names a department, which may have no name in the workforce record.
func named(ctx context.Context, department string) string {
	if department == "" {
		return locale.T(ctx, "uptake.no_department")
	}
	return department
}

// Number shows a number of a board.
func Number(ctx context.Context, n int) string {
	if n == 0 {
		return locale.T(ctx, "uptake.few")
	}
	return locale.Number(n)
}
