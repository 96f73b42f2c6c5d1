package indicatorweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// aimView is the form of a target or of an owner.
type aimView struct {
	Form   form.Form
	Of     indicator.Aimed
	Months []form.Option
}

// aimOf finds the figure that the form is about.
func (p *pages) aimOf(c *web.Context, f form.Form) (aimView, error) {
	ref, ok := figure.ParseRef(f.Get("figure"))
	if !ok {
		return aimView{}, fault.Missing("figure")
	}
	of, err := p.s.Aimable(c.Ctx(), c.Actor, c.Now, ref)
	v := aimView{Form: f, Of: of, Months: []form.Option{{Value: "", Key: "indicator.mark.month.choose"}}}
	months := indicator.Months(c.Now, markMonths)
	for range indicator.AimAhead + 1 {
		months = append(months, months[len(months)-1].AddMonths(1))
	}
	for _, m := range slices.Backward(months) {
		v.Months = append(v.Months, form.Option{Value: m.String(), Text: m.MonthYear()})
	}
	return v, err
}

// blank is a new form about the figure that the address names.
func blank(c *web.Context) (form.Form, error) {
	id, err := uuid.NewV7()
	return form.Of(url.Values{"id": {id.String()}, "figure": c.R.URL.Query()["figure"]}), err
}

func (p *pages) targetGet(c *web.Context) error {
	if !c.R.URL.Query().Has("figure") {
		return c.Redirect("/performance") // each measure there leads here
	}
	f, err := blank(c)
	if err != nil {
		return err
	}
	v, err := p.aimOf(c, f)
	if err != nil {
		return err
	}
	return c.Render(targetPage(c.Page("indicator.aim.title", v.Of.Path, "name", v.Of.Title), v))
}

func (p *pages) targetPost(c *web.Context) error {
	v, err := p.aimOf(c, form.From(c.R))
	if err != nil {
		return err
	}
	m := indicator.Aim{Figure: v.Of.Ref, Reason: v.Form.Get("reason")}
	if m.ID, err = uuid.Parse(v.Form.Get("id")); err != nil {
		return fault.Missing("target")
	}
	if month := v.Form.Get("month"); month != "" {
		if m.From, err = civil.Parse(month); err != nil {
			return fault.Missing("month")
		}
	}
	if text := strings.TrimSuffix(strings.TrimSpace(v.Form.Get("value")), "%"); text != "" {
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || x != x { //nolint:gocritic // NaN
			v.Form.Faults.Add("value", "indicator.aim.value.bounds")
		}
		m.Value = &x
	}
	if !v.Form.Bad() {
		v.Form.Faults = p.s.CheckAim(v.Of, m, c.Now)
	}
	if v.Form.Bad() {
		return c.Invalid(targetPage(c.FormPage("indicator.aim.title", v.Of.Path, v.Form, "name", v.Of.Title), v))
	}
	return c.Done(p.s.SetAim(c.Ctx(), c.Actor, c.Now, m), "indicator.aim.saved", v.Of.Path)
}

func (p *pages) ownerGet(c *web.Context) error {
	if !c.R.URL.Query().Has("figure") {
		return c.Redirect("/performance") // each measure there leads here
	}
	f, err := blank(c)
	if err != nil {
		return err
	}
	v, err := p.aimOf(c, f)
	if err != nil {
		return err
	}
	return c.Render(ownerPage(c.Page("indicator.owner.title", v.Of.Path, "name", v.Of.Title), v))
}

func (p *pages) ownerPost(c *web.Context) error {
	v, err := p.aimOf(c, form.From(c.R))
	if err != nil {
		return err
	}
	o := indicator.Owner{Figure: v.Of.Ref, Post: v.Form.Get("post")}
	if o.ID, err = uuid.Parse(v.Form.Get("id")); err != nil {
		return fault.Missing("owner")
	}
	if v.Form.Faults = p.s.CheckOwner(o); v.Form.Bad() {
		return c.Invalid(ownerPage(c.FormPage("indicator.owner.title", v.Of.Path, v.Form, "name", v.Of.Title), v))
	}
	return c.Done(p.s.NameOwner(c.Ctx(), c.Actor, c.Now, o), "indicator.owner.saved", v.Of.Path)
}

func (p *pages) closuresGet(c *web.Context) error {
	all, err := p.s.Closures(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(closuresPage(c.Page("indicator.closure.title", "/performance"), form.Of(url.Values{"state": {"shut"}}), all))
}

func (p *pages) closuresPost(c *web.Context) error {
	f := form.From(c.R)
	x := indicator.Closure{Reason: f.Get("reason"), Withdrawn: f.OneOf("state", "indicator.closure.state.empty", "shut", "open") == "open"}
	if day := f.Date("day", "indicator.closure.day"); !day.IsZero() {
		x.Day = locale.Day(day)
	}
	if !f.Bad() {
		f.Faults = p.s.CheckClosure(x)
	}
	if f.Bad() {
		all, err := p.s.Closures(c.Ctx(), c.Actor)
		if err != nil {
			return err
		}
		return c.Invalid(closuresPage(c.FormPage("indicator.closure.title", "/performance", f), f, all))
	}
	return c.Done(p.s.SetClosure(c.Ctx(), c.Actor, c.Now, x), "indicator.closure.saved", "/performance/closures")
}

func closureTable(ctx context.Context, all []indicator.Closure) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "indicator.closure.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "indicator.closure.day.column"), locale.T(ctx, "indicator.closure.reason"), locale.T(ctx, "indicator.closure.holds"), locale.T(ctx, "indicator.aim.by"))}
	for _, x := range all {
		holds := locale.T(ctx, "indicator.closure.state.shut")
		if x.Withdrawn {
			holds = locale.T(ctx, "indicator.closure.state.open")
		}
		t.Rows = append(t.Rows, nhsuk.Cells(x.Day.Long(), x.Reason, holds, x.By+", "+locale.Date(x.At)))
	}
	return t
}

// aimTable is what was aimed at over time.
func aimTable(ctx context.Context, v indicator.View) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "indicator.aim.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "indicator.aim.from"), locale.T(ctx, "indicator.page.target"), locale.T(ctx, "indicator.aim.reason"), locale.T(ctx, "indicator.aim.by"))}
	for _, x := range v.Set.Aims {
		target := locale.T(ctx, "indicator.page.target.none")
		if x.Value != nil {
			target = v.Amount(ctx, *x.Value)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(x.From.MonthYear(), target, x.Reason, x.By+", "+locale.Date(x.At)))
	}
	return t
}

// owners says which posts answered for it before.
func owners(ctx context.Context, v indicator.View) (out []string) {
	for _, o := range v.Set.Owners {
		out = append(out, locale.T(ctx, "indicator.owner.named", "post", o.Post, "by", o.By, "when", locale.Date(o.At)))
	}
	return out
}

// setting is the address where a target or an owner of a figure is set.
func setting(what string, ref figure.Ref) string {
	return "/performance/" + what + "?figure=" + url.QueryEscape(ref.String())
}
