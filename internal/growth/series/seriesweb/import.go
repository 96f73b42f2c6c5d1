package seriesweb

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
	"github.com/rowan-ohwb/rowan/internal/ui/upload"
)

func (p *pages) importGet(c *web.Context) error {
	list, err := p.s.Imports(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(importPage(c.Page("series.import.title", "/data"), form.Form{}, p.s.Suggested(), earlier(c.Ctx(), list)))
}

// importPost takes a file of measures or of survey results: its first row says which.
func (p *pages) importPost(c *web.Context) error {
	f := form.From(c.R)
	var report intake.Report
	err := upload.Take(c, &f, func(name string, file multipart.File) error {
		take := p.s.Import
		results, err := isSurvey(file)
		if err != nil {
			return err
		}
		if results {
			take = p.survey.Import
		}
		report, err = take(c.Ctx(), c.Actor, c.Now, name, file, f.Get("check") == "yes")
		return err
	})
	if err != nil {
		return err
	}
	if f.Bad() {
		return p.refuse(c, f)
	}
	switch {
	case report.DryRun:
		return c.Render(importedPage(c.Page("series.import.checked", "/data/import"), report, summary(c.Ctx(), report)))
	case report.Same:
		c.Flash("series.import.same")
	default:
		c.Flash("series.import.flash")
	}
	return c.Redirect("/data/imports/" + report.ID.String())
}

// isSurvey looks at the heading and goes back to the beginning. What is no table is refused by whoever reads it next.
func isSurvey(file multipart.File) (bool, error) {
	t, err := sheet.NewTable(file)
	if _, back := file.Seek(0, io.SeekStart); back != nil {
		return false, fmt.Errorf("read upload again: %w", back)
	}
	return err == nil && t.Has("question"), nil
}

func (p *pages) refuse(c *web.Context, f form.Form) error {
	list, err := p.s.Imports(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Invalid(importPage(c.FormPage("series.import.title", "/data", f), f, p.s.Suggested(), earlier(c.Ctx(), list)))
}

func (p *pages) imported(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	r, err := p.s.FindImport(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	return c.Render(importedPage(c.Page("series.import.done", "/data/import"), r, summary(c.Ctx(), r)))
}

func (p *pages) rejects(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	r, err := p.s.FindImport(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	return upload.Rejects(c, r.Rejects.List)
}

func summary(ctx context.Context, r intake.Report) nhsuk.SummaryListParams {
	row := func(key, value string) nhsuk.SummaryRow {
		return nhsuk.Row(locale.T(ctx, "series.import.row."+key), value)
	}
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{row("file", r.FileName), row("kind", locale.T(ctx, "series.import.kind."+string(r.Kind))), row("rows", locale.Number(r.Rows)),
		row("changed", locale.Number(r.Changed)), row("rejected", locale.Number(r.Rejects.N)), row("at", strings.TrimSpace(locale.DateTime(r.At)+" "+r.By))}}
}

func earlier(ctx context.Context, list []intake.Report) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "series.import.earlier"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "series.import.row.file"), locale.T(ctx, "series.import.row.kind"), locale.T(ctx, "series.import.row.changed"), locale.T(ctx, "series.import.row.at"))}
	for _, r := range list {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: r.FileName, Href: "/data/imports/" + r.ID.String()}, {Text: locale.T(ctx, "series.import.kind."+string(r.Kind))},
			{Text: locale.Number(r.Changed)}, {Text: locale.DateTime(r.At)}})
	}
	return t
}
