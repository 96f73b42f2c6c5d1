package absenceweb

import (
	"context"
	"encoding/csv"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/growth/absence"
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
	return c.Render(importPage(c.Page("absence.import.title", "/absence"), form.Form{}, list))
}

// importPost takes the file as it stands on disk or in memory after the server has bounded and parsed the body.
func (p *pages) importPost(c *web.Context) error {
	var f form.Form
	var report absence.Report
	err := upload.Take(c, &f, func(name string, file multipart.File) (err error) {
		report, err = p.s.Import(c.Ctx(), c.Actor, c.Now, name, file)
		return err
	})
	if err != nil {
		return err
	}
	if f.Bad() {
		return p.refuse(c, f)
	}
	if report.Same {
		c.Flash("absence.import.same")
	} else {
		c.Flash("absence.import.flash")
	}
	return c.Redirect("/absence/imports/" + report.ID.String())
}

func (p *pages) refuse(c *web.Context, f form.Form) error {
	list, err := p.s.Imports(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Invalid(importPage(c.FormPage("absence.import.title", "/absence", f), f, list))
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
	return c.Render(importedPage(c.Page("absence.import.done.title", "/absence/import"), r))
}

// rejects gives the rows that were not counted as a file: line, column and reason, never the row.
func (p *pages) rejects(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	r, err := p.s.FindImport(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "rejects.csv")
	out := csv.NewWriter(c.W)
	rows := [][]string{{c.T("absence.import.done.line"), c.T("absence.import.done.column"), c.T("absence.import.done.reason")}}
	for _, x := range r.Rejects {
		rows = append(rows, []string{strconv.Itoa(x.Line), sheet.Guard(x.Column), sheet.Guard(c.T(x.Reason))})
	}
	return out.WriteAll(rows)
}

// summary is what became of a file.
func summary(ctx context.Context, r absence.Report) nhsuk.SummaryListParams {
	row := func(key, value string) nhsuk.SummaryRow {
		return nhsuk.Row(locale.T(ctx, "absence.import.done."+key), value)
	}
	rows := []nhsuk.SummaryRow{row("file", r.FileName), row("layout", r.Layout), row("rows", locale.Number(r.Rows)), row("kept", locale.Number(r.Kept)), row("rejected", locale.Number(r.Rejected))}
	if !r.First.IsZero() {
		rows = append(rows, row("months", locale.T(ctx, "absence.import.done.months.value", "first", r.First.MonthYear(), "last", r.Last.MonthYear())))
	}
	return nhsuk.SummaryListParams{Rows: append(rows, row("at", locale.DateTime(r.At)))}
}

func unchanged(r absence.Report) string {
	var names []string
	for _, m := range r.Unchanged {
		names = append(names, m.MonthYear())
	}
	return strings.Join(names, ", ")
}

// listedRejects is how many a page shows; the file has all.
const listedRejects = 50

func rejectTable(ctx context.Context, r absence.Report) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "absence.import.done.rejects"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "absence.import.done.line"), locale.T(ctx, "absence.import.done.column"), locale.T(ctx, "absence.import.done.reason"))}
	for _, x := range r.Rejects[:min(len(r.Rejects), listedRejects)] {
		t.Rows = append(t.Rows, nhsuk.Cells(locale.Number(x.Line), x.Column, locale.T(ctx, x.Reason)))
	}
	return t
}

func earlier(ctx context.Context, list []absence.Report) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "absence.import.earlier"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "absence.import.done.file"), locale.T(ctx, "absence.import.done.layout"), locale.T(ctx, "absence.import.done.at"))}
	for _, r := range list {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: r.FileName, Href: "/absence/imports/" + r.ID.String()}, {Text: r.Layout}, {Text: locale.DateTime(r.At)}})
	}
	return t
}
