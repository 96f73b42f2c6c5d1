package capacityweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// postsView is the page of how many are needed.
type postsView struct {
	capacity.PostsAsked
	Target, Share int    // working days, and of 100 people
	Role          string // that is asked about
	Form          form.Form
	Run           string
	Writes        bool
}

// at is what the answer says; nil where there is none for the profession.
func (v postsView) at() *capacity.Staffed { return v.Best.Result.Staffed }

func (p *pages) posts(c *web.Context) error {
	run, err := uuid.NewV7()
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
	v := postsView{Target: pack.TargetDays, Share: pack.TargetPercent, Run: run.String(), Writes: c.May(capacity.Write)}
	if n, ok := f.Int("days", "capacity.posts.days.range", 0, capacity.LongestTarget); ok {
		v.Target = n
	}
	if n, ok := f.Int("percent", "capacity.posts.percent.range", 1, 100); ok {
		v.Share = n
	}
	if v.PostsAsked, err = p.s.Posts(c.Ctx(), c.Actor, asked); err != nil {
		return err
	}
	v.Role = shown(v, asked)
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
	return c.Redirect("/capacity/posts?role=" + url.QueryEscape(f.Get("role")))
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

// half is told too where not even half are seen in time now.
const half = 50

// people are so many of a role, in a word.
func people(ctx context.Context, n int, role string) string {
	return locale.T(ctx, "capacity.people."+role, "n", n)
}

// answers say how many are seen in time now, and how many people it takes for more.
func answers(ctx context.Context, v postsView) []string {
	s := v.at()
	now := s.Table[0].Within[v.Target]
	out := []string{locale.T(ctx, "capacity.posts.now", "share", whole(now.Middle), "low", whole(now.Low), "high", whole(now.High), "n", v.Target)}
	if s.Filled != nil {
		out = append(out, locale.T(ctx, "capacity.posts.fill", "wte", tenth(vacant(*s)), "share", whole(s.Filled.Within[v.Target].Middle)))
	}
	if s.Mixes != nil {
		return append(out, together(ctx, v)...)
	}
	wanted := []float64{float64(v.Share)}
	if v.Share > half {
		wanted = []float64{half, float64(v.Share)}
	}
	for _, share := range wanted {
		w, ok := s.Needed(v.Target, share)
		if !ok {
			return append(out, never(ctx, v, share)...)
		}
		if w.Posts > 0 {
			out = append(out, locale.T(ctx, "capacity.posts.needed", "share", whole(share), "n", w.Posts, "people", people(ctx, w.Posts, s.One.Role), "cost", pounds(float64(w.Posts)*s.One.Cost)))
		} else if share == float64(v.Share) {
			out = append(out, locale.T(ctx, "capacity.posts.none", "share", whole(share)))
		}
	}
	return out
}

// shown100 is the least difference, of 100 people, that a page of whole numbers can show.
const shown100 = 0.5

// never says that no number that was tried brings so many in time, and what bounds it.
func never(ctx context.Context, v postsView, share float64) []string {
	s := v.at()
	most := s.Table[len(s.Table)-1]
	bound, reach := s.Bound(v.Target, share)
	if bound != capacity.Unbound { // more than the fewest who bring as many are no use
		most = s.Table[slices.IndexFunc(s.Table, func(w capacity.With) bool { return w.Within[v.Target].Middle > most.Within[v.Target].Middle-shown100 })]
	}
	tried := func(key string) string {
		return locale.T(ctx, key, "share", whole(share), "n", most.Posts, "people", people(ctx, most.Posts, s.One.Role), "reached", whole(most.Within[v.Target].Middle), "cost", pounds(float64(most.Posts)*s.One.Cost))
	}
	if bound == capacity.Unbound {
		return []string{tried("capacity.posts.never.more")}
	}
	out := []string{locale.T(ctx, "capacity.posts.bound."+string(bound), "reach", whole(reach.Middle), "people", people(ctx, 2, s.One.Role), "n", v.Target, "lead", whole(s.Lead))}
	if most.Posts > 0 {
		out = append(out, tried("capacity.posts.never"))
	}
	return out
}

// vacant are the whole-time equivalents that are funded and empty, of the profession or of all.
func vacant(s capacity.Staffed) (sum float64) {
	for _, one := range s.Team {
		sum += one.Vacant
	}
	return sum + s.One.Vacant
}

// together says which combination is the cheapest that does, or how far the best of them gets.
func together(ctx context.Context, v postsView) []string {
	s := v.at()
	all := s.Mixes[v.Target]
	best := all[len(all)-1]
	m, ok := mix.Cheapest(all, float64(v.Share))
	switch bound, reach := s.Bound(v.Target, float64(v.Share)); {
	case ok && m.Cost == 0:
		return []string{locale.T(ctx, "capacity.posts.none", "share", v.Share)}
	case ok:
		return []string{locale.T(ctx, "capacity.posts.together", "share", v.Share, "people", combined(ctx, *s, m), "cost", pounds(m.Cost), "low", whole(m.Low), "high", whole(m.High))}
	case bound == capacity.Booked:
		return []string{locale.T(ctx, "capacity.posts.bound.booked", "reach", whole(reach.Middle), "n", v.Target, "lead", whole(s.Lead))}
	}
	return []string{locale.T(ctx, "capacity.posts.together.never", "share", v.Share, "people", combined(ctx, *s, best), "reached", whole(best.Middle), "cost", pounds(best.Cost))}
}

// combined names a combination: "2 nurses and 1 physician".
func combined(ctx context.Context, s capacity.Staffed, m mix.Mix) string {
	var parts []string
	for i, n := range m.Posts {
		if n > 0 {
			parts = append(parts, locale.T(ctx, "capacity.posts.count", "n", n, "people", people(ctx, n, s.Team[i].Role)))
		}
	}
	switch n := len(parts); {
	case n == 0:
		return locale.T(ctx, "capacity.posts.nobody")
	case n > 1:
		return locale.T(ctx, "capacity.posts.and", "most", strings.Join(parts[:n-1], ", "), "last", parts[n-1])
	}
	return parts[0]
}

// how says what one more person is, and what they cost and bring; of several, what was looked at.
func how(ctx context.Context, v postsView) string {
	s := v.at()
	if s.Mixes != nil {
		var names []string
		for _, one := range s.Team {
			if one.Hours > 0 {
				names = append(names, people(ctx, 2, one.Role))
			}
		}
		return locale.T(ctx, "capacity.posts.searched", "most", capacity.MostPosts, "people", strings.Join(names, ", "), "when", locale.DateTime(v.Best.Finished))
	}
	one := s.One
	paid := locale.T(ctx, "capacity.posts.paid.band", "band", one.Band)
	if one.Salary > 0 {
		paid = locale.T(ctx, "capacity.posts.paid.salary", "salary", pounds(one.Salary))
	}
	return locale.T(ctx, "capacity.posts.how", "role", locale.Key("capacity.role."+one.Role), "hours", tenth(one.Hours), "paid", paid, "cost", pounds(one.Cost), "when", locale.DateTime(v.Best.Finished))
}

// brings says what one more gives, and what an appointment of theirs costs.
func brings(ctx context.Context, v postsView) string {
	s := v.at()
	if s.PerAppointment() == 0 {
		return ""
	}
	return locale.T(ctx, "capacity.posts.brings", "role", locale.Key("capacity.role."+s.One.Role), "n", tenth(s.Brings), "cost", "£"+locale.Number(int(s.PerAppointment()+0.5)))
}

// causes lead to where what bounds the answer can be changed.
func causes(ctx context.Context, v postsView) (out []ask.Link) {
	if !v.Writes {
		return nil
	}
	link := func(path, key string) {
		out = append(out, ask.Link{Path: path, Text: locale.T(ctx, "capacity.posts.cause."+key)})
	}
	switch bound, _ := v.at().Bound(v.Target, float64(v.Share)); bound {
	case capacity.Booked:
		link("/capacity/demand/lead", "lead")
		link("/performance/triage_median", "triage")
	case capacity.Others:
		if v.Together {
			link("/capacity/posts?"+url.Values{"role": {capacity.Several}, "days": {strconv.Itoa(v.Target)}, "percent": {strconv.Itoa(v.Share)}}.Encode(), "several")
		}
		link("/capacity/add", "clinic")
	}
	return out
}

// planned lead to the form of a new post, filled in with what it takes; one for each profession.
func planned(ctx context.Context, v postsView) (out []ask.Link) {
	if !v.Writes {
		return nil
	}
	s := v.at()
	link := func(one capacity.OnePost, n int) {
		q := url.Values{"kind": {"new"}, "role": {one.Role}, "band": {one.Band}, "number": {strconv.Itoa(n)}, "wte": {"1"}}
		if !v.PlanFrom.IsZero() {
			q.Set("from", v.PlanFrom.String())
		}
		out = append(out, ask.Link{Path: "/workforce/changes/add?" + q.Encode(), Text: locale.T(ctx, "capacity.posts.plan", "n", n, "people", people(ctx, n, one.Role))})
	}
	if s.Mixes == nil {
		if w, ok := s.Needed(v.Target, float64(v.Share)); !ok {
			link(s.One, 1)
		} else if w.Posts > 0 {
			link(s.One, w.Posts)
		}
		return out
	}
	m, _ := mix.Cheapest(s.Mixes[v.Target], float64(v.Share))
	for i, n := range m.Posts {
		if n > 0 {
			link(s.Team[i], n)
		}
	}
	return out
}

// lowOf are the professions of the answer of which far fewer hours are recorded than given.
func lowOf(v postsView) (out []measured.Recorded) {
	for _, r := range v.Recorded {
		if v.Role == capacity.Several || r.Role == v.Role {
			out = append(out, r)
		}
	}
	return out
}

// pounds are whole thousands: a plan of five years knows no less.
func pounds(x float64) string { return "£" + locale.Number(int(x/1000+0.5)*1000) }

// line is a row of the answer: how many more, and what comes of it.
type line struct {
	more, cost string
	in         capacity.Share
	with       *capacity.With // nil of a combination
}

// lines are the rows: funded posts filled first, because that needs no new funding, then each number of posts or each combination.
func lines(ctx context.Context, v postsView) (out []line) {
	s := v.at()
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.posts."+key, args...) }
	if s.Filled != nil {
		out = append(out, line{t("filled", "wte", tenth(vacant(*s))), t("cost.funded"), s.Filled.Within[v.Target], s.Filled})
	}
	cost := func(x float64) string {
		if x == 0 {
			return t("cost.none")
		}
		return pounds(x)
	}
	if s.Mixes != nil {
		for _, m := range s.Mixes[v.Target] {
			out = append(out, line{combined(ctx, *s, m), cost(m.Cost), capacity.Share{Low: m.Low, Middle: m.Middle, High: m.High}, nil})
		}
		return out
	}
	for _, w := range s.Table {
		out = append(out, line{locale.Number(w.Posts), cost(float64(w.Posts) * s.One.Cost), w.Within[v.Target], &w})
	}
	return out
}

// postsTable has what somebody compares: how many more, how many in time, what it costs. It is narrow enough for a phone.
func postsTable(ctx context.Context, v postsView) nhsuk.TableParams {
	p := nhsuk.TableParams{FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.posts.caption"), Size: "m"},
		Head: nhsuk.Heads(moreOf(ctx, v), locale.T(ctx, "capacity.posts.within", "n", v.Target), locale.T(ctx, "capacity.posts.cost"))}
	for _, l := range lines(ctx, v) {
		p.Rows = append(p.Rows, nhsuk.Cells(l.more, capacity.Say(ctx, capacity.Within, l.in.Middle), l.cost))
	}
	return p
}

// moreOf heads the first column.
func moreOf(ctx context.Context, v postsView) string {
	if v.at().Mixes != nil {
		return locale.T(ctx, "capacity.posts.more.several")
	}
	return locale.T(ctx, "capacity.posts.more", "people", people(ctx, 2, v.at().One.Role))
}

// rangesTable has where 8 in 10 futures lie, and the wait and the list.
func rangesTable(ctx context.Context, v postsView) nhsuk.TableParams {
	p := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Head: nhsuk.Heads(moreOf(ctx, v), locale.T(ctx, "capacity.posts.within", "n", v.Target))}
	measures := v.at().Mixes == nil
	if measures {
		p.Head = append(p.Head, nhsuk.Heads(locale.T(ctx, "capacity.measure.median"), locale.T(ctx, "capacity.measure.list"))...)
	}
	for _, l := range lines(ctx, v) {
		row := nhsuk.Cells(l.more, ranged(ctx, capacity.Within, capacity.Band{P10: l.in.Low, P50: l.in.Middle, P90: l.in.High}))
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
