package diagnosticweb

import (
	"context"
	"math"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) results(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	o, err := p.s.Results(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	params := c.Page("need.results.title", "/need/rounds")
	params.Title, params.Wide = c.T("need.results.of", "name", o.Name), true
	return c.Render(resultsPage(params, p.s.Framework(), o, c.May(diagnostic.Lead)))
}

func (p *pages) subsection(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	d, err := p.s.Detail(c.Ctx(), c.Actor, c.Now, id, c.R.PathValue("subsection"))
	if err != nil {
		return err
	}
	params := c.Page("need.results.title", path(id, "/results"))
	params.Title = p.s.Framework().Title(d.Row.Code)
	return c.Render(subsectionPage(params, p.s.Framework(), d, c.May(diagnostic.Lead)))
}

func (p *pages) rankGet(c *web.Context) error {
	return p.rankPage(c, nil)
}

func (p *pages) rankPage(c *web.Context, typed *form.Form) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	o, err := p.s.Results(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	if typed != nil {
		return c.Invalid(rankPage(c.FormPage("need.rank.title", path(id, "/results"), *typed), p.s.Framework(), o, *typed))
	}
	v := url.Values{}
	for code, w := range o.Weights {
		v.Set("importance-"+code, strconv.Itoa(w.Importance))
		v.Set("reach-"+code, strconv.Itoa(w.Reach))
	}
	return c.Render(rankPage(c.Page("need.rank.title", path(id, "/results")), p.s.Framework(), o, form.Of(v)))
}

func (p *pages) rankPost(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	f, weights := form.From(c.R), map[string]round.Weight{}
	number := func(name, code string, most int) int {
		n, err := strconv.Atoi(f.Get(name + "-" + code))
		if err != nil || n < 1 || n > most {
			f.Faults.Add(name+"-"+code, "need.rank."+name+".wrong", "section", p.s.Framework().Title(code), "min", 1, "max", most)
		}
		return n
	}
	for _, code := range p.s.Framework().Codes() {
		if f.Get("importance-"+code) == "" && f.Get("reach-"+code) == "" {
			continue
		}
		weights[code] = round.Weight{Importance: number("importance", code, 5), Reach: number("reach", code, 100)}
	}
	if f.Bad() {
		return p.rankPage(c, &f)
	}
	return c.Done(p.s.Weigh(c.Ctx(), c.Actor, c.Now, id, weights), "need.rank.saved", path(id, "/results"))
}

func score(ctx context.Context, x float64) string { return diagnostic.Score(locale.From(ctx), x) }

func percent(x float64) int { return int(math.Round(x)) }

// said is a cell of the heat map in words: score and number answered, or why there is none.
func said(ctx context.Context, c round.Cell) string {
	if c.State == round.Shown {
		if c.Answered > 0 {
			return locale.T(ctx, "need.results.cell.all", "score", score(ctx, c.Percent), "answered", c.Answered)
		}
		return score(ctx, c.Percent)
	}
	return locale.T(ctx, "need.results.cell."+string(c.State))
}

var lights = map[round.Light]string{round.Green: "green", round.Amber: "yellow", round.Red: "red", round.Grey: "grey"}

func light(ctx context.Context, l round.Light) templ.Component {
	return nhsuk.Tag(nhsuk.TagParams{Text: locale.T(ctx, "need.results.light."+string(l)), Colour: lights[l]})
}

// heat is elements by perspective.
func heat(ctx context.Context, f diagnostic.Framework, o diagnostic.Outcome) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.results.heat"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.results.element"), locale.T(ctx, "need.perspective.all"))}
	for _, p := range round.Perspectives {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "need.perspective."+string(p))})
	}
	for _, row := range o.Results.Elements {
		cells := []nhsuk.TableCell{{Text: f.Title(row.Code)}, heatCell(ctx, row, round.All)}
		for _, p := range round.Perspectives {
			cells = append(cells, heatCell(ctx, row, p))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// steps of the heat map: a quarter of the scale each. The colour repeats what the words say.
const steps = 4

func heatCell(ctx context.Context, row round.Row, p round.Perspective) nhsuk.TableCell {
	c := row.Cells[p]
	cell := nhsuk.TableCell{Text: said(ctx, c)}
	if c.State == round.Shown {
		cell.Classes = "rowan-heat-" + strconv.Itoa(min(steps-1, int(c.Percent/(100/steps))))
	}
	return cell
}

// gaps lists the sub-sections with target, gap and light.
func gaps(ctx context.Context, f diagnostic.Framework, o diagnostic.Outcome) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.results.gaps"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.results.section"), locale.T(ctx, "need.results.score"), locale.T(ctx, "need.results.target"), locale.T(ctx, "need.results.gap"),
			locale.T(ctx, "need.results.light"), locale.T(ctx, "need.results.change"))}
	for _, row := range round.Largest(o.Subsections) {
		change := moved(ctx, o.Changes, row.Code, round.All)
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: f.Title(row.Code), Href: path(o.ID, "/results/"+row.Code)}, {Text: said(ctx, row.All())},
			{Text: locale.T(ctx, "need.results.percent", "score", row.Target)}, {Text: gap(ctx, row)}, {HTML: light(ctx, row.Light)}, {Text: change}})
	}
	return t
}

// moved says how an element or a sub-section changed since the round before.
func moved(ctx context.Context, all []round.Change, code string, p round.Perspective) string {
	if c, ok := diagnostic.Change(all, code, p); ok {
		return points(ctx, c.Points())
	}
	return locale.T(ctx, "need.results.change.none")
}

// changes is how elements moved, by perspective.
func changes(ctx context.Context, f diagnostic.Framework, o diagnostic.Outcome) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.results.changes"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.results.element"), locale.T(ctx, "need.perspective.all"))}
	for _, p := range round.Perspectives {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "need.perspective."+string(p))})
	}
	for _, row := range o.Results.Elements {
		cells := []nhsuk.TableCell{{Text: f.Title(row.Code)}, {Text: moved(ctx, o.Changes, row.Code, round.All)}}
		for _, p := range round.Perspectives {
			cells = append(cells, nhsuk.TableCell{Text: moved(ctx, o.Changes, row.Code, p)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func gap(ctx context.Context, row round.Row) string {
	if row.All().State != round.Shown {
		return locale.T(ctx, "need.results.cell."+string(row.All().State))
	}
	return locale.T(ctx, "need.results.points", "n", percent(row.Gap))
}

func points(ctx context.Context, x float64) string {
	switch n := percent(x); {
	case n > 0:
		return locale.T(ctx, "need.results.change.up", "n", n)
	case n < 0:
		return locale.T(ctx, "need.results.change.down", "n", -n)
	}
	return locale.T(ctx, "need.results.change.same")
}

// finding is a disagreement as a sentence.
func finding(ctx context.Context, f diagnostic.Framework, x round.Finding) string {
	return locale.T(ctx, "need.results.finding", "section", f.Title(x.Code), "high", locale.T(ctx, "need.perspective."+string(x.High)), "above", score(ctx, x.Above),
		"low", locale.T(ctx, "need.perspective."+string(x.Low)), "below", score(ctx, x.Below), "points", percent(x.Points()))
}

// ranking is the order that gap x importance x reach suggests.
func ranking(ctx context.Context, f diagnostic.Framework, o diagnostic.Outcome) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.results.rank"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.results.section"), locale.T(ctx, "need.results.gap"), locale.T(ctx, "need.rank.importance"), locale.T(ctx, "need.rank.reach"), locale.T(ctx, "need.results.product"))}
	for _, x := range o.Ranked {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: f.Title(x.Code), Href: path(o.ID, "/results/"+x.Code)}, {Text: gap(ctx, x.Row)},
			{Text: strconv.Itoa(x.Weight.Importance)}, {Text: locale.T(ctx, "need.results.percent", "score", x.Weight.Reach)}, {Text: strconv.Itoa(percent(x.Product))}})
	}
	return t
}

// propose leads to a need that is made of a gap.
func propose(id uuid.UUID, code string) templ.SafeURL {
	return templ.SafeURL("/plan/needs/add?figure=" + url.QueryEscape(diagnostic.Ref(id, code).String()))
}
