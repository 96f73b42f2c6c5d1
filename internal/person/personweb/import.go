package personweb

import (
	"bytes"
	"errors"
	"io"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) importGet(c *web.Context) error {
	return c.Render(importPage(c.Page("person.import.title", ""), form.Form{}))
}

// importPost shows what a file would change. Nothing is kept: the page carries the file to its own confirmation,
// so what is confirmed is what was shown, whichever server answers.
func (p *pages) importPost(c *web.Context) error {
	f := form.Form{}
	content, err := upload(c)
	switch {
	case err != nil:
		return err
	case len(content) == 0:
		f.Faults.Add("file", "person.import.empty")
		return c.Invalid(importPage(c.FormPage("person.import.title", "", f), f))
	}
	report, err := p.people.Import(c.Ctx(), c.Actor, c.Now, bytes.NewReader(content), true)
	var refused *sheet.Refused
	if errors.As(err, &refused) {
		f.Faults.Add("file", refused.Key, refused.Args...)
		return c.Invalid(importPage(c.FormPage("person.import.title", "", f), f))
	}
	if err != nil {
		return err
	}
	carried, err := pack(content)
	if err != nil {
		return err
	}
	return c.Render(differencesPage(c.Page("person.import.differences", "/people-admin/import"), report, carried))
}

// confirmPost imports the file that was shown.
func (p *pages) confirmPost(c *web.Context) error {
	content, err := unpack(c.Text("feed"))
	if err != nil {
		return err
	}
	report, err := p.people.Import(c.Ctx(), c.Actor, c.Now, bytes.NewReader(content), false)
	if err != nil {
		return err
	}
	return c.Render(donePage(c.Page("person.import.done", "/people-admin/import"), report, c.Text("feed")))
}

// rejectsPost gives back the rows that were not taken.
func (p *pages) rejectsPost(c *web.Context) error {
	content, err := unpack(c.Text("feed"))
	if err != nil {
		return err
	}
	report, err := p.people.Import(c.Ctx(), c.Actor, c.Now, bytes.NewReader(content), true)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := report.WriteRejects(&out, locale.From(c.Ctx())); err != nil {
		return err
	}
	c.Attach(web.CSV, "rejected-rows.csv")
	_, err = out.WriteTo(c.W)
	return err
}

// upload gives the file of the form; none is no error.
func upload(c *web.Context) ([]byte, error) {
	f, _, err := c.Upload("file")
	if err != nil || f == nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
