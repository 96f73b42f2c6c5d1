package capacityweb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// postsView is the page of how many are needed.
type postsView struct {
	capacity.PostsAsked
	Target int
	Run    string
	Writes bool
}

func (p *pages) posts(c *web.Context) error {
	run, err := uuid.NewV7()
	if err != nil {
		return err
	}
	v := postsView{Target: p.s.Pack().TargetDays, Run: run.String(), Writes: c.May(capacity.Write)}
	if v.PostsAsked, err = p.s.Posts(c.Ctx(), c.Actor); err != nil {
		return err
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
	return c.Redirect("/capacity/posts")
}

// The shares that the answer is about: nearly everybody, and where not even that many are now, half.
const (
	nearlyAll = 90
	half      = 50
)

// people are so many of a role, in a word.
func people(ctx context.Context, n int, role string) string {
	return locale.T(ctx, "capacity.people."+role, "n", n)
}

// answers say how many are seen in time now, and how many people it takes for more.
func answers(ctx context.Context, v postsView) []string {
	s := v.Best.Result.Staffed
	now := s.Table[0].Measures[capacity.Within]
	out := []string{locale.T(ctx, "capacity.posts.now", "share", whole(now.P50), "low", whole(now.P10), "high", whole(now.P90), "n", v.Target)}
	for _, share := range []float64{half, nearlyAll} {
		w, ok := s.Needed(share)
		switch {
		case !ok:
			most := s.Table[len(s.Table)-1]
			return append(out, locale.T(ctx, "capacity.posts.never", "share", whole(share), "n", most.Posts, "people", people(ctx, most.Posts, s.One.Role), "reached", whole(most.Measures[capacity.Within].P50), "cost", pounds(float64(most.Posts)*s.One.Cost)))
		case w.Posts > 0:
			out = append(out, locale.T(ctx, "capacity.posts.needed", "share", whole(share), "n", w.Posts, "people", people(ctx, w.Posts, s.One.Role), "cost", pounds(float64(w.Posts)*s.One.Cost)))
		}
	}
	return out
}

// pounds are whole thousands: a plan of five years knows no less.
func pounds(x float64) string { return "£" + locale.Number(int(x/1000+0.5)*1000) }

func postsTable(ctx context.Context, v postsView) nhsuk.TableParams {
	s := v.Best.Result.Staffed
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.posts.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "capacity.posts.more", "people", people(ctx, 2, s.One.Role)), locale.T(ctx, "capacity.posts.within", "n", v.Target), locale.T(ctx, "capacity.measure.median"), locale.T(ctx, "capacity.measure.list"), locale.T(ctx, "capacity.posts.cost"))}
	for _, w := range s.Table {
		cost := locale.T(ctx, "capacity.posts.cost.none")
		if w.Posts > 0 {
			cost = pounds(float64(w.Posts) * s.One.Cost)
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: locale.Number(w.Posts)}, {Text: ranged(ctx, capacity.Within, w.Measures[capacity.Within])}, {Text: ranged(ctx, capacity.Median, w.Measures[capacity.Median])},
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
