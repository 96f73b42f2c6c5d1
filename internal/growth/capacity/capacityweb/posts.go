package capacityweb

import (
	"context"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/said"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// postsView is the page of how many are needed.
type postsView struct {
	capacity.PostsAsked
	Target, Share int    // working days, and of 100 people
	Pack          int    // working days, of scenarios
	Least         int    // percent of the hours of a profession, below which no post is planned by what is recorded
	Role          string // that is asked about
	Form          form.Form
	Run           string // id of the next run
	ID            string // of what may be planned
	Writes        bool
	Press         *press // what was planned a moment ago; nil where nothing was
}

// stale says that the answer is of something else than there is now.
func (v postsView) stale() bool {
	return v.Last != nil && v.Last.State == capacity.Done && v.Last.Stale
}

// running says that the question is being worked out anew: what stands there is of the time before.
func (v postsView) running() bool {
	return v.Best != nil && v.Last != nil && (v.Last.State == capacity.Queued || v.Last.State == capacity.Running)
}

// old says that what stands there is not what there is now.
func (v postsView) old() bool { return v.stale() || v.running() }

// at is what the answer says; nil where there is none for the profession.
func (v postsView) at() *capacity.Staffed { return v.Best.Result.Staffed }

func (p *pages) posts(c *web.Context) error {
	run, err := uuid.NewV7()
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	pack := p.s.Pack()
	asked := c.R.URL.Query().Get("role")
	f := form.Of(url.Values{"days": {strconv.Itoa(pack.TargetDays)}, "percent": {strconv.Itoa(pack.TargetPercent)}})
	for _, name := range []string{"days", "percent"} {
		if q := c.R.URL.Query(); q.Has(name) {
			f.Values.Set(name, strings.TrimSpace(q.Get(name)))
		}
		f.Required(name, "capacity.posts."+name+".range")
	}
	v := postsView{Target: pack.TargetDays, Pack: pack.TargetDays, Least: pack.PlannedPercent, Share: pack.TargetPercent, Run: run.String(), ID: id.String(), Writes: c.May(capacity.Write)}
	if n, ok := f.Int("days", "capacity.posts.days.range", 0, capacity.LongestTarget); ok {
		v.Target = n
	}
	if n, ok := f.Int("percent", "capacity.posts.percent.range", 1, 100); ok {
		v.Share = n
	}
	if v.PostsAsked, err = p.s.Posts(c.Ctx(), c.Actor, asked); err != nil {
		return err
	}
	v.Role, v.Press = shown(v, asked), pressed(c.R.URL.Query(), v)
	f.Values.Set("role", v.Role)
	v.Form = f
	if f.Bad() {
		return c.Invalid(postsPage(c.FormPage("capacity.posts.title", "/capacity", f), v))
	}
	return c.Render(postsPage(c.Page("capacity.posts.title", "/capacity"), v))
}

func (p *pages) postsPost(c *web.Context) error {
	f := form.From(c.R)
	run, err := uuid.Parse(f.Get("run"))
	if err != nil {
		return fault.Missing("run")
	}
	if err := p.s.AskPosts(c.Ctx(), c.Actor, c.Now, f.Get("role"), run); err != nil {
		return err
	}
	c.Flash("capacity.run.asked")
	days, ok := f.Int("days", "capacity.posts.days.range", 0, capacity.LongestTarget)
	if !ok {
		days = p.s.Pack().TargetDays
	}
	percent, ok := f.Int("percent", "capacity.posts.percent.range", 1, 100)
	if !ok {
		percent = p.s.Pack().TargetPercent
	}
	return c.Redirect(asking(f.Get("role"), days, percent))
}

// planPost plans what an answer of several professions says, all of it or none.
func (p *pages) planPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	answer, err := uuid.Parse(f.Get("answer"))
	if err != nil {
		return fault.Missing("answer")
	}
	days, known := f.Int("days", "capacity.posts.days.range", 0, capacity.LongestTarget)
	percent, fine := f.Int("percent", "capacity.posts.percent.range", 1, 100)
	if !known || !fine {
		return fault.Missing("answer")
	}
	more, err := p.s.PlanPosts(c.Ctx(), c.Actor, c.Now, id, answer, days, float64(percent))
	if err != nil {
		return err
	}
	c.Flash("capacity.posts.plan.saved")
	done := press{id: id}
	for _, m := range more {
		done.posts = append(done.posts, several{m.Role, m.Heads})
	}
	return c.Redirect(asking(capacity.Several, days, percent) + done.query())
}

// asking is where a question is answered.
func asking(role string, days, percent int) string {
	return "/capacity/posts?" + url.Values{"role": {role}, "days": {strconv.Itoa(days)}, "percent": {strconv.Itoa(percent)}}.Encode()
}

// shown is the profession that the page is about: that of the answer, else the one that was asked for, else which most services ask for
// first.
func shown(v postsView, asked string) string {
	switch {
	case v.Best != nil:
		return v.Best.Result.Staffed.One.Role
	case asked != "":
		return asked
	}
	return "nurse"
}

// line is a row of the answer: how many more, and what comes of it.
type line struct {
	more, cost string
	in         mix.Share
	used       mix.Share
	with       *capacity.With // nil of a combination
}

// lines are the rows: funded posts filled first, because that needs no new funding, then each number of posts or each combination.
func lines(ctx context.Context, v postsView) (out []line) {
	s := v.at()
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.posts."+key, args...) }
	if s.Filled != nil {
		key := "filled"
		if s.Mixes != nil {
			key += ".several"
		}
		out = append(out, line{t(key, "wte", said.Tenth(vacant(*s)), "people", whose(ctx, v)), t("cost.funded"), s.Filled.Within[v.Target], s.Filled.Used, s.Filled})
	}
	if s.Planned != nil {
		out = append(out, line{t("planned", "option", chosen(ctx)), t("cost.planned"), s.Planned.Within[v.Target], s.Planned.Used, s.Planned})
	}
	cost := func(x float64) string {
		if x == 0 {
			return t("cost.none")
		}
		return said.Thousands(x)
	}
	if s.Mixes != nil {
		for _, m := range s.Mixes[v.Target] {
			more := combined(ctx, *s, m)
			if names := thin(ctx, v, of(*s, m)); names != "" {
				more += " " + t("thin", "people", names)
			}
			out = append(out, line{more, cost(m.Cost), mix.Share{Low: m.Low, Middle: m.Middle, High: m.High}, m.Used, nil})
		}
		return out
	}
	for _, w := range s.Table {
		out = append(out, line{locale.Number(w.Posts), cost(float64(w.Posts) * s.One.Cost), w.Within[v.Target], w.Used, &w})
	}
	return out
}

// postsTable has what somebody compares: how many more, how many in time, what it costs. It is narrow enough for a phone.
func postsTable(ctx context.Context, v postsView) nhsuk.TableParams {
	p := nhsuk.TableParams{FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.posts.caption", "quarter", locale.Quarter(v.at().Last)), Size: "m"},
		Head: nhsuk.Heads(moreOf(ctx, v), locale.T(ctx, "capacity.posts.within", "n", v.Target), locale.T(ctx, "capacity.posts.cost"))}
	for _, l := range lines(ctx, v) {
		p.Rows = append(p.Rows, nhsuk.Cells(l.more, within(ctx, l.in.Middle, v.Share), l.cost))
	}
	return p
}

// within says a percentage. What falls short of the one that is asked for is never rounded up to it: it has a decimal then.
func within(ctx context.Context, x float64, asked int) string {
	if x < float64(asked) && math.Round(x) >= float64(asked) {
		return locale.T(ctx, "capacity.amount.within", "n", strconv.FormatFloat(math.Floor(10*x)/10, 'f', 1, 64))
	}
	return capacity.Say(ctx, capacity.Within, x)
}

// moreOf heads the first column.
func moreOf(ctx context.Context, v postsView) string {
	if v.at().Mixes != nil {
		return locale.T(ctx, "capacity.posts.more.several", "option", chosen(ctx))
	}
	return locale.T(ctx, "capacity.posts.more", "people", people(ctx, 2, v.at().One.Role))
}

// rangesTable has where 8 in 10 futures lie, and the wait and the list.
func rangesTable(ctx context.Context, v postsView) nhsuk.TableParams {
	p := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Head: nhsuk.Heads(moreOf(ctx, v), locale.T(ctx, "capacity.posts.within", "n", v.Target), locale.T(ctx, "capacity.posts.used"))}
	measures := v.at().Mixes == nil
	if measures {
		p.Head = append(p.Head, nhsuk.Heads(locale.T(ctx, "capacity.measure.median"), locale.T(ctx, "capacity.measure.list"))...)
	}
	for _, l := range lines(ctx, v) {
		row := nhsuk.Cells(l.more, around(ctx, within(ctx, l.in.Middle, v.Share), l.in.Low, l.in.High), around(ctx, capacity.Say(ctx, capacity.Utilisation, l.used.Middle), l.used.Low, l.used.High))
		if measures {
			row = append(row, nhsuk.Cells(ranged(ctx, capacity.Median, l.with.Measures[capacity.Median]), ranged(ctx, capacity.List, l.with.Measures[capacity.List]))...)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// roleOptions offers the roles of the team, and several together.
func roleOptions(ctx context.Context, v postsView) (out []form.Option) {
	for _, x := range v.Roles {
		out = append(out, form.Option{Value: x.Role, Text: locale.T(ctx, "capacity.role."+x.Role)})
	}
	if v.Together || v.Role == capacity.Several {
		out = append(out, form.Option{Value: capacity.Several, Key: "capacity.posts.several"})
	}
	return out
}
