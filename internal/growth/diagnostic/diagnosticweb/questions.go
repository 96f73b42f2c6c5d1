package diagnosticweb

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/questionset"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) sets(c *web.Context) error { return p.setsPage(c, form.Form{}) }

func (p *pages) setsPage(c *web.Context, f form.Form) error {
	sets, err := p.s.Sets(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	page := setsPage(c.FormPage("need.questions.title", "/need/rounds", f), f, p.s.Starter(), sets)
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) upload(c *web.Context) error {
	var f form.Form
	file, header, err := c.R.FormFile("file")
	if err != nil && !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart) {
		return fmt.Errorf("open upload: %w", err)
	}
	if err != nil {
		f.Faults.Add("file", "need.questions.file.empty")
		return p.setsPage(c, f)
	}
	defer file.Close()
	set, err := p.s.Import(c.Ctx(), c.Actor, c.Now, header.Filename, file)
	var refused *sheet.Refused
	if errors.As(err, &refused) {
		f.Faults.Add("file", refused.Key, refused.Args...)
		return p.setsPage(c, f)
	}
	if err != nil {
		return err
	}
	if set.Same {
		c.Flash("need.questions.same")
	} else {
		c.Flash("need.questions.taken")
	}
	return c.Redirect("/need/questions/" + set.ID.String())
}

func (p *pages) starter(c *web.Context) error {
	s := p.s.Starter()
	params := c.Page("need.questions.title", "/need/questions")
	params.Title = s.Name
	return c.Render(setPage(params, p.s.Framework(), diagnostic.Set{Name: s.Name, Questions: s.Questions}, s.Source))
}

func (p *pages) find(c *web.Context) (diagnostic.Set, error) {
	id, err := c.ID("id")
	if err != nil {
		return diagnostic.Set{}, err
	}
	return p.s.FindSet(c.Ctx(), c.Actor, id)
}

func (p *pages) set(c *web.Context) error {
	set, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("need.questions.title", "/need/questions")
	params.Title = set.Name
	return c.Render(setPage(params, p.s.Framework(), set, c.T("need.questions.source", "file", set.FileName, "name", set.By, "when", locale.DateTime(set.At))))
}

// rejects gives the rows that were not taken as a file: line, column and reason, never the row.
func (p *pages) rejects(c *web.Context) error {
	set, err := p.find(c)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "rejects.csv")
	rows := [][]string{{c.T("need.questions.line"), c.T("need.questions.column"), c.T("need.questions.reason")}}
	for _, x := range set.Rejects {
		rows = append(rows, []string{strconv.Itoa(x.Line), sheet.Guard(x.Column), sheet.Guard(x.Reason)})
	}
	return csv.NewWriter(c.W).WriteAll(rows)
}

// listedRejects is how many a page shows; the file has all.
const listedRejects = 50

func rejectTable(ctx context.Context, list []questionset.Reject) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.questions.rejects", "n", len(list)), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.questions.line"), locale.T(ctx, "need.questions.column"), locale.T(ctx, "need.questions.reason"))}
	for _, x := range list[:min(len(list), listedRejects)] {
		t.Rows = append(t.Rows, nhsuk.Cells(locale.Number(x.Line), x.Column, x.Reason))
	}
	return t
}

func questionTable(ctx context.Context, f diagnostic.Framework, list []questionset.Question) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.questions.list", "n", len(list)), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.questions.statement"), locale.T(ctx, "need.questions.section"), locale.T(ctx, "need.questions.code"), locale.T(ctx, "need.questions.form"))}
	for _, q := range list {
		kind := locale.T(ctx, "need.questions.full")
		if q.Short {
			kind = locale.T(ctx, "need.questions.short")
		}
		t.Rows = append(t.Rows, nhsuk.Cells(q.Statement, f.Title(q.Subsection), locale.T(ctx, "need.questions.code.value", "code", q.Code, "n", q.Version), kind))
	}
	return t
}

// wrong is the message beside the file field.
func wrong(ctx context.Context, f form.Form) nhsuk.ErrorMessageParams {
	if x := f.Faults.Of("file"); x != nil {
		return nhsuk.ErrorMessageParams{Text: locale.T(ctx, x.Key, x.Args...)}
	}
	return nhsuk.ErrorMessageParams{}
}
