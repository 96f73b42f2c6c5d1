package systemweb

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
	"github.com/rowan-ohwb/rowan/internal/ui/upload"
)

// items are the elements that an organisation has told the score of, in their order.
func items(r system.Side, metric string) (out []string) {
	for k := range r.Figures {
		if k[0] == metric {
			out = append(out, k[1])
		}
	}
	slices.Sort(out)
	return out
}

func (p *pages) export(c *web.Context) error {
	rows, err := p.s.Export(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "released.csv")
	return release.WriteCSV(c.W, p.s.Pack(), rows)
}

func (p *pages) releases(c *web.Context) error {
	all, keys, err := p.s.Arrived(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(releasesPage(c.Page("system.releases", home), arrived(c.Ctx(), all), keys, c.May(system.Take)))
}

func arrived(ctx context.Context, all []system.Arrival) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "system.arrived"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "network.organisation"), locale.T(ctx, "system.as_at"), locale.T(ctx, "system.figures"), locale.T(ctx, "system.way"), locale.T(ctx, "system.taken"))}
	for _, r := range all {
		t.Rows = append(t.Rows, nhsuk.Cells(systemview.Label(ctx, r.Name, r.Code), r.AsAt.Long(), locale.Number(r.Figures), locale.T(ctx, "system.way."+r.Way), locale.DateTime(r.Taken)))
	}
	return t
}

func (p *pages) take(c *web.Context) error {
	return c.Render(takePage(c.Page("system.take", received), form.Form{}))
}

// mostUpload is more than any release takes; the rest is not read.
const mostUpload = 5 << 20

func (p *pages) takePost(c *web.Context) error {
	f := form.From(c.R)
	err := upload.Take(c, &f, func(_ string, file multipart.File) error {
		content, err := io.ReadAll(io.LimitReader(file, mostUpload))
		if err != nil {
			return fmt.Errorf("read upload: %w", err)
		}
		_, err = p.s.Take(c.Ctx(), c.Actor, c.Now, content)
		return err
	})
	switch {
	case err != nil:
		return err
	case f.Bad():
		return c.Invalid(takePage(c.FormPage("system.take", received, f), f))
	}
	c.Flash("system.take.done")
	return c.Redirect(received)
}

func askKey(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("system.key.add"), Lede: c.T("system.key.lede"), Form: f, Button: "system.key.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "name", Key: "system.key.name"}),
			form.Text(f, form.Field{Name: "fingerprint", Key: "system.key.fingerprint"}),
		}
	}}
}

func (p *pages) addKey(c *web.Context) error {
	return askKey(c, form.Of(url.Values{})).Answer(c, received)
}

func (p *pages) addKeyPost(c *web.Context) error {
	f := form.From(c.R)
	a := askKey(c, f)
	if _, faults := system.CheckKey(f.Get("name"), f.Get("fingerprint")); a.Found(faults) {
		return a.Answer(c, received)
	}
	return c.Done(p.s.AddKey(c.Ctx(), c.Actor, c.Now, f.Get("name"), f.Get("fingerprint")), "system.key.saved", received)
}

func (p *pages) closeKey(c *web.Context) error {
	return c.Done(p.s.CloseKey(c.Ctx(), c.Actor, c.Now, c.R.PathValue("fingerprint")), "system.key.closed", received)
}
