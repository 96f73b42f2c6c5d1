package handoverweb

import (
	"mime/multipart"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/handover"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/upload"
)

func (p *pages) ask(c *web.Context) error {
	id, err := c.ID("plan")
	if err != nil {
		return err
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, id, uuid.New()), "handover.asked", pathOf(id))
}

func (p *pages) make(c *web.Context) error {
	plan, err := c.ID("plan")
	if err != nil {
		return err
	}
	file, err := c.ID("file")
	if err != nil {
		return err
	}
	content, err := p.s.Make(c.Ctx(), c.Actor, c.Now, plan, file)
	if err != nil {
		return err
	}
	return give(c, "application/zip", "records-"+locale.Day(c.Now).String()+".zip", content)
}

// give hands a file out, and lets nothing on its way keep it.
func give(c *web.Context, kind, name string, content []byte) error {
	c.Attach(kind, name)
	c.W.Header().Set("Content-Length", strconv.Itoa(len(content)))
	c.W.Header().Set("Cache-Control", "no-store")
	_, err := c.W.Write(content)
	return err
}

// file is the file of the address, which was made.
func (p *pages) file(c *web.Context) (b handover.Board, f handover.File, err error) {
	if b, err = p.open(c); err != nil {
		return b, f, err
	}
	id, err := c.ID("file")
	if err != nil {
		return b, f, err
	}
	f, ok := b.File(id)
	switch {
	case !ok:
		err = fault.Missing("file")
	case f.Made.IsZero():
		err = fault.New(fault.Conflict, "handover.unmade")
	case !f.Received.IsZero():
		err = fault.New(fault.Conflict, "handover.received")
	}
	return b, f, err
}

func (p *pages) receipt(c *web.Context) error {
	b, x, err := p.file(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"receiver": {b.Plan.Contact}})
	form.SetDay(f.Values, "on", locale.Day(c.Now))
	return c.Render(receiptPage(c.FormPage("handover.receipt", pathOf(b.Plan.ID), f), f, b, x))
}

func (p *pages) receiptPost(c *web.Context) error {
	b, x, err := p.file(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	r := handover.Receipt{On: f.Day("on", "handover.received.on"), Receiver: f.Get("receiver"), SHA256: strings.ToLower(strings.Join(strings.Fields(f.Get("sha256")), ""))}
	f.Faults.Merge(r.Check(x, locale.Day(c.Now)))
	err = upload.Take(c, &f, func(name string, document multipart.File) error {
		bad, err := p.s.Keep(c.Ctx(), c.Actor, c.Now, b.Plan.ID, x.ID, r, name, document)
		f.Faults.Merge(bad)
		return err
	})
	switch {
	case err != nil:
		return err
	case f.Bad():
		f.Faults.Order([]string{"file", "on", "receiver", "sha256"})
		return c.Invalid(receiptPage(c.FormPage("handover.receipt", pathOf(b.Plan.ID), f), f, b, x))
	}
	return c.Done(nil, "handover.kept", pathOf(b.Plan.ID))
}

func (p *pages) document(c *web.Context) error {
	plan, err := c.ID("plan")
	if err != nil {
		return err
	}
	file, err := c.ID("file")
	if err != nil {
		return err
	}
	_, content, err := p.s.Document(c.Ctx(), c.Actor, c.Now, plan, file)
	if err != nil {
		return err
	}
	return give(c, "application/octet-stream", "receipt-"+file.String(), content)
}
