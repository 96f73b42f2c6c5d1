package capacityweb

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// postsView is the page of how many are needed.
type postsView struct {
	capacity.PostsAsked
	Target, Share int // working days, and of 100 people
	Form          form.Form
	Run           string
	Writes        bool
}

func (p *pages) posts(c *web.Context) error {
	run, err := uuid.NewV7()
	if err != nil {
		return err
	}
	pack := p.s.Pack()
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
	v.Form = f
	if v.PostsAsked, err = p.s.Posts(c.Ctx(), c.Actor, c.R.URL.Query().Get("role")); err != nil {
		return err
	}
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

// shown is the profession that the page is about; that which most services ask for first where it has no answer yet.
func shown(v postsView) string {
	if v.Best == nil {
		return "nurse"
	}
	return v.Best.Result.Staffed.One.Role
}

// answered lead to the answers for the other professions.
func answered(ctx context.Context, v postsView) (out []ask.Link) {
	for _, role := range v.Answered {
		if role != shown(v) {
			out = append(out, ask.Link{Path: "/capacity/posts?role=" + url.QueryEscape(role), Text: locale.T(ctx, "capacity.posts.answered", "people", people(ctx, 2, role))})
		}
	}
	return out
}

// half is told too where not even half are seen in time now.
const half = 50

// people are so many of a role, in a word.
func people(ctx context.Context, n int, role string) string {
	return locale.T(ctx, "capacity.people."+role, "n", n)
}

// answers say how many are seen in time now, and how many people it takes for more.
func answers(ctx context.Context, v postsView) []string {
	s := v.Best.Result.Staffed
	now := s.Table[0].Within[v.Target]
	out := []string{locale.T(ctx, "capacity.posts.now", "share", whole(now.Middle), "low", whole(now.Low), "high", whole(now.High), "n", v.Target)}
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

// never says that no number that was tried brings so many in time, and what bounds it.
func never(ctx context.Context, v postsView, share float64) []string {
	s := v.Best.Result.Staffed
	most := s.Table[len(s.Table)-1]
	bound, reach := s.Bound(v.Target, share)
	tried := func(key string) string {
		return locale.T(ctx, key, "share", whole(share), "n", most.Posts, "people", people(ctx, most.Posts, s.One.Role), "reached", whole(most.Within[v.Target].Middle), "cost", pounds(float64(most.Posts)*s.One.Cost))
	}
	if bound == capacity.Unbound {
		return []string{tried("capacity.posts.never.more")}
	}
	return []string{locale.T(ctx, "capacity.posts.bound."+string(bound), "reach", whole(reach.Middle), "people", people(ctx, most.Posts, s.One.Role), "n", v.Target, "lead", whole(s.Lead)), tried("capacity.posts.never")}
}

// how says what one more person is, and what they cost.
func how(ctx context.Context, v postsView) string {
	one := v.Best.Result.Staffed.One
	paid := locale.T(ctx, "capacity.posts.paid.band", "band", one.Band)
	if one.Salary > 0 {
		paid = locale.T(ctx, "capacity.posts.paid.salary", "salary", pounds(one.Salary))
	}
	return locale.T(ctx, "capacity.posts.how", "role", locale.Key("capacity.role."+one.Role), "hours", tenth(one.Hours), "paid", paid, "cost", pounds(one.Cost), "when", locale.DateTime(v.Best.Finished))
}

// pounds are whole thousands: a plan of five years knows no less.
func pounds(x float64) string { return "£" + locale.Number(int(x/1000+0.5)*1000) }

func postsTable(ctx context.Context, v postsView) nhsuk.TableParams {
	s := v.Best.Result.Staffed
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.posts.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "capacity.posts.more", "people", people(ctx, 2, s.One.Role)), locale.T(ctx, "capacity.posts.within", "n", v.Target), locale.T(ctx, "capacity.measure.median"), locale.T(ctx, "capacity.measure.list"), locale.T(ctx, "capacity.posts.cost"))}
	for _, w := range s.Table {
		in, cost := w.Within[v.Target], locale.T(ctx, "capacity.posts.cost.none")
		if w.Posts > 0 {
			cost = pounds(float64(w.Posts) * s.One.Cost)
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: locale.Number(w.Posts)}, {Text: ranged(ctx, capacity.Within, capacity.Band{P10: in.Low, P50: in.Middle, P90: in.High})}, {Text: ranged(ctx, capacity.Median, w.Measures[capacity.Median])},
			{Text: ranged(ctx, capacity.List, w.Measures[capacity.List])}, {Text: cost}})
	}
	return t
}

// roleOptions offers the roles of the team.
func roleOptions(ctx context.Context, all []capacity.OnePost) (out []form.Option) {
	for _, x := range all {
		out = append(out, form.Option{Value: x.Role, Text: locale.T(ctx, "capacity.role."+x.Role)})
	}
	return out
}
