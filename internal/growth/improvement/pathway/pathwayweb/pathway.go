package pathwayweb

import (
	"context"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func pathTo(id uuid.UUID) string { return "/plan/pathways/" + id.String() }

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("improvement.pathways.title", "/plan"), all, c.May(improvement.Write)))
}

func pathwayTable(ctx context.Context, all []pathway.Pathway) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.pathways.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.pathway.name"), locale.T(ctx, "improvement.pathway.whom"), locale.T(ctx, "improvement.pathway.steps"), locale.T(ctx, "improvement.pathway.in_use"))}
	for _, x := range all {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: x.Name, Href: pathTo(x.ID)}, {Text: x.Whom}, {Text: locale.Number(len(x.Steps))}, {Text: yesNo(ctx, x.InUse)}})
	}
	return t
}

func yesNo(ctx context.Context, yes bool) string {
	if yes {
		return locale.T(ctx, "form.yes")
	}
	return locale.T(ctx, "form.no")
}

// version finds the version that the page asks for: the newest unless ?version= names another.
func (p *pages) version(c *web.Context) (shown pathway.Pathway, all []pathway.Pathway, err error) {
	id, err := c.ID("id")
	if err != nil {
		return shown, nil, err
	}
	if all, err = p.s.Versions(c.Ctx(), c.Actor, id); err != nil {
		return shown, nil, err
	}
	asked := c.R.URL.Query().Get("version")
	for _, x := range all {
		if asked == "" || asked == strconv.Itoa(x.N) {
			return x, all, nil
		}
	}
	return shown, nil, fault.Missing("version")
}

func (p *pages) one(c *web.Context) error {
	x, all, err := p.version(c)
	if err != nil {
		return err
	}
	times, last, err := p.s.Times(c.Ctx(), c.Actor, c.Now, x.Steps)
	if err != nil {
		return err
	}
	params := c.Page("improvement.pathways.title", "/plan/pathways")
	params.Title, params.Wide = x.Name, true
	return c.Render(onePage(params, x, all, times, last, c.May(improvement.Write)))
}

// stepTable shows each step beside what was measured. Who writes the newest version may change its steps.
func stepTable(ctx context.Context, x pathway.Pathway, times []pathway.Time, last civil.Date, writes bool) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.pathway.steps"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.step.title.short"), locale.T(ctx, "improvement.step.role.short"), locale.T(ctx, "improvement.class"), locale.T(ctx, "improvement.step.target.short"),
			locale.T(ctx, "improvement.step.measured.short"), locale.T(ctx, "improvement.step.standing"))}
	if writes {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "improvement.step.change.head")})
	}
	for i, s := range x.Steps {
		row := []nhsuk.TableCell{{Text: strconv.Itoa(i+1) + ". " + s.Title}, {Text: s.Role}, {Text: locale.T(ctx, "improvement.class."+s.Class)},
			{Text: locale.T(ctx, "improvement.step.target."+s.Unit, "n", s.Target)}, {HTML: measured(s, times[i], last)}, {HTML: standing(times[i])}}
		if writes {
			row = append(row, nhsuk.TableCell{HTML: stepLinks(x, i+1)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sentence counts the steps by how they stand.
func sentence(ctx context.Context, times []pathway.Time) string {
	measured, longer := 0, 0
	for _, t := range times {
		if t.Measured() {
			measured++
		}
		if t.Standing == pathway.Longer {
			longer++
		}
	}
	if measured == 0 {
		return locale.T(ctx, "improvement.pathway.sentence.none", "all", len(times))
	}
	return locale.T(ctx, "improvement.pathway.sentence", "all", len(times), "n", measured, "longer", longer)
}

func (p *pages) add(c *web.Context) error {
	f := form.Fresh()
	return askName(c, f, "/plan/pathways", "improvement.pathway.add")
}

func askName(c *web.Context, f form.Form, back, title string, more ...templ.Component) error {
	return ask.Show(c, back, ask.Page{Title: c.T(title), Lede: c.T("improvement.pathway.lede"), Form: f, Button: "improvement.save"}, append([]templ.Component{
		form.Text(f, form.Field{Name: "name", Key: "improvement.pathway.name"}),
		form.Text(f, form.Field{Name: "whom", Key: "improvement.pathway.whom"})}, more...)...)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	if f.Faults = pathway.CheckName(f.Get("name"), f.Get("whom")); f.Bad() {
		return askName(c, f, "/plan/pathways", "improvement.pathway.add")
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, id, f.Get("name"), f.Get("whom")), "improvement.saved", pathTo(id))
}

func inUse(f form.Form) templ.Component {
	return form.Radios(f, form.Field{Name: "in_use", Key: "improvement.pathway.in_use.question", Inline: true, Options: []form.Option{{Value: "yes", Key: "form.yes"}, {Value: "no", Key: "form.no"}}})
}

func (p *pages) edit(c *web.Context) error {
	x, _, err := p.version(c)
	if err != nil {
		return err
	}
	used := "no"
	if x.InUse {
		used = "yes"
	}
	f := form.Of(map[string][]string{"seen": {strconv.Itoa(x.N)}, "name": {x.Name}, "whom": {x.Whom}, "in_use": {used}})
	return askName(c, f, pathTo(x.ID), "improvement.pathway.edit", inUse(f))
}

func (p *pages) editPost(c *web.Context) error {
	x, _, err := p.version(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	f.Faults = pathway.CheckName(f.Get("name"), f.Get("whom"))
	used := f.OneOf("in_use", "improvement.pathway.in_use.empty", "yes", "no")
	if f.Bad() {
		return askName(c, f, pathTo(x.ID), "improvement.pathway.edit", inUse(f))
	}
	return c.Done(p.s.Rename(c.Ctx(), c.Actor, c.Now, x.ID, seen(f), f.Get("name"), f.Get("whom"), used == "yes"), "improvement.saved", pathTo(x.ID))
}

// seen is the version that the page showed; a forged one is that of no pathway.
func seen(f form.Form) int {
	n, _ := strconv.Atoi(f.Get("seen"))
	return n
}
