package maturityweb

import (
	"mime/multipart"

	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/upload"
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
	check := f.Get("check") == "yes"
	var report maturity.Report
	err := upload.Take(c, &f, func(name string, file multipart.File) (err error) {
		report, err = p.s.Import(c.Ctx(), c.Actor, c.Now, f.Get("name"), name, file, check)
		return err
	})
	switch {
	case err != nil:
		return err
	case f.Bad():
		return askFile(c, f)
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
	return upload.Rejects(c, x.Rejects)
}

// taken are the themes of a report, as a framework would show them.
func taken(r maturity.Report) []string {
	var out []string
	for _, t := range r.Themes {
		out = append(out, t.Title)
	}
	return out
}
