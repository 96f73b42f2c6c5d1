package maturityweb

import (
	"errors"

	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) ask(c *web.Context) error { return askFile(c, form.Form{}) }

func askFile(c *web.Context, f form.Form) error {
	page := importPage(c.FormPage("improvement.maturity.import", "/plan/maturity", f), f)
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) takeIn(c *web.Context) error {
	f := form.From(c.R)
	f.Required("name", "improvement.maturity.name.empty")
	f.Limit("name", improvement.LongestTitle)
	file, name, err := c.Upload("file")
	if err != nil {
		return err
	}
	if file == nil {
		f.Faults.Add("file", "form.upload.empty")
		return askFile(c, f)
	}
	defer file.Close()
	if f.Bad() {
		return askFile(c, f)
	}
	check := f.Get("check") == "yes"
	report, err := p.s.Import(c.Ctx(), c.Actor, c.Now, f.Get("name"), name, file, check)
	var refused *sheet.Refused
	if errors.As(err, &refused) {
		f.Faults.Add("file", refused.Key, refused.Args...)
		return askFile(c, f)
	}
	switch {
	case err != nil:
		return err
	case check:
		return c.Render(checkedPage(c.Page("improvement.maturity.checked", "/plan/maturity/import"), report))
	case report.Same:
		c.Flash("improvement.maturity.taken.same")
	default:
		c.Flash("improvement.maturity.taken")
	}
	return c.Redirect(pathTo(report.Key))
}

// rejects gives the rows that were not taken as a file: line, column and reason, never the row.
func (p *pages) rejects(c *web.Context) error {
	x, _, err := p.s.Find(c.Ctx(), c.Actor, c.R.PathValue("framework"))
	if err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "text/csv; charset=utf-8")
	c.W.Header().Set("Content-Disposition", `attachment; filename="rejects.csv"`)
	return sheet.WriteRejects(c.W, x.Rejects, c.T)
}

// taken are the themes of a report, as a framework would show them.
func taken(r maturity.Report) []string {
	var out []string
	for _, t := range r.Themes {
		out = append(out, t.Title)
	}
	return out
}
