package evidenceweb

import (
	"context"
	"mime/multipart"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/locale"
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
	return c.Render(importPage(c.Page("evidence.import.title", "/evidence"), form.Form{}, earlier(c.Ctx(), list)))
}

func (p *pages) importPost(c *web.Context) error {
	f := form.From(c.R)
	var report evidence.Report
	err := upload.Take(c, &f, func(name string, file multipart.File) (err error) {
		report, err = p.s.Import(c.Ctx(), c.Actor, c.Now, name, file, f.Get("check") == "yes")
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
		return c.Render(importedPage(c.Page("evidence.import.checked", "/evidence/standards/import"), report, summary(c.Ctx(), report)))
	case report.Same:
		c.Flash("evidence.import.same")
	default:
		c.Flash("evidence.import.flash")
	}
	return c.Redirect("/evidence/imports/" + report.ID.String())
}

func (p *pages) refuse(c *web.Context, f form.Form) error {
	list, err := p.s.Imports(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Invalid(importPage(c.FormPage("evidence.import.title", "/evidence", f), f, earlier(c.Ctx(), list)))
}

func (p *pages) find(c *web.Context) (evidence.Report, error) {
	id, err := c.ID("id")
	if err != nil {
		return evidence.Report{}, err
	}
	return p.s.FindImport(c.Ctx(), c.Actor, id)
}

func (p *pages) imported(c *web.Context) error {
	r, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(importedPage(c.Page("evidence.import.done", "/evidence/standards/import"), r, summary(c.Ctx(), r)))
}

func (p *pages) rejects(c *web.Context) error {
	r, err := p.find(c)
	if err != nil {
		return err
	}
	return upload.Rejects(c, r.Rejects.List)
}

func summary(ctx context.Context, r evidence.Report) nhsuk.SummaryListParams {
	row := func(key, value string) nhsuk.SummaryRow {
		return nhsuk.Row(locale.T(ctx, "evidence.import.row."+key), value)
	}
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{row("file", r.FileName), row("rows", locale.Number(r.Rows)), row("changed", locale.Number(r.Changed)),
		row("rejected", locale.Number(r.Rejects.N)), row("at", strings.TrimSpace(locale.DateTime(r.At)+" "+r.By))}}
}

func earlier(ctx context.Context, list []evidence.Report) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "evidence.import.earlier"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "evidence.import.row.file"), locale.T(ctx, "evidence.import.row.changed"), locale.T(ctx, "evidence.import.row.rejected"), locale.T(ctx, "evidence.import.row.at"))}
	for _, r := range list {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: r.FileName, Href: "/evidence/imports/" + r.ID.String()}, {Text: locale.Number(r.Changed)}, {Text: locale.Number(r.Rejects.N)}, {Text: locale.DateTime(r.At)}})
	}
	return t
}
