package workforceweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// ways are those in which a trainee is paid, with what the pay table and the pack say of them.
func ways(ctx context.Context, t workforce.Team) (out []form.Option) {
	annex := outlook.Table(t.Setting.Start).Annex21
	var steps []string
	for _, s := range annex.Steps {
		steps = append(steps, locale.T(ctx, "workforce.pay.annex21.step", "percent", locale.Plain(s.Percent), "n", s.Months))
	}
	steps = append(steps, locale.T(ctx, "workforce.pay.annex21.longer", "percent", locale.Plain(annex.Longer)))
	for _, p := range outlook.Pays {
		out = append(out, form.Options("workforce.pay", string(p))...)
		switch o := &out[len(out)-1]; p {
		case outlook.Annex21:
			o.Hint = locale.T(ctx, o.HintKey, "steps", locale.And(ctx, steps), "source", sourced(ctx, annex.Sourced))
		case outlook.Promotion:
			o.Text = locale.T(ctx, o.Key, "n", 3*t.Pack.Starting.Apply)
		}
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
func askChange(c *web.Context, t workforce.Team, f form.Form, kind outlook.Kind) *ask.Page {
	ctx := c.Ctx()
	a := &ask.Page{Form: f, Button: "workforce.save", Lede: c.T("workforce.kind." + string(kind) + ".lede")}
	a.Questions = func(f form.Form) (out []templ.Component) {
		if len(t.Changes) > 0 {
			out = append(out, already(t))
		}
		if f.Faults.Of("more") != nil || f.Get("more") != "" {
			out = append(out, alike(t, t.Alike(readChange(&f, uuid.Nil, kind))), form.Checkboxes(f, form.Field{Name: "more", Key: "workforce.more", Options: form.Options("workforce.more", "yes")}))
		}
		if kind.Adds() {
			out = append(out, form.Text(f, form.Field{Name: "title", Key: "workforce.title"}))
		} else {
			out = append(out, form.Select(f, form.Field{Name: "post", Key: "workforce.post.which", Options: postOptions(t, uuid.Nil, c.T("workforce.choose"))}))
		}
		out = append(out, form.Select(f, form.Field{Name: "from", Key: "workforce.from", Options: quarters(ctx, workforce.FromQuarters(t.Setting.Start))}), form.Date(f, form.Field{Name: "from_day", Key: "workforce.from_day"}))
		switch kind {
		case outlook.New:
			out = append(out, form.Select(f, form.Field{Name: "role", Key: "workforce.role", Options: roleOptions(ctx, t.Pack)}), form.Select(f, form.Field{Name: "band", Key: "workforce.band", Options: bandOptions(ctx, "workforce.choose")}), form.Text(f, form.Field{Name: "salary", Key: "workforce.salary", Width: 10}))
		case outlook.Alter, outlook.Leadership:
			out = append(out, form.Select(f, form.Field{Name: "band", Key: "workforce.band.new", Options: bandOptions(ctx, "workforce.unchanged")}), form.Text(f, form.Field{Name: "wte", Key: "workforce.wte.new", Width: 5}))
		}
		if kind.Adds() {
			out = append(out, form.Text(f, form.Field{Name: "heads", Key: "workforce.heads.new", Width: 4}), form.Text(f, form.Field{Name: "wte", Key: "workforce.wte", Width: 5}))
		}
		if kind == outlook.Leadership {
			out = append(out, form.Text(f, form.Field{Name: "hours", Key: "workforce.hours", Width: 5}))
		}
		if kind == outlook.Develop {
			for _, x := range [][2]string{{"months", "workforce.months"}, {"study_days", "workforce.study_days"}, {"supervision", "workforce.supervision"}, {"backfill", "workforce.backfill"}, {"fee", "workforce.fee"},
				{"complete_low", "workforce.complete_low"}, {"complete_high", "workforce.complete_high"}, {"retain_low", "workforce.retain_low"}, {"retain_high", "workforce.retain_high"}} {
				out = append(out, form.Text(f, form.Field{Name: x[0], Key: x[1], Width: 6}))
			}
			out = append(out, form.Radios(f, form.Field{Name: "pay", Key: "workforce.pay", Options: ways(ctx, t)}))
		}
		if len(t.Actions) > 0 {
			out = append(out, form.Select(f, form.Field{Name: "action", Key: "workforce.action", Options: actionOptions(t, f.Get("action"))}))
		}
		return append(out, form.Checkboxes(f, form.Field{Name: "in", Key: "workforce.in", Options: form.Options("workforce.option", options()...)}))
	}
	return a
}

// actionOptions are the actions that go on, and the one that was chosen before.
func actionOptions(t workforce.Team, kept string) []form.Option {
	out := []form.Option{{Key: "workforce.action.none"}}
	for _, a := range t.Actions {
		if a.Open || a.ID.String() == kept {
			out = append(out, form.Option{Value: a.ID.String(), Text: a.Title})
		}
	}
	return out
}

// readChange reads the form of a change of a kind.
func readChange(f *form.Form, id uuid.UUID, kind outlook.Kind) workforce.ChangeIn {
	in := workforce.ChangeIn{ID: id, Kind: kind, Title: f.Get("title"), Role: f.Get("role"), Band: f.Get("band"), WTE: some(*f, "wte"), In: map[option.Option]bool{}, More: f.Get("more") == "yes"}
	in.From, _ = civil.Parse(f.Get("from")) // what is no date is no quarter
	in.Day = f.Day("from_day", "workforce.from_day")
	in.Post, _ = uuid.Parse(f.Get("post"))
	in.Action, _ = uuid.Parse(f.Get("action")) // "" is none
	for _, o := range f.All("in") {
		in.In[option.Option(o)] = true
	}
	if kind.Adds() {
		in.WTE, in.Heads = number(*f, "wte"), f.Whole("heads")
		if f.Get("salary") != "" {
			in.Salary = f.Whole("salary")
		}
	}
	if kind == outlook.Leadership {
		in.Hours = number(*f, "hours")
	}
	if kind == outlook.Develop {
		in.Development = &workforce.Development{Months: f.Whole("months"), Study: number(*f, "study_days"), Supervision: number(*f, "supervision"), Backfill: number(*f, "backfill"), Fee: number(*f, "fee"),
			CompleteLow: number(*f, "complete_low"), CompleteHigh: number(*f, "complete_high"), RetainLow: number(*f, "retain_low"), RetainHigh: number(*f, "retain_high"), Pay: outlook.Pay(f.Get("pay"))}
	}
	return in
}

// kindOf reads which kind of change is asked for.
func kindOf(text string) (outlook.Kind, bool) {
	k := outlook.Kind(text)
	return k, slices.Contains(outlook.Kinds, k)
}

// begun takes what a link proposes: role, band, number, wte and from. One that names a role proposes a post.
func begun(f form.Form, q url.Values, t workforce.Team) (kind outlook.Kind, ok bool) {
	role, known := t.Pack.Role(q.Get("role"))
	if kind, ok = kindOf(q.Get("kind")); !ok {
		if !known {
			return kind, false
		}
		if kind = outlook.New; role.Becomes != nil {
			kind = outlook.Develop
		}
	}
	if known && kind.Adds() {
		f.Values.Set("title", role.Name)
	}
	f.Values.Set("kind", string(kind))
	f.Values.Set("from", t.Setting.Start.String())
	if from, err := civil.Parse(q.Get("from")); err == nil && slices.Contains(workforce.FromQuarters(t.Setting.Start), from) {
		f.Values.Set("from", from.String())
	}
	for name, of := range map[string]string{"role": "role", "band": "band", "number": "heads", "wte": "wte"} {
		if v := q.Get(name); v != "" {
			f.Values.Set(of, v)
		}
	}
	return kind, true
}

// changeAdd asks for the kind first, because what else is asked depends on it.
func (p *pages) changeAdd(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	kind, ok := begun(f, c.R.URL.Query(), t)
	if !ok {
		return c.Render(kindsPage(c.Page("workforce.change.add", "/workforce/plan"), t))
	}
	if kind == outlook.Develop {
		f.Values.Set("title", c.T("workforce.kind.development.title"))
		training(f, t.Pack.Begin())
	}
	return p.askAdd(c, askChange(c, t, f, kind), kind)
}

func (p *pages) askAdd(c *web.Context, a *ask.Page, kind outlook.Kind) error {
	a.Title = c.T("workforce.kind." + string(kind))
	if x := p.s.Pack().Starting; kind == outlook.Develop {
		a.Lede += " " + c.T("workforce.kind.development.starting", "source", x.Source, "mark", x.Mark)
	}
	return a.Answer(c, "/workforce/changes/add")
}

func (p *pages) changeAddPost(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	kind, ok := kindOf(f.Get("kind"))
	if !ok {
		return c.Redirect("/workforce/changes/add")
	}
	in := readChange(&f, id, kind)
	a := askChange(c, t, f, kind)
	if a.Found(t.CheckNew(in)) {
		return p.askAdd(c, a, kind)
	}
	if err := p.s.PlanChange(c.Ctx(), c.Actor, c.Now, in); err != nil {
		return err
	}
	return c.Redirect("/workforce/plan?saved=" + id.String())
}

func changeForm(x workforce.Change) form.Form {
	f := form.Of(url.Values{"seen": {form.Stamp(x.Changed)}, "title": {x.Title}, "from": {x.From.String()}, "role": {x.Role}, "band": {x.Band}, "heads": {strconv.Itoa(x.Heads)}, "hours": {locale.Plain(x.Hours)}})
	form.SetDay(f.Values, "from_day", x.Day)
	if x.WTE > 0 {
		f.Values.Set("wte", locale.Plain(x.WTE))
	}
	if x.Post != uuid.Nil {
		f.Values.Set("post", x.Post.String())
	}
	if x.Action != uuid.Nil {
		f.Values.Set("action", x.Action.String())
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
		training(f, *d)
	}
	return f
}

// training fills in what a development post is for.
func training(f form.Form, d workforce.Development) {
	f.Values.Set("months", strconv.Itoa(d.Months))
	f.Values.Set("pay", string(d.Pay))
	for name, v := range map[string]float64{"study_days": d.Study, "supervision": d.Supervision, "backfill": d.Backfill, "fee": d.Fee, "complete_low": d.CompleteLow, "complete_high": d.CompleteHigh, "retain_low": d.RetainLow, "retain_high": d.RetainHigh} {
		f.Values.Set(name, locale.Plain(v))
	}
}

func (p *pages) changeChange(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	return p.changeAsk(c, askChange(c, t, changeForm(x), x.Kind), t, x)
}

// annexed says what annex 21 pays, beside what its holders have now and what the law asks for.
func annexed(ctx context.Context, a workforce.Annexed) string {
	var out []string
	if a.Lower() {
		out = append(out, locale.T(ctx, "workforce.annex21.check", "title", a.Title, "first", pounds(a.First), "last", pounds(a.Last), "band", bandName(ctx, a.Band), "entry", pounds(a.Entry), "top", pounds(a.Top)))
	}
	least, says := a.Table.MinimumWage, "above"
	switch {
	case a.Unlawful():
		says = "unlawful"
	case a.Bottom():
		says = "bottom"
	}
	out = append(out, locale.T(ctx, "workforce.annex21.least", "hourly", decimal(least.Hourly, 2), "least", pounds(a.Table.Least()), "year", a.Table.Year, "source", sourced(ctx, least.Sourced)),
		locale.T(ctx, "workforce.annex21."+says, "first", pounds(a.First), "bottom", pounds(a.Table.Lowest())))
	return strings.Join(out, " ")
}

func (p *pages) changeAsk(c *web.Context, a *ask.Page, t workforce.Team, x workforce.Change) error {
	if annex, ok := t.Annex(x); ok {
		a.Lede += " " + annexed(c.Ctx(), annex)
	}
	a.Title = c.T("workforce.change.change", "kind", c.T("workforce.kind."+string(x.Kind)), "title", x.Title)
	if x.Taken == 0 {
		a.Links = []ask.Link{{Path: x.Path() + "/withdraw", Text: c.T("workforce.withdraw.title")}}
	}
	return a.Answer(c, "/workforce/plan")
}

func (p *pages) changeChangePost(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := readChange(&f, x.ID, x.Kind)
	a := askChange(c, t, f, x.Kind)
	a.Found(t.CheckChange(in))
	if in.Heads < x.Taken && x.Kind.Adds() && a.Form.Faults.Of("heads") == nil {
		a.Form.Faults.Add("heads", "workforce.heads.taken")
	}
	if a.Form.Bad() {
		return p.changeAsk(c, a, t, x)
	}
	if err := p.s.ChangeChange(c.Ctx(), c.Actor, c.Now, f.Seen(), in); err != nil {
		return err
	}
	return c.Redirect("/workforce/plan?saved=" + x.ID.String())
}

func (p *pages) changeWithdraw(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	a := &ask.Page{Title: c.T("workforce.withdraw.title"), Lede: c.T("workforce.withdraw.lede", "title", x.Title), Form: form.Of(url.Values{}), Button: "workforce.withdraw.button"}
	return a.Answer(c, x.Path())
}

func (p *pages) changeWithdrawPost(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Change)
	if err != nil {
		return err
	}
	return c.Done(p.s.WithdrawChanges(c.Ctx(), c.Actor, c.Now, x.ID), "workforce.withdraw.saved", "/workforce/plan")
}
