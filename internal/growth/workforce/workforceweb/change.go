package workforceweb

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func ways() (out []string) {
	for _, p := range outlook.Pays {
		out = append(out, string(p))
	}
	return out
}

func options() (out []string) {
	for _, o := range workforce.Chosen {
		out = append(out, string(o))
	}
	return out
}

// askChange asks for a change of a kind; what is asked depends on it.
func askChange(c *web.Context, t workforce.Team, f form.Form, kind outlook.Kind) *asking {
	ctx := c.Ctx()
	a := &asking{form: f, button: "workforce.save", lede: c.T("workforce.kind." + string(kind) + ".lede")}
	return a.with(func(f form.Form) (out []field) {
		if kind.Adds() {
			out = append(out, text(f, "title", "workforce.title", 0))
		} else {
			out = append(out, choose(f, "post", "workforce.post.which", postOptions(t, uuid.Nil, c.T("workforce.choose"))))
		}
		out = append(out, choose(f, "from", "workforce.from", quarters(ctx, workforce.FromQuarters(t.Setting.Start))))
		switch kind {
		case outlook.New:
			out = append(out, choose(f, "role", "workforce.role", roleOptions(ctx, t.Pack)), choose(f, "band", "workforce.band", bandOptions(ctx, "workforce.choose")), text(f, "salary", "workforce.salary", 10))
		case outlook.Alter, outlook.Leadership:
			out = append(out, choose(f, "band", "workforce.band.new", bandOptions(ctx, "workforce.unchanged")), text(f, "wte", "workforce.wte.new", 5))
		}
		if kind.Adds() {
			out = append(out, text(f, "heads", "workforce.heads.new", 4), text(f, "wte", "workforce.wte", 5))
		}
		if kind == outlook.Leadership {
			out = append(out, text(f, "hours", "workforce.hours", 5))
		}
		if kind == outlook.Develop {
			for _, x := range [][2]string{{"months", "workforce.months"}, {"study_days", "workforce.study_days"}, {"supervision", "workforce.supervision"}, {"backfill", "workforce.backfill"}, {"fee", "workforce.fee"},
				{"complete_low", "workforce.complete_low"}, {"complete_high", "workforce.complete_high"}, {"retain_low", "workforce.retain_low"}, {"retain_high", "workforce.retain_high"}} {
				out = append(out, text(f, x[0], x[1], 6))
			}
			out = append(out, radios(f, "pay", "workforce.pay", form.Options("workforce.pay", ways()...)))
		}
		return append(out, boxes(f, "in", "workforce.in", form.Options("workforce.option", options()...)))
	})
}

// readChange reads the form of a change of a kind.
func readChange(f form.Form, id uuid.UUID, kind outlook.Kind) workforce.ChangeIn {
	in := workforce.ChangeIn{ID: id, Kind: kind, Title: f.Get("title"), Role: f.Get("role"), Band: f.Get("band"), WTE: some(f, "wte"), In: map[option.Option]bool{}}
	in.From, _ = civil.Parse(f.Get("from")) // what is no date is no quarter
	in.Post, _ = uuid.Parse(f.Get("post"))
	for _, o := range f.All("in") {
		in.In[option.Option(o)] = true
	}
	if kind.Adds() {
		in.WTE, in.Heads = number(f, "wte"), whole(f, "heads")
		if f.Get("salary") != "" {
			in.Salary = whole(f, "salary")
		}
	}
	if kind == outlook.Leadership {
		in.Hours = number(f, "hours")
	}
	if kind == outlook.Develop {
		in.Development = &workforce.Development{Months: whole(f, "months"), Study: number(f, "study_days"), Supervision: number(f, "supervision"), Backfill: number(f, "backfill"), Fee: number(f, "fee"),
			CompleteLow: number(f, "complete_low"), CompleteHigh: number(f, "complete_high"), RetainLow: number(f, "retain_low"), RetainHigh: number(f, "retain_high"), Pay: outlook.Pay(f.Get("pay"))}
	}
	return in
}

// kindOf reads which kind of change is asked for.
func kindOf(text string) (outlook.Kind, bool) {
	k := outlook.Kind(text)
	return k, slices.Contains(outlook.Kinds, k)
}

// changeAdd asks for the kind first, because what else is asked depends on it.
func (p *pages) changeAdd(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	kind, ok := kindOf(c.R.URL.Query().Get("kind"))
	if !ok {
		return c.Render(kindsPage(c.Page("workforce.change.add", "/workforce/plan"), len(t.Posts) > 0))
	}
	f, err := fresh()
	if err != nil {
		return err
	}
	f.Values.Set("kind", string(kind))
	f.Values.Set("from", t.Setting.Start.String())
	if kind == outlook.Develop {
		f.Values.Set("title", c.T("workforce.kind.development.title"))
	}
	return p.askAdd(c, askChange(c, t, f, kind), kind)
}

func (p *pages) askAdd(c *web.Context, a *asking, kind outlook.Kind) error {
	a.title = c.T("workforce.kind." + string(kind))
	return a.answer(c, "/workforce/changes/add")
}

func (p *pages) changeAddPost(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := own(f)
	if err != nil {
		return err
	}
	kind, ok := kindOf(f.Get("kind"))
	if !ok {
		return c.Redirect("/workforce/changes/add")
	}
	in := readChange(f, id, kind)
	a := askChange(c, t, f, kind)
	a.found(t.CheckChange(in))
	if a.form.Bad() {
		return p.askAdd(c, a, kind)
	}
	if err := p.s.PlanChange(c.Ctx(), c.Actor, c.Now, in); err != nil {
		return err
	}
	c.Flash("workforce.saved")
	return c.Redirect("/workforce/plan")
}

func changeForm(x workforce.Change) form.Form {
	f := form.Of(url.Values{"seen": {stamp(x.Changed)}, "title": {x.Title}, "from": {x.From.String()}, "role": {x.Role}, "band": {x.Band}, "heads": {strconv.Itoa(x.Heads)}, "hours": {plain(x.Hours)}})
	if x.WTE > 0 {
		f.Values.Set("wte", plain(x.WTE))
	}
	if x.Post != uuid.Nil {
		f.Values.Set("post", x.Post.String())
	}
	if x.Salary > 0 {
		f.Values.Set("salary", strconv.Itoa(x.Salary))
	}
	for _, o := range workforce.Chosen {
		if x.In[o] {
			f.Values.Add("in", string(o))
		}
	}
	if d := x.Development; d != nil {
		f.Values.Set("months", strconv.Itoa(d.Months))
		f.Values.Set("pay", string(d.Pay))
		for name, v := range map[string]float64{"study_days": d.Study, "supervision": d.Supervision, "backfill": d.Backfill, "fee": d.Fee, "complete_low": d.CompleteLow, "complete_high": d.CompleteHigh, "retain_low": d.RetainLow, "retain_high": d.RetainHigh} {
			f.Values.Set(name, plain(v))
		}
	}
	return f
}

func (p *pages) changeChange(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	return p.changeAsk(c, askChange(c, t, changeForm(x), x.Kind), x)
}

func (p *pages) changeAsk(c *web.Context, a *asking, x workforce.Change) error {
	a.title = c.T("workforce.change.change", "kind", c.T("workforce.kind."+string(x.Kind)), "title", x.Title)
	if x.Taken == 0 {
		a.extra = []link{{x.Path() + "/withdraw", c.T("workforce.withdraw.title")}}
	}
	return a.answer(c, "/workforce/plan")
}

func (p *pages) changeChangePost(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := readChange(f, x.ID, x.Kind)
	a := askChange(c, t, f, x.Kind)
	a.found(t.CheckChange(in))
	if in.Heads < x.Taken && x.Kind.Adds() && a.form.Faults.Of("heads") == nil {
		a.form.Faults.Add("heads", "workforce.heads.taken")
	}
	if a.form.Bad() {
		return p.changeAsk(c, a, x)
	}
	if err := p.s.ChangeChange(c.Ctx(), c.Actor, c.Now, seen(f), in); err != nil {
		return err
	}
	c.Flash("workforce.saved")
	return c.Redirect("/workforce/plan")
}

func (p *pages) changeWithdraw(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	a := &asking{title: c.T("workforce.withdraw.title"), lede: c.T("workforce.withdraw.lede", "title", x.Title), form: form.Of(url.Values{}), button: "workforce.withdraw.button"}
	return a.with(func(form.Form) []field { return nil }).answer(c, x.Path())
}

func (p *pages) changeWithdrawPost(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	if err := p.s.WithdrawChange(c.Ctx(), c.Actor, c.Now, x.ID); err != nil {
		return err
	}
	c.Flash("workforce.withdraw.saved")
	return c.Redirect("/workforce/plan")
}
