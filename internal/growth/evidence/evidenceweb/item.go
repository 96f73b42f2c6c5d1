package evidenceweb

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type itemsView struct {
	Room    evidence.Room
	InUse   []evidence.Item
	Gone    []evidence.Item // replaced
	MayKeep bool
}

func (p *pages) items(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := itemsView{Room: r, MayKeep: c.May(evidence.Keep)}
	for _, i := range r.Items {
		if i.Status == evidence.Replaced {
			v.Gone = append(v.Gone, i)
		} else {
			v.InUse = append(v.InUse, i)
		}
	}
	return c.Render(itemsPage(c.Page("evidence.items.title", "/evidence"), v))
}

type itemView struct {
	Room    evidence.Room
	Item    evidence.Item
	Figure  *figure.Checked
	Serves  []evidence.Standard
	Suspect evidence.Suspect
	Cleared []evidence.Cleared
	MayKeep bool // and it was not replaced
}

// open finds the item of the path.
func (p *pages) open(c *web.Context) (evidence.Room, evidence.Item, error) {
	id, err := c.ID("id")
	if err != nil {
		return evidence.Room{}, evidence.Item{}, err
	}
	r, err := p.s.Search(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return r, evidence.Item{}, err
	}
	i, ok := r.Item(id)
	if !ok {
		return r, i, fault.Missing("item")
	}
	return r, i, nil
}

func (p *pages) item(c *web.Context) error {
	r, i, err := p.open(c)
	if err != nil {
		return err
	}
	v := itemView{Room: r, Item: i, Serves: r.Serves(i.ID), Suspect: r.Suspect(i.ID, i.Title), Cleared: r.Cleared(i.ID), MayKeep: c.May(evidence.Keep) && i.Status != evidence.Replaced}
	if i.Cited != nil {
		checked, err := p.s.Check(c.Ctx(), c.Actor, c.Now, *i.Cited)
		if err != nil {
			return err
		}
		v.Figure = &checked
	}
	params := c.Page("evidence.items.title", "/evidence/items")
	params.Title = i.Title
	return c.Render(itemPage(params, v))
}

// move sends for review, back, or accepts. Words that look like a person lead to their check first.
func (p *pages) move(c *web.Context) error {
	r, i, err := p.open(c)
	if err != nil {
		return err
	}
	to := evidence.Status(c.Text("to"))
	if to == evidence.Accepted && len(r.Findings(i.ID)) > 0 {
		return c.Redirect("/evidence/check/" + i.ID.String())
	}
	return c.Done(p.s.Move(c.Ctx(), c.Actor, c.Now, i.ID, to), "evidence.moved", "/evidence/items/"+i.ID.String())
}

type linkView struct {
	Item   evidence.Item
	Form   form.Form
	Groups []group
}

// group is the standards of one domain, with the name of their boxes.
type group struct {
	Name, Title string
	Options     []form.Option
}

func groups(ctx context.Context, all []evidence.Domain) (out []group) {
	for n, d := range all {
		g := group{Name: "standards" + strconv.Itoa(n), Title: locale.T(ctx, "evidence.framework", "name", d.Framework, "edition", d.Edition) + ": " + d.Name}
		for _, s := range d.Standards {
			g.Options = append(g.Options, form.Option{Value: s.ID.String(), Text: s.Name()})
		}
		out = append(out, g)
	}
	return out
}

func (p *pages) linkGet(c *web.Context) error {
	r, i, err := p.open(c)
	if err != nil {
		return err
	}
	v := linkView{Item: i, Form: form.Of(map[string][]string{}), Groups: groups(c.Ctx(), r.Domains())}
	for _, s := range r.Serves(i.ID) {
		for _, g := range v.Groups {
			v.Form.Values.Add(g.Name, s.ID.String()) // a box that is not of the group is not there to be ticked
		}
	}
	return c.Render(linkPage(c.Page("evidence.link.title", "/evidence/items/"+i.ID.String()), v))
}

// linkPost takes the boxes; links to standards of an earlier edition stay as they are.
func (p *pages) linkPost(c *web.Context) error {
	r, i, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	var chosen []uuid.UUID
	for _, g := range groups(c.Ctx(), r.Domains()) {
		part, err := ids(f.All(g.Name))
		if err != nil {
			return err
		}
		chosen = append(chosen, part...)
	}
	for _, s := range r.Serves(i.ID) {
		for _, o := range r.Old {
			if o.ID == s.ID {
				chosen = append(chosen, s.ID)
			}
		}
	}
	return c.Done(p.s.Link(c.Ctx(), c.Actor, c.Now, i.ID, chosen), "evidence.link.saved", "/evidence/items/"+i.ID.String())
}

// itemTable lists items with where they stand.
func itemTable(ctx context.Context, r evidence.Room, all []evidence.Item) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true,
		Head: nhsuk.Heads(locale.T(ctx, "evidence.item"), locale.T(ctx, "evidence.status"), locale.T(ctx, "evidence.item.valid_until.short"), locale.T(ctx, "evidence.item.owner"), locale.T(ctx, "evidence.serves"))}
	for _, i := range all {
		until := locale.T(ctx, "evidence.forever")
		if !i.ValidUntil.IsZero() {
			until = i.ValidUntil.Long()
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: i.Title, Href: "/evidence/items/" + i.ID.String()}, {HTML: standing(i.Standing(r.Today))}, {Text: until}, {Text: i.Owner},
			{Text: locale.T(ctx, "evidence.standards.n", "n", len(r.Serves(i.ID)))}})
	}
	return t
}

func itemFacts(ctx context.Context, v itemView) nhsuk.SummaryListParams {
	i := v.Item
	until := locale.T(ctx, "evidence.forever")
	if !i.ValidUntil.IsZero() {
		until = i.ValidUntil.Long()
	}
	status := nhsuk.Row(locale.T(ctx, "evidence.status"), "")
	status.Value = nhsuk.SummaryCell{HTML: statusOf(i, i.Standing(v.Room.Today))}
	what := nhsuk.Row(locale.T(ctx, "evidence.kind."+string(i.Kind)), "")
	what.Value = nhsuk.SummaryCell{HTML: holds(v)}
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{status, what, nhsuk.Row(locale.T(ctx, "evidence.item.owner"), i.Owner), nhsuk.Row(locale.T(ctx, "evidence.item.reviewer"), i.Reviewer),
		nhsuk.Row(locale.T(ctx, "evidence.item.collected.short"), i.Collected.Long()), nhsuk.Row(locale.T(ctx, "evidence.item.valid_until.short"), until)}}
}
