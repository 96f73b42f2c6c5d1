package feedweb

import (
	"context"
	"mime/multipart"
	"time"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
	"github.com/rowan-ohwb/rowan/internal/ui/upload"
)

// importView is the page /data/activity.
type importView struct {
	Mappings []feed.Saved
	Options  []form.Option
	Earlier  nhsuk.TableParams
}

func (p *pages) view(c *web.Context) (importView, error) {
	var v importView
	list, err := p.s.Imports(c.Ctx(), c.Actor)
	if err != nil {
		return v, err
	}
	if v.Mappings, err = p.s.Mappings(c.Ctx(), c.Actor); err != nil {
		return v, err
	}
	for _, m := range v.Mappings {
		v.Options = append(v.Options, form.Option{Value: m.Name, Text: m.Name})
	}
	v.Earlier = nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: c.T("feed.earlier"), Size: "m"},
		Head: nhsuk.Heads(c.T("feed.row.file"), c.T("feed.row.mapping"), c.T("feed.row.added"), c.T("feed.row.at"))}
	for _, r := range list {
		v.Earlier.Rows = append(v.Earlier.Rows, []nhsuk.TableCell{{Text: r.FileName, Href: "/data/activity/imports/" + r.ID.String()}, {Text: r.Mapping}, {Text: locale.Number(r.Added)}, {Text: locale.DateTime(r.At)}})
	}
	return v, nil
}

func (p *pages) importGet(c *web.Context) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	return c.Render(importPage(c.Page("feed.title", "/data"), form.Form{}, v))
}

func (p *pages) importPost(c *web.Context) error {
	f := form.From(c.R)
	mapping, err := p.s.MappingNamed(c.Ctx(), c.Actor, f.Get("mapping"))
	unmapped := fault.KindOf(err) == fault.NotFound
	if err != nil && !unmapped {
		return err
	}
	var report feed.Report
	err = upload.Take(c, &f, func(name string, file multipart.File) (err error) {
		if unmapped {
			return nil
		}
		report, err = p.s.Import(c.Ctx(), c.Actor, c.Now, mapping.Mapping, name, file, f.Get("check") == "yes")
		return err
	})
	if err != nil {
		return err
	}
	if unmapped {
		f.Faults.Add("mapping", "feed.mapping.empty")
	}
	if f.Bad() {
		return p.refuse(c, f)
	}
	switch {
	case report.DryRun:
		return c.Render(importedPage(c.Page("feed.checked", "/data/activity"), report, summary(c.Ctx(), report), counts(c.Ctx(), report)))
	case report.Same:
		c.Flash("feed.same")
	default:
		c.Flash("feed.flash")
	}
	return c.Redirect("/data/activity/imports/" + report.ID.String())
}

func (p *pages) refuse(c *web.Context, f form.Form) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	return c.Invalid(importPage(c.FormPage("feed.title", "/data", f), f, v))
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
	return c.Render(importedPage(c.Page("feed.done", "/data/activity"), r, summary(c.Ctx(), r), counts(c.Ctx(), r)))
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

func summary(ctx context.Context, r feed.Report) nhsuk.SummaryListParams {
	row := func(key, value string) nhsuk.SummaryRow { return nhsuk.Row(locale.T(ctx, "feed.row."+key), value) }
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{row("file", r.FileName), row("mapping", r.Mapping), row("rows", locale.Number(r.Rows)), row("added", locale.Number(r.Added)),
		row("known", locale.Number(r.Known)), row("rejected", locale.Number(r.Rejects.N)), row("at", locale.DateTime(r.At)+" "+r.By)}}
}

// counts lists events by month and by kind: in the file, and new. Every kind in every month would be hundreds of rows, on
// a phone one below the other.
func counts(ctx context.Context, r feed.Report) []nhsuk.TableParams {
	return []nhsuk.TableParams{
		counted(ctx, r, "month", func(x feed.Count) string { return month(x.Month) }),
		counted(ctx, r, "kind", func(x feed.Count) string { return string(x.Kind) }),
	}
}

// counted adds up the events that are called the same, in the order in which the names come.
func counted(ctx context.Context, r feed.Report, by string, name func(feed.Count) string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: by == "kind", FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "feed.counts."+by), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "feed.row."+by), locale.T(ctx, "feed.row.in_file"), locale.T(ctx, "feed.row.added"))}
	var names []string
	sums := map[string]feed.Count{}
	for _, x := range r.Counts {
		sum, seen := sums[name(x)]
		if !seen {
			names = append(names, name(x))
		}
		sum.Rows, sum.New = sum.Rows+x.Rows, sum.New+x.New
		sums[name(x)] = sum
	}
	for _, n := range names {
		t.Rows = append(t.Rows, nhsuk.Cells(n, locale.Number(sums[n].Rows), locale.Number(sums[n].New)))
	}
	return t
}

// month writes "2026-03" as people do.
func month(yearMonth string) string {
	t, err := time.ParseInLocation("2006-01", yearMonth, locale.London)
	if err != nil {
		return yearMonth // as a report of another version has it
	}
	return locale.Month(t)
}

// waits lists how many waits of each measure the file makes by itself.
func waits(ctx context.Context, r feed.Report) nhsuk.TableParams {
	t := nhsuk.TableParams{FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "feed.waits"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "feed.row.wait"), locale.T(ctx, "feed.row.waits"))}
	for _, m := range activity.Measures {
		t.Rows = append(t.Rows, nhsuk.Cells(locale.T(ctx, "feed.wait."+string(m)), locale.Number(r.Waits[m])))
	}
	return t
}
