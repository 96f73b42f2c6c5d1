package safecontactweb

import (
	"context"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type ownView struct {
	safecontact.Mine
	Form form.Form
	ID   uuid.UUID
}

func (p *pages) ownGet(c *web.Context) error { return p.own(c, form.Of(nil), uuid.New(), c.Render) }

func (p *pages) own(c *web.Context, f form.Form, id uuid.UUID, answer func(templ.Component) error) error {
	mine, err := p.s.Own(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return answer(ownPage(c.FormPage("safe_contact.own.title", "/my", f), ownView{mine, f, id}))
}

func (p *pages) ownPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := uuid.Parse(f.Get("ask"))
	if err != nil {
		id = uuid.New()
	}
	kind := f.OneOf("kind", "safe_contact.kind.empty", safecontact.Kinds...)
	f.Required("address", "safe_contact.address.empty")
	if !f.Bad() {
		faults, err := p.s.Ask(c.Ctx(), c.Actor, c.Now, safecontact.Ask{ID: id, Kind: kind, Address: f.Get("address")})
		if err != nil {
			return err
		}
		f.Faults = faults
	}
	if f.Bad() {
		return p.own(c, f, id, c.Invalid)
	}
	return c.Redirect("/my/contact/code")
}

func (p *pages) codeGet(c *web.Context) error {
	return c.Render(codePage(c.Page("safe_contact.code.title", "/my/contact"), form.Of(nil)))
}

func (p *pages) codePost(c *web.Context) error {
	f := form.From(c.R)
	faults, err := p.s.Prove(c.Ctx(), c.Actor, c.Now, f.Get("code"))
	if err != nil {
		return err
	}
	if f.Faults = faults; f.Bad() {
		return c.Invalid(codePage(c.FormPage("safe_contact.code.title", "/my/contact", f), f))
	}
	c.Flash("safe_contact.flash.proved")
	return c.Redirect("/my/contact")
}

// facts are how somebody is reached and how that came about.
func facts(ctx context.Context, m safecontact.Mine) []nhsuk.SummaryRow {
	rows := []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "safe_contact.kind"), locale.T(ctx, "safe_contact.kind."+m.Kind)),
		nhsuk.Row(locale.T(ctx, "safe_contact.address"), m.Address),
		nhsuk.Row(locale.T(ctx, "safe_contact.since"), locale.Date(m.VerifiedAt)),
	}
	switch e := m.Last; {
	case e == nil:
	case e.Method == "code":
		rows = append(rows, nhsuk.Row(locale.T(ctx, "safe_contact.how"), locale.T(ctx, "safe_contact.how.code")))
	default:
		rows = append(rows,
			nhsuk.Row(locale.T(ctx, "safe_contact.how"), locale.T(ctx, "safe_contact.how.taken", "name", e.Recorder, "service", m.Service, "at", locale.DateTime(e.At))),
			nhsuk.Row(locale.T(ctx, "safe_contact.method"), locale.T(ctx, "safe_contact.method."+e.Method)),
			nhsuk.Row(locale.T(ctx, "safe_contact.identity"), locale.T(ctx, "safe_contact.identity."+e.Identity)))
	}
	return rows
}
