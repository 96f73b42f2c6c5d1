package investmentweb

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/agreed/agreedview"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/workbook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

const casePath = "/investment/case"

func (p *pages) draft(c *web.Context) error {
	d, err := p.cases.Draft(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	frozen, err := p.cases.Cases(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	over, err := agreedview.Of(c, p.s, d.Record)
	if err != nil {
		return err
	}
	brief, err := d.Brief(c.Ctx())
	if err != nil {
		return err
	}
	typed, err := d.Typed(c.Ctx(), c.Now)
	if err != nil {
		return err
	}
	brief = append(brief, fivecase.Line{Title: c.T("fivecase.brief.wait"), Value: d.Wait.Sentence(c.Ctx())})
	return c.Render(casePage(c.Page("fivecase.title", "/investment"), d, typed, frozen, brief, over, c.May(investment.Write)))
}

func partName(ctx context.Context, code string) string { return locale.T(ctx, "fivecase.part."+code) }

func partNames(ctx context.Context, codes []string) string {
	var out []string
	for _, code := range codes {
		out = append(out, caser(partName(ctx, code)))
	}
	return strings.Join(out, ", ")
}

// part finds the part of the address.
func (p *pages) part(c *web.Context) (investment.Part, fivecase.Draft, error) {
	part, there := p.s.Pack().Part(c.R.PathValue("part"))
	if !there {
		return part, fivecase.Draft{}, fault.Missing("part")
	}
	d, err := p.cases.Draft(c.Ctx(), c.Actor, c.Now)
	return part, d, err
}

func (p *pages) versions(c *web.Context) error {
	part, d, err := p.part(c)
	if err != nil {
		return err
	}
	params := c.Page("fivecase.title", casePath)
	params.Title = partName(c.Ctx(), part.Code)
	return c.Render(versionsPage(params, d.Texts[part.Code]))
}

func (p *pages) write(c *web.Context) error {
	part, d, err := p.part(c)
	if err != nil {
		return err
	}
	t, _ := d.Last(part.Code)
	v := url.Values{"version": {strconv.Itoa(t.N)}, "body": {t.Body}}
	for _, f := range t.Figures {
		v.Add("figures", f.Ref.String())
	}
	return p.askWrite(c, part, form.Of(v))
}

func (p *pages) askWrite(c *web.Context, part investment.Part, f form.Form) error {
	list, err := p.s.Figures().List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	fields := []templ.Component{questions(part), form.TextArea(f, form.Field{Name: "body", Key: "fivecase.body", Rows: 16, Max: fivecase.LongestText})}
	if len(list) > 0 {
		fields = append(fields, figureview.Rounded(), form.Grouped(f, form.Field{Name: "figures", Key: "fivecase.figures.choose"}, grouped(c.Ctx(), part.Code, list)))
	}
	return ask.Show(c, casePath, ask.Page{Title: c.T("fivecase.write.of", "part", caser(partName(c.Ctx(), part.Code))), Form: f, Button: "fivecase.save"}, fields...)
}

// sources are the names of kinds of figure; several kinds of one source have one name.
var sources = map[string]string{"case": "case", "wait": "wait", "workforce": "workforce", "indicator": "indicator", "state": "indicator", "series": "series", "survey": "series", "absence": "absence",
	"gap": "need", "selfcheck": "need", "plan": "plan", "forecast": "forecast", "evidence": "evidence", "path": "improvement", "balance": "improvement"}

// grouped are the figures by their source, those first that a part mostly relies on.
func grouped(ctx context.Context, part string, list []figure.Figure) (out []form.Group) {
	slices.SortStableFunc(list, func(a, b figure.Figure) int {
		return cmp.Compare(fivecase.Offered(part, a.Ref.Kind), fivecase.Offered(part, b.Ref.Kind))
	})
	at := map[string]int{}
	for _, x := range list {
		source := cmp.Or(sources[x.Ref.Kind], "other")
		i, there := at[source]
		if !there {
			i = len(out)
			at[source], out = i, append(out, form.Group{Name: locale.T(ctx, "fivecase.source."+source)})
		}
		out[i].Options = append(out[i].Options, form.Option{Value: x.Ref.String(), Text: x.Title + ": " + figureview.Value(ctx, x) + " (" + x.PeriodText + ")"})
	}
	return out
}

// again says that a text was read beside its figures as they are now, and that it holds.
func (p *pages) again(c *web.Context) error {
	part, there := p.s.Pack().Part(c.R.PathValue("part"))
	if !there {
		return fault.Missing("part")
	}
	seen, err := strconv.Atoi(form.From(c.R).Get("version"))
	if err != nil {
		return fault.Missing("form")
	}
	return c.Done(p.cases.Again(c.Ctx(), c.Actor, c.Now, part.Code, seen), "fivecase.again.saved", casePath)
}

func (p *pages) writePost(c *web.Context) error {
	part, there := p.s.Pack().Part(c.R.PathValue("part"))
	if !there {
		return fault.Missing("part")
	}
	f := form.From(c.R)
	seen, err := strconv.Atoi(f.Get("version"))
	if err != nil {
		return fault.Missing("form")
	}
	var refs []figure.Ref
	for _, text := range f.All("figures") {
		ref, ok := figure.ParseRef(text)
		if !ok {
			return fault.Missing("figure")
		}
		refs = append(refs, ref)
	}
	f.Faults.Merge(fivecase.CheckText(f.Get("body"), len(refs)))
	if f.Bad() {
		return p.askWrite(c, part, f)
	}
	return c.Done(p.cases.Write(c.Ctx(), c.Actor, c.Now, part.Code, seen, f.Get("body"), refs), "investment.saved", casePath)
}

func (p *pages) submit(c *web.Context) error {
	d, err := p.cases.Draft(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if !d.Record.Plan.Set() || len(d.Missing()) > 0 {
		return c.Redirect(casePath)
	}
	return p.askSubmit(c, form.Fresh())
}

func (p *pages) askSubmit(c *web.Context, f form.Form) error {
	questions := []templ.Component{
		form.Date(f, form.Field{Name: "meeting", Key: "fivecase.submit.meeting"}),
		form.TextArea(f, form.Field{Name: "recommendation", Key: "fivecase.submit.recommendation", Rows: 3, Max: fivecase.LongestSay}),
		form.TextArea(f, form.Field{Name: "wellbeing", Key: "fivecase.submit.wellbeing", Rows: 3, Max: fivecase.LongestSay}),
	}
	d, err := p.cases.Draft(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if d.Outdated() > 0 {
		questions = append(questions, relied(d.Moved()), outdated(d.Wait.Stale()), form.Checkboxes(f, form.Field{Name: "outdated", Key: "fivecase.submit.outdated", Options: form.Options("fivecase.submit.outdated", "yes")}))
	}
	return ask.Show(c, casePath, ask.Page{Title: c.T("fivecase.submit"), Lede: c.T("fivecase.submit.lede"), Form: f, Button: "fivecase.submit.button"}, questions...)
}

func (p *pages) submitPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	paper := fivecase.Paper{ID: id, Recommendation: f.Get("recommendation"), Wellbeing: f.Get("wellbeing")}
	paper.Meeting, paper.Outdated = f.Day("meeting"), f.Get("outdated") == "yes"
	d, err := p.cases.Draft(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if f.Faults.Merge(d.CheckPaper(paper, locale.Day(c.Now))); f.Bad() {
		return p.askSubmit(c, f)
	}
	return c.Done(p.cases.Submit(c.Ctx(), c.Actor, c.Now, paper), "fivecase.submit.saved", casePath+"/frozen/"+id.String())
}

func (p *pages) findFrozen(c *web.Context) (fivecase.Frozen, []figure.Checked, error) {
	id, err := c.ID("id")
	if err != nil {
		return fivecase.Frozen{}, nil, err
	}
	return p.cases.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) frozen(c *web.Context) error {
	x, checked, err := p.findFrozen(c)
	if err != nil {
		return err
	}
	params := c.Page("fivecase.title", casePath)
	params.Title = c.T("fivecase.frozen.name", "n", strconv.Itoa(x.N))
	decisions, err := p.cases.Decisions(c.Ctx(), c.Actor, x.ID)
	if err != nil {
		return err
	}
	brief, err := p.cases.Brief(c.Ctx(), c.Actor, x, checked)
	if err != nil {
		return err
	}
	old, since := moved(x, checked)
	return c.Render(frozenPage(params, x, brief, old, since, decisions, p.cases.Board()))
}

// moved are the figures whose source has moved on: those of which that was known at the submission, and those since.
func moved(x fivecase.Frozen, all []figure.Checked) (old, since []figure.Checked) {
	for _, f := range all {
		switch {
		case f.Standing == figure.Current:
		case slices.Contains(x.Outdated, f.ID):
			old = append(old, f)
		default:
			since = append(since, f)
		}
	}
	return old, since
}

// briefly are the lines of a case in a minute.
func briefly(lines []fivecase.Line) nhsuk.SummaryListParams {
	var out nhsuk.SummaryListParams
	for _, l := range lines {
		out.Rows = append(out.Rows, nhsuk.Row(l.Title, l.Value))
	}
	return out
}

func frozenFacts(ctx context.Context, x fivecase.Frozen) nhsuk.SummaryListParams {
	kept := "fivecase.frozen.kept"
	if !x.Verified() {
		kept = "fivecase.frozen.changed"
	}
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "fivecase.submit.meeting"), x.Meeting.Long()),
		nhsuk.Row(locale.T(ctx, "fivecase.frozen"), locale.T(ctx, "fivecase.frozen.by", "name", x.By, "when", locale.DateTime(x.At))),
		{Key: nhsuk.SummaryCell{Text: locale.T(ctx, "fivecase.frozen.hash")}, Value: nhsuk.SummaryCell{HTML: fingerprint(x.SHA256, locale.T(ctx, kept))}},
	}}
}

// file gives what went to the board as one file that prints without Rowan. One that is no longer what was frozen is not given out.
func (p *pages) file(c *web.Context) error {
	x, _, err := p.findFrozen(c)
	if err != nil {
		return err
	}
	if !x.Verified() {
		return fmt.Errorf("case %s does not have its hash any more", x.ID)
	}
	text, err := standalone.File(c.Ctx(), c.T("fivecase.document"), x.Body, c.T("fivecase.hash", "hash", x.SHA256))
	return give(c, "text/html; charset=utf-8", fmt.Sprintf("business-case-%d-%s.html", x.N, x.Meeting), text, err)
}

// print gives the draft as one file.
func (p *pages) print(c *web.Context) error {
	d, err := p.cases.Draft(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if !d.Record.Plan.Set() {
		return c.Redirect(casePath)
	}
	text, err := fivecase.Render(c.Ctx(), d, c.Now, nil)
	if err == nil {
		text, err = standalone.File(c.Ctx(), c.T("fivecase.document.draft"), text, c.T("fivecase.draft"))
	}
	return give(c, "text/html; charset=utf-8", "business-case-draft-"+locale.Day(c.Now).String()+".html", text, err)
}

// xlsx gives the workbook.
func (p *pages) xlsx(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if !r.Plan.Set() {
		return c.Redirect(casePath)
	}
	data, err := workbook.Make(c.Ctx(), r)
	return give(c, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "business-case-"+locale.Day(c.Now).String()+".xlsx", string(data), err)
}

func give(c *web.Context, kind, name, text string, err error) error {
	if err != nil {
		return err
	}
	c.Attach(kind, name)
	_, err = io.WriteString(c.W, text)
	return err
}

func frozenPath(id uuid.UUID) string { return casePath + "/frozen/" + id.String() }
