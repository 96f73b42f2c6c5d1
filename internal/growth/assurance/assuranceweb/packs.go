package assuranceweb

import (
	"fmt"
	"io"

	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

type packsView struct {
	Form      form.Form
	Packs     []assurance.Pack
	MayFreeze bool
}

func (p *pages) packs(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f, err := begin()
	if err != nil {
		return err
	}
	return c.Render(packsPage(c.Page("assurance.packs.title", "/assurance"), packsView{f, r.Packs, c.May(assurance.Freeze)}))
}

// freeze makes the pack: one action.
func (p *pages) freeze(c *web.Context) error {
	id, err := form.From(c.R).Own()
	if err != nil {
		return err
	}
	return c.Done(p.s.Freeze(c.Ctx(), c.Actor, c.Now, id), "assurance.freeze.saved", "/assurance/packs/"+id.String())
}

func (p *pages) findPack(c *web.Context) (assurance.Pack, error) {
	id, err := c.ID("id")
	if err != nil {
		return assurance.Pack{}, err
	}
	return p.s.FindPack(c.Ctx(), c.Actor, id)
}

func title(c *web.Context, x assurance.Pack) string {
	return c.T("assurance.pack.title", "n", x.N, "when", on(x.At))
}

func (p *pages) pack(c *web.Context) error {
	x, err := p.findPack(c)
	if err != nil {
		return err
	}
	params := c.Page("assurance.packs.title", "/assurance/packs")
	params.Title = title(c, x)
	return c.Render(packPage(params, x, c.May(assurance.Ask)))
}

// download gives the pack as one file that prints without Rowan. One that is no longer what was frozen is not given out.
func (p *pages) download(c *web.Context) error {
	x, err := p.findPack(c)
	if err != nil {
		return err
	}
	if !x.Verified() {
		return fmt.Errorf("pack %s does not have its hash any more", x.ID)
	}
	text, err := standalone.File(c.Ctx(), title(c, x), x.Body, c.T("assurance.pack.hash.file", "hash", x.SHA256))
	if err != nil {
		return err
	}
	c.Attach("text/html; charset=utf-8", fmt.Sprintf("assurance-pack-%d-%s.html", x.N, locale.Day(x.At)))
	_, err = io.WriteString(c.W, text)
	return err
}
