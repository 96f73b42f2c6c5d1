package workforceweb

import (
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// mostWithdrawn is more than one press plans: a post for each role.
const mostWithdrawn = 20

// withdrawn are the changes that an address or a form names, with commas between them, and that are still planned.
func (p *pages) withdrawn(c *web.Context, names string) (out []workforce.Change, err error) {
	t, err := p.find(c)
	if err != nil {
		return nil, err
	}
	named := strings.Split(names, ",")
	for _, text := range named[:min(len(named), mostWithdrawn)] {
		id, err := uuid.Parse(text)
		if err != nil {
			return nil, fault.Missing("change")
		}
		if x, ok := t.Change(id); ok && x.Kind.Adds() {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return nil, fault.Missing("change")
	}
	return out, nil
}

// planWithdraw asks whether what was planned in one press is to be taken back.
func (p *pages) planWithdraw(c *web.Context) error {
	if !c.R.URL.Query().Has("id") {
		return c.Redirect("/workforce/plan") // what is planned there leads here
	}
	all, err := p.withdrawn(c, c.R.URL.Query().Get("id"))
	if err != nil {
		return err
	}
	var titles, ids []string
	for _, x := range all {
		titles = append(titles, changeText(c.Ctx(), workforce.Team{}, x)+" ("+quarter(c.Ctx(), x.From)+")")
		ids = append(ids, x.ID.String())
	}
	a := &ask.Page{Title: c.T("workforce.back.title"), Lede: c.T("workforce.back.lede", "n", len(all), "titles", strings.Join(titles, "; ")), Form: form.Of(url.Values{"id": {strings.Join(ids, ",")}}), Button: "workforce.back.button"}
	return a.Answer(c, "/workforce/plan")
}

// planWithdrawPost takes it back, all of it or none.
func (p *pages) planWithdrawPost(c *web.Context) error {
	all, err := p.withdrawn(c, form.From(c.R).Get("id"))
	if err != nil {
		return err
	}
	var ids []uuid.UUID
	for _, x := range all {
		ids = append(ids, x.ID)
	}
	return c.Done(p.s.WithdrawChanges(c.Ctx(), c.Actor, c.Now, ids...), "workforce.back.saved", "/workforce/plan")
}
