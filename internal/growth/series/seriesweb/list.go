package seriesweb

import (
	"context"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("series.list.title", ""), listTable(c.Ctx(), all, c.Now), len(all) == 0, c.May(series.Take), c.May(figure.Read)))
}

func listTable(ctx context.Context, all []series.Series, now time.Time) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "series.list.table"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "series.list.name"), locale.T(ctx, "series.list.latest"), locale.T(ctx, "series.list.source"), locale.T(ctx, "series.list.filled"),
			locale.T(ctx, "series.list.coverage"), locale.T(ctx, "series.list.missing"))}
	for _, s := range all {
		for _, x := range s.Parts {
			n, of := x.Coverage()
			t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: name(s, x), Href: s.Path(x.Part)},
				{Text: value(ctx, s, x.Last()) + " (" + seriesfile.PeriodText(s.Frequency, x.Last().Start) + ")"}, {Text: s.Source}, {Text: locale.Date(s.Filled)},
				{Text: locale.T(ctx, "series.coverage", "n", n, "of", of)}, {Text: gaps(ctx, s, x, now)}})
		}
	}
	return t
}

func name(s series.Series, p series.Part) string {
	if p.Name == "" {
		return s.Title
	}
	return s.Title + ": " + p.Name
}

// value is what a period says, or why it says nothing.
func value(ctx context.Context, s series.Series, p series.Period) string {
	if p.Why == series.Shown {
		return s.Words(p.Value)
	}
	return locale.T(ctx, "series.why."+string(p.Why))
}

// namedGaps is how many missing periods are named; the page of the series shows all.
const namedGaps = 6

// gaps says which periods are missing, and how many should have come since.
func gaps(ctx context.Context, s series.Series, p series.Part, now time.Time) string {
	missing := p.Missing()
	var said []string
	if len(missing) > 0 {
		said = append(said, names(ctx, s, missing))
	}
	if n := s.Overdue(p, now); n > 0 {
		said = append(said, locale.T(ctx, "series.overdue", "n", n))
	}
	if len(said) == 0 {
		return locale.T(ctx, "series.none_missing")
	}
	return strings.Join(said, ". ")
}

func names(ctx context.Context, s series.Series, at []civil.Date) string {
	var out []string
	for _, d := range at[:min(len(at), namedGaps)] {
		out = append(out, seriesfile.PeriodText(s.Frequency, d))
	}
	if more := len(at) - len(out); more > 0 {
		out = append(out, locale.T(ctx, "series.more", "n", more))
	}
	return strings.Join(out, ", ")
}
