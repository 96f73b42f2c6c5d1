package contractweb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/contractview"
	"github.com/rowan-ohwb/rowan/internal/growth/network/frontdoor"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("contract.title", ""), table(c.Ctx(), all, locale.Day(c.Now))))
}

func table(ctx context.Context, all []contract.Terms, today civil.Date) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "client.table"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "client.col.name"), locale.T(ctx, "client.col.state"), locale.T(ctx, "contract.review"), locale.T(ctx, "contract.notice_last"))}
	for _, x := range all {
		row := nhsuk.Cells(x.Contract.Name, locale.T(ctx, "client.state."+x.Contract.State(today)), reviewed(ctx, x.Dates, today), notice(ctx, x, today))
		row[0].Href = pathOf(x.Contract.Organisation)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// reviewed says when the next review is.
func reviewed(ctx context.Context, d contract.Dates, today civil.Date) string {
	switch {
	case d.Review.IsZero():
		return locale.T(ctx, "contract.review.unsaid")
	case d.Review.Before(today):
		return locale.T(ctx, "contract.review.overdue", "day", d.Review.Long())
	}
	return d.Review.Long()
}

// notice says until when notice can be given.
func notice(ctx context.Context, t contract.Terms, today civil.Date) string {
	by := contract.NoticeBy(t.Contract.Terms.Last, t.Dates.Notice)
	switch {
	case by.IsZero():
		return locale.T(ctx, "client.last.none")
	case by.Before(today):
		return locale.T(ctx, "contract.notice.over", "day", by.Long())
	}
	return by.Long()
}

// view is all that was agreed on with a client.
type view struct {
	contract.Terms
	Today    civil.Date
	Measures map[string]contract.Measure
	Scale    []string
	Version  int
	Keep     bool
}

func (p *pages) view(c *web.Context, t contract.Terms) view {
	v := view{Terms: t, Today: locale.Day(c.Now), Measures: map[string]contract.Measure{}, Keep: c.May(contract.Keep)}
	for _, m := range p.s.Measures(c.Ctx()) {
		v.Measures[m.Indicator] = m
	}
	v.Scale, v.Version = p.s.Scale()
	return v
}

func (v view) client() string { return pathOf(v.Contract.Organisation) }

// said are the terms of the contract itself, which the hall keeps.
func (v view) said(ctx context.Context) []nhsuk.SummaryRow {
	c := v.Contract
	last := locale.T(ctx, "client.last.none")
	if !c.Terms.Last.IsZero() {
		last = c.Terms.Last.Long()
	}
	model := locale.T(ctx, "client.unsaid")
	if c.Terms.Model != "" {
		model = locale.T(ctx, "client.model."+c.Terms.Model)
	}
	return []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "client.col.state"), locale.T(ctx, "client.state."+c.State(v.Today))),
		nhsuk.Row(locale.T(ctx, "client.model"), model),
		nhsuk.Row(locale.T(ctx, "contract.integration"), contractview.Scale(ctx, c.Terms.Integration, v.Scale, v.Version)),
		nhsuk.Row(locale.T(ctx, "client.from"), c.Terms.From.Long()),
		nhsuk.Row(locale.T(ctx, "client.last"), last),
		nhsuk.Row(locale.T(ctx, "contract.notice"), locale.T(ctx, "contract.notice.says", "n", v.Dates.Notice)),
		nhsuk.Row(locale.T(ctx, "contract.notice_last"), notice(ctx, v.Terms, v.Today)),
		nhsuk.Row(locale.T(ctx, "contract.every"), locale.T(ctx, "contract.every.says", "n", v.Dates.Every)),
		nhsuk.Row(locale.T(ctx, "contract.review"), reviewed(ctx, v.Dates, v.Today)),
	}
}

// term is a level or a price on a page.
type term struct {
	ID    uuid.UUID
	Title string
	Lines []string
	Open  bool // it can be ended
}

func (v view) level(ctx context.Context, l contract.Level) term {
	m := v.Measures[l.Indicator]
	title := m.Title
	if title == "" { // no longer in the list
		title = l.Indicator
	}
	return term{ID: l.ID, Title: title, Open: v.Keep && l.Until.IsZero(), Lines: []string{
		contractview.Aim(ctx, l.Target, m.AtMost, l.Days) + ". " + contractview.Clock(ctx, l.Clock),
		locale.T(ctx, "contract.definition.says", "version", l.Version),
		lived(ctx, l.Life)}}
}

func (v view) line(ctx context.Context, l contract.Line) term {
	return term{ID: l.ID, Title: contractview.Item(ctx, l.Item), Open: v.Keep && l.Until.IsZero(), Lines: []string{
		contractview.Price(ctx, l.Pence, l.Basis), contractview.Expected(ctx, l.Expected, l.Band), lived(ctx, l.Life)}}
}

// lived says from when until when a term holds, and who agreed on it.
func lived(ctx context.Context, l contract.Life) string {
	if l.Until.IsZero() {
		return locale.T(ctx, "contract.life", "from", l.From.MonthYear(), "by", l.By, "day", locale.Date(l.Saved))
	}
	return locale.T(ctx, "contract.life.ended", "from", l.From.MonthYear(), "until", l.Until.AddDays(-1).MonthYear(), "by", l.By, "day", locale.Date(l.Saved))
}

func (v view) levels(ctx context.Context) (now, coming []term) {
	for _, s := range v.LevelsOn(v.Today) {
		now = append(now, v.level(ctx, s.Term))
	}
	for _, l := range v.ComingLevels(v.Today) {
		coming = append(coming, v.level(ctx, l))
	}
	return now, coming
}

func (v view) lines(ctx context.Context) (now, coming []term) {
	for _, s := range v.LinesOn(v.Today) {
		now = append(now, v.line(ctx, s.Term))
	}
	for _, l := range v.ComingLines(v.Today) {
		coming = append(coming, v.line(ctx, l))
	}
	return now, coming
}

func packs(ctx context.Context, all []contract.Made, path func(contract.Made) string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "contract.packs"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "contract.span"), locale.T(ctx, "contract.released"), locale.T(ctx, "contract.held"))}
	for _, m := range all {
		held := locale.T(ctx, "contract.held.not")
		if !m.Held.IsZero() {
			held = m.Held.Long()
		}
		row := nhsuk.Cells(contractview.Months(ctx, m.From, m.To), locale.T(ctx, "contract.by", "day", locale.Date(m.At), "by", m.By), held)
		row[0].Href = path(m)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// acted are the actions that were agreed on over a pack.
func acted(all []contract.Action, pack uuid.UUID) (out []contract.Done) {
	for _, x := range all {
		if x.Pack == pack {
			out = append(out, contract.Done{What: x.What, Side: x.Side, Due: x.Due, Done: !x.Done.IsZero()})
		}
	}
	return out
}

func (p *pages) find(c *web.Context) (contract.Terms, error) {
	id, err := c.ID("client")
	if err != nil {
		return contract.Terms{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) one(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(onePage(c.Page("form.page", home, "title", t.Contract.Name), p.view(c, t)))
}

func (p *pages) draft(c *web.Context) error {
	id, err := c.ID("client")
	if err != nil {
		return err
	}
	content, t, err := p.s.Draft(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	scale, _ := p.s.Scale()
	return c.Render(draftPage(c.Page("contract.draft", pathOf(id), "name", t.Contract.Name), content, scale, pathOf(id)))
}

func (p *pages) release(c *web.Context) error {
	id, err := c.ID("client")
	if err != nil {
		return err
	}
	pack := uuid.Must(uuid.NewV7())
	return c.Done(p.s.Release(c.Ctx(), c.Actor, c.Now, id, pack, c.Text("seen")), "contract.released.flash", packPath(id, pack))
}

func (p *pages) findPack(c *web.Context) (contract.Pack, contract.Terms, error) {
	client, err := c.ID("client")
	if err != nil {
		return contract.Pack{}, contract.Terms{}, err
	}
	id, err := c.ID("id")
	if err != nil {
		return contract.Pack{}, contract.Terms{}, err
	}
	return p.s.FindPack(c.Ctx(), c.Actor, c.Now, client, id)
}

func (p *pages) pack(c *web.Context) error {
	pack, t, err := p.findPack(c)
	if err != nil {
		return err
	}
	v := p.view(c, t)
	return c.Render(packPage(c.Page("contract.pack", v.client(), "name", pack.Content.Client), v, pack))
}

func (p *pages) ours(c *web.Context) error {
	t, err := p.s.Ours(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := p.view(c, t)
	v.Keep = false
	return c.Render(oursPage(c.Page("contract.ours", ""), v, c.May(frontdoor.Say)))
}

func (p *pages) ourPack(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	pack, t, err := p.s.OurPack(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	scale, _ := p.s.Scale()
	return c.Render(ourPackPage(c.Page("contract.pack", ours, "name", pack.Content.Client), pack, t, scale))
}
